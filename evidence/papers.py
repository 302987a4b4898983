"""The documents that somebody may read, as the knowledge base holds them: listed, found, what became of their tasks."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.people import Level, Person
from core.work import Change, Obligation, Status
from evidence.desk import Desk
from knowledge.changed import paper, steps
from knowledge.drafting import pages
from knowledge.fold import fold
from knowledge.plan_years import begins, first_of
from knowledge.school_years import school_year_name
from knowledge.volume import Volume
from records import documents

PAGE = 50
NEWEST, ISSUED, TITLE = "moi", "ngay", "ten"  # how the list is sorted


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of what was asked for; `count`: of all pages."""

    volumes: Sequence[Volume]
    count: int
    page: int
    last: int


@dataclass(frozen=True, slots=True)
class Step:
    """A task that a later document has changed; `by` None: its reader may not read that one, `paper` names it."""

    change: Change
    before: Obligation
    after: Obligation
    by: Volume | None
    paper: str


def readable(desk: Desk, person: Person) -> Sequence[Volume]:
    """What questions of this person are answered from: documents of the own line."""
    asker = desk.asker(person.unit)
    return desk.index.scope(asker) if asker.unit else ()


def listed(desk: Desk, person: Person, words: str, order: str, page: int) -> Listed:
    """Those whose title, number or issuer have all these words."""
    wanted = fold(words).split()
    found = [one for one in readable(desk, person) if all(word in _named(desk, one) for word in wanted)]
    found.sort(key=lambda one: _key(one, order), reverse=order != TITLE)
    last = max(1, -(-len(found) // PAGE))
    page = min(max(1, page), last)
    return Listed(pages(found, page, PAGE)[0], len(found), page, last)


async def find(desk: Desk, person: Person, document: int) -> Volume | None:
    """The document, if this person may read it; None: there is none. It may have been published a moment ago."""
    volume = next((one for one in readable(desk, person) if one.shelved.id == document), None)
    if volume or document in desk.index.by_id:
        return volume
    fresh = await documents.find(desk.session, document)
    return Volume(fresh) if fresh and _may_read(desk, person, fresh.unit) else None


def by_month(volume: Volume) -> list[tuple[str, list[tuple[int, Obligation]]]]:
    """Its tasks that stand, with their numbers, by month (YYYY-MM; empty: none is named), each by day."""
    found: dict[str, list[tuple[int, Obligation]]] = {}
    for number, task in enumerate(volume.shelved.plan.obligations):
        if task.status is not Status.SUPERSEDED:
            month = f"{task.due:%Y-%m}" if task.due else next(iter(task.months), "")
            found.setdefault(month, []).append((number, task))
    for tasks in found.values():
        tasks.sort(key=lambda one: (one[1].due is not None, one[1].due or first_of("2000-01"), one[0]))
    return sorted(found.items(), key=lambda one: (one[0] == "", one[0]))


def changed_in(desk: Desk, person: Person, volume: Volume) -> list[Step]:
    """What later documents have changed of its tasks, in order."""
    mine = {one.shelved.id: one for one in readable(desk, person)}
    known = [one for one in steps(volume) if one[0].by in desk.index.by_id]
    return [Step(one, before, after, mine.get(one.by), paper(desk.index, one)) for one, before, after in known]


def changed_by(desk: Desk, person: Person, document: int) -> list[tuple[Volume, Step]]:
    """What this document has changed of earlier ones, with those."""
    return [
        (volume, step)
        for volume in readable(desk, person)
        for step in (changed_in(desk, person, volume) if volume.shelved.changes else ())
        if step.change.by == document
    ]


def comparable(desk: Desk, person: Person, volume: Volume) -> list[Volume]:
    """Other documents of the same unit, and what this one has changed, the newest first."""
    changed = {one.shelved.id for one, _ in changed_by(desk, person, volume.shelved.id)}
    others = [one for one in readable(desk, person) if one.unit == volume.unit or one.shelved.id in changed]
    others = [one for one in others if one.shelved.id != volume.shelved.id]
    return sorted(others, key=lambda one: (one.shelved.id in changed, _key(one, ISSUED)), reverse=True)


def in_order(one: Volume, other: Volume) -> tuple[Volume, Volume]:
    """The earlier of both first."""
    first, second = sorted((one, other), key=lambda each: (each.year or 0, _key(each, ISSUED)))
    return first, second


def year_of(volume: Volume) -> str:
    """The school year that it is for; empty: it names no time."""
    year = begins(volume.shelved.plan)
    return school_year_name(year) if year else ""


def _may_read(desk: Desk, person: Person, unit: str) -> bool:
    """As `Index.scope` has it."""
    tree, own = desk.index.tree, desk.asker(person.unit)
    above = own.unit is not None and any(one.code == unit for one in tree.above(person.unit))
    return above or (own.unit is not None and own.level is not Level.SCHOOL and tree.is_below(unit, person.unit))


def _named(desk: Desk, volume: Volume) -> str:
    head = volume.shelved.plan.head
    said = (head.doc_type, head.number, head.title, volume.shelved.plan.source_file, desk.unit_name(volume.unit))
    return fold(" ".join(filter(None, said)))


def _key(volume: Volume, order: str) -> tuple[str, int]:
    head, shelved = volume.shelved.plan.head, volume.shelved
    if order == TITLE:
        return fold(head.title or shelved.plan.source_file), shelved.id
    day = volume.written if order == ISSUED else shelved.ingested_on
    return f"{day or ''}", shelved.id
