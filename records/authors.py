"""Who made what was handed in, as its school says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from records.activity_tables import AuthorsRow
from records.evidence_tables import SubmissionRow
from records.session import Session, in_pieces, insert_into


@dataclass(frozen=True, slots=True)
class Authors:
    """The names that were noted; empty: none were. `caption`: what was written with it, which may name them."""

    names: tuple[str, ...]
    caption: str


async def note(session: Session, submission: int, names: Sequence[str], by: int | None, now: datetime) -> None:
    """These made it, whoever was named before."""
    values = {"names": [*names], "by_person": by, "at": now}
    row = insert_into(session, AuthorsRow).values(submission_id=submission, **values)
    await session.execute(row.on_conflict_do_update(index_elements=[AuthorsRow.submission_id], set_=values))


async def of(session: Session, submissions: Sequence[int]) -> dict[int, Authors]:
    """Of each of these submissions."""
    found: dict[int, Authors] = {}
    for some in in_pieces(submissions):
        rows = select(SubmissionRow.id, SubmissionRow.caption, AuthorsRow.names)
        rows = rows.outerjoin(AuthorsRow, AuthorsRow.submission_id == SubmissionRow.id)
        for id, caption, names in await session.execute(rows.where(SubmissionRow.id.in_(some))):
            found[id] = Authors(tuple(names or ()), caption)
    return found
