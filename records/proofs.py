"""What was handed in as lists show it: cut by state, task, unit, day and age, ordered, a page at a time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from core.evidence import Handed, State
from core.work import TaskRef
from records import submissions
from records.daily import LINK
from records.evidence_tables import SubmissionEventRow, SubmissionRow
from records.file_tables import ReceivedRow
from records.session import Session
from records.tables import PersonRow, UnitRow

_WAITS = (State.HELD, State.SUBMITTED)


class Order(StrEnum):
    """What comes first; the value stands in addresses."""

    DUE = "han"
    AGE = "cho"  # who has waited longest
    UNIT = "donvi"
    TASK = "viec"


@dataclass(frozen=True, slots=True)
class Sought:
    """Which submissions. `due`: due from the first to the last of these days, or, with none, handed in then; the two
    moments are the same in time. `waits`: since before that moment for whoever decides.
    """

    units: Collection[str]
    states: Collection[State]
    due: tuple[date, date, datetime, datetime] | None = None
    waits: datetime | None = None
    task: TaskRef | None = None
    order: Order = Order.DUE


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of a task or a unit; `key` names it, `title` is a task's."""

    key: str
    count: int
    title: str = ""


async def page(session: Session, sought: Sought, first: int, most: int) -> Sequence[Handed]:
    """Of these so many, from the one with this number, from 0; with their files."""
    found = select(SubmissionRow, PersonRow.name).outerjoin(PersonRow, PersonRow.id == SubmissionRow.person_id)
    found = found.outerjoin(UnitRow, UnitRow.code == SubmissionRow.unit).where(_is(sought))
    rows = await session.execute(found.order_by(*_order(sought.order)).offset(first).limit(most))
    return await submissions.as_handed(session, [(row, name or "") for row, name in rows])


async def codes(session: Session, sought: Sought) -> Sequence[str]:
    """All of these, in order."""
    found = select(SubmissionRow.code).outerjoin(UnitRow, UnitRow.code == SubmissionRow.unit).where(_is(sought))
    return (await session.scalars(found.order_by(*_order(sought.order)))).all()


async def ids(session: Session, sought: Sought, codes: Collection[str]) -> Sequence[int]:
    """Of those with these codes."""
    return (await session.scalars(select(SubmissionRow.id).where(_is(sought), SubmissionRow.code.in_(codes)))).all()


async def count(session: Session, sought: Sought) -> int:
    """How many there are."""
    return await session.scalar(select(func.count(SubmissionRow.id)).where(_is(sought))) or 0


async def by_task(session: Session, sought: Sought) -> list[Counted]:
    """How many of each task, by title."""
    row = SubmissionRow
    cut = select(row.document_id, row.number, func.min(row.title), func.count(row.id)).where(_is(sought))
    found = [
        Counted(str(TaskRef(document, number)), many, title)
        for document, number, title, many in await session.execute(cut.group_by(row.document_id, row.number))
        if document is not None and number is not None
    ]
    return sorted(found, key=lambda one: one.title)


async def by_unit(session: Session, sought: Sought) -> list[Counted]:
    """How many of each unit."""
    cut = select(SubmissionRow.unit, func.count(SubmissionRow.id)).where(_is(sought)).group_by(SubmissionRow.unit)
    return [Counted(unit, many) for unit, many in await session.execute(cut) if unit]


async def addresses(session: Session, submission: int) -> dict[int, str]:
    """Of what was handed in as web addresses, these, by the number of the received file."""
    rows = await session.scalars(select(ReceivedRow).where(ReceivedRow.submission_id == submission))
    return {row.id: str(row.source.get("url", "")) for row in rows if row.source.get("kind") == LINK}


def _is(sought: Sought) -> ColumnElement[bool]:
    row = SubmissionRow
    wanted: list[ColumnElement[bool]] = [row.unit.in_(sought.units), row.state.in_(sought.states)]
    if sought.due:
        first, last, since, until = sought.due
        came = and_(row.due.is_(None), row.opened_at >= since, row.opened_at < until)
        wanted.append(or_(row.due.between(first, last), came))
    if sought.waits:
        wanted.append(_waits_from() < sought.waits)
    if sought.task:
        wanted += [row.document_id == sought.task.document, row.number == sought.task.number]
    return and_(*wanted)


def _waits_from() -> ColumnElement[Any]:
    """As core.evidence.Handed.waits_from."""
    event = SubmissionEventRow
    last = select(func.max(event.at, type_=event.at.type)).where(event.state.in_(_WAITS))
    mine = last.where(event.submission_id == SubmissionRow.id).correlate(SubmissionRow).scalar_subquery()
    return func.coalesce(mine, SubmissionRow.handed_in_at, SubmissionRow.opened_at, type_=event.at.type)


def _order(order: Order) -> list[Any]:
    """By units' names where that table is joined."""
    row = SubmissionRow
    first = {Order.AGE: _waits_from(), Order.UNIT: UnitRow.name, Order.TASK: row.title}.get(order)
    return [*([] if first is None else [first]), row.due.is_(None), row.due, row.id]
