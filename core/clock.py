"""Time is an argument: the only module that reads the clock."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


class ShiftedClock:
    """A clock that starts at a chosen instant and runs on from there; `move` turns it forward."""

    def __init__(self, start: datetime, source: Clock = system_clock) -> None:
        self._source = source
        self._shift = start - source()

    def __call__(self) -> datetime:
        return (self._source() + self._shift).astimezone(UTC)

    def move(self, by: timedelta) -> None:
        """Turn the clock by `by`; raises ValueError for a negative step."""
        if by < timedelta(0):
            raise ValueError("the clock only moves forward")
        self._shift += by


class SteadyClock:
    """Passes time as its source does but never goes back: for waits that somebody who sets a clock must not stretch.

    Its instants are to be compared with each other alone.
    """

    def __init__(self, source: Clock) -> None:
        self._source = source
        self._shift = timedelta(0)
        self._last = source()

    def __call__(self) -> datetime:
        now = self._source() + self._shift
        if now < self._last:
            self._shift += self._last - now
        self._last = max(now, self._last)
        return self._last


def local_day(instant: datetime) -> date:
    """The calendar day in Vietnam at this aware instant."""
    return instant.astimezone(VIETNAM).date()
