"""Documents that officers send: opened, read by a worker under a lease, checked, published; and the log of changes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select

from core.drafts import OPEN, Act, Draft, Edit, Fate, Stage
from core.work import Plan
from records.codes import unused
from records.draft_tables import DraftEditRow, DraftRow
from records.plan_codec import decode_plan, decode_proposals, encode_plan, encode_proposals
from records.session import Session
from records.tables import PersonRow


async def open_new(
    session: Session,
    unit: str,
    person: int,
    name: str,
    sha256: str,
    now: datetime,
    code: str = "",
    act: Act = Act.SENT,
    **values: Any,
) -> Draft:
    """To be read from now on. `code`: that of what it was handed in with, empty: its own.

    `values`: of one that is made otherwise, as in Draft; `act` says how.
    """
    row = DraftRow(
        code=code or await unused(session, DraftRow.code),
        unit=unit,
        person_id=person,
        name=name,
        sha256=sha256,
        stage=Stage.READING,
        settled={},
        dropped=[],
        proposals=[],
        ready_at=now,
        made_at=now,
        touched_at=now,
    )
    _put(row, values)
    session.add(row)
    await session.flush()
    await note(session, row.id, act, person, now, after=name)
    return _draft(row)


async def claim(session: Session, now: datetime, lease: timedelta) -> Draft | None:
    """The oldest that is to be read and that nobody reads: the caller's for as long; `attempts` counts this one too."""
    mine = select(DraftRow).where(DraftRow.stage == Stage.READING, DraftRow.ready_at <= now)
    mine = mine.order_by(DraftRow.id).limit(1).with_for_update(skip_locked=True)
    row = await session.scalar(mine.execution_options(populate_existing=True))
    if row is None:
        return None
    row.attempts, row.ready_at = row.attempts + 1, now + lease
    await session.flush()
    return _draft(row)


async def finish(
    session: Session, draft: Draft, stage: Stage, now: datetime, plan: Plan | None = None, **values: Any
) -> bool:
    """It is read, or cannot be; False: it is not ours any more, another worker has taken it up or it was dropped."""
    row = await session.get_one(DraftRow, draft.id, with_for_update=True, populate_existing=True)
    if row.stage != Stage.READING or row.attempts != draft.attempts:
        return False
    _put(row, {**values, "plan": plan, "stage": stage, "touched_at": now})
    await session.flush()
    return True


async def by_code(session: Session, code: str) -> Draft | None:
    """The draft of this code, held; None: there is none."""
    mine = select(DraftRow).where(DraftRow.code == code.strip().upper()).with_for_update()
    row = await session.scalar(mine.execution_options(populate_existing=True))
    return None if row is None else _draft(row)


async def current(session: Session, person: int, unit: str) -> str:
    """The code of the person's open draft, of several the one that was used last; empty: there is none."""
    mine = select(DraftRow.code).where(DraftRow.person_id == person, DraftRow.unit == unit, DraftRow.stage.in_(OPEN))
    return await session.scalar(mine.order_by(DraftRow.touched_at.desc(), DraftRow.id.desc()).limit(1)) or ""


async def open_ones(session: Session, person: int, unit: str, failed_since: datetime) -> Sequence[Draft]:
    """What the person has sent for this unit and not yet published or dropped, and what could not be read since then;
    the newest first.
    """
    failed = and_(DraftRow.stage == Stage.FAILED, DraftRow.touched_at >= failed_since)
    mine = select(DraftRow).where(DraftRow.person_id == person, DraftRow.unit == unit)
    rows = await session.scalars(mine.where(or_(DraftRow.stage.in_(OPEN), failed)).order_by(DraftRow.id.desc()))
    return [_draft(row) for row in rows]


async def of_document(session: Session, document: int, person: int, unit: str) -> Draft | None:
    """What this person has published as this document for this unit; None: it came otherwise."""
    mine = select(DraftRow).filter_by(document_id=document, person_id=person, unit=unit)
    row = await session.scalar(mine.order_by(DraftRow.id).limit(1))
    return None if row is None else _draft(row)


async def latest(session: Session, limit: int) -> Sequence[Draft]:
    """The newest, of everybody: for the operator."""
    rows = await session.scalars(select(DraftRow).order_by(DraftRow.id.desc()).limit(limit))
    return [_draft(row) for row in rows]


async def change(session: Session, draft: Draft, now: datetime, **values: Any) -> Draft:
    """Another revision of a draft that is held; `plan`, `settled`, `dropped` and `proposals` as in Draft."""
    row = await session.get_one(DraftRow, draft.id)
    _put(row, {**values, "revision": row.revision + 1, "touched_at": now})
    await session.flush()
    return _draft(row)


async def touch(session: Session, draft: Draft, now: datetime) -> None:
    """Words without a code mean this one from now on."""
    (await session.get_one(DraftRow, draft.id)).touched_at = now
    await session.flush()


async def note(
    session: Session,
    draft: int,
    what: Act,
    by: int | None,
    now: datetime,
    item: int | None = None,
    before: str = "",
    after: str = "",
) -> None:
    """It happened to this draft; `by` None: the bot itself, or the command line. `item` counts from 1."""
    session.add(DraftEditRow(draft_id=draft, at=now, person_id=by, what=what, item=item, before=before, after=after))
    await session.flush()


async def log(session: Session, draft: int) -> Sequence[Edit]:
    """All that happened to it, in order."""
    rows = select(DraftEditRow, PersonRow.name).outerjoin(PersonRow, PersonRow.id == DraftEditRow.person_id)
    found = await session.execute(rows.where(DraftEditRow.draft_id == draft).order_by(DraftEditRow.id))
    return [Edit(row.at, name or "", Act(row.what), row.item, row.before, row.after) for row, name in found]


def _put(row: DraftRow, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, _ENCODED[name](value) if name in _ENCODED else value)


_ENCODED: Mapping[str, Callable[[Any], Any]] = {
    "plan": lambda plan: encode_plan(plan) if plan else None,
    "settled": lambda settled: {str(number): fate.value for number, fate in settled.items()},
    "dropped": sorted,
    "proposals": encode_proposals,
}


def _draft(row: DraftRow) -> Draft:
    return Draft(
        id=row.id,
        code=row.code,
        unit=row.unit,
        person=row.person_id,
        name=row.name,
        sha256=row.sha256,
        stage=Stage(row.stage),
        made_at=row.made_at,
        plan=decode_plan(row.plan) if row.plan else None,
        issuer=row.issuer or "",
        digest=row.digest or "",
        settled={int(number): Fate(fate) for number, fate in row.settled.items()},
        dropped=frozenset(row.dropped),
        proposals=decode_proposals(row.proposals),
        revision=row.revision,
        attempts=row.attempts,
        document=row.document_id,
    )
