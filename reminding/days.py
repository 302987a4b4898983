"""Some days, on any of which somebody may be reminded: what is due is looked at once, whoever owes it."""

from collections.abc import Sequence
from datetime import date, timedelta

from core.reminding import Steps
from core.work import Due
from knowledge.workdays import Workdays
from reminding.steps import reminds_on, tells_of_event

_MISSED = 7  # days: what a service that was down has not said is said once, together


class Days:
    """One after the other; what was found of a due day is remembered."""

    def __init__(self, days: Sequence[date], workdays: Workdays) -> None:
        self.first, self.last = days[0], days[-1]
        self._days, self._workdays = days, workdays
        self._found: dict[tuple[Due, Steps | None], bool] = {}

    @classmethod
    def up_to(cls, day: date, since: date | None, workdays: Workdays) -> "Days":
        """This day, and those before it that come after `since`, no more than a week of them."""
        first = max(since + timedelta(days=1) if since else day, day - timedelta(days=_MISSED))
        return cls([first + timedelta(days=n) for n in range((day - first).days + 1)], workdays)

    def __contains__(self, day: date) -> bool:
        return day in self._days

    def remind(self, due: Due, steps: Steps | None) -> bool:
        """Whether one is reminded on any of them; `steps` None: of an event."""
        key = (due, steps)
        if key not in self._found:
            self._found[key] = any(self._is_told(day, due, steps) for day in self._days)
        return self._found[key]

    def _is_told(self, day: date, due: Due, steps: Steps | None) -> bool:
        if steps is None:
            return tells_of_event(day, due.day, self._workdays)
        return reminds_on(day, due, steps, self._workdays)
