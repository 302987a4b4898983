"""Which earlier tasks a draft may change, and what its officer is asked about each."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.amendments import Amending, Proposal
from core.clock import local_day
from core.drafts import Draft
from core.message import Choice
from core.texts import amendments as texts
from core.texts import evidence as evidence_texts
from core.work import Change, Effect, Obligation, Plan, TaskRef
from evidence.desk import Desk, title_of
from knowledge.amendment_match import propose
from knowledge.amendments import find
from knowledge.changed import differ
from knowledge.cite import label
from knowledge.drafting import shelf_unit, within
from knowledge.index import Index
from knowledge.proposed import after, asked_about, change, confirmed, open_proposals
from knowledge.volume import Volume

AMEND = "/doivb"
YES, NO, ANOTHER, ALL, LIST = "dung", "khong", "khac", "het", "ds"
_OFFERED = 6  # tasks to pick from

Question = tuple[str, tuple[Choice, ...]]


@dataclass(frozen=True, slots=True)
class Target:
    """An earlier obligation: as it stands, and as the draft leaves it."""

    volume: Volume
    ref: TaskRef
    before: Obligation
    after: Obligation
    change: Change

    @property
    def title(self) -> str:
        return title_of(self.before)

    @property
    def told(self) -> bool:
        """Whether there is anything to tell: a paper may say again what was so already."""
        return differ(self.before, self.after)


def proposals(desk: Desk, draft: Draft) -> tuple[Proposal, ...]:
    """What it may change; its issuer is known."""
    return of_plan(desk.index, draft.read, shelf_unit(desk.index.tree, draft))


def of_plan(index: Index, plan: Plan, office: str, itself: int | None = None) -> tuple[Proposal, ...]:
    """What a plan of this office may change of documents of its own and of units below; `itself`: its id, if any."""
    said = find(plan)
    mine = (one for one in index.volumes if within(index.tree, one.unit, office))
    return propose(plan, said, [one for one in mine if one.shelved.id != itself]) if said else ()


def target(desk: Desk, plan: Plan, one: Proposal, ref: TaskRef | None = None) -> Target | None:
    """What it is about, or would be; None: nothing that is published."""
    ref = ref or next(iter(offered(one)), None)
    task = desk.task(ref) if ref else None
    if ref is None or task is None:
        return None
    volume = desk.index.by_id[ref.document]
    made = change(plan, one, ref, task, local_day(desk.now))
    return Target(volume, ref, task, after(volume.shelved, made), made)


def targets(desk: Desk, draft: Draft) -> list[Target]:
    """What was confirmed."""
    return [found for one in confirmed(draft) if (found := target(desk, draft.read, one, one.ref))]


def found(desk: Desk, draft: Draft) -> str:
    """What there is to ask, in one or two sentences; empty: nothing."""
    rows = [one for _, one in _rows(desk, draft)]
    unmatched = len(draft.proposals) - len(asked_about(draft))
    return "\n".join(filter(None, (texts.found(*counts(rows)), texts.unmatched(unmatched) if unmatched else "")))


def counts(ones: Sequence[Target]) -> tuple[int, int, int]:
    """How many have another day, are taken back, are said again as they were."""
    gone = sum(one.change.effect is Effect.REVOKED for one in ones)
    same = sum(not one.told for one in ones)
    return len(ones) - gone - same, gone, same


def question(desk: Desk, draft: Draft, number: int) -> Question:
    """Whether it is about this task; where that is not sure, about which."""
    one = draft.proposals[number]
    meant = target(desk, draft.read, one, one.ref) if one.ref else None
    if meant is None:
        return another(desk, draft, number)
    source = label(desk.index, meant.volume)
    text = texts.question(_place(draft, number), draft.code, one, meant.title, source, meant.before, meant.after)
    picks = [_pick(draft, number, texts.YES, YES), _pick(draft, number, texts.NO, NO)]
    picks += [_pick(draft, number, texts.ANOTHER, ANOTHER)] * bool(one.rivals)
    same = alike(draft, number)
    picks += [_pick(draft, number, texts.all_label(len(same)), ALL)] * (number in same and len(same) > 1)
    return text, tuple(picks)


def another(desk: Desk, draft: Draft, number: int) -> Question:
    """Which of the tasks that fit."""
    one = draft.proposals[number]
    picks = [
        _pick(draft, number, evidence_texts.label(title_of(task), task.until), str(ref))
        for ref in offered(one)[:_OFFERED]
        if (task := desk.task(ref))
    ]
    none = _pick(draft, number, texts.NONE_OF_THESE, NO)
    return texts.which(_place(draft, number), draft.code, one), (*picks, none)


def overview(desk: Desk, draft: Draft) -> Question:
    """All of them and how each stands, to look at one again."""
    rows = _rows(desk, draft)
    if not rows:
        return texts.NOTHING, ()
    picks = tuple(_pick(draft, n, f"{n + 1}. {one.title}", "") for n, one in rows[:_OFFERED])
    return texts.overview(draft.code, lines(desk, draft)), picks


def lines(desk: Desk, draft: Draft) -> list[str]:
    """One of each."""
    return [
        texts.line(number + 1, one.title, one.before, one.after, draft.proposals[number].verdict)
        for number, one in _rows(desk, draft)
    ]


def offered(one: Proposal) -> tuple[TaskRef, ...]:
    """All that may be meant, the likeliest first."""
    return tuple(dict.fromkeys((*([one.ref] if one.ref else []), *one.rivals)))


def alike(draft: Draft, number: int) -> list[int]:
    """The open ones that the same sentence brings, or one that takes the place of a whole paper; each sure."""
    this = draft.proposals[number].amending
    ones = ((n, draft.proposals[n]) for n in open_proposals(draft))
    return [n for n, one in ones if one.ref and not one.rivals and _together(one.amending, this)]


def _together(one: Amending, other: Amending) -> bool:
    return one.passage == other.passage or (one.whole and other.whole and one.numbers == other.numbers)


def _rows(desk: Desk, draft: Draft) -> list[tuple[int, Target]]:
    ones = ((number, target(desk, draft.read, draft.proposals[number])) for number in asked_about(draft))
    return [(number, one) for number, one in ones if one]


def _place(draft: Draft, number: int) -> tuple[int, int]:
    """Which one of how many."""
    numbers = asked_about(draft)
    return numbers.index(number) + 1, len(numbers)


def _pick(draft: Draft, number: int, label_: str, word: str) -> Choice:
    return Choice(label_, f"{AMEND} {draft.code} {number} {word}".strip())
