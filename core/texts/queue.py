"""What is said of the queue of evidence: how much waits and how long, by task, by unit, and accepting all of it."""

from collections.abc import Sequence
from datetime import date, datetime

from core.clock import VIETNAM, local_day
from core.evidence import Handed, days_late
from core.texts.asking import how_far
from core.texts.evidence import label, late, what
from core.texts.privacy import deleted
from core.work import Due

ACCEPT_ALL = "Nhận hết"
BY_TASK, BY_UNIT, BY_AGE, BY_DUE = "Xem theo việc", "Xem theo đơn vị", "Chờ lâu nhất trước", "Xem cả hàng chờ"
WHICH_UNIT, WHICH_TASK = "Thầy/cô muốn xem đơn vị nào?", "Thầy/cô muốn xem việc nào?"
_OLDEST_FIRST = "Chờ lâu nhất ở trên."
_NAMED = 5  # units
CHANGED = "Hàng chờ vừa thay đổi."


def page(count: int, oldest: datetime, today: date, of: str = "", *, by_age: bool = False) -> str:
    """Above a page of what waits; `of`: the task or unit that alone is shown."""
    waits = f"Đang chờ thầy/cô: {count} lần nộp. Lâu nhất: {_days(oldest, today)}."
    return " ".join(filter(None, (f"{of}\n{waits}" if of else waits, _OLDEST_FIRST * by_age, "Chọn để xem.")))


def by_task(count: int, tasks: int) -> str:
    """Above the tasks, to pick one."""
    return f"Đang chờ thầy/cô: {count} lần nộp, {tasks} việc. Chọn việc để xem."


def by_unit(count: int, units: int) -> str:
    """Above the units, to pick one."""
    return f"Đang chờ thầy/cô: {count} lần nộp, {units} đơn vị. Chọn đơn vị để xem."


def counted(name: str, count: int) -> str:
    """A task or unit, on a button."""
    return f"{name}: {count} lần nộp"


def task(title: str, due: Due | None) -> str:
    return label(title or "Chưa rõ việc", due)


def line(handed: Handed, unit: str, title: str, waits: date | None = None) -> str:
    """One submission among others; without the unit or title that all of them share. `waits`: until this day."""
    submission = handed.submission
    given = submission.handed_in_at or submission.opened_at
    again = " (nộp lại)" if submission.again else ""
    files = deleted(submission) if submission.deleted_at else what(handed.files)
    head = ": ".join(filter(None, (unit, title)))
    how_long = f", chờ {_days(handed.waits_from, waits)}" if waits else ""
    day = f"{given.astimezone(VIETNAM):%d/%m}{again}{late(days_late(submission.due, given))}"
    return (f"{head}, " if title else f"{head}: ") + f"{files}, {day}{how_long}{how_far(handed.talk)}"


def no_unit(words: str) -> str:
    return f"Tôi không thấy đơn vị nào tên “{words}” trong các đơn vị thầy/cô duyệt."


def no_task(words: str) -> str:
    return f"Không có minh chứng nào đang chờ cho việc “{words}”."


def nothing_of(names: Sequence[str]) -> str:
    return f"Không có minh chứng nào của {', '.join(names)} đang chờ thầy/cô."


NOTHING_FOR_IT = "Không còn minh chứng nào của việc này đang chờ thầy/cô."


def accept_all(count: int, of: str) -> str:
    return f"Nhận cả {count} lần nộp đang chờ {of}?"


def of_unit(name: str) -> str:
    return f"của {name}"


def of_task(title: str) -> str:
    return f"cho việc: {title}"


def of_all(units: int, tasks: int) -> str:
    return f"của {units} đơn vị, cho {tasks} việc"


def accepted_all(count: int, of: str) -> str:
    return f"Đã nhận {count} lần nộp {of} và báo cho từng đơn vị."


def fell_to(closed: str, units: Sequence[str], waiting: int) -> str:
    """To the officers above an office that was closed: what its schools hand in is theirs to look at."""
    return (
        f"{closed} không còn hoạt động, nên minh chứng của {len(units)} đơn vị ({_named(units)}) từ nay "
        f"do thầy/cô duyệt. Đang chờ: {waiting} lần nộp. Xem: /duyet"
    )


def _named(units: Sequence[str]) -> str:
    more = len(units) - _NAMED
    return ", ".join(units[:_NAMED]) + (f" và {more} đơn vị nữa" if more > 0 else "")


def _days(since: datetime, today: date) -> str:
    """ "3 ngày" """
    days = (today - local_day(since)).days
    return f"{days} ngày" if days > 0 else "từ hôm nay"
