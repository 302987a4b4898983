"""What a draft changes of earlier documents: what is still to be asked, what was confirmed, what becomes of a task."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from core.amendments import Proposal, Verdict
from core.drafts import Draft
from core.texts.dates import DAY_BY_HAND
from core.work import Change, Obligation, Plan, Shelved, Status, TaskRef
from knowledge.amending import amended, change_of

_NOT_YET = 10**9  # the id of a document that is still a draft: it comes after all others


def open_proposals(draft: Draft) -> tuple[int, ...]:
    """The numbers of those about which the officer has still to be asked: such a draft is not published."""
    return tuple(n for n in asked_about(draft) if draft.proposals[n].verdict is Verdict.OPEN)


def asked_about(draft: Draft) -> tuple[int, ...]:
    """The numbers of those that somebody can answer: something that is published may be meant."""
    return tuple(n for n, one in enumerate(draft.proposals) if one.ref or one.rivals)


def joined(before: Sequence[Proposal], found: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """Those that there were, in their places, and what is found besides since more is published."""
    anew, known = {one.amending: one for one in found}, {one.amending for one in before}
    kept = (one if one.ref or one.rivals else anew.get(one.amending, one) for one in before)
    return (*kept, *(one for one in found if one.amending not in known))


def confirmed(draft: Draft) -> tuple[Proposal, ...]:
    """What it changes."""
    return tuple(one for one in draft.proposals if one.verdict is Verdict.CONFIRMED and one.ref)


def anew_in(draft: Draft) -> frozenset[int]:
    """The draft's own items that only say an earlier task anew, unless the officer says otherwise."""
    return frozenset(
        n for one in draft.proposals if one.ref and one.verdict is not Verdict.REFUSED for n in one.amending.own
    )


def change(
    plan: Plan, one: Proposal, ref: TaskRef, before: Obligation, today: date, document: int = _NOT_YET
) -> Change:
    """What the proposal of this plan makes of this obligation once the plan is this document.

    It counts since the paper's own day. A day that the officer has put right by hand goes before what was read.
    """
    written = plan.head.date
    since = written if written and written <= today else today
    own = (plan.obligations[n] for n in one.amending.own)
    by_hand = next((task for task in own if task.note == DAY_BY_HAND), None)
    said = one.amending
    if by_hand:
        said = replace(said, start=by_hand.start, due=by_hand.due, rule=by_hand.rule, time=by_hand.time)
    return change_of(said, ref, before, document, since)


def after(shelved: Shelved, one: Change) -> Obligation:
    """The obligation once this change stands beside those that there are."""
    return amended([shelved], [one])[0].plan.obligations[one.ref.number]


def without(plan: Plan, ones: Sequence[Proposal]) -> Plan:
    """The plan, in which what only says an earlier task anew stands no more; numbers stay as they are."""
    own = {n for one in ones for n in one.amending.own}
    tasks = [replace(task, status=Status.SUPERSEDED) if n in own else task for n, task in enumerate(plan.obligations)]
    return replace(plan, obligations=tuple(tasks))
