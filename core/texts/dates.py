"""Days, months and deadlines in words."""

from collections.abc import Sequence
from datetime import date

from core.work import Due, Obligation, Rule, Status

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
NO_DAY = "văn bản không nêu ngày"
DAY_UNREAD = "ngày trong bản quét chưa rõ"  # the note of a task whose day two looks at a picture read differently
DAY_BY_HAND = "ngày do cán bộ sửa khi công bố"  # the note of a task whose quoted words say another day


def day(d: date) -> str:
    """05/12/2023"""
    return f"{d:%d/%m/%Y}"


def until(due: Due) -> str:
    """ "trước 05/12/2023"; "hạn 25/10/2024", where that day still counts."""
    return f"{_by(due)} {day(due.day)}"


def until_short(due: Due) -> str:
    """ "trước 05/12"; "hạn 25/10" """
    return f"{_by(due)} {due.day:%d/%m}"


def weekday(d: date) -> str:
    """thứ Ba"""
    return WEEKDAYS[d.weekday()]


def month(ym: str) -> str:
    """2023-12 -> "tháng 12/2023"."""
    return f"tháng {ym[5:7]}/{ym[:4]}"


def months(yms: Sequence[str]) -> str:
    """Months as one phrase; two neighbours of a merged block as "tháng 6+7/2024"."""
    if len(yms) == 2 and yms[0][:4] == yms[1][:4]:
        return f"tháng {int(yms[0][5:7])}+{int(yms[1][5:7])}/{yms[0][:4]}"
    return ", ".join(month(ym) for ym in yms)


def when(task: Obligation, safe: date | None) -> str:
    """The date of a task as it binds; `safe`: the last working day to be in time, where that must be said."""
    said = _dated(task) if task.due else _undated(task)
    if task.time and task.rule not in (Rule.WEEKLY, Rule.BEFORE):
        said += f", {task.time.replace('-', '–')}"
    said += in_time(safe) if task.due else ""
    if task.status is Status.TENTATIVE and "dự kiến" not in said:
        said += " (dự kiến)"
    if task.note == DAY_BY_HAND:
        said = f"{said} – {DAY_BY_HAND}" if task.due else f"không có hạn – {DAY_BY_HAND}"
    return said


def in_time(safe: date | None) -> str:
    """ " – nên xong chậm nhất thứ Sáu 03/05", or nothing."""
    return f" – nên xong chậm nhất {weekday(safe)} {safe:%d/%m}" if safe else ""


def _by(due: Due) -> str:
    return "trước" if due.before else "hạn"


def _dated(task: Obligation) -> str:
    due = task.due
    assert due is not None
    named = f"{day(due)} ({weekday(due)})"
    match task.rule:
        case Rule.BEFORE:
            return f"trước {task.time} ngày {named}" if task.time else f"trước ngày {named}"
        case Rule.YEARLY:
            return f"ngày {due:%d/%m} hằng năm"
        case Rule.RANGE | Rule.IN_WEEK if task.start:
            return f"từ {day(task.start)} đến {named}"
        case Rule.ON | Rule.EVENT:
            return f"ngày {named}"
        case Rule.MONTHLY | Rule.WEEKLY:
            return f"{_recurring(task.recurrence)} (kỳ tới {named})"
        case _:
            return f"chậm nhất {named}"


_DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}


def _recurring(recurrence: str | None) -> str:
    """ "weekly FR" -> "thứ Sáu hằng tuần"; "monthly 25" -> "ngày 25 hằng tháng"; words stay words."""
    kind, _, rest = (recurrence or "").partition(" ")
    if kind == "weekly" and rest in _DAYS:
        return f"{WEEKDAYS[_DAYS[rest]]} hằng tuần"
    if kind == "monthly" and rest.isdigit():
        return f"ngày {rest} hằng tháng"
    if kind == "yearly" and len(rest) == 5:
        return f"ngày {rest[3:]}/{rest[:2]} hằng năm"
    return recurrence or "định kỳ"


def _undated(task: Obligation) -> str:
    if task.rule is Rule.TENTATIVE_MONTH and task.months:
        return f"dự kiến {months(task.months)} (chưa chốt ngày)"
    if task.recurrence:
        return _recurring(task.recurrence)
    no_day = DAY_UNREAD if task.note == DAY_UNREAD else NO_DAY
    return f"{months(task.months)}, {no_day}" if task.months else no_day
