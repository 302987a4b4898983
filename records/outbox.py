"""What waits to go out, each message under a unique key."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from core.message import Address, Choice, Outbound, SourceRef, StoredFile, split
from records.session import Session, insert_into
from records.tables import OutboxRow

REPLY = "reply:"  # how the key of an answer to somebody's message begins
RECEIPT = "receipt:"  # of files that somebody handed in
EVIDENCE = "evidence:"  # of what is said of them: please confirm, accepted, sent back
EXPIRY = "expiry:"  # of what will be, or was, deleted
CONFIRM, SETTLED = "confirm:", "settled:"  # of the question whether to let somebody in, and of what came of it
OFFLINE = "offline"  # the reason of a message that never reached its service
HELD = "held: "  # before the reason of a message that waits until the operator has acted
_DOUBT = "unknown: "


_COLUMNS = tuple(
    getattr(OutboxRow, name)
    for name in (
        *("id", "key", "platform", "chat", "thread", "group", "text", "choices", "sources", "reply_to"),
        *("files", "ask_phone", "mention", "edits", "person_id", "attempts", "reason"),
    )
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that this process may send until its lease ends; `attempts` counts this one too.

    `doubtful`: an earlier attempt may have arrived.
    """

    id: int
    key: str
    message: Outbound  # still without its files
    stored: tuple[StoredFile, ...]
    person: int | None  # whom it is for, where it may go another way
    attempts: int
    doubtful: bool

    @property
    def is_reply(self) -> bool:
        return self.key.startswith(REPLY)

    @property
    def is_awaited(self) -> bool:
        """Somebody waits for it, and would wait for ever if it were lost."""
        return self.key.startswith((REPLY, RECEIPT, EVIDENCE, CONFIRM, SETTLED))


@dataclass(frozen=True, slots=True)
class Put:
    """A message to queue under a unique key. `stored`: files that go with it. `person`: see `put`."""

    message: Outbound
    key: str
    stored: tuple[StoredFile, ...] = ()
    person: int | None = None


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
    rows = _rows(Put(message, key, tuple(stored), person), now)
    insert = insert_into(session, OutboxRow).on_conflict_do_nothing()
    added = await session.scalars(insert.returning(OutboxRow.id), rows[:1])
    if not added.all():
        return 0
    if rows[1:]:
        await session.execute(insert, rows[1:])
    return len(rows)


async def put_all(session: Session, messages: Sequence[Put], now: datetime) -> None:
    """Queue them in their order; what was queued before under the same key stays as it is."""
    rows = [row for one in messages for row in _rows(one, now)]
    if rows:
        await session.execute(insert_into(session, OutboxRow).on_conflict_do_nothing(), rows)


async def claim(
    session: Session,
    platforms: Collection[str],
    now: datetime,
    lease: timedelta,
    limit: int,
    lease_with_files: timedelta | None = None,
) -> list[Claimed]:
    """The oldest waiting message of each chat, oldest first, nobody else's until `now + lease`.

    A chat's next message is not claimed while an earlier one waits, is being sent or is to be tried again.
    """
    rows = (await session.execute(_NEXT, {"platforms": [*platforms], "now": now, "most": limit})).all()
    await _lease(session, [row.id for row in rows if not row.files], now + lease)
    await _lease(session, [row.id for row in rows if row.files], now + (lease_with_files or lease))
    earlier = await _service_ids(session, {row.edits for row in rows if row.edits})
    return [_claimed(row, earlier.get(row.edits, "")) for row in rows]


async def _lease(session: Session, messages: Sequence[int], until: datetime) -> None:
    if messages:
        taken = update(OutboxRow).where(OutboxRow.id.in_(messages))
        taken = taken.values(attempts=OutboxRow.attempts + 1, ready_at=until)
        await session.execute(taken.execution_options(synchronize_session=False))


async def next_ready(session: Session, platforms: Collection[str]) -> datetime | None:
    """When the next message may be claimed, maybe in the past; None: none waits."""
    found: datetime | None = await session.scalar(_FIRST_READY, {"platforms": [*platforms]})
    return found


async def mark_sent(session: Session, sent: Sequence[tuple[int, str]], now: datetime) -> None:
    """The service has accepted these: our id and its own."""
    table = OutboxRow.__table__
    waiting = update(table).where(table.c.id == bindparam("message"), table.c.state == "waiting")  # type: ignore[arg-type]
    done = waiting.values(state="sent", service_id=bindparam("accepted_as"), sent_at=now, reason="")
    connection = await session.connection()
    await connection.execute(done, [{"message": id, "accepted_as": service_id} for id, service_id in sent])


async def mark_failed(session: Session, message: int, reason: str, retry_at: datetime | None) -> None:
    """Not accepted; it is tried again at `retry_at`, None: given up."""
    if retry_at is None:
        await _change(session, message, state="failed", reason=reason)
    else:
        await _change(session, message, ready_at=retry_at, reason=reason)


async def mark_unknown(session: Session, message: int, reason: str, retry_at: datetime | None = None) -> None:
    """Nobody can know whether it arrived; it is tried again at `retry_at`, None: left at that."""
    reason = _DOUBT + reason
    if retry_at is None:
        await _change(session, message, state="unknown", reason=reason)
    else:
        await _change(session, message, ready_at=retry_at, reason=reason)


async def put_back(session: Session, message: int, ready_at: datetime, reason: str = "") -> None:
    """It was claimed, but its chat must not have it before `ready_at`; that was no attempt."""
    why = {"reason": reason} if reason else {}
    await _change(session, message, ready_at=ready_at, attempts=OutboxRow.attempts - 1, **why)


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


def _parts(message: Outbound) -> list[Outbound]:
    """Choices and sources belong to the last part, the quoted message to the first."""
    texts = split(message.text)
    plain = replace(message, choices=(), sources=(), reply_to="", mention="", ask_phone=False)
    parts = [replace(plain, text=text) for text in texts]
    parts[0] = replace(parts[0], reply_to=message.reply_to, mention=message.mention)
    parts[-1] = replace(parts[-1], choices=message.choices, sources=message.sources, ask_phone=message.ask_phone)
    return parts


def _rows(put: Put, now: datetime) -> list[dict[str, Any]]:
    """A row for each part; the files go with the last."""
    parts = _parts(put.message)
    rows = [_row(part, f"{put.key}#{number}", now, put.person) for number, part in enumerate(parts, start=1)]
    rows[-1]["files"] = [asdict(file) for file in put.stored]
    return rows


def _row(part: Outbound, key: str, now: datetime, person: int | None) -> dict[str, Any]:
    return {
        "key": key,
        "platform": part.address.platform,
        "chat": part.address.chat,
        "thread": part.address.thread,
        "group": part.group,
        "text": part.text,
        "choices": [asdict(choice) for choice in part.choices],
        "sources": [asdict(source) for source in part.sources],
        "reply_to": part.reply_to,
        "files": [],
        "ask_phone": part.ask_phone,
        "mention": part.mention,
        "edits": part.edits,
        "tasks": [str(ref) for ref in part.tasks],
        "person_id": person,
        "queued_at": now,
        "ready_at": now,
    }


def _behind_another() -> ColumnElement[bool]:
    earlier = aliased(OutboxRow)
    return exists().where(
        earlier.platform == OutboxRow.platform,
        earlier.chat == OutboxRow.chat,
        earlier.state == "waiting",
        earlier.id < OutboxRow.id,
    )


async def _service_ids(session: Session, keys: Collection[str]) -> dict[str, str]:
    """Under which id the service has the last part of these messages; without those it has not."""
    if not keys:
        return {}
    found = await session.execute(
        select(OutboxRow.key, OutboxRow.service_id)
        .where(or_(*(OutboxRow.key.startswith(f"{key}#", autoescape=True) for key in keys)), OutboxRow.state == "sent")
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
    )
    stored = tuple(StoredFile(**file) for file in row.files)
    return Claimed(row.id, row.key, message, stored, row.person_id, row.attempts + 1, row.reason.startswith(_DOUBT))


async def _change(session: Session, message: int, **values: Any) -> None:
    waiting = update(OutboxRow).where(OutboxRow.id == message, OutboxRow.state == "waiting")
    await session.execute(waiting.values(**values))


_NEXT = (  # built once: building it costs more than asking
    select(*_COLUMNS)
    .where(OutboxRow.state == "waiting", OutboxRow.ready_at <= bindparam("now"))
    .where(OutboxRow.platform.in_(bindparam("platforms", expanding=True)), ~_behind_another())
    .order_by(OutboxRow.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_FIRST_READY = (
    select(func.min(OutboxRow.ready_at, type_=OutboxRow.ready_at.type))
    .where(OutboxRow.state == "waiting", OutboxRow.platform.in_(bindparam("platforms", expanding=True)))
    .where(~_behind_another())
)
