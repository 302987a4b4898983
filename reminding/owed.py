"""What each unit owes on which day, and how it stands with it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from core.evidence import Submission
from core.people import Asker, Level, Role, Unit
from core.reminding import Steps
from core.work import Due, Kind, Obligation, Status, TaskRef
from knowledge.gatherings import Gathering, gathering
from knowledge.index import Index
from knowledge.meant_for import binds, is_history
from knowledge.occurrences import due_days, repeats
from knowledge.tiers import owned, tier_of
from knowledge.volume import Volume
from reminding.occasions import Given, best_on


@dataclass(frozen=True, slots=True)
class Known:
    """What a plan needs besides the documents.

    `best`: what each unit has handed in for a task, where anything; `given`: all of it for tasks that come back;
    `steps`: of the units that have their own; `issued`: of the offices that have set some for their documents.
    """

    moved: Mapping[tuple[str, TaskRef], date]
    best: Mapping[tuple[str, TaskRef], Submission]
    stopped: Collection[tuple[str, TaskRef]] = ()
    steps: Mapping[str, Steps] = field(default_factory=dict)
    issued: Mapping[str, Steps] = field(default_factory=dict)
    given: Given = field(default_factory=dict)

    def steps_of(self, unit: str, issuer: str) -> Steps | None:
        """The unit's own go before those of the office whose document it is; None: neither has any."""
        return self.steps.get(unit) or self.issued.get(issuer)

    def best_for(self, unit: str, ref: TaskRef, task: Obligation) -> Callable[[date], Submission | None]:
        """By due day what counts for it: one paper for all, but where the task comes back."""
        if not repeats(task):
            best = self.best.get((unit, ref))
            return lambda _: best
        return best_on(task, self.given.get((unit, ref), ()), self.moved.get((unit, ref))).get


@dataclass(frozen=True, slots=True)
class Owed:
    """A task of a unit on a day; `best` None: nothing was handed in."""

    unit: str
    issuer: str
    ref: TaskRef
    task: Obligation
    due: Due
    best: Submission | None
    gathering: Gathering = Gathering()  # of an event
    invited: bool = False  # to one that it does not hold


Whose = Callable[[Volume, TaskRef, Obligation, Sequence[Due]], set[str] | None]


def everybody(_volume: Volume, _ref: TaskRef, _task: Obligation, _dues: Sequence[Due]) -> set[str] | None:
    """No unit is left out."""
    return None


def owed(index: Index, known: Known, first: date, last: date, today: date, whose: Whose = everybody) -> Iterator[Owed]:
    """What is due from `first` to `last`, for each unit that owes it; not what was history when its document came.

    `whose`: which units may be concerned by a task that is due on these days, None: all; besides those whose day was
    moved. So what is not wanted is not looked at unit by unit.
    """
    moved = _by_task(known.moved)
    for volume in index.volumes:
        for number, task in enumerate(volume.shelved.plan.obligations):
            ref, dues = TaskRef(volume.shelved.id, number), tuple(_dues(volume, task, first, last, today))
            among = whose(volume, ref, task, dues) if dues else set()
            among = among if among is None else among | moved.get(ref, set())
            if among is None or among:
                its = _of_task(index, known, volume, ref, dues, today, among)
                yield from (one for one in its if first <= one.due.day <= last)


def _of_task(
    index: Index,
    known: Known,
    volume: Volume,
    ref: TaskRef,
    dues: Sequence[Due],
    today: date,
    among: set[str] | None,
) -> Iterator[Owed]:
    task = volume.shelved.plan.obligations[ref.number]
    about = gathering(volume, task) if task.kind is Kind.EVENT else Gathering()
    for unit, invited in _units(index, volume, task, about, today, among):
        best = known.best_for(unit, ref, task)
        for due in (Due(known.moved[unit, ref]),) if (unit, ref) in known.moved else dues:
            yield Owed(unit, volume.unit, ref, task, due, best(due.day), about, invited)


def _by_task(moved: Iterable[tuple[str, TaskRef]]) -> dict[TaskRef, set[str]]:
    found: dict[TaskRef, set[str]] = {}
    for unit, ref in moved:
        found.setdefault(ref, set()).add(unit)
    return found


def dues_of(task: Obligation, first: date, last: date) -> Iterator[Due]:
    """The days from `first` to `last` on which a task is due, or an event begins."""
    if task.kind is Kind.EVENT and task.start and task.due and task.start <= task.due:
        yield from (Due(one) for one in (task.start,) if first <= one <= last)
        return
    before = task.until is not None and task.until.before
    yield from (Due(one, before) for one in due_days(task, first, last))


def _dues(volume: Volume, task: Obligation, first: date, last: date, today: date) -> Iterator[Due]:
    if task.status is Status.SUPERSEDED or task.kind is Kind.AGENDA or is_history(volume, task, today):
        return
    known_since = volume.shelved.ingested_on
    yield from (one for one in dues_of(task, first, last) if not one.day < known_since <= today)  # of what comes back


def _units(
    index: Index, volume: Volume, task: Obligation, about: Gathering, day: date, among: set[str] | None
) -> Iterator[tuple[str, bool]]:
    """Who owes it, or is invited: the issuer and the units below it, as long as they exist. `among`: no others."""
    for unit in (index.tree.get(volume.unit), *index.tree.below(volume.unit)):
        if unit is None or (among is not None and unit.code not in among) or (unit.valid_to and unit.valid_to < day):
            continue
        if owes(task, unit):
            yield unit.code, False
        elif is_invited(task, about, unit):
            yield unit.code, True


def owes(task: Obligation, unit: Unit) -> bool:
    """Whether a unit that the document is for owes it: it is of the tier that is meant."""
    return task.from_level in tier_of(unit.level) and binds(task, Asker(unit, Role.TEACHER, unit.level))


def is_invited(task: Obligation, about: Gathering, unit: Unit) -> bool:
    """Whether a school that the document is for comes to an event that its office holds: where the document says so."""
    stands = about.schools and task.status is not Status.SUPERSEDED
    return stands and unit.level is Level.SCHOOL and owned(task, Asker(unit, Role.TEACHER, unit.level))
