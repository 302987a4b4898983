"""Which step of its plan a task is at on a day: pure, from the due day, its rule and the calendar of working days."""

from datetime import date, timedelta

from core.reminding import Nudge, Steps, Why
from core.work import Obligation, Rule, TaskRef
from knowledge.workdays import Workdays


def last_safe(due: date, before: bool, workdays: Workdays) -> date:
    """The last working day on which one is in time for certain: "trước ngày" leaves the day before."""
    return workdays.last(due - timedelta(days=before))


def excludes(task: Obligation) -> bool:
    """Whether the due day itself is too late: "trước ngày"; "trước 16 giờ ngày 5/12" leaves that morning."""
    return task.rule is Rule.BEFORE and not task.time


def nudge_on(day: date, ref: TaskRef, due: date, *, before: bool, steps: Steps, workdays: Workdays) -> Nudge | None:
    """Why one is reminded on this day of a task due on `due`; None: not today, as on every day off."""
    if not workdays.works(day):
        return None
    safe = last_safe(due, before, workdays)
    if day < safe:
        left = workdays.between(day, safe)
        return Nudge(ref, due, Why.AHEAD, left) if left in steps.ahead else None
    if day == safe:
        return Nudge(ref, due, Why.LAST)
    if day <= due:
        return Nudge(ref, due, Why.CLOSING) if day == due else None
    late = workdays.between(due, day)
    return Nudge(ref, due, Why.OVERDUE, late) if _is_due_again(late, steps) else None


def _is_due_again(late: int, steps: Steps) -> bool:
    """Whether so many working days too late are a step."""
    if late in steps.overdue:
        return True
    last = max(steps.overdue, default=0)
    return bool(steps.weekly) and last < late <= steps.until and (late - last) % steps.weekly == 0
