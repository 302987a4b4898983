"""A clock that stands still until it is moved."""

from datetime import UTC, datetime, timedelta

START = datetime(2023, 12, 4, 1, 0, tzinfo=UTC)  # a Monday, 08:00 in Vietnam


class StillClock:
    """Says the same instant until moved; `sleep` passes time without waiting for it."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        self.now += by

    async def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
