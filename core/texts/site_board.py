"""What the board of the staff site says, beside core.texts.site.

The bot is "tôi", the reader "thầy/cô"; lines are short, for a phone.
"""

from datetime import date

from core.texts.dates import until_short
from core.work import Due

WORDS = {  # of a cell; its sign stands in site-board.css
    "accepted": "đã nhận",
    "in": "chờ xem",
    "held": "chờ hiệu trưởng",
    "returned": "trả lại",
    "overdue": "quá hạn",
    "open": "chưa nộp",
}
BEHIND, NOBODY = "Ai còn thiếu việc gì", "Không đơn vị nào quá hạn."
MISSING, RETURNED = "Chưa nộp", "Đã trả lại"
FIND, FIND_HINT = "Tên đơn vị", "Hoa Phượng"
ONLY, ALL, TASK, EVERY_TASK, ORDER = "Chỉ xem", "tất cả", "Việc", "mọi việc", "Xếp"
ONLYS = {
    "quahan": "có việc quá hạn",
    "chuanop": "có việc chưa nộp",
    "tralai": "có việc bị trả lại",
    "choxem": "có việc chờ xem",
    "du": "đã nộp đủ",
}
ORDERS = {"quahan": "quá hạn nhiều trước", "dunghan": "đúng hạn ít trước", "ten": "theo tên"}
CUT, CLEAR = "Lọc", "Bỏ lọc"
NONE_SUCH = "Không có đơn vị nào như vậy. Thầy/cô bỏ bớt điều kiện lọc."
OVERDUE = "Quá hạn"
WHERE, OF = "Đơn vị đang xem", "Việc của đơn vị này"
ONLY_READ = "Minh chứng của các đơn vị này do cơ quan cấp trên trực tiếp xem."
COUNTED = "Dưới tên việc: số đơn vị đã nộp / phải nộp."


def units(schools: bool, count: int) -> str:
    return f"{count} {'trường' if schools else 'đơn vị'}"


def overdue(schools: bool, count: int) -> str:
    return f"{units(schools, count)} quá hạn"


def waiting(count: int, of_others: bool) -> str:
    return f"{count} lượt chờ xem" if of_others else f"{count} lượt chờ thầy/cô xem"


def on_time(count: int, due: int) -> str:
    return f"{count}/{due} lượt đúng hạn" + (f" ({100 * count // due}%)" if due else "")


def shown(schools: bool, rows: int, of: int, columns: int) -> str:
    """What a cut leaves."""
    return f"Đang xem {rows}/{units(schools, of)}, {columns} việc."


def there(count: int, owed: int) -> str:
    return f"{count}/{owed} đã nộp"


def by(due: Due | None) -> str:
    return until_short(due) if due else ""


def task(title: str, due: Due | None) -> str:
    """Among others to pick from: the day first, as lists are cut short on a phone."""
    return f"{due.day:%d/%m} – {title}" if due else title


def since(due: Due | None, today: date) -> str:
    """ "hạn 05/12, đã quá 3 ngày" """
    past = (today - due.day).days if due else 0
    return by(due) + (f", đã quá {past} ngày" if past > 0 else "")


def more_units(schools: bool, count: int) -> str:
    return f"và {units(schools, count)} nữa"


def more_tasks(count: int) -> str:
    return f"Còn {count} việc nữa có đơn vị chưa xong"


def write(schools: bool) -> str:
    return f"Nhắn các {'trường' if schools else 'đơn vị'} trễ"


def cell(mark: str, late: int) -> str:
    """The state in words, for who hears the page and who copies the table."""
    return WORDS[mark] + (f", trễ {late} ngày" if late else "")
