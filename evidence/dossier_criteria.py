"""The dossier of a unit by a criteria set: each criterion, what serves it, the unit's own points."""

from collections.abc import Sequence
from itertools import groupby

from core.clock import local_day
from core.criteria import Assessment, Criterion
from core.dossier import Cut, Dossier, Item, Programme, Proof, Standing
from core.evidence import DONE, State
from evidence.criteria import assessment, binding
from evidence.desk import Desk
from evidence.dossier_proofs import proof_of
from records import criteria_work, dossiers

Serving = dict[int, list[Proof]]  # by criterion's id, oldest first


async def by_criteria(desk: Desk, cut: Cut) -> Dossier:
    """As it stands now; of a set that was taken back, or that does not bind the unit, nothing."""
    known = desk.index.tree.get(cut.unit) is not None
    sets = await binding(desk, cut.unit) if known else ()
    set = next((one for one in sets if one.id == cut.criteria), None)
    office = desk.above(cut.unit)
    above, today = office.name if office else "", local_day(desk.now)
    if set is None:
        return Dossier(cut, desk.unit_name(cut.unit), above, today, ())
    found = await assessment(desk, cut.unit, set)
    serving = await _serving(desk, cut, [one.id for one in set.criteria])
    return Dossier(cut, desk.unit_name(cut.unit), above, today, _groups(found, serving), set.name)


async def _serving(desk: Desk, cut: Cut, criteria: Sequence[int]) -> Serving:
    given = {one.id: (one, files) for one, files in await dossiers.proofs(desk.session, cut, DONE, ())}
    found: Serving = {}
    for criterion, submission in await criteria_work.serving(desk.session, cut.unit, criteria):
        found.setdefault(criterion, []).append(proof_of(*given[submission.id], title=submission.title))
    return found


def _groups(found: Assessment, serving: Serving) -> tuple[Programme, ...]:
    """Under their headings, in the order of the set; a heading that comes twice stands twice."""
    grouped = groupby(enumerate(found.set.criteria, 1), key=lambda one: one[1].heading)
    return tuple(
        Programme(number, heading, tuple(_item(found, at, one, serving.get(one.id, [])) for at, one in ones))
        for number, (heading, ones) in enumerate(grouped, 1)
    )


def _item(found: Assessment, number: int, one: Criterion, proofs: list[Proof]) -> Item:
    accepted = any(proof.state is State.ACCEPTED for proof in proofs)
    given = Standing.ACCEPTED if accepted else Standing.SUBMITTED
    return Item(
        number,
        one.title,
        None,
        given if proofs else Standing.LACKING,
        tuple(proofs),
        counts=True,
        mark=one.number,
        score=found.scores.get(one.id),
        most=one.most,
    )
