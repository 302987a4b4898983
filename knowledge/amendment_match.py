"""Which published obligations a later paper is about: by paper, item, old day, words and tier; an officer confirms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from core.amendments import Amending, Proposal
from core.work import Effect, Kind, Obligation, Plan, Status, TaskRef
from knowledge.amending import without_day
from knowledge.amendment_items import at_item
from knowledge.amendment_pairs import restated
from knowledge.amendment_papers import Likeness, Named, named_in
from knowledge.amendment_words import without_mover
from knowledge.occurrences import repeats
from knowledge.tiers import tier_of
from knowledge.volume import Volume, issued_on

# what a task must reach, of its words' share and what is added below
ALONE = 0.6  # no paper is named: it is looked for on the whole shelf
IN_PAPER = 0.35
CLOSE = 0.12  # a rival this near is shown too

_DAY, _OTHER_DAY = 0.35, -0.45  # the old day is the task's; is another one
_FAR, _WITHIN = -0.2, timedelta(days=75)  # a day is seldom moved so far
_ITEM, _ITEM_ALONE = 0.5, 0.15  # where the paper is named; where any paper may have such an item
_TIER, _OTHER_TIER = 0.08, -0.3
_OTHER_ROUND = -0.4
_MOST = 4  # rivals


@dataclass(frozen=True, slots=True)
class _Fit:
    ref: TaskRef
    task: Obligation
    score: float


def propose(plan: Plan, found: Sequence[Amending], volumes: Sequence[Volume]) -> tuple[Proposal, ...]:
    """What `find` found of this plan, each with the obligation that it is likely to be about.

    `volumes`: what the same issuer, and who stands above it, have published; later papers and the plan itself are left
    out. What says no new day is left out, too. A paper replaced as a whole gives one proposal for each obligation of
    it that is not past: said again, or no more.
    """
    earlier = [volume for volume in volumes if _is_earlier(volume, plan)]
    likeness = Likeness.of(earlier)
    return tuple(
        proposal
        for said in found
        if said.effect is not Effect.MOVED or not without_day(said)
        for proposal in _of(said, plan, named_in(said, plan, earlier), likeness)
    )


def _of(said: Amending, plan: Plan, named: Named, likeness: Likeness) -> Iterator[Proposal]:
    if said.whole or said.effect is Effect.RESTATED:
        pairs = [one for volume in named.volumes if named.sure for one in restated(said, plan, volume, likeness)]
        yield from pairs or [Proposal(said)]
        return
    fits = sorted(_fits(said, plan, named, likeness), key=lambda fit: (-fit.score, fit.ref))
    enough = IN_PAPER if named.sure else ALONE
    good = [fit for fit in fits if fit.score >= enough]
    if not good:
        yield Proposal(said)
    elif said.effect is Effect.REVOKED and said.item and named.sure and said.was is None:
        yield from (Proposal(said, fit.ref) for fit in good if at_item(said.item, fit.task))
    else:
        near = [fit.ref for fit in good[1:] if fit.score >= good[0].score - CLOSE]
        yield Proposal(said, good[0].ref, tuple(near[:_MOST]))


def _fits(said: Amending, plan: Plan, named: Named, likeness: Likeness) -> list[_Fit]:
    """The obligations that may be meant; where the named paper has the named item, those of the item alone."""
    own = _own(said, plan)
    found: list[_Fit] = []
    inside = False
    for volume in named.volumes:
        words = likeness.words_of(said.words)
        for number, task in enumerate(volume.shelved.plan.obligations):
            if task.status is Status.SUPERSEDED or task.kind is Kind.AGENDA or said.due and repeats(task):
                continue
            score = likeness.share(words, volume, number) + _of_day(said, volume, number) + _of_tier(own, task)
            score += _OTHER_ROUND * likeness.other_round(words, volume, number)
            here = bool(said.item) and at_item(said.item, task)
            inside = inside or here and named.sure
            score += (_ITEM if named.sure else _ITEM_ALONE) * here
            found.append(_Fit(TaskRef(volume.shelved.id, number), task, score))
    return [fit for fit in found if at_item(said.item, fit.task)] if inside else found


def _own(said: Amending, plan: Plan) -> Obligation | None:
    """The plan's own obligation of the same words: it says from whom to whom, unless its doer is who moves the day."""
    if without_mover(said.snippet) != said.snippet:
        return None
    own = [plan.obligations[number] for number in said.own]
    return next((task for task in own if task.due == said.due), own[0] if own else None)


def _of_tier(own: Obligation | None, task: Obligation) -> float:
    """Another tier speaks against it; only a little where the words do not name who is meant."""
    if own is None:
        return 0.0
    score = 0.0
    for mine, its in ((own.from_level, task.from_level), (own.to_level, task.to_level)):
        if mine and its:
            score += _TIER if its in tier_of(mine) else _OTHER_TIER if own.from_explicit else -_TIER
    return score


def _of_day(said: Amending, volume: Volume, number: int) -> float:
    """The old day against the task's: as it stands, and as its paper had it first; unsaid, the new day against it."""
    if said.was is None:
        task = volume.shelved.plan.obligations[number]
        return _FAR if said.due and task.due and abs(said.due - task.due) > _WITHIN else 0.0
    plans = [volume.shelved.plan, *([volume.shelved.first] if volume.shelved.first else [])]
    tasks = [plan.obligations[number] for plan in plans]
    days = {day for task in tasks for day in (task.due, task.start) if day}
    if said.was in days:
        return _DAY
    return _OTHER_DAY if days else 0.0


def _is_earlier(volume: Volume, plan: Plan) -> bool:
    its, issued = volume.shelved.first or volume.shelved.plan, issued_on(plan.head)
    if its.head == plan.head and [p.text for p in its.passages] == [p.text for p in plan.passages]:
        return False
    return issued is None or volume.written is None or volume.written <= issued
