"""What serves each criterion, and the points that units gave themselves."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, delete, func, select

from core.evidence import DONE, Submission
from records import submissions
from records.criteria import hundredths, points
from records.criteria_tables import CriterionEvidenceRow, CriterionScoreRow
from records.evidence_tables import SubmissionRow
from records.session import Session, insert_into

_Said = CriterionEvidenceRow


async def say(
    session: Session, criteria: Collection[int], submission: int, by: int | None, now: datetime, *, serves: bool
) -> None:
    """From now on the submission serves these criteria, or it was said that it does not."""
    values = {"serves": serves, "by_person": by, "at": now}
    for id in sorted(criteria):
        row = insert_into(session, _Said).values(criterion_id=id, submission_id=submission, **values)
        keys = [_Said.criterion_id, _Said.submission_id]
        await session.execute(row.on_conflict_do_update(index_elements=keys, set_=values))


async def said_of(session: Session, submission: int) -> Mapping[int, bool]:
    """By criterion's id: whether it serves that one; what nobody spoke of is left out."""
    rows = select(_Said.criterion_id, _Said.serves).where(_Said.submission_id == submission)
    return {row.criterion_id: row.serves for row in await session.execute(rows)}


async def served(
    session: Session, units: Collection[str], criteria: Collection[int]
) -> Mapping[str, Mapping[int, int]]:
    """By unit and criterion's id: how many pieces of evidence serve it, that stand handed in and are kept."""
    rows = select(SubmissionRow.unit, _Said.criterion_id, func.count().label("pieces"))
    rows = rows.join(SubmissionRow, SubmissionRow.id == _Said.submission_id)
    rows = rows.where(_Said.criterion_id.in_(criteria), *_stands(units))
    rows = rows.group_by(SubmissionRow.unit, _Said.criterion_id)
    found: dict[str, dict[int, int]] = {}
    for row in await session.execute(rows):
        found.setdefault(row.unit or "", {})[row.criterion_id] = row.pieces
    return found


async def serving(session: Session, unit: str, criteria: Collection[int]) -> Sequence[tuple[int, Submission]]:
    """What serves these criteria in this unit: criterion's id, submission; oldest first."""
    rows = select(_Said.criterion_id, SubmissionRow.id).join(SubmissionRow, SubmissionRow.id == _Said.submission_id)
    rows = rows.where(_Said.criterion_id.in_(criteria), *_stands([unit])).order_by(SubmissionRow.id)
    pairs = [(row.criterion_id, row.id) for row in await session.execute(rows)]
    placed = {one.id: one for one in await submissions.placed(session, [unit], DONE)} if pairs else {}
    return [(criterion, placed[id]) for criterion, id in pairs if id in placed]


async def pieces(session: Session, criteria: Collection[int]) -> int:
    """How many pieces of evidence of all units hang on these criteria."""
    counted = select(func.count()).select_from(_Said).where(_Said.criterion_id.in_(criteria), _Said.serves)
    return await session.scalar(counted) or 0


async def score(
    session: Session, unit: str, given: Mapping[int, Decimal], by: int | None, now: datetime
) -> Mapping[int, Decimal]:
    """The unit gives itself these points, by criterion's id; what stood there before."""
    before = (await scores(session, [unit], [*given])).get(unit, {})
    for id, value in sorted(given.items()):
        values = {"score": hundredths(value), "by_person": by, "at": now}
        row = insert_into(session, CriterionScoreRow).values(criterion_id=id, unit=unit, **values)
        keys = [CriterionScoreRow.criterion_id, CriterionScoreRow.unit]
        await session.execute(row.on_conflict_do_update(index_elements=keys, set_=values))
    return before


async def scores(
    session: Session, units: Collection[str], criteria: Collection[int]
) -> Mapping[str, Mapping[int, Decimal]]:
    """By unit and criterion's id; where a set has no points 1: met, 0: not met."""
    rows = select(CriterionScoreRow.unit, CriterionScoreRow.criterion_id, CriterionScoreRow.score)
    rows = rows.where(CriterionScoreRow.unit.in_(units), CriterionScoreRow.criterion_id.in_(criteria))
    found: dict[str, dict[int, Decimal]] = {}
    for row in await session.execute(rows):
        found.setdefault(row.unit, {})[row.criterion_id] = points(row.score)
    return found


async def count_scores_above(session: Session, criteria: Mapping[int, Decimal]) -> int:
    """How many scores are above these points, by criterion's id."""
    counted = [
        await session.scalar(select(func.count()).select_from(CriterionScoreRow).where(*_above(id, most)))
        for id, most in criteria.items()
    ]
    return sum(one or 0 for one in counted)


async def forget_scores(session: Session, criteria: Mapping[int, Decimal]) -> None:
    """Scores above these points, by criterion's id, are no more."""
    for id, most in criteria.items():
        await session.execute(delete(CriterionScoreRow).where(*_above(id, most)))


async def count_scores(session: Session, criteria: Collection[int]) -> int:
    """How many scores of all units hang on these criteria."""
    counted = select(func.count()).select_from(CriterionScoreRow).where(CriterionScoreRow.criterion_id.in_(criteria))
    return await session.scalar(counted) or 0


def _above(criterion: int, most: Decimal) -> tuple[ColumnElement[bool], ...]:
    return CriterionScoreRow.criterion_id == criterion, CriterionScoreRow.score > hundredths(most)


def _stands(units: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    """Evidence that counts: handed in, not returned, taken back or deleted."""
    kept = SubmissionRow.deleted_at.is_(None)
    return _Said.serves.is_(True), SubmissionRow.unit.in_(units), SubmissionRow.state.in_(DONE), kept
