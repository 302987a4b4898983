"""How the service is, from the database and from what the process knows of itself."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.health import Level, Line, Look, Machine
from core.texts import site_health as texts
from records.alerts import open_alerts
from records.documents import revision
from records.letters import FAILED, UNKNOWN, Backlog, backlog, count
from records.session import Session

SLOW, STUCK = timedelta(minutes=10), timedelta(hours=1)  # that a message waits which could go out


async def looks(session: Session, machine: Machine, now: datetime) -> Sequence[Look]:
    """Everything that can be told now, in the order in which it is read."""
    lost = await count(session)
    alerts = [one for one in await open_alerts(session) if not one.is_news]
    return [
        *_channels(machine.lines),
        _outbox(await backlog(session, now), now),
        _lost(lost.get(FAILED, 0), lost.get(UNKNOWN, 0)),
        _judged(texts.ALERTS, len(alerts), texts.alerts(len(alerts)), texts.NO_ALERTS, texts.ALERTS_TODO),
        Look(texts.DATABASE, Level.GOOD, texts.DATABASE_GOOD),
        _index(machine.revision, await revision(session)),
        Look(texts.CLOCK, Level.GOOD, texts.clock(now), texts.CLOCK_TODO),
        *machine.looks,
    ]


def _channels(lines: Sequence[Line]) -> list[Look]:
    found = [_channel(one.name, one.works) for one in lines]
    return found or [Look(texts.CHANNEL, Level.WRONG, texts.NO_CHANNEL, texts.NO_CHANNEL_TODO)]


def _channel(name: str, works: bool | None) -> Look:
    subject = texts.channel(name)
    if works is None:
        return Look(subject, Level.GOOD, texts.CHANNEL_UNKNOWN)
    if works:
        return Look(subject, Level.GOOD, texts.CHANNEL_GOOD)
    return Look(subject, Level.WRONG, texts.CHANNEL_BAD, texts.CHANNEL_TODO)


def _outbox(waits: dict[str, Backlog], now: datetime) -> Look:
    total = sum(one.waiting for one in waits.values())
    if not total:
        return Look(texts.OUTBOX, Level.GOOD, texts.NOTHING_WAITS)
    since = min((one.oldest for one in waits.values() if one.oldest), default=None)
    waited = now - since if since else timedelta(0)
    level = Level.WRONG if waited >= STUCK else Level.DOUBT if waited >= SLOW else Level.GOOD
    return Look(texts.OUTBOX, level, texts.waiting(total, since, now), "" if level is Level.GOOD else texts.OUTBOX_TODO)


def _lost(failed: int, unknown: int) -> Look:
    return _judged(texts.LOST, failed + unknown, texts.lost(failed, unknown), texts.NOTHING_LOST, texts.LOST_TODO)


def _judged(subject: str, number: int, some: str, none: str, todo: str) -> Look:
    return Look(subject, Level.DOUBT, some, todo) if number else Look(subject, Level.GOOD, none)


def _index(ours: int, newest: int) -> Look:
    if ours >= newest:
        return Look(texts.INDEX, Level.GOOD, texts.INDEX_GOOD)
    return Look(texts.INDEX, Level.DOUBT, texts.INDEX_OLD, texts.INDEX_TODO)
