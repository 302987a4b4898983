"""What has become of the messages of a notice, as the outbox tells it at this moment."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from core.notices import Fate
from records.old_messages import GONE
from records.outbox import NOT_BY, instead_key
from records.session import Session
from records.tables import OutboxRow

_AT_ONCE = 400  # keys of one query
_WORST = (Fate.FAILED, Fate.WAITING, Fate.HELD, Fate.UNKNOWN, Fate.SENT)
_BEST = (Fate.SENT, Fate.WAITING, Fate.HELD, Fate.UNKNOWN, Fate.FAILED)
QUOTA = "quota"  # the reason of what waits for the next month (scheduler/meter.py)


@dataclass(frozen=True, slots=True)
class Gone:
    """How a message stands. `reason`: why it failed, also in the group instead of which `heads` were sent it.

    Of those `heads_got` have it, which is enough; to `heads_wait` it is on its way.
    """

    fate: Fate
    reason: str = ""
    sent_at: datetime | None = None
    heads: int = 0
    heads_got: int = 0
    heads_wait: int = 0

    @property
    def moves(self) -> bool:
        """Whether the outbox still has something of it to send."""
        return self.fate is Fate.WAITING or self.heads_wait > 0


def key_of(notice: int, recipient: int) -> str:
    """Under which the message to this recipient is queued, once."""
    return f"notice:{notice}:{recipient}"


async def was_queued(session: Session, key: str) -> bool:
    """Whether a message was queued under this key."""
    return await session.scalar(select(OutboxRow.id).where(OutboxRow.key == f"{key}#1")) is not None


async def fates(session: Session, messages: Mapping[str, int]) -> dict[str, Gone]:
    """How each message stands, without those that are not kept any more; `messages`: how many parts each has."""
    parts = {f"{key}#{number}": key for key, count in messages.items() for number in range(1, count + 1)}
    stands = await _rows(session, parts)
    kept = {parts[part] for part in stands}
    found: dict[str, list[Gone]] = {key: [] for key in messages if key in kept}
    for part, key in parts.items():
        if key in kept:
            found[key].append(stands.get(part, Gone(Fate.UNKNOWN)))
    return {key: _worst(ones) for key, ones in found.items()}


async def _rows(session: Session, keys: Collection[str]) -> dict[str, Gone]:
    """By key; of what went another way to the same person, or to heads instead of their group, how it stands there."""
    wanted, found = [*keys], dict[str, Gone]()
    other: dict[str, str] = {}
    lost: list[str] = []
    for at in range(0, len(wanted), _AT_ONCE):
        some = wanted[at : at + _AT_ONCE]
        columns = OutboxRow.key, OutboxRow.platform, OutboxRow.state, OutboxRow.service_id, OutboxRow.reason
        rows = select(*columns, OutboxRow.group, OutboxRow.sent_at)
        for row in await session.execute(rows.where(OutboxRow.key.in_(some), OutboxRow.state != GONE)):
            found[row.key] = Gone(_fate(row.state, row.service_id, row.reason), row.reason, row.sent_at)
            if row.state == "failed" and row.group:
                lost.append(row.key)
            elif row.state == "failed":
                other[row.key] = f"{row.key}{NOT_BY}{row.platform}"
    found.update(await _there(session, other))
    for key, heads in (await _heads(session, lost)).items():
        found[key] = _any_of(heads, found[key].reason)
    return found


async def _there(session: Session, ways: Mapping[str, str]) -> dict[str, Gone]:
    """By what they stand for, how the messages with these keys stand; without those that there are not."""
    again = await _rows(session, [f"{way}#{number}" for way in ways.values() for number in (1, 2)]) if ways else {}
    parts = {key: [again[part] for n in (1, 2) if (part := f"{way}#{n}") in again] for key, way in ways.items()}
    return {key: _worst(ones) for key, ones in parts.items() if ones}


async def _heads(session: Session, groups: Iterable[str]) -> dict[str, list[Gone]]:
    """How it stands with each head of those groups instead of which there were any."""
    found: dict[str, list[Gone]] = {}
    asked, number = [*groups], 0
    while asked:
        there = await _there(session, {key: instead_key(key, number) for key in asked})
        for key, one in there.items():
            found.setdefault(key, []).append(one)
        asked, number = [*there], number + 1
    return found


def _any_of(heads: Sequence[Gone], reason: str) -> Gone:
    """One of them is enough. `reason`: why the group did not get it."""
    best = min(heads, key=lambda one: _BEST.index(one.fate)).fate
    sent = [one.sent_at for one in heads if one.fate is Fate.SENT and one.sent_at]
    got, wait = (sum(one.fate is fate for one in heads) for fate in (Fate.SENT, Fate.WAITING))
    return Gone(best, reason, min(sent, default=None), len(heads), got, wait)


def _fate(state: str, service_id: str, reason: str) -> Fate:
    """ "Sent" is what has the service's id; a service that took it and named none may have dropped it."""
    if state == "sent":
        return Fate.SENT if service_id else Fate.UNKNOWN
    if state == "waiting":
        return Fate.HELD if reason == QUOTA else Fate.WAITING
    return Fate.UNKNOWN if state == "unknown" else Fate.FAILED


def _worst(ones: Sequence[Gone]) -> Gone:
    if not ones:
        return Gone(Fate.UNKNOWN)
    worst = min(ones, key=lambda one: _WORST.index(one.fate))
    reason = next((one.reason for one in ones if one.fate is worst.fate and one.reason), "")
    sent_at = max((one.sent_at for one in ones if one.sent_at), default=None)
    heads = [one for one in ones if one.heads]
    got = min((one.heads_got for one in heads), default=0)
    most, wait = (max((getattr(one, name) for one in heads), default=0) for name in ("heads", "heads_wait"))
    return Gone(worst.fate, reason, sent_at, most, got, wait)
