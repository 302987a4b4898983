"""The store of shared material: which submissions offices have put in; what of them is shown is read from these."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, Subquery, delete, func, insert, or_, select

from core.evidence import State
from core.library import Material
from records import facts
from records.evidence_tables import SubmissionRow
from records.library_tables import LibraryFileRow, LibraryRow
from records.session import Session, insert_into


@dataclass(frozen=True, slots=True)
class Place:
    """How a submission stands with an office's store; `out_unit` None: it is in."""

    office: str
    put_by: int
    out_unit: str | None


@dataclass(frozen=True, slots=True)
class Putting:
    """What an office puts in: with these received files alone, each with the words of its name.

    `words`: the others by which it is found, folded.
    """

    office: str
    title: str
    words: Collection[str]
    files: Mapping[int, Collection[str]]
    by: int


async def put(session: Session, submission: int, what: Putting, now: datetime) -> None:
    """From now on it is in the store of this office."""
    values = {"title": what.title, "words": _between_blanks(what.words), "put_by": what.by, "put_at": now}
    values |= {"out_at": None, "out_unit": None}
    row = insert_into(session, LibraryRow).values(submission_id=submission, office=what.office, **values)
    keys = [LibraryRow.submission_id, LibraryRow.office]
    await session.execute(row.on_conflict_do_update(index_elements=keys, set_=values))
    mine = LibraryFileRow.submission_id == submission, LibraryFileRow.office == what.office
    await session.execute(delete(LibraryFileRow).where(*mine))
    key = {"submission_id": submission, "office": what.office}
    rows = [{**key, "received_id": id, "words": _between_blanks(words)} for id, words in what.files.items()]
    await session.execute(insert(LibraryFileRow), rows)


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


async def find(
    session: Session, offices: Collection[str], words: Collection[str], limit: int | None, offset: int
) -> tuple[int, Sequence[Material]]:
    """How many in the stores of these offices have all these folded words, and so many of them, newest first.

    Each submission once; what is not shown to others is not there.
    """
    newest = _newest(offices)
    found = select(newest).where(newest.c.rank == 1, _shows(newest), *(_has(newest, word) for word in sorted(words)))
    count = await session.scalar(select(func.count()).select_from(found.subquery()))
    by_age = found.order_by(newest.c.put_at.desc(), newest.c.submission_id.desc())
    rows = (await session.execute(by_age.limit(limit).offset(offset))).all() if count else []
    return count or 0, await _materials(session, rows)


async def of_code(session: Session, offices: Collection[str], code: str) -> Material | None:
    """The one of this code in the stores of these offices; None: there is none."""
    newest = _newest(offices)
    rows = await session.execute(select(newest).where(newest.c.rank == 1, newest.c.code == code, _shows(newest)))
    return next(iter(await _materials(session, rows.all())), None)


async def forget(session: Session, submissions: Collection[int]) -> None:
    """Nothing that people wrote is left of these."""
    rows = select(LibraryRow).where(LibraryRow.submission_id.in_(submissions))
    for row in await session.scalars(rows.execution_options(populate_existing=True)):
        row.title = row.words = ""
    await session.flush()


async def forget_files(session: Session, received: Collection[int]) -> None:
    """These files are in no store."""
    await session.execute(delete(LibraryFileRow).where(LibraryFileRow.received_id.in_(received)))


def _newest(offices: Collection[str]) -> Subquery:
    """What is in and accepted; `rank` 1: where several offices have it, the one that put it in last."""
    columns = LibraryRow.submission_id, LibraryRow.office, LibraryRow.title, LibraryRow.put_at, LibraryRow.words
    of_it = SubmissionRow.code, SubmissionRow.unit, SubmissionRow.title.label("task")
    order = LibraryRow.put_at.desc(), LibraryRow.office
    rank = func.row_number().over(partition_by=LibraryRow.submission_id, order_by=order).label("rank")
    rows = select(*columns, *of_it, rank).join(SubmissionRow, SubmissionRow.id == LibraryRow.submission_id)
    stands = SubmissionRow.state == State.ACCEPTED
    return rows.where(LibraryRow.office.in_(offices), LibraryRow.out_at.is_(None), stands).subquery()


def _shows(newest: Subquery) -> ColumnElement[bool]:
    """Whether a file of it is shown to others."""
    return _files(newest).where(facts.is_shown(LibraryFileRow.received_id)).exists()


def _has(newest: Subquery, word: str) -> ColumnElement[bool]:
    """Whether it, or a file of it that is shown, is called so."""
    said = f" {word} "
    files = _files(newest).where(LibraryFileRow.words.contains(said, autoescape=True))
    named = files.where(facts.is_shown(LibraryFileRow.received_id)).exists()
    return or_(newest.c.words.contains(said, autoescape=True), named)


def _files(newest: Subquery) -> Select[int]:
    its = LibraryFileRow.submission_id == newest.c.submission_id, LibraryFileRow.office == newest.c.office
    return select(LibraryFileRow.received_id).where(*its).correlate(newest)


async def _materials(session: Session, rows: Sequence[Row[*tuple[object, ...]]]) -> list[Material]:
    ids = [row.submission_id for row in rows]
    chosen = select(LibraryFileRow).where(LibraryFileRow.submission_id.in_(ids))
    numbers = {(one.office, one.received_id) for one in await session.scalars(chosen)}
    shown = await facts.shown(session, ids)
    made: list[Material] = []
    for row in rows:
        files = tuple(file for of, id, file in shown if of == row.submission_id and (row.office, id) in numbers)
        task, at = row.task, row.put_at
        made.append(Material(row.submission_id, row.code, row.unit or "", row.office, row.title, task, at, files))
    return made


def _between_blanks(words: Collection[str]) -> str:
    return f" {' '.join(sorted(words))} " if words else ""
