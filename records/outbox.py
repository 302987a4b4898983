"""What waits to go out, each message under a unique key."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, or_, select, update
from sqlalchemy.orm import aliased

from core.message import Address, Choice, Outbound, SourceRef, StoredFile, Urgency
from records.queued import BEGUN, begun, following, key_begins, not_begun, rows_of
from records.session import Session, in_index_order, insert_into
from records.tables import OutboxRow

REPLY = "reply:"  # how the key of an answer to somebody's message begins
RECEIPT = "receipt:"  # of files that somebody handed in
EVIDENCE = "evidence:"  # of what is said of them: please confirm, accepted, sent back
EXPIRY = "expiry:"  # of what will be, or was, deleted
CONFIRM, SETTLED = "confirm:", "settled:"  # of the question whether to let somebody in, and of what came of it
OFFLINE = "offline"  # the reason of a message that never reached its service
HELD = "held: "  # before the reason of a message that waits until the operator has acted
NOT_BY = "~not-by:"  # in a key: by which services it could not go; each is followed by the number of the part
INSTEAD = "~instead"  # in a key: of what goes to the heads of a unit whose group takes nothing any more
_DOUBT = "unknown: "
_FIRST, _LAST = -BEGUN, int(max(Urgency))  # of what a row's urgency may be

_COLUMNS = tuple(
    getattr(OutboxRow, name)
    for name in (
        *("id", "key", "platform", "chat", "thread", "group", "text", "choices", "sources", "reply_to"),
        *("files", "ask_phone", "mention", "edits", "person_id", "attempts", "reason", "urgency", "queued_at"),
    )
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that this process may send until its lease ends.

    `attempts` counts this one too, but none of which nothing was heard: its process died.
    `doubtful`: an earlier attempt may have arrived.
    """

    id: int
    key: str
    message: Outbound  # still without its files
    stored: tuple[StoredFile, ...]
    person: int | None  # whom it is for, where it may go another way
    attempts: int
    doubtful: bool
    queued_at: datetime

    @property
    def is_reply(self) -> bool:
        return self.key.startswith(REPLY)

    @property
    def is_awaited(self) -> bool:
        """Somebody waits for it, and would wait for ever if it were lost."""
        return self.key.startswith((REPLY, RECEIPT, EVIDENCE, CONFIRM, SETTLED))


@dataclass(frozen=True, slots=True)
class Put:
    """A message to queue under a unique key. `stored`, `person`: see `put`. `ready_at`: not before; None: at once."""

    message: Outbound
    key: str
    stored: tuple[StoredFile, ...] = ()
    person: int | None = None
    ready_at: datetime | None = None


def instead_key(key: str, head: int) -> str:
    """Of what goes to the unit's head with this number, from 0, instead of the group; `key` names the part."""
    return f"{key}{INSTEAD}" + (f":{head}" if head else "")


async def put(
    session: Session,
    message: Outbound,
    key: str,
    now: datetime,
    *,
    stored: Sequence[StoredFile] = (),
    person: int | None = None,
) -> int:
    """Queue the message in parts `key#1`, `key#2`, …; the number of parts, 0: the key was queued before.

    `stored`: files that go with it. `person`: whom it is for, where it may go another way to the same person.
    """
    rows = rows_of(message, key, stored, person, now)
    insert = insert_into(session, OutboxRow).on_conflict_do_nothing()
    added = await session.scalars(insert.returning(OutboxRow.id), rows[:1])
    if not added.all():
        return 0
    if rows[1:]:
        await session.execute(insert, rows[1:])
    return len(rows)


async def put_all(session: Session, messages: Sequence[Put], now: datetime) -> None:
    """Queue them in their order; what was queued before under the same key stays as it is."""
    rows = [row for one in messages for row in rows_of(one.message, one.key, one.stored, one.person, now, one.ready_at)]
    if rows:
        await session.execute(insert_into(session, OutboxRow).on_conflict_do_nothing(), rows)


async def claim(
    session: Session,
    platforms: Collection[str],
    now: datetime,
    lease: timedelta,
    limit: int,
    lease_with_files: timedelta | None = None,
    unhurried: Mapping[str, int] | None = None,
) -> list[Claimed]:
    """The first waiting message of each chat, the most urgent and oldest first, nobody else's until `now + lease`.

    A chat's next message is not claimed while one that is as urgent and older waits or is to be tried again, nor while
    any is being sent. `limit`: at most so many to each service; `unhurried`: of reminders and bulk that are not begun
    at most so many beside them.
    """
    async with in_index_order(session):
        rows = [
            row
            for platform in platforms
            for least, most in _shares(limit, None if unhurried is None else unhurried.get(platform, 0))
            for row in await session.execute(_NEXT, {"platform": platform, "now": now, **least, "most": most})
        ]
    await _lease(session, [row.id for row in rows if not row.files], now + lease)
    await _lease(session, [row.id for row in rows if row.files], now + (lease_with_files or lease))
    earlier = await _service_ids(session, {row.edits for row in rows if row.edits})
    return [_claimed(row, earlier.get(row.edits, "")) for row in rows]


def _shares(limit: int, unhurried: int | None) -> list[tuple[dict[str, int], int]]:
    """From which urgency to which, and how many."""
    if unhurried is None:
        return [({"from": _FIRST, "to": _LAST}, limit)]
    answers = ({"from": _FIRST, "to": int(Urgency.ANSWER)}, limit)
    return [answers, ({"from": Urgency.ANSWER + 1, "to": _LAST}, unhurried)] if unhurried else [answers]


async def _lease(session: Session, messages: Sequence[int], until: datetime) -> None:
    if messages:
        taken = update(OutboxRow).where(OutboxRow.id.in_(messages))
        taken = taken.values(ready_at=until, urgency=begun())
        await session.execute(taken.execution_options(synchronize_session=False))


async def next_ready(session: Session, platforms: Collection[str], after: datetime) -> datetime | None:
    """When something may be claimed that could not be at `after`; None: nothing waits for its time."""
    async with in_index_order(session):
        found = [await session.scalar(_FIRST_READY, {"platform": one, "after": after}) for one in platforms]
    return min((one for one in found if one is not None), default=None)


async def go_on(session: Session, sent: Collection[str]) -> None:
    """The next parts of these, which were just sent, let nothing more urgent pass between them."""
    more = update(OutboxRow).where(OutboxRow.key.in_([following(key) for key in sent]), OutboxRow.state == "waiting")
    await session.execute(more.values(urgency=begun()).execution_options(synchronize_session=False))


async def mark_sent(session: Session, sent: Sequence[tuple[int, str]], now: datetime) -> None:
    """The service has accepted these: our id and its own."""
    table = OutboxRow.__table__
    waiting = update(table).where(table.c.id == bindparam("message"), table.c.state == "waiting")  # type: ignore[arg-type]
    tried = table.c.attempts + 1
    done = waiting.values(state="sent", service_id=bindparam("accepted_as"), sent_at=now, reason="", attempts=tried)
    connection = await session.connection()
    await connection.execute(done, [{"message": id, "accepted_as": service_id} for id, service_id in sent])


async def mark_failed(session: Session, message: int, reason: str, retry_at: datetime | None) -> None:
    """Not accepted; it is tried again at `retry_at`, None: given up."""
    if retry_at is None:
        await _tried(session, message, state="failed", reason=reason)
    else:
        await _tried(session, message, ready_at=retry_at, reason=reason)


async def mark_unknown(session: Session, message: int, reason: str, retry_at: datetime | None = None) -> None:
    """Nobody can know whether it arrived; it is tried again at `retry_at`, None: left at that."""
    reason = _DOUBT + reason
    if retry_at is None:
        await _tried(session, message, state="unknown", reason=reason)
    else:
        await _tried(session, message, ready_at=retry_at, reason=reason)


async def put_back(session: Session, message: int, ready_at: datetime, reason: str = "") -> None:
    """It was claimed, but its chat must not have it before `ready_at`; that was no attempt."""
    why = {"reason": reason} if reason else {}
    await _change(session, message, ready_at=ready_at, **why)


async def hurry(session: Session, platform: str, now: datetime) -> None:
    """The service takes messages again: what could not reach it, or waited for the operator, is ready now."""
    waiting = update(OutboxRow).where(OutboxRow.platform == platform, OutboxRow.state == "waiting")
    why = or_(OutboxRow.reason == OFFLINE, OutboxRow.reason.startswith(HELD))
    cut_off = waiting.where(why, OutboxRow.ready_at > now)
    await session.execute(cut_off.values(ready_at=now).execution_options(synchronize_session=False))


async def refused_waits(session: Session, platform: str, group: str = "") -> bool:
    """Whether something that was not accepted waits to be tried again: in private chats, or in this group."""
    where = OutboxRow.chat == group if group else OutboxRow.group.is_(False)
    refused = select(OutboxRow.id).where(OutboxRow.state == "waiting", OutboxRow.platform == platform, where)
    return await session.scalar(refused.where(OutboxRow.reason != "").limit(1)) is not None


async def readdress(session: Session, platform: str, old: str, new: str) -> None:
    """The chat has a new id: what waits goes there."""
    waiting = update(OutboxRow).where(
        OutboxRow.platform == platform, OutboxRow.chat == old, OutboxRow.state == "waiting"
    )
    await session.execute(waiting.values(chat=new))


def _is_first() -> ColumnElement[bool]:
    """One look-up by the chat for each row, whatever the database believes to know of the table.

    With NOT EXISTS PostgreSQL joins the whole backlog with itself; by the platform it may look up the wrong way.
    """
    same = aliased(OutboxRow)
    waiting = select(same.id).where(same.chat == OutboxRow.chat, same.state == "waiting")
    waiting = waiting.where((same.platform == OutboxRow.platform).is_(True))
    first = waiting.order_by(same.urgency, same.id).limit(1).correlate(OutboxRow)
    return OutboxRow.id == first.scalar_subquery()


async def _service_ids(session: Session, keys: Collection[str]) -> dict[str, str]:
    """Under which id the service has the last part of these messages; without those it has not."""
    if not keys:
        return {}
    found = await session.execute(
        select(OutboxRow.key, OutboxRow.service_id)
        .where(or_(*(key_begins(f"{key}#") for key in keys)), OutboxRow.state == "sent")
        .order_by(OutboxRow.id)
    )
    return {row.key.rpartition("#")[0]: row.service_id for row in found}


def _claimed(row: Row[Any], edits: str) -> Claimed:
    message = Outbound(
        address=Address(row.platform, row.chat, row.thread),
        text=row.text,
        choices=tuple(Choice(**choice) for choice in row.choices),
        sources=tuple(SourceRef(**source) for source in row.sources),
        reply_to=row.reply_to,
        group=row.group,
        ask_phone=row.ask_phone,
        mention=row.mention,
        edits=edits,
        urgency=Urgency(row.urgency % BEGUN),
    )
    stored = tuple(StoredFile(**file) for file in row.files)
    doubtful = row.reason.startswith(_DOUBT)
    return Claimed(row.id, row.key, message, stored, row.person_id, row.attempts + 1, doubtful, row.queued_at)


async def _tried(session: Session, message: int, **values: Any) -> None:
    await _change(session, message, attempts=OutboxRow.attempts + 1, **values)


async def _change(session: Session, message: int, **values: Any) -> None:
    waiting = update(OutboxRow).where(OutboxRow.id == message, OutboxRow.state == "waiting")
    await session.execute(waiting.values(urgency=not_begun(), **values))


_NEXT = (  # built once: building it costs more than asking
    select(*_COLUMNS)
    .where(OutboxRow.platform == bindparam("platform"), OutboxRow.state == "waiting")
    .where(OutboxRow.urgency >= bindparam("from"), OutboxRow.urgency <= bindparam("to"))
    .where((OutboxRow.ready_at <= bindparam("now")).is_(True), _is_first())  # so said, it chooses no index: order does
    .order_by(OutboxRow.urgency, OutboxRow.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_FIRST_READY = (
    select(OutboxRow.ready_at)
    .where(OutboxRow.platform == bindparam("platform"), OutboxRow.state == "waiting")
    .where(OutboxRow.ready_at > bindparam("after"))
    .order_by(OutboxRow.ready_at)
    .limit(1)
)
