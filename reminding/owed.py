"""What each unit owes on which day, and how it stands with it."""

from collections.abc import Callable, Collection, Iterator, Mapping
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
    ref: TaskRef
    task: Obligation
    due: Due
    best: Submission | None
    gathering: Gathering = Gathering()  # of an event
    invited: bool = False  # to one that it does not hold


def owed(index: Index, known: Known, first: date, last: date, today: date) -> Iterator[Owed]:
    """What is due from `first` to `last`, for each unit that owes it; not what was history when its document came."""
    for volume in index.volumes:
        for number, task in enumerate(volume.shelved.plan.obligations):
            ref = TaskRef(volume.shelved.id, number)
            dues = tuple(_dues(volume, task, first, last, today))
            moved = {unit for unit, its in known.moved if its == ref}
            about = gathering(volume, task) if (dues or moved) and task.kind is Kind.EVENT else Gathering()
            for unit, invited in _units(index, volume, task, about, today) if dues or moved else ():
                best = known.best_for(unit, ref, task)
                for due in (Due(known.moved[unit, ref]),) if unit in moved else dues:
                    if first <= due.day <= last:
                        yield Owed(unit, ref, task, due, best(due.day), about, invited)


def _dues(volume: Volume, task: Obligation, first: date, last: date, today: date) -> Iterator[Due]:
    if task.status is Status.SUPERSEDED or task.kind is Kind.AGENDA or is_history(volume, task, today):
        return
    if task.kind is Kind.EVENT and task.start and task.due and task.start <= task.due:
        yield Due(task.start)  # one comes when it begins
        return
    before = task.until is not None and task.until.before
    known_since = volume.shelved.ingested_on
    days = (one for one in due_days(task, first, last) if not one < known_since <= today)  # of what comes back too
    yield from (Due(one, before) for one in days)


def _units(index: Index, volume: Volume, task: Obligation, about: Gathering, day: date) -> Iterator[tuple[str, bool]]:
    """Who owes it, or is invited: the issuer and the units below it, as long as they exist."""
    for unit in (index.tree.get(volume.unit), *index.tree.below(volume.unit)):
        if unit is None or (unit.valid_to and unit.valid_to < day):
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
