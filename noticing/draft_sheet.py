"""A draft as a page shows it to who checks it: doubts, what it changes, its items, the words it was read from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.amendments import Proposal, Verdict
from core.drafts import Draft
from core.texts.dates import DAY_BY_HAND
from core.texts.drafts import BY_HAND
from core.work import Doubt, DoubtKind, Obligation, TaskRef
from evidence.desk import Desk
from knowledge.cite import label
from knowledge.drafting import open_doubts
from knowledge.original import Leaf, leaves, pages, place_of, shown_at
from knowledge.proposed import asked_about
from noticing.amending import Target, alike, offered, target

MOST_DOUBTS = 40  # asked about at once


@dataclass(frozen=True, slots=True)
class Item:
    """An obligation of the draft; `number` from 0, `place` of the passage that shows its words."""

    number: int
    task: Obligation
    place: int
    dropped: bool
    doubtful: bool
    by_hand: bool
    anew: bool  # it only says an earlier task anew


@dataclass(frozen=True, slots=True)
class Question:
    """An open doubt; `place` None: it is about no passage of its own. `ticks`: a day that was read from a picture."""

    number: int
    doubt: Doubt
    item: Item | None
    place: int | None
    ticks: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier task that it may change; `meant` the likeliest, `others` that may be meant too, `alike` with it."""

    number: int
    one: Proposal
    meant: Target
    source: str
    others: Sequence[tuple[TaskRef, Target]]
    alike: int

    @property
    def is_open(self) -> bool:
        return self.one.verdict is Verdict.OPEN


@dataclass(frozen=True, slots=True)
class DraftSheet:
    """`doubts`: how many are open, the worst are in `questions`; `pages`: their numbers, if the file has any."""

    doubts: int
    questions: Sequence[Question]
    earlier: Sequence[Earlier]
    items: Sequence[Item]
    leaves: Sequence[Leaf]
    pages: Sequence[int]


def draft_sheet(desk: Desk, draft: Draft) -> DraftSheet:
    """Of a draft that is read."""
    plan, left, shown = draft.read, open_doubts(draft), shown_at(draft.read)
    doubtful = {plan.doubts[number].task for number in left}
    anew = {n for one in draft.proposals if one.verdict is Verdict.CONFIRMED for n in one.amending.own}
    items = [
        Item(
            number,
            task,
            shown[task.passage],
            number in draft.dropped,
            number in doubtful,
            task.note in (BY_HAND, DAY_BY_HAND),
            number in anew,
        )
        for number, task in enumerate(plan.obligations)
    ]
    questions = [_question(draft, number, items, shown) for number in left[:MOST_DOUBTS]]
    earlier = [found for number in asked_about(draft) if (found := _earlier(desk, draft, number))]
    marked = leaves(plan, [plan.doubts[number] for number in left])
    return DraftSheet(len(left), questions, earlier, items, marked, pages(plan))


def _question(draft: Draft, number: int, items: Sequence[Item], shown: Mapping[int, int]) -> Question:
    doubt, plan = draft.read.doubts[number], draft.read
    item = items[doubt.task] if doubt.task is not None else None
    at = place_of(plan, doubt)
    place = None if at is None else shown[at]
    return Question(number, doubt, item, place, doubt.kind is DoubtKind.SCANNED)


def _earlier(desk: Desk, draft: Draft, number: int) -> Earlier | None:
    one = draft.proposals[number]
    found = [(ref, its) for ref in offered(one) if (its := target(desk, draft.read, one, ref))]
    if not found:
        return None
    meant = found[0][1]
    same = alike(draft, number)
    others = found[1:] if one.ref else found
    return Earlier(number, one, meant, label(desk.index, meant.volume), others, len(same) if number in same else 0)
