"""What became of the messages that were handed over: one transaction for all that ended meanwhile."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from core.clock import Clock
from core.errors import SendFailed
from core.message import Outbound, Urgency, may_go_on
from core.platform import Limits, Platform
from records import outbox
from records.alerts import open_alerts
from records.batches import Batch
from records.outbox import Claimed
from records.session import Begin, Session
from scheduler import meter
from scheduler.failures import alert_key, all_clear, note_failure, private

_log = structlog.get_logger()

HURRY_EVERY = timedelta(minutes=15)
ATTEMPTS = 10  # to keep one, a second apart


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a message: the service's id for it, or why it was not accepted."""

    claimed: Claimed
    service_id: str = ""
    failure: SendFailed | None = None


class Outcomes:
    """Keeps them, and what follows: tried again, another way, given up; what was cut off is tried at once."""

    def __init__(
        self,
        begin: Begin,
        platforms: Mapping[str, Platform],
        clock: Clock,
        sleep: Callable[[float], Awaitable[None]],
        jitter: Callable[[], float],
    ) -> None:
        self._batch = Batch(begin, self._note)
        self._platforms = platforms
        self._clock = clock
        self._sleep = sleep
        self._jitter = jitter
        self._cut_off: set[str] = set()  # services that could not be reached last time
        self._alerts: set[str] | None = None  # that may be open; None: it was not asked for yet
        self._hurried: dict[str, datetime] = {}  # when what was refused beside them was last tried again at once

    async def keep(self, outcome: Outcome) -> None:
        """Returns once it is committed.

        It is known here alone: a database that fails for a moment must not have the message sent again.
        """
        for _ in range(ATTEMPTS - 1):
            try:
                return await self._batch.add([outcome])
            except Exception:
                _log.exception("deliver.not_kept", outbox=outcome.claimed.id)
                await self._sleep(1)
        return await self._batch.add([outcome])

    def _limits(self, message: Outbound) -> Limits:
        platform = self._platforms[message.address.platform]
        return platform.group_limits if message.group else platform.limits

    async def _may_be_open(self, session: Session) -> set[str]:
        """Asked once; what is refused from then on is known here. In private more may wait than an alert says."""
        if self._alerts is None:
            self._alerts = {one.key for one in await open_alerts(session)} | {private(name) for name in self._platforms}
        return self._alerts

    async def _look_about(self, session: Session, message: Outbound, alerts: set[str], now: datetime) -> None:
        """A message has gone out: perhaps the operator has acted, and what was refused will be taken now."""
        alert = alert_key(message)
        if await all_clear(session, message, now):
            alerts.discard(alert)
        elif not message.group and now - self._hurried.get(alert, now - HURRY_EVERY) >= HURRY_EVERY:
            self._hurried[alert] = now
            await outbox.hurry(session, message.address.platform, now)

    async def _note(self, session: Session, outcomes: Sequence[Outcome]) -> None:
        """One transaction for all that ended meanwhile."""
        now, alerts = self._clock(), await self._may_be_open(session)
        sent = [(one.claimed.id, one.service_id) for one in outcomes if one.failure is None]
        if sent:
            await outbox.mark_sent(session, sent, now)
            await _go_on(session, outcomes)
        for one in outcomes:
            name, alert = one.claimed.message.address.platform, alert_key(one.claimed.message)
            if one.failure is not None:
                await note_failure(session, one.claimed, one.failure, self._platforms, now, self._jitter())
                alerts.add(alert)
                self._cut_off |= {name} if one.failure.reason == outbox.OFFLINE else set()
                continue
            await meter.note_sent(session, one.claimed, self._limits(one.claimed.message), now)
            if alert in alerts:
                await self._look_about(session, one.claimed.message, alerts, now)
            if name in self._cut_off:
                self._cut_off.discard(name)
                await outbox.hurry(session, name, now)


async def _go_on(session: Session, outcomes: Sequence[Outcome]) -> None:
    """Answers keep together by their order; of what they may overtake, a further part comes at once."""
    sent = [one.claimed for one in outcomes if one.failure is None]
    if keys := [one.key for one in sent if one.message.urgency is not Urgency.ANSWER and may_go_on(one.message.text)]:
        await outbox.go_on(session, keys)
