"""What units have handed in for tasks, in the few columns that tell how they stand: an office asks for thousands."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from core.evidence import Giver, State, Submission
from core.message import Address
from core.work import Due, TaskRef
from records.evidence_tables import SubmissionRow
from records.session import Session

_ROW = SubmissionRow.__table__.c  # of the table itself: mapping rows to objects would cost as much again
_NOWHERE = Address("", "")

# unit, document, number, code, state, when it was handed in, id
Row = tuple[str | None, int | None, int | None, str, str, datetime | None, int]


async def came(
    session: Session, units: Collection[str], tasks: Collection[TaskRef], states: Collection[State]
) -> Sequence[Row]:
    """What these units have handed in for these tasks, and maybe for others of their documents; in no order."""
    return (await session.execute(narrow(units, tasks, states))).all()


def narrow(
    units: Collection[str], tasks: Collection[TaskRef], states: Collection[State]
) -> Select[str | None, int | None, int | None, str, str, datetime | None, int]:
    """What a board cannot do without; an index holds all of it (ix_submissions_owed)."""
    found = select(_ROW.unit, _ROW.document_id, _ROW.number, _ROW.code, _ROW.state, _ROW.handed_in_at, _ROW.id)
    return found.where(*_of(units, tasks, states))


async def when(
    session: Session, units: Collection[str], tasks: Collection[TaskRef], states: Collection[State]
) -> Sequence[Submission]:
    """The same as values, the oldest first, with all that tells for which day they are; without what was said."""
    found = select(_ROW.id, _ROW.code, _ROW.unit, _ROW.state, _ROW.handed_in_at, _ROW.opened_at)
    found = found.add_columns(_ROW.document_id, _ROW.number, _ROW.due, _ROW.before).where(*_of(units, tasks, states))
    return [_submission(one) for one in (await session.execute(found.order_by(_ROW.id))).all()]


def _submission(row: Any) -> Submission:
    ref, due = TaskRef(row.document_id, row.number), Due(row.due, row.before) if row.due else None
    giver, at = Giver(_NOWHERE, "", unit=row.unit), row.handed_in_at
    return Submission(row.id, row.code, giver, State(row.state), row.opened_at, task=ref, due=due, handed_in_at=at)


def _of(
    units: Collection[str], tasks: Collection[TaskRef], states: Collection[State]
) -> tuple[ColumnElement[bool], ...]:
    """Found by unit; the sum keeps SQLite from going by the numbers, which leads through all units."""
    documents, numbers = {ref.document for ref in tasks}, {ref.number for ref in tasks}
    its = _ROW.unit.in_(units), _ROW.document_id.in_(documents), _ROW.state.in_(states)
    return *its, (_ROW.number + 0).in_(numbers)
