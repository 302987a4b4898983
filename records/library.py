"""The store of shared material: which submissions offices have put in; what of them is shown is read from these."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, select

from core.evidence import State
from core.library import Material
from records import facts
from records.evidence_tables import SubmissionRow
from records.library_tables import LibraryRow
from records.session import Session, insert_into


@dataclass(frozen=True, slots=True)
class Place:
    """How a submission stands with an office's store; `out_unit` None: it is in."""

    office: str
    put_by: int
    out_unit: str | None


async def put(
    session: Session, submission: int, office: str, title: str, files: Sequence[int], by: int, now: datetime
) -> None:
    """From now on it is in the store of this office, with these received files alone."""
    values = {"title": title, "files": [*files], "put_by": by, "put_at": now, "out_at": None, "out_unit": None}
    row = insert_into(session, LibraryRow).values(submission_id=submission, office=office, **values)
    keys = [LibraryRow.submission_id, LibraryRow.office]
    await session.execute(row.on_conflict_do_update(index_elements=keys, set_=values))


async def places(session: Session, submission: int) -> Sequence[Place]:
    """Every store that it is or was in."""
    rows = select(LibraryRow).where(LibraryRow.submission_id == submission).order_by(LibraryRow.office)
    found = await session.scalars(rows.execution_options(populate_existing=True))
    return [Place(row.office, row.put_by, row.out_unit) for row in found]


async def take_out(session: Session, submission: int, offices: Collection[str], unit: str, now: datetime) -> None:
    """It is in the stores of these offices no more, on the word of this unit."""
    rows = select(LibraryRow).where(LibraryRow.submission_id == submission, LibraryRow.office.in_(offices))
    for row in await session.scalars(rows.execution_options(populate_existing=True)):
        row.out_at, row.out_unit = now, unit
    await session.flush()


async def materials(session: Session, offices: Collection[str]) -> Sequence[Material]:
    """What is in the stores of these offices and still shown to others, each submission once, newest first."""
    columns = SubmissionRow.code, SubmissionRow.unit, SubmissionRow.title.label("task")
    rows = select(LibraryRow, *columns).join(SubmissionRow, SubmissionRow.id == LibraryRow.submission_id)
    stands = SubmissionRow.state == State.ACCEPTED
    rows = rows.where(LibraryRow.office.in_(offices), LibraryRow.out_at.is_(None), stands)
    newest = LibraryRow.put_at.desc(), LibraryRow.submission_id.desc(), LibraryRow.office
    found = dict[int, Row[LibraryRow, str, str | None, str]]()
    for one in await session.execute(rows.order_by(*newest)):
        found.setdefault(one.LibraryRow.submission_id, one)
    shown = await facts.shown(session, [*found])
    made: list[Material] = []
    for id, (row, code, unit, task) in found.items():
        files = tuple(file for of, number, file in shown if of == id and number in row.files)
        if files:
            made.append(Material(id, code, unit or "", row.office, row.title, task, row.put_at, files))
    return made
