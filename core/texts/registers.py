"""What is said about a list of units or people that cannot be imported."""

from collections.abc import Iterable

EMPTY = "tệp không có dòng nào; dòng đầu phải là tên các cột"
NOT_UTF8 = "tệp không phải UTF-8; hãy lưu lại dạng CSV UTF-8"
NO_NAME = "thiếu tên"
NO_CODE = "thiếu mã"
HIDDEN = "có ký tự điều khiển"
QUOTES = "dấu ngoặc kép không khép"
SPACE_IN_CODE = "mã có khoảng trắng"
OWNERSHIP_OF_OFFICE = "loại hình (ownership) chỉ ghi cho trường"
UPSIDE_DOWN = "ngày hết hiệu lực đứng trước ngày bắt đầu"


def refused(faults: Iterable[tuple[int, str]]) -> str:
    """One line that names every bad line."""
    listed = [f"dòng {line}: {fault}" for line, fault in faults]
    return f"chưa nhập gì vì {len(listed)} lỗi. {'; '.join(listed)}. Sửa các dòng này rồi chạy lại."


def columns_missing(names: Iterable[str]) -> str:
    return f"thiếu cột {', '.join(names)}"


def columns_unknown(names: Iterable[str], known: Iterable[str]) -> str:
    return f"không hiểu cột {', '.join(names)}; các cột dùng được: {', '.join(known)}"


def column_twice(name: str) -> str:
    return f"cột {name} có hai lần"


def too_many_cells(wanted: int, found: int) -> str:
    return f"có {found} ô, chỉ có {wanted} cột"


def bad_choice(column: str, value: str, allowed: Iterable[str]) -> str:
    return f"{column} “{value}” không dùng được, chọn {', '.join(allowed)}"


def bad_date(column: str, value: str) -> str:
    return f"{column} “{value}” không phải ngày có thật, viết như 2025-07-01"


def twice(code: str, line: int) -> str:
    return f"mã {code} đã có ở dòng {line}"


def person_twice(line: int) -> str:
    return f"người này đã có ở dòng {line}"


def own_parent(column: str, code: str) -> str:
    return f"{column} của {code} là chính nó"


def unknown_unit(column: str, code: str) -> str:
    return f"{column} “{code}” không có trong tệp và cũng chưa có trong dữ liệu"


def circle(column: str, codes: Iterable[str]) -> str:
    return f"{column} đi vòng: {' → '.join(codes)}"


def below_its_child(parent: str, level: str) -> str:
    return f"đơn vị cấp trên {parent} lại ở cấp thấp hơn ({level})"
