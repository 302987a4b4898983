"""What is said of the table of working days."""

from collections.abc import Sequence
from datetime import date

from core.texts.dates import day as shown

SUBJECT = "Ngày làm việc"
SHOWN = 5  # faulty lines that are told
_TILL_THEN = "Đang giữ bảng đọc được lần trước; chưa có thì chỉ theo ngày nghỉ lễ chung."


def no_day(said: str) -> str:
    return f"“{said}” không phải một ngày, hãy ghi như 14/02/2026 hoặc 2026-02-14"


def no_kind(said: str) -> str:
    return f"cột kind ghi “{said}”, phải là work (làm bù) hoặc off (nghỉ)"


def both(day: date) -> str:
    return f"ngày {shown(day)} đã ghi khác ở dòng trên"


def no_file(path: str) -> str:
    return f"không có tệp {path} (WORKDAYS_FILE). {_TILL_THEN}"


def unreadable(path: str) -> str:
    return f"không đọc được tệp {path} (WORKDAYS_FILE): phải là CSV mã UTF-8. {_TILL_THEN}"


def no_form(path: str, fault: str) -> str:
    return f"tệp {path} chưa dùng được: {fault.rstrip('.')}. {_TILL_THEN}"


def faulty(path: str, faults: Sequence[tuple[int, str]]) -> str:
    """One line: which lines are passed over, and why."""
    listed = "; ".join(f"dòng {number}: {what}" for number, what in faults[:SHOWN])
    more = f"; và {len(faults) - SHOWN} dòng nữa" if len(faults) > SHOWN else ""
    return f"tệp {path} có {len(faults)} dòng bị bỏ qua – {listed}{more}. Sửa tệp là đủ, không cần khởi động lại."


def good(count: int) -> str:
    return f"đã đọc {count} ngày đổi từ bảng." if count else "theo ngày nghỉ lễ chung."
