"""Notices: written, changed while they are drafts, confirmed once, and how far each is."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select, update

from core.notices import Audience, Kind, Notice, Stage
from core.people import Level, Ownership, Role
from core.work import TaskRef
from records.codes import unused
from records.notice_tables import NoticeRow
from records.session import Session, insert_into


async def write(
    session: Session,
    unit: str,
    author: int | None,
    text: str,
    audience: Audience,
    now: datetime,
    *,
    kind: Kind = Kind.FIRST,
    about: int | None = None,
    asks: bool = True,
) -> Notice:
    """A new draft."""
    row = NoticeRow(
        code=await unused(session, NoticeRow.code),
        unit=unit,
        author=author,
        kind=kind,
        about=about,
        text=text,
        audience=to_json(audience),
        files=[],
        stage=Stage.DRAFT,
        made_at=now,
        asks=asks,
    )
    session.add(row)
    await session.flush()
    return _notice(row)


async def write_as(session: Session, code: str, unit: str, author: int, now: datetime) -> bool:
    """An empty draft under a code that was given out before; False: there is one of this code."""
    row = insert_into(session, NoticeRow).values(
        code=code,
        unit=unit,
        author=author,
        kind=Kind.FIRST,
        text="",
        audience=to_json(Audience()),
        stage=Stage.DRAFT,
        made_at=now,
    )
    made = row.on_conflict_do_nothing(index_elements=[NoticeRow.code]).returning(NoticeRow.id)
    return await session.scalar(made) is not None


async def by_code(session: Session, code: str) -> Notice | None:
    """The notice of this code, held: until this transaction ends nobody else changes it. None: there is none."""
    mine = select(NoticeRow).where(NoticeRow.code == code.strip().upper()).with_for_update()
    row = await session.scalar(mine.execution_options(populate_existing=True))
    return None if row is None else _notice(row)


async def get(session: Session, id: int) -> Notice:
    """The notice with this id."""
    return _notice(await session.get_one(NoticeRow, id, populate_existing=True))


async def hold_id(session: Session, id: int) -> Notice:
    """The notice with this id, held likewise."""
    mine = select(NoticeRow).where(NoticeRow.id == id).with_for_update()
    return _notice((await session.scalars(mine.execution_options(populate_existing=True))).one())


async def of_unit(
    session: Session, unit: str, limit: int, *stages: Stage, confirmed: bool = False, after: int = 0
) -> Sequence[Notice]:
    """The unit's, the newest first, without drafts that were dropped; `stages`: only those that are so far.

    `after`: so many of them are left out.
    """
    dropped = and_(NoticeRow.confirmed_at.is_(None), NoticeRow.stage != Stage.DRAFT)
    mine = select(NoticeRow).where(NoticeRow.unit == unit, ~dropped)
    if confirmed:
        mine = mine.where(NoticeRow.confirmed_at.is_not(None))
    if stages:
        mine = mine.where(NoticeRow.stage.in_(stages))
    newest = mine.order_by(NoticeRow.made_at.desc(), NoticeRow.id.desc()).limit(limit).offset(after)
    return [_notice(row) for row in await session.scalars(newest)]


async def correction_of(session: Session, notice: Notice) -> Notice | None:
    """The correction of this one that is confirmed and has not ended; None: there is none."""
    mine = select(NoticeRow).where(NoticeRow.about == notice.id, NoticeRow.kind == Kind.CORRECTION)
    mine = mine.where(NoticeRow.stage.in_([Stage.ASKING, Stage.GOING, Stage.PAUSED])).order_by(NoticeRow.id)
    row = await session.scalar(mine.limit(1).execution_options(populate_existing=True))
    return None if row is None else _notice(row)


async def change(session: Session, notice: Notice, **values: Any) -> Notice:
    """Another revision of a draft."""
    if "audience" in values:
        values["audience"] = to_json(values["audience"])
    row = await session.get_one(NoticeRow, notice.id)
    for name, value in {**values, "revision": row.revision + 1}.items():
        setattr(row, name, value)
    await session.flush()
    return _notice(row)


async def turn(session: Session, notice: Notice, stage: Stage, *before: Stage, **values: Any) -> bool:
    """It is so far now, if it was at one of `before`; False: it was not."""
    mine = update(NoticeRow).where(NoticeRow.id == notice.id, NoticeRow.stage.in_(before))
    changed = mine.values(stage=stage, **{"why": "", **values}).returning(NoticeRow.id)
    return await session.scalar(changed.execution_options(synchronize_session=False)) is not None


async def going(session: Session, now: datetime) -> Sequence[int]:
    """The ids of those that go out now, the oldest first."""
    begun = or_(NoticeRow.starts_at.is_(None), NoticeRow.starts_at <= now)
    rows = select(NoticeRow.id).where(NoticeRow.stage == Stage.GOING, begun)
    return (await session.scalars(rows.order_by(NoticeRow.id))).all()


async def hold(session: Session, id: int) -> Notice | None:
    """The notice, if it goes out and no other process is at it."""
    mine = select(NoticeRow).where(NoticeRow.id == id, NoticeRow.stage == Stage.GOING)
    row = await session.scalar(mine.with_for_update(skip_locked=True).execution_options(populate_existing=True))
    return None if row is None else _notice(row)


async def count_shown(session: Session, id: int) -> int:
    """Its progress is shown once more; how often it was by now."""
    row = await session.get_one(NoticeRow, id)
    row.shown += 1
    await session.flush()
    return row.shown


async def want_report(session: Session, id: int, what: str, now: datetime) -> None:
    """Somebody asked for it; `what` says for whom too."""
    row = await session.get_one(NoticeRow, id, with_for_update=True, populate_existing=True)
    row.wanted, row.wanted_at = [*dict.fromkeys([*row.wanted, what])], row.wanted_at or now
    await session.flush()


async def wanted_reports(session: Session) -> Sequence[tuple[int, str]]:
    """What was asked for and is not made yet, the longest asked for first: notice and what."""
    rows = select(NoticeRow.id, NoticeRow.wanted).where(NoticeRow.wanted_at.is_not(None))
    found = await session.execute(rows.order_by(NoticeRow.wanted_at, NoticeRow.id))
    return [(row.id, what) for row in found for what in row.wanted]


async def made_report(session: Session, id: int, what: str) -> bool:
    """It is made; False: another process was faster."""
    row = await session.get_one(NoticeRow, id, with_for_update=True, populate_existing=True)
    if what not in row.wanted:
        return False
    row.wanted = [one for one in row.wanted if one != what]
    row.wanted_at = row.wanted_at if row.wanted else None
    await session.flush()
    return True


def to_json(audience: Audience) -> dict[str, Any]:
    """As it is kept."""
    return asdict(audience) | {"missing": str(audience.missing) if audience.missing else ""}


def from_json(kept: dict[str, Any]) -> Audience:
    """As it was kept."""
    return Audience(
        units=tuple(kept["units"]),
        levels=tuple(map(Level, kept["levels"])),
        ownership=tuple(map(Ownership, kept["ownership"])),
        roles=tuple(map(Role, kept["roles"])),
        missing=TaskRef.parse(kept["missing"]),
        without=tuple(kept["without"]),
    )


def _notice(row: NoticeRow) -> Notice:
    return Notice(
        id=row.id,
        code=row.code,
        unit=row.unit,
        author=row.author,
        kind=Kind(row.kind),
        text=row.text,
        audience=from_json(row.audience),
        stage=Stage(row.stage),
        revision=row.revision,
        made_at=row.made_at,
        about=row.about,
        files=tuple(row.files),
        starts_at=row.starts_at,
        night=row.night,
        why=row.why,
        confirmed_at=row.confirmed_at,
        ended_at=row.ended_at,
        approver=row.approver,
        deleted_at=row.deleted_at,
        asks=row.asks,
    )
