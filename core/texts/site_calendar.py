"""What the calendar page says.

The bot is "tôi", the reader "thầy/cô"; lines are short, for a phone.
"""

from collections.abc import Sequence
from datetime import date

from core.reminding import Reminder, Why
from core.texts import reminders
from core.texts.dates import WEEKDAYS, until_short, weekday
from core.work import Due

CALENDAR = "Lịch"
DAYS = WEEKDAYS
OFF, WORKED, TODAY = "nghỉ", "làm bù", "hôm nay"
NOTHING = "Trong tháng này đơn vị không có việc nào đến hạn."
STATES = {  # sign, words
    "done": ("✓", "đã nộp"),
    "late": ("!", "quá hạn, chưa nộp đủ"),
    "open": ("○", "còn hạn"),
}
BELOW = "Các đơn vị cấp dưới"
PHONE = "Đưa lịch này vào điện thoại"
LINK, LINK_NEW, REVOKE = "Lấy link lịch riêng", "Lấy link mới (link cũ thôi dùng)", "Thu hồi link"
SAFE_DAY = "Việc đứng ở ngày làm việc cuối cùng còn kịp: hạn “trước 05/12” đứng ở 04/12."


def below(title: str, due: Due, given: int, all_: int) -> str:
    """What an office waits for."""
    return f"{until_short(due)}: {title} – {given}/{all_} đơn vị đã nộp"


def day(d: date) -> str:
    return f"{weekday(d)} {d:%d/%m}"


def state(name: str) -> str:
    return STATES[name][1]


def reminds(ones: Sequence[Reminder]) -> str:
    return f"Nhắc {len(ones)} việc"


def reminder(one: Reminder) -> str:
    """What will be said that day, where nothing comes in before."""
    said = reminders.line(one)
    return f"chưa nộp thì nhắc: {said}" if one.stand.why is Why.OVERDUE else said
