"""Criteria sets at work: which bind a unit, what serves each criterion, a unit's own points, the order of schools."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core.clock import local_day
from core.criteria import MET, Assessment, CriteriaSet, Criterion, Replaced
from core.evidence import DONE, Submission
from core.people import Level, Person
from evidence.desk import Desk
from knowledge.criteria_match import LikelyCriterion, likely_criteria, paired
from records import criteria, criteria_work, submissions

OFFERED = 3  # criteria at once


@dataclass(frozen=True, slots=True)
class Ranked:
    """A school that has given itself all points; those with as many share a rank."""

    rank: int
    unit: str
    assessment: Assessment


async def binding(desk: Desk, unit: str) -> Sequence[CriteriaSet]:
    """The sets by which this unit looks at itself: its own, and those of the units above it."""
    return await criteria.of_units(desk.session, [one.code for one in desk.index.tree.above(unit)])


async def would_replace(desk: Desk, unit: str, name: str, listed: Sequence[Criterion]) -> Replaced:
    """What giving this set would do; nothing is written."""
    id = await criteria.find(desk.session, unit, name)
    return await _replacing(desk, CriteriaSet(name, unit, tuple(listed), id or 0), fresh=id is None)


async def give(desk: Desk, unit: str, name: str, listed: Sequence[Criterion], by: int | None) -> Replaced:
    """The unit gives this set. One of the same name makes way; what hung on criteria that still fit stays with them."""
    id, fresh = await criteria.open_set(desk.session, unit, name, by, desk.now)
    done = await _replacing(desk, CriteriaSet(name, unit, tuple(listed), id), fresh=fresh)
    await criteria_work.forget_scores(desk.session, await _most(desk, done.set))
    written = await criteria.write(desk.session, id, done.set.criteria, desk.now)
    return replace(done, set=replace(done.set, criteria=tuple(written)))


async def _replacing(desk: Desk, set: CriteriaSet, *, fresh: bool) -> Replaced:
    """With the ids of the criteria that still fit."""
    ever = await criteria.ever_in(desk.session, set.id)
    fitting = paired(set.criteria, [one for one, _ in ever])
    kept = {one.id for one in fitting}
    gone = tuple(one for one, there in ever if there and one.id not in kept)
    lost, now = [one.id for one in gone], replace(set, criteria=tuple(fitting))
    pieces = await criteria_work.pieces(desk.session, lost)
    scores = await criteria_work.count_scores(desk.session, lost)
    scores += await criteria_work.count_scores_above(desk.session, await _most(desk, now))
    return Replaced(now, fresh, gone, pieces, scores)


async def _most(desk: Desk, set: CriteriaSet) -> dict[int, Decimal]:
    """By id, above which points a score does not fit any more; none fits where it was counted otherwise."""
    was = {one.id: one for one, _ in await criteria.ever_in(desk.session, set.id)}
    return {
        one.id: one.most or MET if (one.most is None) is (was[one.id].most is None) else Decimal(-1)
        for one in set.criteria
        if one.id
    }


async def assessments(desk: Desk, units: Collection[str], set: CriteriaSet) -> Sequence[Assessment]:
    """How each of these units stands with the set."""
    ids = [one.id for one in set.criteria]
    scores = await criteria_work.scores(desk.session, units, ids)
    served = await criteria_work.served(desk.session, units, ids)
    return [Assessment(set, unit, scores.get(unit, {}), served.get(unit, {})) for unit in units]


async def assessment(desk: Desk, unit: str, set: CriteriaSet) -> Assessment:
    """How this unit stands with the set."""
    [found] = await assessments(desk, [unit], set)
    return found


def bound_schools(desk: Desk, office: str, set: CriteriaSet) -> Sequence[str]:
    """The schools below the office that exist today and that the set binds, by name."""
    tree, today = desk.index.tree, local_day(desk.now)
    below = [one for one in tree.below(office) if one.level is Level.SCHOOL and one.exists_on(today)]
    bound = [one for one in below if one.code == set.unit or tree.is_below(one.code, set.unit)]
    return [one.code for one in sorted(bound, key=lambda one: one.name)]


async def ranking(desk: Desk, office: str, set: CriteriaSet) -> tuple[Sequence[Ranked], Sequence[Assessment]]:
    """Those of its schools that have given themselves all points, the most first; those that have not."""
    found = await assessments(desk, bound_schools(desk, office, set), set)
    done = sorted((one for one in found if not one.unscored), key=lambda one: -one.total)
    totals = [one.total for one in done]
    ranked = [Ranked(totals.index(one.total) + 1, one.unit, one) for one in done]
    return ranked, [one for one in found if one.unscored]


async def proposed(desk: Desk, submission: Submission) -> Sequence[LikelyCriterion]:
    """The criteria that it may serve, the likeliest first; none of which somebody has said yes or no."""
    unit = submission.giver.unit
    if unit is None or submission.state not in DONE or submission.deleted_at:
        return ()
    sets = await binding(desk, unit)
    if not sets:
        return ()
    handed = await submissions.with_files(desk.session, submission)
    said = [submission.caption, submission.title, *(file.name for file in handed.files)]
    spoken_of = await criteria_work.said_of(desk.session, submission.id)
    found = likely_criteria(said, sets, local_day(desk.now), desk.index.words)
    return [one for one in found if one.criterion.id not in spoken_of]


async def say(desk: Desk, submission: Submission, ids: Collection[int], by: Person, *, serves: bool) -> None:
    """From now on it serves these criteria, or it is said not to."""
    await criteria_work.say(desk.session, ids, submission.id, by.id, desk.now, serves=serves)
