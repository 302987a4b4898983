"""Which step of its plan a task is at on a day: pure, from the due day, its rule and the calendar of working days."""

from datetime import date, timedelta

from core.reminding import INVITED, Stand, Steps, Why
from core.work import Due
from knowledge.workdays import Workdays


def last_safe(due: Due, workdays: Workdays) -> date:
    """The last working day on which one is in time for certain: "trước ngày" leaves the day before."""
    return workdays.last(due.last)


def stand_on(day: date, due: Due, workdays: Workdays) -> Stand:
    """Where the day stands to what is due."""
    safe = last_safe(due, workdays)
    if day < safe:
        return Stand(Why.AHEAD, workdays.between(day, safe))
    if day <= due.day:
        return Stand(Why.CLOSING if due.before and day == due.day else Why.LAST)
    return Stand(Why.OVERDUE, workdays.between(due.day, day))


def stand_to_event(day: date, begins: date, workdays: Workdays) -> Stand:
    """Where the day stands to an event: it takes place on its day, be that one off."""
    if day >= begins:
        return Stand(Why.LAST if day == begins else Why.OVERDUE)
    return Stand(Why.AHEAD, workdays.between(day, workdays.last(begins)))


def tells_of_event(day: date, begins: date, workdays: Workdays) -> bool:
    """Whether one is told of it on this morning."""
    told = day == begins or stand_to_event(day, begins, workdays) == Stand(Why.AHEAD, INVITED)
    return told and workdays.works(day)


def evening_before(begins: date, workdays: Workdays) -> date:
    """The last working day before an event."""
    return workdays.last(begins - timedelta(days=1))


def reminds_on(day: date, due: Due, steps: Steps, workdays: Workdays) -> bool:
    """Whether one is reminded on this day; never on a day off."""
    if not workdays.works(day):
        return False
    stand = stand_on(day, due, workdays)
    if stand.why is Why.AHEAD:
        return stand.days in steps.ahead
    return stand.why is not Why.OVERDUE or _is_due_again(stand.days, steps)


def _is_due_again(late: int, steps: Steps) -> bool:
    """Whether so many working days too late are a step."""
    if late in steps.overdue:
        return True
    last = max(steps.overdue, default=0)
    return bool(steps.weekly) and last < late <= steps.until and (late - last) % steps.weekly == 0
