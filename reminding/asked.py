"""Which due days are spoken of: asked once of each day, whoever owes something by it."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from core.reminding import Steps, Why
from core.work import Due
from knowledge.workdays import Workdays
from reminding.steps import evening_before, last_safe, reminds_on, stand_on, tells_of_event

AROUND = timedelta(days=45)  # before and after a due day: within it lies every step
_MISSED = 7  # days: what a service that was down has not said is said once, together

Says = Callable[[Due, Steps | None], bool]


class Asked:
    """Those from `first` to `last` of which `says`, by the steps of who owes it, None: it is an event; it remembers."""

    def __init__(self, first: date, last: date, says: Says) -> None:
        self.first, self.last = first, last
        self._says = says
        self._found: dict[tuple[Due, Steps | None], bool] = {}

    def has(self, due: Due, steps: Steps | None) -> bool:
        """Whether it is one of them."""
        key = (due, steps)
        if key not in self._found:
            self._found[key] = self.first <= due.day <= self.last and self._says(due, steps)
        return self._found[key]


def said_on(day: date, since: date | None) -> list[date]:
    """The days whose reminders are said on this one: all after `since`, as far back as anybody cares."""
    first = max(since + timedelta(days=1) if since else day, day - timedelta(days=_MISSED))
    return [first + timedelta(days=n) for n in range((day - first).days + 1)]


def mornings(days: Sequence[date], workdays: Workdays) -> Asked:
    """What one is reminded of on any of these mornings, which follow each other."""

    def says(due: Due, steps: Steps | None) -> bool:
        if steps is None:
            return any(tells_of_event(day, due.day, workdays) for day in days)
        return any(reminds_on(day, due, steps, workdays) for day in days)

    return Asked(days[0] - AROUND, days[-1] + AROUND, says)


def last_days(day: date, workdays: Workdays) -> Asked:
    """What ought to be done by this evening; no events."""

    def says(due: Due, steps: Steps | None) -> bool:
        return steps is not None and stand_on(day, due, workdays).why in (Why.LAST, Why.CLOSING)

    return Asked(day, day + AROUND, says)


def evenings(day: date, workdays: Workdays) -> Asked:
    """The events before which this is the last working day."""

    def says(due: Due, steps: Steps | None) -> bool:
        return steps is None and due.day > day and evening_before(due.day, workdays) == day

    return Asked(day, day + AROUND, says)


def to_come(day: date, last: date, workdays: Workdays) -> Asked:
    """What has its last safe day from this day to `last`; events, that take place on one of them."""

    def says(due: Due, steps: Steps | None) -> bool:
        return day <= (due.day if steps is None else last_safe(due, workdays)) <= last

    return Asked(day, last + AROUND, says)


def past(first: date, last: date) -> Asked:
    """All that was due from `first` to `last`; no events."""
    return Asked(first, last, lambda _, steps: steps is not None)


def around(day: date) -> Asked:
    """All that is due around this day."""
    return Asked(day - AROUND, day + AROUND, lambda due, steps: True)
