"""A clock that somebody sets forward and back."""

from datetime import timedelta

from core.clock import SteadyClock
from tests.fakes.clock import START, StillClock

HOUR = timedelta(hours=1)


def test_a_steady_clock_never_goes_back_and_goes_on_at_once() -> None:
    source = StillClock()
    steady = SteadyClock(source)
    source.move(HOUR)
    assert steady() == START + HOUR
    source.move(-3 * HOUR)
    assert steady() == START + HOUR
    source.move(timedelta(seconds=7))
    assert steady() == START + HOUR + timedelta(seconds=7)
