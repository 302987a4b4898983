"""What is said of who has handed in what."""

from collections.abc import Sequence
from datetime import date

from core.evidence import Came, State
from core.people import Level
from core.texts.answers import tier
from core.texts.dates import until
from core.texts.evidence import label
from core.texts.privacy import deleted
from core.work import Due, Obligation

OF_OFFICE = "Số đơn vị đã nộp. Chọn một việc để xem ai chưa nộp."
NO_DAY = "Tôi chưa thấy ngày nào từ hôm nay trở đi. Thầy/cô gõ ngày giúp tôi, ví dụ: 10/12"
EXTEND_HOW = (
    "Thầy/cô gõ tên trường, ví dụ: gia hạn cho trường Hoa Phượng đến 10/12. "
    "Hoặc nhắn: tiến độ, rồi chọn việc, chọn trường."
)
SEE_WHO = "Xem từng trường"
IN, WAITING, RETURNED, MISSING = "✓", "…", "↩", "○"
_STATES = {
    State.ACCEPTED: f"{IN} đã được nhận",
    State.SUBMITTED: f"{IN} đã nộp",
    State.HELD: f"{WAITING} chờ hiệu trưởng xác nhận",
    State.RETURNED: f"{RETURNED} bị trả lại, cần nộp lại",
}


def of_unit(lines: Sequence[str], when: str) -> str:
    """`when`: the time that was asked about, empty: about now."""
    return f"Việc có hạn {when or 'quanh đây'}:\n" + "\n".join(lines)


def of_office(when: str) -> str:
    return f"Việc có hạn {when}. {OF_OFFICE}" if when else OF_OFFICE


def nothing_due(when: str) -> str:
    return f"Không có việc nào đến hạn {when or 'quanh đây'}."


def standing(title: str, due: Due | None, best: Came | None, late: int, today: date) -> str:
    """One task of the reader's own unit."""
    if best is None:
        return f"{MISSING} {label(title, due)}: chưa nộp{_left(due, today)}"
    said = _STATES[best.state] + (f", trễ {late} ngày" if late else "")
    said += f", tệp {deleted(best)}" if best.deleted_at else ""
    return f"{said[0]} {label(title, due)}: {said[2:]}"


def counted(title: str, due: Due | None, there: int, all_: int) -> str:
    """One task over the units below."""
    return f"{IN if there == all_ else MISSING} {there}/{all_} {label(title, due)}"


def onward(lines: Sequence[str]) -> str:
    """Above what the units below owe: what the reader's own office hands on."""
    return "Việc đơn vị gửi lên cấp trên:\n" + "\n".join(lines)


def made_of(standing: str, there: int, all_: int) -> str:
    """How the own office stands, and how far the schools are with what it needs of them."""
    return f"{standing}; {there}/{all_} trường đã nộp" if all_ else standing


def hand_in(title: str, due: Due | None) -> str:
    return f"Nộp: {label(title, due)}"


def all_in(count: int, title: str, office: Level, task: Obligation, due: Due | None) -> str:
    """To the officers: the schools are in with `title`; `task` is what the office makes of it."""
    by = f" ({until(due)})" if due else ""
    return f"Đủ {count}/{count} trường đã nộp “{title}”. Đến lượt {tier(office)} gửi {tier(task.to_level)}{by}."


def extend(unit: str) -> str:
    return f"Gia hạn: {unit}"


def extend_which(unit: str) -> str:
    return f"Gia hạn cho {unit} việc nào?"


def extend_whom(words: str) -> str:
    return f"Tôi không rõ “{words}” là trường nào của thầy/cô. {EXTEND_HOW}"


def nothing_open(unit: str) -> str:
    return f"{unit} không còn việc nào chưa nộp quanh đây."


def ask_the_office(office: str) -> str:
    """To a school that wants more time."""
    return f"Gia hạn do {office} quyết. Thầy/cô xin cán bộ Phòng; được gia hạn tôi báo ngay và nhắc theo hạn mới."


def until_when(unit: str, title: str) -> str:
    return f"Gia hạn cho {unit} việc “{title}” đến ngày nào? Thầy/cô gõ ngày, ví dụ: 10/12"


def extended(unit: str, title: str, due: date) -> str:
    """To the office."""
    return f"Đã gia hạn cho {unit} đến {due:%d/%m/%Y} và đã báo: {title}."


def you_have_until(office: str, unit: str, title: str, due: date) -> str:
    """To the unit."""
    return f"{office} gia hạn cho {unit} đến {due:%d/%m/%Y}: {title}."


def task(title: str, due: Due | None, there: int, all_: int) -> str:
    return f"{label(title, due)}: {there}/{all_} đơn vị đã nộp."


def named(head: str, names: Sequence[str]) -> str:
    return f"{head} ({len(names)}): {', '.join(names)}"


HEADS = {"missing": "Chưa nộp", "returned": "Đã trả lại", "late": "Nộp trễ"}


def _left(due: Due | None, today: date) -> str:
    if due is None:
        return ""
    if today > due.day:
        return f", quá hạn {(today - due.day).days} ngày"
    days = (due.last - today).days
    return f", còn {days} ngày" if days > 0 else ", hôm nay là ngày cuối" if days == 0 else ", hôm nay là ngày chốt"
