"""What stands on the pictures of the board, and what is said in chat of them.

The bot is "tôi", the reader "thầy/cô"; few words, for a thumbnail on a phone.
"""

from datetime import date

from core.texts.dates import until, until_short
from core.texts.exports import percent
from core.texts.site import MARKS
from core.work import Due

WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
ALL_DONE = "Không còn nợ việc nào"
IN, TASK = "đã nộp", "việc"

# in chat
WHICH = "Thầy/cô muốn ảnh nào?"
MONTH_PICK, CALENDAR_PICK, SCHOOL_PICK = "Ảnh tiến độ tháng này", "Ảnh lịch tháng này", "Phiếu trường"
TASK_PICK = "Ảnh việc này"
WHICH_TASK = "Thầy/cô chọn việc:"
TASK_FOR_OFFICES = (
    "Ảnh của từng việc do cán bộ Phòng, Sở lấy. Ảnh của trường: nhắn ảnh tiến độ tháng 12, hoặc phiếu trường"
)
WHICH_SCHOOL = "Phiếu của trường nào? Thầy/cô nhắn, ví dụ: phiếu trường Hoa Phượng"
NOT_YOURS = "Thầy/cô chỉ xem được phiếu của đơn vị mình."
NOTHING = "Không có việc nào đến hạn lúc ấy, nên tôi chưa có gì để vẽ."


def state(mark: str) -> str:
    """As on the board, in the room that a legend has."""
    return "chờ hiệu trưởng" if mark == "held" else MARKS[mark][1]


def no_task(words: str) -> str:
    return f"Tôi chưa thấy việc nào quanh đây là “{words}”. Thầy/cô nhắn: tiến độ, rồi chọn việc."


def no_school(words: str) -> str:
    return f"Tôi không rõ “{words}” là trường nào của thầy/cô. {WHICH_SCHOOL}"


def month(first: date) -> str:
    return f"Tháng {first.month}/{first.year}"


def progress_of(first: date) -> str:
    return f"Tiến độ tháng {first.month}/{first.year}"


def school_of(first: date) -> str:
    return f"Phiếu trường · tháng {first.month}/{first.year}"


def under(unit: str, due: Due | None) -> str:
    """Above a task's name."""
    return f"{unit} · {until(due)}" if due else unit


def calendar_of(unit: str) -> str:
    return f"Ngày cuối nộp kịp hạn · {unit}"


def handed_in(units: str) -> str:
    return f"{units} đã nộp"


def owes_nothing(units: str) -> str:
    return f"{units} không nợ việc"


def on_time(part: int, whole: int, there: int = 0, all_: int = 0) -> str:
    """`all_`: of how many in all, where the large figure counts something else."""
    said = [f"Đúng hạn {part}/{whole} ({percent(part, whole)})"] if whole else ["Chưa có việc đến hạn"]
    said += [f"{IN} {there}/{all_} lượt"] if all_ else []
    return " · ".join(said)


def behind(count: int) -> str:
    return f"Còn nợ ({count})" if count else ALL_DONE


def to_do(count: int) -> str:
    return f"Cần làm tiếp ({count})" if count else ALL_DONE


def owing(unit: str, count: int) -> str:
    return f"{unit}: {count} việc"


def task(title: str, due: Due | None) -> str:
    return f"{until_short(due)}: {title}" if due else title


def tasks(count: int) -> str:
    """On a day of the calendar."""
    return f"{count} việc"


def of_all(there: int, all_: int, title: str) -> str:
    return f"{there}/{all_} {title}"


def more(count: int, units: str) -> str:
    return f"và {count} {units} nữa" if count > 0 else ""


def caption(title: str, kicker: str, part: int, whole: int, words: str) -> str:
    """Beside the picture, also for who cannot see it."""
    return f"{title} ({kicker}): {part}/{whole} {words}."


def calendar_caption(title: str, kicker: str) -> str:
    return f"{title}. {kicker}."


def file_name(kind: str, month: str) -> str:
    """anh-tien-do-2023-12.png"""
    return f"anh-{kind}-{month}.png"
