"""A paper that takes the place of another: which of the old obligations it says again, and which no more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from core.amendments import Amending, Proposal
from core.work import Effect, Obligation, Plan, Rule, Status, TaskRef
from knowledge.amending import MONTHLY
from knowledge.amendment_items import at_item
from knowledge.amendment_papers import Likeness
from knowledge.tiers import tier_of
from knowledge.volume import Volume, issued_on

SAME = 0.62  # how alike two obligations must be to be the same one
_SAME_PLACE = 0.05

Pair = tuple[int, int]  # the earlier obligation's number, the new one's


def restated(said: Amending, plan: Plan, volume: Volume, likeness: Likeness) -> list[Proposal]:
    """One proposal for each obligation of the earlier paper, or of the item that is replaced, that stands and is not
    past; what is said again comes whether past or not."""
    tasks = volume.shelved.plan.obligations
    meant = [
        number
        for number, task in enumerate(tasks)
        if task.status is not Status.SUPERSEDED and (not said.item or at_item(said.item, task))
    ]
    again = dict(pairs(meant, plan, volume, likeness)) if said.effect is Effect.RESTATED else {}
    issued = issued_on(plan.head)
    found: list[Proposal] = []
    for number in meant:
        ref, task = TaskRef(volume.shelved.id, number), tasks[number]
        if number in again:
            found.append(Proposal(_said_again(said, task, plan.obligations[again[number]], again[number]), ref))
        elif issued is None or not _is_past(task, issued):
            found.append(Proposal(replace(said, effect=Effect.REVOKED, words=task.task, was=task.due), ref))
    return found


def pairs(meant: Sequence[int], plan: Plan, volume: Volume, likeness: Likeness) -> list[Pair]:
    """The likest first; none is in two pairs."""
    entries = volume.tasks.entries
    olds = {number: likeness.words_of(" ".join(entries[number].tokens)) for number in meant}
    news = [likeness.words_of(f"{task.task} . {task.deliverable or ''}") for task in plan.obligations]
    weighed = [
        (likeness.alike(words, news[new]) + _SAME_PLACE * (old_task.section == task.section != ""), old, new)
        for old, words in olds.items()
        for new, task in enumerate(plan.obligations)
        if _may_be(old_task := volume.shelved.plan.obligations[old], task)
    ]
    found: list[Pair] = []
    for _, old, new in sorted((one for one in weighed if one[0] >= SAME), key=lambda one: (-one[0], one[1:])):
        if all(old != a and new != b for a, b in found):
            found.append((old, new))
    return found


def _may_be(old: Obligation, new: Obligation) -> bool:
    """Of the same tiers, and with a time that a change can carry."""
    levels = ((old.from_level, new.from_level), (old.to_level, new.to_level))
    if any(a and b and b not in tier_of(a) for a, b in levels):
        return False
    return _start(new) is not None or new.due is not None or _same_time(old, new)


def _same_time(old: Obligation, new: Obligation) -> bool:
    """What comes back is asked for in fewer months by a later paper, and is the same."""
    same = (old.due, old.rule, old.recurrence) == (new.due, new.rule, new.recurrence)
    return same and (old.recurrence is not None or old.months == new.months)


def _start(task: Obligation) -> date | None:
    """The first day; of a month or quarter without a day its own."""
    spans = {Rule.IN_MONTH: 1, Rule.TENTATIVE_MONTH: 1, Rule.IN_QUARTER: 3}.get(task.rule or Rule.ON, 0)
    if task.rule in MONTHLY and task.due is None and len(task.months) == spans:
        return date(int(task.months[0][:4]), int(task.months[0][5:]), 1)
    return task.start


def _said_again(said: Amending, old: Obligation, new: Obligation, number: int) -> Amending:
    timed = replace(said, start=_start(new), due=new.due, rule=new.rule, time=new.time)
    if new.due is None and timed.start is None:
        timed = replace(timed, rule=None, time=None)  # as it was
    return replace(timed, passage=new.passage, snippet=new.snippet, words=new.task, was=old.due, own=(number,))


def _is_past(task: Obligation, issued: date) -> bool:
    if task.due is not None:
        return task.due < issued
    return bool(task.months) and max(task.months) < f"{issued:%Y-%m}"
