"""What each unit owes on which day, and how it stands with it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from core.evidence import Submission
from core.people import Asker, Level, Role, Unit
from core.reminding import Steps
from core.work import Due, Kind, Obligation, Status, TaskRef
from evidence.occasions import Given, best_on
from knowledge.gatherings import Gathering, gathering
from knowledge.index import Index
from knowledge.meant_for import binds, is_history
from knowledge.occurrences import due_days, moved_from, repeats
from knowledge.tiers import owned, tier_of
from knowledge.volume import Volume
from reminding.asked import Asked

STEPS = Steps()


@dataclass(frozen=True, slots=True)
class Known:
    """What a plan needs besides the documents.

    `best`: what each unit has handed in for a task, where anything; `given`: all of it for tasks that come back;
    `steps`: of the units that have their own; `issued`: of the offices that have set some for their documents.
    """

    moved: Mapping[tuple[str, TaskRef], date]
    best: Mapping[tuple[str, TaskRef], Submission] = field(default_factory=dict)
    stopped: Collection[tuple[str, TaskRef]] = ()
    steps: Mapping[str, Steps] = field(default_factory=dict)
    issued: Mapping[str, Steps] = field(default_factory=dict)
    given: Given = field(default_factory=dict)

    def steps_of(self, unit: str, issuer: str) -> Steps:
        """The unit's own go before those of the office whose document it is, these before what is usual."""
        return self.steps.get(unit) or self.issued.get(issuer, STEPS)

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
    ref: TaskRef
    task: Obligation
    due: Due
    best: Submission | None
    gathering: Gathering = Gathering()  # of an event
    invited: bool = False  # to one that it does not hold


@dataclass(frozen=True, slots=True)
class _Task:
    """One that somebody may owe on a day that is asked for.

    `among`: those alone whose day was moved or who have steps of their own; None: anybody.
    """

    volume: Volume
    ref: TaskRef
    task: Obligation
    dues: Sequence[Due]
    among: Collection[str] | None = None


def owed(index: Index, known: Known, asked: Asked, today: date, only: Collection[str] | None = None) -> Iterator[Owed]:
    """What is due as is asked, for each unit that owes it; not what was history when its document came.

    `only`: by these units. What nobody is asked of is not looked at unit by unit.
    """
    for one in _tasks(_volumes(index, only), known, asked, today):
        about = gathering(one.volume, one.task) if one.task.kind is Kind.EVENT else Gathering()
        for unit, invited in _units(index, one, about, today, only):
            moved, best = known.moved.get((unit, one.ref)), known.best_for(unit, one.ref, one.task)
            for due in _its_dues(one, moved):
                if asked.has(due, _steps(known, unit, one.volume, one.task)):
                    yield Owed(unit, one.ref, one.task, due, best(due.day), about, invited)


def asked_for(index: Index, known: Known, asked: Iterable[Asked], today: date) -> set[TaskRef]:
    """The tasks that somebody may owe on such a day; of `known` it needs the moved days and the steps."""
    return {one.ref for its in asked for one in _tasks(index.volumes, known, its, today)}


def _volumes(index: Index, only: Collection[str] | None) -> Iterable[Volume]:
    if only is None:
        return index.volumes
    return [volume for volume in index.volumes if any(_is_for(index, volume.unit, code) for code in only)]


def _is_for(index: Index, issuer: str, unit: str) -> bool:
    return unit == issuer or index.tree.is_below(unit, issuer)


def _tasks(volumes: Iterable[Volume], known: Known, asked: Asked, today: date) -> Iterator[_Task]:
    moved, own = _by_task(known.moved, asked), _by_steps(known.steps)
    for volume in volumes:
        for number, task in enumerate(volume.shelved.plan.obligations):
            ref, dues = TaskRef(volume.shelved.id, number), tuple(_dues(volume, task, asked, today))
            usual = None if task.kind is Kind.EVENT else known.issued.get(volume.unit, STEPS)
            if any(asked.has(due, usual) for due in dues):
                yield _Task(volume, ref, task, dues)
            elif among := moved.get(ref, set()) | (_by_own_steps(dues, own, asked) if usual else set()):
                yield _Task(volume, ref, task, dues, among)


def _its_dues(one: _Task, moved: date | None) -> Sequence[Due]:
    """Those of a unit for which one was moved to this day."""
    if moved is None:
        return one.dues
    gone = moved_from(one.task, moved)
    return (*(due for due in one.dues if repeats(one.task) and due.day not in (gone, moved)), Due(moved))


def _by_own_steps(dues: Sequence[Due], own: Mapping[Steps, set[str]], asked: Asked) -> set[str]:
    return {unit for steps, units in own.items() if any(asked.has(due, steps) for due in dues) for unit in units}


def _steps(known: Known, unit: str, volume: Volume, task: Obligation) -> Steps | None:
    return None if task.kind is Kind.EVENT else known.steps_of(unit, volume.unit)


def _by_task(moved: Mapping[tuple[str, TaskRef], date], asked: Asked) -> dict[TaskRef, set[str]]:
    found: dict[TaskRef, set[str]] = {}
    for (unit, ref), day in moved.items():
        if asked.first <= day <= asked.last:
            found.setdefault(ref, set()).add(unit)
    return found


def _by_steps(steps: Mapping[str, Steps]) -> dict[Steps, set[str]]:
    found: dict[Steps, set[str]] = {}
    for unit, its in steps.items():
        found.setdefault(its, set()).add(unit)
    return found


def _dues(volume: Volume, task: Obligation, asked: Asked, today: date) -> Iterator[Due]:
    if task.status is Status.SUPERSEDED or task.kind is Kind.AGENDA or is_history(volume, task, today):
        return
    if task.kind is Kind.EVENT and task.start and task.due and task.start <= task.due:
        yield Due(task.start)  # one comes when it begins
        return
    before = task.until is not None and task.until.before
    known_since = volume.shelved.ingested_on
    days = (one for one in due_days(task, asked.first, asked.last) if not one < known_since <= today)
    yield from (Due(one, before) for one in days)


def _units(
    index: Index, one: _Task, about: Gathering, day: date, only: Collection[str] | None
) -> Iterator[tuple[str, bool]]:
    """Who owes it, or is invited: the issuer and the units below it, as long as they exist."""
    for unit in _those_of(index, one.volume.unit, only):
        if (one.among is not None and unit.code not in one.among) or (unit.valid_to and unit.valid_to < day):
            continue
        if owes(one.task, unit):
            yield unit.code, False
        elif is_invited(one.task, about, unit):
            yield unit.code, True


def _those_of(index: Index, issuer: str, only: Collection[str] | None) -> Iterator[Unit]:
    tree = index.tree
    own = tree.get(issuer)
    if only is None:
        yield from (*([own] if own else []), *tree.below(issuer))
        return
    found = (tree.get(code) for code in only if _is_for(index, issuer, code))
    yield from (unit for unit in found if unit)


def owes(task: Obligation, unit: Unit) -> bool:
    """Whether a unit that the document is for owes it: it is of the tier that is meant."""
    return task.from_level in tier_of(unit.level) and binds(task, Asker(unit, Role.TEACHER, unit.level))


def is_invited(task: Obligation, about: Gathering, unit: Unit) -> bool:
    """Whether a school that the document is for comes to an event that its office holds: where the document says so."""
    stands = about.schools and task.status is not Status.SUPERSEDED
    return stands and unit.level is Level.SCHOOL and owned(task, Asker(unit, Role.TEACHER, unit.level))
