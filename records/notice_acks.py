"""Who has acknowledged which notice, and what waits for that in a chat."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select

from core.message import Address
from core.notices import Acknowledged, Kind, Stage
from records.notice_tables import NoticeRow, RecipientRow
from records.session import Session
from records.tables import OutboxRow, PersonRow

_GONE_OUT = [Stage.GOING, Stage.PAUSED, Stage.CANCELLED, Stage.DONE]
_ON_ITS_WAY = ("queued", "sent", "failed", "unknown")  # the outbox may have sent it a moment ago, or again
_MOST = 5
TEST_KEY = "notice-test:"  # before the keys of copies that their authors send themselves


async def code_of(session: Session, key: str) -> str:
    """The code of the notice whose message was queued under this key; empty: it was no notice."""
    head, _, rest = key.partition(":")
    notice = rest.partition(":")[0]
    if head != "notice" or not notice.isdecimal():
        return ""
    return await session.scalar(select(NoticeRow.code).where(NoticeRow.id == int(notice))) or ""


async def open_for(
    session: Session, chat: Address, person: int | None, units: Collection[str]
) -> Sequence[tuple[str, str]]:
    """What was sent to this chat, this person, or the groups of these units, and waits to be acknowledged.

    Code and text, the newest first.
    """
    mine = select(NoticeRow.id, NoticeRow.code, NoticeRow.text).join(
        RecipientRow, RecipientRow.notice_id == NoticeRow.id
    )
    mine = mine.where(NoticeRow.kind != Kind.REMINDER, NoticeRow.stage.in_(_GONE_OUT), _is(chat, person, units))
    mine = mine.where(NoticeRow.deleted_at.is_(None), NoticeRow.asks)
    mine = mine.where(RecipientRow.acked_at.is_(None), RecipientRow.state.in_(_ON_ITS_WAY))
    rows = await session.execute(mine.distinct().order_by(NoticeRow.id.desc()).limit(_MOST))  # a unit has many groups
    return [(row.code, row.text) for row in rows]


async def note(
    session: Session,
    code: str,
    chat: Address,
    person: int | None,
    units: Collection[str] | None,
    name: str,
    now: datetime,
    *,
    group: bool,
) -> Acknowledged | None:
    """It is acknowledged from now on, once; None: it went neither to this chat, this person, nor a group of her unit.

    `units`: the person's, None: nobody we know; `name`: of a sender whom we do not know.
    """
    mine = select(RecipientRow).join(NoticeRow, NoticeRow.id == RecipientRow.notice_id)
    mine = mine.where(
        NoticeRow.code == code.upper(),
        NoticeRow.stage.in_(_GONE_OUT),
        _is(chat, None if group else person, () if group else units or ()),
    )
    first = RecipientRow.acked_at.is_not(None), RecipientRow.id
    mine = mine.order_by(*first).limit(1).with_for_update(of=RecipientRow)
    row = await session.scalar(mine.execution_options(populate_existing=True))
    if row is None or (units is not None and row.unit not in units and row.person_id != person):
        return None
    if row.first_id is not None:
        about = await session.get_one(NoticeRow, row.notice_id)
        row = await session.get_one(RecipientRow, row.first_id) if about.kind == Kind.REMINDER else row
    fresh = row.acked_at is None
    if fresh:
        row.acked_at, row.acked_by, row.acked_name = now, person, "" if person else name
        await session.flush()
    by = await session.scalar(select(PersonRow.name).where(PersonRow.id == row.acked_by)) if row.acked_by else None
    return Acknowledged(row.unit, by or row.acked_name, row.acked_at or now, fresh, tuple(row.also))


async def tested_since(session: Session, chat: Address, since: datetime) -> bool:
    """Whether a test copy was written to this chat since then."""
    mine = select(OutboxRow.id).where(OutboxRow.platform == chat.platform, OutboxRow.chat == chat.chat)
    mine = mine.where(OutboxRow.key.startswith(TEST_KEY, autoescape=True), OutboxRow.queued_at >= since)
    return await session.scalar(mine.limit(1)) is not None


def _is(chat: Address, person: int | None, units: Collection[str]) -> ColumnElement[bool]:
    found = [and_(RecipientRow.platform == chat.platform, RecipientRow.chat == chat.chat)]
    found += [RecipientRow.person_id == person] if person is not None else []
    found += [and_(RecipientRow.group, RecipientRow.unit.in_(units))] if units else []
    return or_(*found)
