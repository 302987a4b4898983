"""What becomes of a message that its service did not accept: again, another way, or given up."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from core.errors import Act, SendFailed
from core.message import Outbound
from core.platform import Platform
from core.texts import delivery as texts
from records import contacts, groups, menus, notice_recipients, outbox, talks
from records.alerts import clear_alert, raise_alert
from records.outbox import Claimed
from records.session import Session
from scheduler.instead import to_the_heads, way_to

MOST_ATTEMPTS = 12
LONGEST_PAUSE = timedelta(hours=1)
_REPEAT_IN = timedelta(seconds=2)


async def note_failure(
    session: Session,
    claimed: Claimed,
    failure: SendFailed,
    platforms: Mapping[str, Platform],
    now: datetime,
    jitter: float = 0.0,
) -> None:
    """Keep what came of it; what cannot reach the person here goes by another of their channels, and says so.

    `jitter`: 0 to 1; it is tried again up to a quarter later by it.
    """
    if failure.moved_to and claimed.attempts < MOST_ATTEMPTS:
        await _move(session, claimed, failure, now)
    elif failure.unknown:
        await outbox.mark_unknown(session, claimed.id, failure.reason, _repeat_at(claimed, failure, platforms, now))
    else:
        retry_at = _retry_at(claimed, failure, now, jitter)
        if failure.act is Act.OPERATOR or (retry_at is None and failure.retry_in is not None):  # or for hours now
            await _tell_operator(session, claimed.message, failure.reason, now)
        if retry_at is None:
            await _give_up(session, claimed, failure, platforms, now)
        held = outbox.HELD if failure.act is Act.OPERATOR else ""
        await outbox.mark_failed(session, claimed.id, held + failure.reason, retry_at)


def alert_key(message: Outbound) -> str:
    """Under which the operator hears of it: a refusal in a group concerns that group, one in private everybody."""
    address = message.address
    return f"{private(address.platform)}:{address.chat}" if message.group else private(address.platform)


def private(platform: str) -> str:
    """The key of refusals in private chats."""
    return f"send:{platform}"


async def all_clear(session: Session, message: Outbound, now: datetime) -> bool:
    """This one has gone out, so there is nothing to act upon any more; False: others still wait to be taken."""
    platform, chat = message.address.platform, message.address.chat if message.group else ""
    if await outbox.refused_waits(session, platform, chat):
        return False
    await clear_alert(session, alert_key(message), now)
    return True


async def note_mended(session: Session, platform: str, now: datetime) -> None:
    """The operator has done what lets this service take messages."""
    await clear_alert(session, private(platform), now)
    await outbox.hurry(session, platform, now)


async def _tell_operator(session: Session, message: Outbound, reason: str, now: datetime) -> None:
    text = texts.takes_nothing(message.address.platform, reason, group=message.group)
    await raise_alert(session, alert_key(message), text, now)


async def _move(session: Session, claimed: Claimed, failure: SendFailed, now: datetime) -> None:
    address = claimed.message.address
    await groups.move(session, address.platform, address.chat, failure.moved_to)
    await talks.move(session, address.platform, address.chat, failure.moved_to)
    await menus.move(session, address.platform, address.chat, failure.moved_to)
    await notice_recipients.move(session, address.platform, address.chat, failure.moved_to)
    await outbox.mark_failed(session, claimed.id, failure.reason, retry_at=now)
    await outbox.readdress(session, address.platform, address.chat, failure.moved_to)


async def _give_up(
    session: Session, claimed: Claimed, failure: SendFailed, platforms: Mapping[str, Platform], now: datetime
) -> None:
    address = claimed.message.address
    if failure.act is Act.GONE and claimed.message.group:
        await contacts.lose_group(session, address, now)
    elif failure.act is Act.GONE:
        await contacts.lose(session, address)
    if failure.act not in (Act.GONE, Act.OTHER_CHANNEL):
        return
    if claimed.message.group:
        await to_the_heads(session, claimed, platforms, now)
    elif claimed.person is not None:
        await _by_another_way(session, claimed, claimed.person, platforms, now)


async def _by_another_way(
    session: Session, claimed: Claimed, person: int, platforms: Mapping[str, Platform], now: datetime
) -> None:
    here = claimed.message.address.platform
    others = platforms.keys() - {here, *_TRIED.findall(claimed.key)}
    if (way := await way_to(session, person, others)) is not None:
        text = texts.sent_another_way(here, claimed.message.text)
        message = replace(claimed.message, address=way, text=text, choices=(), edits="")
        key = f"{claimed.key}{outbox.NOT_BY}{here}"
        await outbox.put(session, message, key, now, stored=claimed.stored, person=person)


_TRIED = re.compile(f"{outbox.NOT_BY}([a-z_]+)")


def _retry_at(claimed: Claimed, failure: SendFailed, now: datetime, jitter: float) -> datetime | None:
    """Never before the service says, longer with every attempt but for what only came too soon."""
    if failure.retry_in is None or claimed.attempts >= MOST_ATTEMPTS:
        return None
    times: int = 1 if failure.too_fast else 2 ** (claimed.attempts - 1)
    return now + max(min(failure.retry_in * times, LONGEST_PAUSE), failure.retry_in) * (1 + jitter / 4)


def _repeat_at(
    claimed: Claimed, failure: SendFailed, platforms: Mapping[str, Platform], now: datetime
) -> datetime | None:
    """Once, and only for what one person waits for: she minds silence more than reading it twice."""
    if claimed.message.group or claimed.doubtful or not claimed.is_awaited:
        return None
    if not platforms[claimed.message.address.platform].limits.repeats:
        return None
    return now + (failure.retry_in or _REPEAT_IN)
