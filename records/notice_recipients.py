"""Whom a notice goes to: frozen when it is confirmed, handed to the outbox some at a time, taken back again."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, String, cast, delete, func, literal, select, update
from sqlalchemy.orm import aliased

from core.message import Address
from core.notices import Fate, Notice, Place, Recipient
from records.notice_fates import Gone, fates, key_of
from records.notice_tables import RecipientRow
from records.session import Session, insert_into
from records.tables import OutboxRow, PersonRow

_AT_ONCE = 500  # rows of one statement
_OUTSIDE = ("waiting", "held", "cancelled", "unreachable", "sent")  # states that the outbox need not be asked about
_WITH_REASON = (Fate.FAILED, Fate.UNKNOWN, Fate.SENT)  # sent with a reason: to heads instead of their group
_NO_CHANNEL, _LEFT = "no channel", "left"
ERASED = "erased:"  # before the number, in place of a chat that is named no more

_COLUMNS = tuple(
    getattr(RecipientRow, name)
    for name in (
        *("id", "unit", "platform", "chat", "group", "person_id", "first_id", "state", "parts", "reason"),
        *("sent_at", "acked_at", "acked_by", "acked_name", "also", "heads", "heads_got"),
    )
)


@dataclass(frozen=True, slots=True)
class Next:
    """Whom the outbox is handed a message for now."""

    id: int
    place: Place


async def freeze(session: Session, notice: int, places: Sequence[Place]) -> None:
    """From now on it goes to these and no others."""
    rows = [
        {
            "notice_id": notice,
            "unit": one.unit,
            "platform": one.address.platform if one.address else "",
            "chat": one.address.chat if one.address else f"{one.unit}:{one.person or ''}",
            "group": one.group,
            "person_id": one.person,
            "first_id": one.first,
            "also": [*one.also],
            "state": "waiting" if one.address else "unreachable",
            "parts": 0,
            "reason": "",
            "heads": 0,
            "heads_got": 0,
            "acked_name": "",
        }
        for one in places
    ]
    for at in range(0, len(rows), _AT_ONCE):
        insert = insert_into(session, RecipientRow).on_conflict_do_nothing()
        await session.execute(insert, rows[at : at + _AT_ONCE])


async def services(session: Session, notice: int) -> Counter[str]:
    """How many still wait to be handed to the outbox, by the service."""
    waiting = select(RecipientRow.platform, func.count()).where(*_in(notice, "waiting")).group_by(RecipientRow.platform)
    return Counter({platform: count for platform, count in await session.execute(waiting)})


async def next_ones(session: Session, notice: int, platform: str, limit: int) -> list[Next]:
    """The first of them."""
    mine = select(RecipientRow).where(*_in(notice, "waiting"), RecipientRow.platform == platform)
    mine = mine.order_by(RecipientRow.id).limit(limit).execution_options(populate_existing=True)
    rows = await session.scalars(mine)
    return [Next(row.id, _place(row)) for row in rows]


async def mark_queued(session: Session, recipient: int, parts: int) -> None:
    """The outbox has its message, in so many parts."""
    await _set(session, [recipient], state="queued", parts=parts)


async def no_channel(session: Session, notice: int, platform: str) -> None:
    """There is no such service here any more."""
    mine = update(RecipientRow).where(*_in(notice, "waiting"), RecipientRow.platform == platform)
    await session.execute(mine.values(state="failed", reason=_NO_CHANNEL))


async def settle(session: Session, notice: int, *, stuck: bool = True) -> Counter[str]:
    """What the outbox is done with is noted; how many it still has, by the service.

    What the month has no room for is taken back and held. `stuck`: what cannot be, and goes next month, counts too.
    """
    rows = await _queued(session, notice)
    stands = await fates(session, {key_of(notice, row.id): row.parts for row in rows})
    under_way: Counter[str] = Counter()
    held: list[RecipientRow] = []
    for row in rows:
        gone = stands.get(key_of(notice, row.id), Gone(Fate.UNKNOWN))
        if gone.moves:
            under_way[row.platform] += 1
        elif gone.fate is Fate.HELD:
            held.append(row)
        else:
            row.state, row.reason, row.sent_at = gone.fate.value, gone.reason, gone.sent_at
            row.heads, row.heads_got = gone.heads, gone.heads_got
    await session.flush()
    if held:
        back = await _take_back(session, notice, held)
        await _set(session, back, state="held", parts=0)
        under_way.update(row.platform for row in held if stuck and row.id not in back)
    return under_way


async def take_back(session: Session, notice: int) -> Counter[str]:
    """What the outbox has and has not begun waits here again; how many it keeps as under way, by the service."""
    rows = await _queued(session, notice)
    back = await _take_back(session, notice, rows)
    await _set(session, back, state="waiting", parts=0)
    return await settle(session, notice)


async def cancel(session: Session, notice: int) -> int:
    """What waits here stays here for good; how many."""
    mine = update(RecipientRow).where(RecipientRow.notice_id == notice, RecipientRow.state.in_(("waiting", "held")))
    done = await session.scalars(
        mine.values(state="cancelled").returning(RecipientRow.id).execution_options(synchronize_session=False)
    )
    return len(done.all())


async def spare(session: Session, notice: Notice) -> None:
    """Who has acknowledged the first meanwhile is not reminded of it; where one is enough, nobody of the unit."""
    first = aliased(RecipientRow)
    answered = select(first.unit).where(first.notice_id == notice.about, first.acked_at.is_not(None))
    mine = update(RecipientRow).where(*_in(notice.id, "waiting"))
    if notice.audience.each:
        answered = answered.where(first.id == RecipientRow.first_id).correlate(RecipientRow)
    mine = mine.where(RecipientRow.unit.in_(answered)).values(state="cancelled")
    await session.execute(mine.execution_options(synchronize_session=False))


async def have_left(session: Session, recipients: Sequence[int]) -> None:
    """They do not belong to the unit any more, for which they were to get it."""
    await _set(session, recipients, state="failed", reason=_LEFT)


async def hold_service(session: Session, notice: int, platform: str) -> None:
    """Its plan has no more messages this month."""
    mine = update(RecipientRow).where(*_in(notice, "waiting"), RecipientRow.platform == platform)
    await session.execute(mine.values(state="held").execution_options(synchronize_session=False))


async def release(session: Session, notice: int) -> None:
    """What was held waits again."""
    mine = update(RecipientRow).where(*_in(notice, "held"))
    await session.execute(mine.values(state="waiting").execution_options(synchronize_session=False))


async def count(session: Session, notice: int, *states: str) -> int:
    """How many of its recipients are noted so; without states all of them."""
    mine = select(func.count()).select_from(RecipientRow).where(RecipientRow.notice_id == notice)
    return await session.scalar(mine.where(RecipientRow.state.in_(states)) if states else mine) or 0


async def all_of(session: Session, notice: int) -> list[Recipient]:
    """Everybody it goes to, and how it stands there at this moment; in the order in which it goes out.

    Who is written to for several units is there once for each of them.
    """
    return (await of_several(session, [notice]))[notice]


async def of_several(session: Session, notices: Collection[int]) -> dict[int, list[Recipient]]:
    """The same of each of these notices."""
    columns = select(RecipientRow.notice_id, *_COLUMNS, PersonRow.name)
    columns = columns.outerjoin(PersonRow, PersonRow.id == RecipientRow.person_id).order_by(RecipientRow.id)
    rows = (await session.execute(columns.where(RecipientRow.notice_id.in_(notices)))).all()
    asked = {key_of(row.notice_id, row.id): row.parts for row in rows if row.state not in _OUTSIDE and row.parts}
    stands = await fates(session, asked)
    acked_by = await _names(session, {row.acked_by for row in rows if row.acked_by})
    found: dict[int, list[Recipient]] = {id: [] for id in notices}
    for row in rows:
        gone = stands.get(key_of(row.notice_id, row.id))
        one = _recipient(row, row.name or "", gone, acked_by.get(row.acked_by or 0, ""))
        units = (one.place.unit, *one.place.also)
        found[row.notice_id] += [replace(one, place=replace(one.place, unit=unit, also=())) for unit in units]
    return found


async def move(session: Session, platform: str, old: str, new: str) -> None:
    """The group has a new id."""
    mine = update(RecipientRow).where(RecipientRow.chat == old, RecipientRow.platform == platform)
    there = select(RecipientRow.notice_id).where(RecipientRow.chat == new, RecipientRow.platform == platform)
    await session.execute(
        mine.where(RecipientRow.notice_id.not_in(there)).values(chat=new).execution_options(synchronize_session=False)
    )


async def forget_account(session: Session, platform: str, sender: str) -> None:
    """Its chat is named no more; what had not been handed to the outbox does not go there."""
    mine = update(RecipientRow).where(RecipientRow.platform == platform, RecipientRow.chat == sender)
    mine = mine.where(RecipientRow.group.is_(False)).execution_options(synchronize_session=False)
    await session.execute(mine.where(RecipientRow.state.in_(("waiting", "held"))).values(state="cancelled"))
    await session.execute(mine.values(chat=literal(ERASED) + cast(RecipientRow.id, String)))


async def _queued(session: Session, notice: int) -> Sequence[RecipientRow]:
    mine = select(RecipientRow).where(*_in(notice, "queued")).order_by(RecipientRow.id)
    return (await session.scalars(mine.execution_options(populate_existing=True))).all()


async def _take_back(session: Session, notice: int, rows: Sequence[RecipientRow]) -> list[int]:
    """The recipients of whose messages no part was begun, and all are out of the outbox now.

    Not those that another process has in hand, nor what is no longer there, nor what goes to who was erased.
    """
    back: list[int] = []
    for some in _some(rows):
        keys = {f"{key_of(notice, row.id)}#{number}": row.id for row in some for number in range(1, row.parts + 1)}
        untouched = OutboxRow.state == "waiting", OutboxRow.urgency >= 0
        held = select(OutboxRow.id, OutboxRow.key).where(OutboxRow.key.in_(keys), *untouched)
        found = (await session.execute(held.with_for_update(skip_locked=True))).all()
        parts = Counter(keys[one.key] for one in found)
        whole = {row.id for row in some if parts[row.id] == row.parts and not row.chat.startswith(ERASED)}
        gone = [one.id for one in found if keys[one.key] in whole]
        await session.execute(delete(OutboxRow).where(OutboxRow.id.in_(gone)))
        back += [row.id for row in some if row.id in whole]
    return back


def _some(rows: Sequence[RecipientRow]) -> Iterator[Sequence[RecipientRow]]:
    return (rows[at : at + _AT_ONCE // 5] for at in range(0, len(rows), _AT_ONCE // 5))


async def _set(session: Session, recipients: Sequence[int], **values: object) -> None:
    for at in range(0, len(recipients), _AT_ONCE):
        mine = update(RecipientRow).where(RecipientRow.id.in_(recipients[at : at + _AT_ONCE]))
        await session.execute(mine.values(**values).execution_options(synchronize_session=False))


async def _names(session: Session, people: set[int]) -> dict[int, str]:
    if not people:
        return {}
    rows = await session.execute(select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(people)))
    return {row.id: row.name for row in rows}


def _in(notice: int, state: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return RecipientRow.notice_id == notice, RecipientRow.state == state


def _place(row: Any) -> Place:
    """Of a row, or of its columns."""
    address = Address(row.platform, row.chat) if row.platform and not row.chat.startswith(ERASED) else None
    return Place(row.unit, address, row.person_id, row.first_id, tuple(row.also))


def _recipient(row: Any, name: str, gone: Gone | None, acked_by: str) -> Recipient:
    fate = gone.fate if gone else Fate.UNKNOWN if row.state == "queued" else Fate(row.state)
    return Recipient(
        id=row.id,
        place=_place(row),
        fate=fate,
        name=name,
        reason=(gone.reason if gone else row.reason) if fate in _WITH_REASON else "",
        heads=gone.heads if gone else row.heads,
        heads_got=gone.heads_got if gone else row.heads_got,
        sent_at=gone.sent_at if gone else row.sent_at,
        acked_at=row.acked_at,
        acked_by=acked_by or row.acked_name,
    )
