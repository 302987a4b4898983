"""When people may be written to without having asked."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from core.clock import VIETNAM

Span = tuple[time, time]  # from, and up to but not with; over midnight where it ends earlier than it begins


@dataclass(frozen=True, slots=True)
class Hours:
    """In Vietnam's clock. `quiet`: nobody is written to; `lunch`: nor then."""

    quiet: Span = (time(21), time(6, 30))
    lunch: Span = (time(11, 30), time(13))

    def open_at(self, instant: datetime) -> datetime:
        """This instant if one may write now, else the first one after it."""
        for span in (self.quiet, self.lunch, self.quiet):
            instant = _after(span, instant)
        return instant

    def is_open(self, instant: datetime) -> bool:
        return self.open_at(instant) == instant


def quiet_hours(said: str) -> Span:
    """ "21:00-06:30". Raises ValueError."""
    begin, end = (time.fromisoformat(one.strip()) for one in said.split("-"))
    if begin == end:
        raise ValueError("an empty span")
    return begin, end


def _after(span: Span, instant: datetime) -> datetime:
    """The end of the span, where the instant lies in it."""
    begin, end = span
    local = instant.astimezone(VIETNAM)
    now = local.time()
    if not ((begin <= now < end) if begin <= end else (now >= begin or now < end)):
        return instant
    day = local.date() + timedelta(days=begin > end and now >= begin)
    return datetime.combine(day, end, VIETNAM)
