"""What is said of lists of criteria that are read from a file or typed, and on the command line about them."""

from collections.abc import Iterable

from core.criteria import CriteriaSet

CRITERIA = "Bộ tiêu chí tự đánh giá: nhập từ tệp Excel, CSV; xem các bộ đang có."
IMPORT = (
    "Nhập một bộ tiêu chí cho đơn vị và mọi đơn vị bên dưới; bộ cùng tên thì thay bộ cũ. "
    "Một dòng sai thì không nhập dòng nào."
)
LIST = "Liệt kê các bộ tiêu chí đang dùng."
FILE = "tệp .xlsx hoặc .csv có các cột Số (hoặc TT), Tiêu chí, Điểm tối đa, Gợi ý minh chứng"
NAME = "tên bộ tiêu chí, như các trường sẽ gọi"
UNIT = "đơn vị ban hành: mã, tên hoặc tên gọi khác"
CHECK = "chỉ đọc thử và báo, không ghi gì"
ONLY_UNIT = "chỉ các bộ của đơn vị này"
NAME_TOO_LONG = "tên bộ tiêu chí dài quá 100 ký tự; hãy đặt tên ngắn hơn"
NAME_EMPTY = "tên bộ tiêu chí đang trống; hãy ghi --name"
EXAMPLES = (
    'criteria import samples/criteria/truong-hanh-phuc-mau.csv --unit PGD-VB --name "Trường hạnh phúc (bộ mẫu)"',
    'criteria import bo-tieu-chi.xlsx --unit PGD-VB --name "Trường học an toàn" --check',
)
LIST_EXAMPLE = "criteria list --unit PGD-VB"

NO_HEAD = (
    "không thấy dòng tên cột: cần một cột Tiêu chí, nên có thêm cột Số (hoặc TT), Điểm tối đa, Gợi ý minh chứng; "
    "hãy thêm dòng tên cột rồi chạy lại"
)
NOT_A_WORKBOOK = "tệp không mở được như Excel .xlsx; hãy lưu lại từ Excel dạng .xlsx hoặc .csv rồi chạy lại"
OTHER_KIND = "chỉ đọc được tệp .xlsx và .csv; hãy lưu lại từ Excel dạng .xlsx rồi chạy lại"
NOTHING = "không thấy tiêu chí nào; mỗi dòng cần có số và tên tiêu chí, ví dụ: 1.1 Môi trường an toàn (10 điểm)"
NOT_A_ROW = "dấu ngoặc kép mở mà không đóng"
NO_TITLE = "chưa có tên tiêu chí"
NO_NUMBER = "có điểm nhưng chưa có số"
A_DAY = "Excel đã đổi số tiêu chí thành ngày; hãy đặt cột Số dạng Text rồi gõ lại"
LONG_TITLE = "tên tiêu chí dài quá 300 ký tự"
LONG_HINTS = "gợi ý minh chứng dài quá 500 ký tự"
NO_POINTS_HERE = "chưa có điểm tối đa, trong khi các tiêu chí khác có"


def number_twice(number: str, line: int) -> str:
    return f"số {number} đã có ở dòng {line} (Excel hay đổi 1.10 thành 1.1: đặt cột Số dạng Text)"


def bad_number(number: str) -> str:
    return f"không hiểu số tiêu chí “{number[:20]}”; ghi dạng 1 hoặc 1.2"


def bad_points(points: str) -> str:
    return f"không hiểu điểm tối đa “{points[:20]}”; ghi một số lớn hơn 0, ví dụ 10 hoặc 0,5"


def too_many(most: int) -> str:
    return f"một bộ có nhiều nhất {most} tiêu chí"


def refused(faults: Iterable[tuple[int, str]]) -> str:
    """One line that names every bad line; the first ten."""
    listed = [f"dòng {line}: {fault}" for line, fault in faults]
    more = f"; và {len(listed) - 10} lỗi nữa" if len(listed) > 10 else ""
    return f"chưa nhập gì vì {len(listed)} lỗi. {'; '.join(listed[:10])}{more}. Sửa rồi làm lại."


def checked(set: CriteriaSet, unit: str, taken: str) -> str:
    return f"Đọc được {taken} của bộ “{set.name}” cho {unit}; chưa ghi gì (--check)."


def listed(set: CriteriaSet, unit: str, taken: str) -> str:
    return f"{set.unit}\t{set.name}\t{taken}\t{unit}"


NONE_YET = "Chưa có bộ tiêu chí nào. Nhập: bot.py criteria import TỆP --unit MÃ --name TÊN"
