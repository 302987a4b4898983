"""The dossier of a unit: each published document that binds it, its tasks, and what it handed in for each.

By a criteria set: evidence/dossier_criteria.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.clock import local_day
from core.dossier import Cut, Dossier, Exhibit, Item, Programme, Standing, Withheld
from core.evidence import DONE, State, Submission
from core.texts import dossier as texts
from core.work import Due, Obligation, TaskRef
from evidence.desk import Desk
from evidence.dossier_criteria import by_criteria
from evidence.dossier_proofs import proof_of
from evidence.occasions import by_day, given_in
from knowledge.cite import label, task_words
from knowledge.due import falls
from knowledge.index import Index
from knowledge.meant_for import owed_tasks
from knowledge.occurrences import days_of, repeats
from knowledge.periods import Period, whole_month
from records import dossiers, extensions
from records.session import Session

Papers = list[tuple[Submission, tuple[Exhibit | Withheld, ...]]]
Given = dict[TaskRef, Papers]
_YEAR = timedelta(days=370)  # what comes back does so within it


@dataclass(frozen=True, slots=True)
class _Reader:
    """What every step needs."""

    desk: Desk
    cut: Cut
    today: date
    given: Given
    moved: Mapping[tuple[str, TaskRef], date]  # to which day the office has moved a task for this unit

    def due(self, ref: TaskRef, task: Obligation) -> Due | None:
        moved = self.moved.get((self.cut.unit, ref))
        return Due(moved) if moved else task.until


async def gather(session: Session, index: Index, cut: Cut, now: datetime) -> Dossier:
    """The dossier as it stands now; an unknown unit has nothing to show."""
    if cut.criteria is not None:
        return await by_criteria(Desk(session, index, now), cut)
    given: Given = {}
    for submission, files in await dossiers.proofs(session, cut, DONE, (State.RETURNED,)):
        if submission.task:
            given.setdefault(submission.task, []).append((submission, files))
    desk = Desk(session, index, now)
    moved = await extensions.of_units(session, [cut.unit])
    reader = _Reader(desk, cut, local_day(now), given, moved)
    office = desk.above(cut.unit)
    programmes = tuple(filter(None, (_programme(reader, *one) for one in enumerate(_by_document(reader), 1))))
    return Dossier(cut, desk.unit_name(cut.unit), office.name if office else "", reader.today, programmes)


def _by_document(reader: _Reader) -> Sequence[tuple[int, list[TaskRef]]]:
    """The unit's tasks, document by document: what it owes, and what it handed something in for besides."""
    desk, unit = reader.desk, reader.cut.unit
    known = desk.index.tree.get(unit) is not None  # whoever is not would be shown everything
    refs = {ref for _, ref, _ in owed_tasks(desk.index, desk.asker(unit))} if known else set()
    found: dict[int, list[TaskRef]] = {}
    for ref in sorted(refs | reader.given.keys(), key=lambda ref: (ref.document, ref.number)):
        found.setdefault(ref.document, []).append(ref)
    return list(found.items())


def _programme(reader: _Reader, number: int, document: tuple[int, list[TaskRef]]) -> Programme | None:
    """None: the cut leaves nothing of it."""
    id, refs = document
    if reader.cut.document not in (None, id):
        return None
    items = tuple(_item(reader, ref) for ref in refs if _is_in(reader, ref))
    volume = reader.desk.index.by_id.get(id)
    name = label(reader.desk.index, volume) if volume else texts.GONE_DOCUMENT
    return Programme(number, name, items) if items else None


def _is_in(reader: _Reader, ref: TaskRef) -> bool:
    if not reader.cut.month:
        return True
    task = reader.desk.task(ref)
    if task is None:
        return any(
            f"{one.due.day if one.due else one.opened_at:%Y-%m}" == reader.cut.month for one, _ in reader.given[ref]
        )
    return bool(_days(reader, ref, task)) if repeats(task) else falls(task, _month(reader))


def _month(reader: _Reader) -> Period:
    return whole_month(*map(int, reader.cut.month.split("-")))


def _item(reader: _Reader, ref: TaskRef) -> Item:
    task, given = reader.desk.task(ref), reader.given.get(ref, [])
    if task is not None and repeats(task):
        return _repeated(reader, ref, task, given)
    given = _in_its_span(reader, task, given)
    title, due = (task_words(task), reader.due(ref, task)) if task else (given[-1][0].title, given[-1][0].due)
    standing = _standing(reader, ref, due, {one.state for one, _ in given})
    due_by_now = due is not None and due.day <= reader.today
    counts = due_by_now and standing is not Standing.HISTORY
    return Item(ref.number + 1, title, due, standing, tuple(proof_of(*one) for one in given), counts)


def _in_its_span(reader: _Reader, task: Obligation | None, given: Papers) -> Papers:
    """Of what comes back without a day ("hằng quý"): in a dossier of a month what came in that month's."""
    if task is None or not reader.cut.month:
        return given
    mine = given_in(task, [one for one, _ in given], _month(reader).last)
    return [one for one in given if one[0] in mine]


def _days(reader: _Reader, ref: TaskRef, task: Obligation) -> list[date]:
    """Those of the dossier, of what comes back: of the month; else all since the document is known, and the next."""
    moved = reader.moved.get((reader.cut.unit, ref))
    if reader.cut.month:
        month = _month(reader)
        return days_of(task, month.first, month.last, moved)
    known_since = reader.desk.index.by_id[ref.document].shelved.ingested_on
    days = days_of(task, min(known_since, reader.today), reader.today + _YEAR, moved)
    return [*(day for day in days if day <= reader.today), *[day for day in days if day > reader.today][:1]]


def _repeated(reader: _Reader, ref: TaskRef, task: Obligation, given: Papers) -> Item:
    """It stands as the first of its days that is missing or returned, else as the last one that was to be done."""
    days, papers = _days(reader, ref, task), {one.id: files for one, files in given}
    of_day = by_day(task, [one for one, _ in given], reader.moved.get((reader.cut.unit, ref)))
    shown = {day: ones for day, ones in sorted(of_day.items()) if not reader.cut.month or day in days}
    stands = {day: _standing(reader, ref, Due(day), {one.state for one in of_day.get(day, ())}) for day in days}
    lacks = [day for day, one in stands.items() if one in (Standing.MISSING, Standing.RETURNED)]
    settled = [day for day, one in stands.items() if one not in (Standing.AHEAD, Standing.HISTORY)]
    day = next(iter([*lacks, *settled[-1:], *reversed(days)]), None)
    standing = stands[day] if day else Standing.UNDATED
    proofs = tuple(proof_of(one, papers[one.id], Due(due)) for due, ones in shown.items() for one in ones)
    counts = day is not None and day <= reader.today and standing is not Standing.HISTORY
    return Item(ref.number + 1, task_words(task), Due(day) if day else None, standing, proofs, counts)


def _standing(reader: _Reader, ref: TaskRef, due: Due | None, states: set[State]) -> Standing:
    for state in (State.ACCEPTED, State.SUBMITTED, State.RETURNED):
        if state in states:
            return Standing(state.value)
    if due is None:
        return Standing.UNDATED
    if due.day > reader.today:
        return Standing.AHEAD
    volume = reader.desk.index.by_id.get(ref.document)  # what is gone from the shelf is here for what was handed in
    assert volume is not None
    return Standing.HISTORY if due.day < volume.shelved.ingested_on <= reader.today else Standing.MISSING
