"""What the staff site says, and what is said in chat of the way in.

The bot is "tôi", the reader "thầy/cô"; lines are short, for a phone.
"""

from datetime import date, datetime

from core.clock import VIETNAM
from core.texts.evidence import label
from core.work import Due

# in chat
NO_ADDRESS = (
    "Máy chủ chưa có địa chỉ công khai nên chưa mở trang quản lý được. "
    "Thầy/cô nhờ người phụ trách đặt PUBLIC_URL giúp tôi."
)
NEEDS_A_PERSON = "Trang quản lý chỉ mở cho người có trong danh sách đơn vị. Thầy/cô nhắn /thamgia để tham gia."
NOWHERE = "Thầy/cô không đăng nhập trang quản lý ở máy nào."

# on the pages
SITE = "Trang quản lý"
BOARD, SESSIONS = "Bảng tiến độ", "Phiên đăng nhập"
ENTER, ENTER_HOW = "Đăng nhập", "Bấm nút dưới đây để vào. Link này chỉ dùng một lần."
GONE_TITLE = "Link không dùng được"
GONE = "Link này đã dùng, hoặc đã quá 10 phút. Thầy/cô nhắn cho bot: trang quản lý, để lấy link mới."
OUT_TITLE = "Chưa đăng nhập"
OUT = "Thầy/cô nhắn cho bot trong chat riêng: trang quản lý, rồi mở link bot gửi."
FORM_TITLE = "Chưa làm được"
FORM = "Trang này đã cũ hoặc mở từ nơi khác. Thầy/cô mở lại trang rồi bấm lại."
TOO_LARGE = "Tệp quá lớn để gửi ở đây. Thầy/cô gửi tệp cho bot trong chat."
NOTHING_TITLE = "Không có trang này"
NOTHING = "Trang không có, hoặc không thuộc đơn vị của thầy/cô. Thầy/cô chọn trang khác trong trang quản lý."
MENU, SKIP = "Các trang", "Đến nội dung"
SEARCH, SEARCH_HINT = "Tìm", "Hỏi, hoặc tìm việc, mã, văn bản, đơn vị…"
NEWS, NEWS_SHOW = "Có thay đổi mới.", "Tải lại trang"
SESSION_ENDED = "Đã đăng xuất máy ấy."
MONTH_TITLE, MONTH = "Không rõ tháng", "Thầy/cô ghi tháng theo mẫu 2023-12, từ năm 2000 đến 2099."
HERE, END, END_ALL = "máy này", "Đăng xuất", "Đăng xuất mọi nơi"
NO_UNITS = "Không có việc nào của các đơn vị đến hạn trong tháng này."
NO_TASKS = "Không có việc nào đến hạn trong tháng này."
OWN, BELOW = "Việc của đơn vị", "Các đơn vị cấp dưới"
UNIT, ON_TIME, LEGEND = "Đơn vị", "Đúng hạn", "Chú thích"
CHOOSE, SHOW, BEFORE, AFTER = "Tháng", "Xem", "Tháng trước", "Tháng sau"
NOT_OWED = "không phải nộp"
MARKS = {  # sign, words; as in chat, with signs of their own for what is taken and what is overdue
    "accepted": ("✓✓", "đã được nhận"),
    "in": ("✓", "đã nộp, chờ xem"),
    "held": ("…", "chờ hiệu trưởng xác nhận"),
    "returned": ("↩", "bị trả lại"),
    "overdue": ("!", "quá hạn, chưa nộp"),
    "open": ("○", "chưa nộp, còn hạn"),
}


def opened(address: str) -> str:
    """To who asked in chat."""
    return (
        f"Trang quản lý của riêng thầy/cô:\n{address}\n"
        "Link dùng một lần, trong 10 phút; đừng chuyển cho ai. Ra khỏi mọi máy: nhắn đăng xuất mọi nơi"
    )


def signed_out(count: int) -> str:
    return f"Đã đăng xuất trang quản lý ở {count} máy."


def month(first: date) -> str:
    return f"Tháng {first.month}/{first.year}"


def task(title: str, due: Due | None) -> str:
    return label(title, due)


def marked(mark: str, late: int) -> str:
    """The state in words."""
    return MARKS[mark][1] + (f", trễ {late} ngày" if late else "")


def sign(mark: str, late: int) -> str:
    """The state as a sign."""
    return MARKS[mark][0] + (f" +{late}" if late else "")


def share(on_time: int, due: int) -> str:
    return f"{on_time}/{due} ({100 * on_time // due}%)" if due else "–"


def at(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%H:%M %d/%m/%Y}"


def since(started: datetime, seen: datetime) -> str:
    return f"vào {at(started)}, dùng gần nhất {at(seen)}"


def browser(agent: str) -> str:
    return "Trình duyệt khác" if agent in ("other", "bot") else agent
