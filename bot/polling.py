"""The loop for services that are asked for updates instead of calling a webhook."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Protocol

import structlog

from core.clock import Clock
from core.errors import Act, FetchFailed
from core.platform import Polled
from core.texts import delivery as texts
from records import inbox, offsets
from records.alerts import clear_alert, raise_alert
from records.session import Begin

_log = structlog.get_logger()

FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(seconds=60)
PATIENCE = 3  # refusals in a row; while one process takes over from another there may be one or two


UntilDriving = Callable[[str], Awaitable[None]]


async def always(platform: str) -> None:
    """There is no other process."""


class Source(Polled, Protocol):
    """A polled service with its name."""

    @property
    def name(self) -> str: ...


async def poll_forever(
    source: Source,
    begin: Begin,
    clock: Clock,
    wake: Callable[[], None],
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    jitter: Callable[[], float] = random.random,
    floor: timedelta = timedelta(0),
    until_driving: UntilDriving = always,
) -> None:
    """Ask until cancelled. `wake` tells the receiver; `jitter` gives 0 to 1; `floor`: from one asking to the next.

    `until_driving` returns once this process is the one to ask: two would take each other's updates.
    """
    failures = 0
    while True:
        await until_driving(source.name)
        began = clock()
        try:
            if await _poll_or_tell(source, begin, clock, wake, failures):
                failures = 0
            else:
                failures += 1
        except Exception:
            failures += 1
            _log.exception("poll.broken", platform=source.name, failures=failures)
        rest = pause(failures, jitter()) if failures else began + floor - clock()
        if rest > timedelta(0):
            await sleep(rest.total_seconds())


async def _poll_or_tell(source: Source, begin: Begin, clock: Clock, wake: Callable[[], None], failures: int) -> bool:
    """Ask once after so many failures; False: that failed too. Where only the operator can mend it, they hear of it."""
    try:
        await poll_once(source, begin, clock, wake)
    except FetchFailed as failure:
        _log.warning("poll.failed", platform=source.name, reason=str(failure), failures=failures + 1)
        if failure.act is Act.OPERATOR and failures + 1 >= PATIENCE:
            async with begin() as session:
                text = texts.does_not_let_us_in(source.name, failure.reason)
                await raise_alert(session, alert_key(source.name), text, clock())
        return False
    if failures >= PATIENCE:
        async with begin() as session:
            await clear_alert(session, alert_key(source.name), clock())
    return True


def alert_key(platform: str) -> str:
    """Under which the operator hears that a service refuses us."""
    return f"channel:{platform}"


async def poll_once(source: Source, begin: Begin, clock: Clock, wake: Callable[[], None]) -> None:
    """Ask once. What came and how far we are is kept in one transaction: nothing is confirmed before it is stored."""
    async with begin() as session:
        offset = await offsets.read(session, source.name)
    deliveries, following = await source.poll(offset)
    if following == offset and not deliveries:
        return
    async with begin() as session:
        for delivery in deliveries:
            await inbox.store(session, delivery, clock())
        await offsets.save(session, source.name, following)
    wake()


def pause(failures: int, jitter: float) -> timedelta:
    """Twice as long with every failure, up to a minute, and up to half as long again by chance."""
    longer: timedelta = min(FIRST_PAUSE * 2 ** min(failures - 1, 10), LONGEST_PAUSE)
    return longer * (1 + jitter / 2)
