"""Criteria sets as they are kept: given, replaced by their next version, taken back; and what is being typed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import delete, select, update

from core.criteria import CriteriaSet, Criterion
from core.words import bare
from records.criteria_tables import CriteriaDraftRow, CriteriaSetRow, CriterionRow
from records.session import Session, insert_into

_HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody has typed of a set so far; `lines` as typed."""

    unit: str
    name: str
    lines: str


async def of_units(session: Session, units: Collection[str]) -> Sequence[CriteriaSet]:
    """The sets that these units have given, by name."""
    rows = select(CriteriaSetRow).where(CriteriaSetRow.unit.in_(units), CriteriaSetRow.gone_at.is_(None))
    found = (await session.scalars(rows.order_by(CriteriaSetRow.name_key, CriteriaSetRow.id))).all()
    criteria = await _criteria(session, [row.id for row in found])
    return [CriteriaSet(row.name, row.unit, criteria.get(row.id, ()), row.id) for row in found]


async def by_id(session: Session, id: int) -> CriteriaSet | None:
    """The set; None: there is none, or it was taken back."""
    row = await session.get(CriteriaSetRow, id)
    if row is None or row.gone_at is not None:
        return None
    return CriteriaSet(row.name, row.unit, (await _criteria(session, [id])).get(id, ()), id)


async def every(session: Session) -> Sequence[CriteriaSet]:
    """All that are in force."""
    return await of_units(session, (await session.scalars(select(CriteriaSetRow.unit).distinct())).all())


async def find(session: Session, unit: str, name: str) -> int | None:
    """The id of this unit's set of this name, in force or taken back; None: there is none."""
    mine = select(CriteriaSetRow.id).where(CriteriaSetRow.unit == unit, CriteriaSetRow.name_key == bare(name))
    return await session.scalar(mine)


async def open_set(session: Session, unit: str, name: str, by: int | None, now: datetime) -> tuple[int, bool]:
    """The set of this name in this unit, held, in force; whether it is fresh. A new one has no criteria yet."""
    key = bare(name)
    values = {"unit": unit, "name": name, "name_key": key, "made_by": by, "made_at": now}
    made = await session.scalar(
        insert_into(session, CriteriaSetRow).values(**values).on_conflict_do_nothing().returning(CriteriaSetRow.id)
    )
    if made is not None:
        return made, True
    mine = select(CriteriaSetRow).where(CriteriaSetRow.unit == unit, CriteriaSetRow.name_key == key).with_for_update()
    row = (await session.scalars(mine.execution_options(populate_existing=True))).one()
    fresh = row.gone_at is not None
    row.name, row.made_by, row.made_at, row.gone_at = name, by, now, None
    await session.flush()
    return row.id, fresh


async def ever_in(session: Session, set: int) -> Sequence[tuple[Criterion, bool]]:
    """Every criterion that the set holds or held, in order, with whether it still does."""
    rows = select(CriterionRow).where(CriterionRow.set_id == set)
    rows = rows.order_by(CriterionRow.gone_at.is_not(None), CriterionRow.place, CriterionRow.id)
    return [(_criterion(row), row.gone_at is None) for row in await session.scalars(rows)]


async def write(session: Session, set: int, criteria: Sequence[Criterion], now: datetime) -> Sequence[Criterion]:
    """These are the set's criteria from now on, with their ids; one with an id takes that one's place."""
    kept = [one.id for one in criteria if one.id]
    others = update(CriterionRow).where(CriterionRow.set_id == set, CriterionRow.id.not_in(kept))
    await session.execute(others.where(CriterionRow.gone_at.is_(None)).values(gone_at=now))
    written: list[Criterion] = []
    for place, one in enumerate(criteria):
        row = await session.get_one(CriterionRow, one.id) if one.id else CriterionRow(set_id=set)
        row.place, row.number, row.title, row.heading, row.hints = place, one.number, one.title, one.heading, one.hints
        row.most, row.gone_at = None if one.most is None else hundredths(one.most), None
        session.add(row)
        await session.flush()
        written.append(replace(one, id=row.id))
    return written


async def take_back(session: Session, set: int, now: datetime) -> None:
    """It binds nobody any more; what hangs on it comes back with a set of the same name."""
    await session.execute(update(CriteriaSetRow).where(CriteriaSetRow.id == set).values(gone_at=now))


async def draft_of(session: Session, person: int) -> Draft | None:
    """What this person is typing; None: nothing."""
    row = await session.get(CriteriaDraftRow, person)
    return Draft(row.unit, row.name, row.lines) if row else None


async def keep_draft(session: Session, person: int, draft: Draft, now: datetime) -> None:
    """This is what the person is typing now."""
    values = {"unit": draft.unit, "name": draft.name, "lines": draft.lines, "at": now}
    row = insert_into(session, CriteriaDraftRow).values(person_id=person, **values)
    await session.execute(row.on_conflict_do_update(index_elements=[CriteriaDraftRow.person_id], set_=values))
    session.expire_all()


async def drop_draft(session: Session, person: int) -> None:
    """The person types none any more."""
    await session.execute(delete(CriteriaDraftRow).where(CriteriaDraftRow.person_id == person))


def hundredths(points: Decimal) -> int:
    return int(points * _HUNDREDTHS)


def points(kept: int) -> Decimal:
    """1000 -> 10; 50 -> 0.5"""
    return Decimal(kept) / _HUNDREDTHS


async def _criteria(session: Session, sets: Collection[int]) -> Mapping[int, tuple[Criterion, ...]]:
    rows = select(CriterionRow).where(CriterionRow.set_id.in_(sets), CriterionRow.gone_at.is_(None))
    found: dict[int, tuple[Criterion, ...]] = {}
    for row in await session.scalars(rows.order_by(CriterionRow.set_id, CriterionRow.place)):
        found[row.set_id] = (*found.get(row.set_id, ()), _criterion(row))
    return found


def _criterion(row: CriterionRow) -> Criterion:
    most = None if row.most is None else points(row.most)
    return Criterion(row.number, row.title, row.heading, most, row.hints, row.id)
