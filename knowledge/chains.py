"""Two tiers of one task: what the schools hand in to their office, and what the office hands on of it."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta

from core.people import Level
from core.work import Kind, Obligation, Status, TaskRef
from knowledge.index import Index
from knowledge.tiers import tier_of
from knowledge.volume import Volume

WITHIN = timedelta(days=31)  # an office hands on within a month what its schools handed in
SAID = 0.6  # share of what the office hands on that the schools' row must name
RUN = 4  # words in a row that both must have

_OFFICES, _SCHOOLS = tier_of(Level.DISTRICT), tier_of(Level.SCHOOL)
_ABOVE_OFFICES = (Level.DEPARTMENT, Level.MINISTRY)
_FRAME = re.compile(  # who and how, not what; "GD&ĐT" is read as "gd dien thoai"
    r"\b(?:(?:(?:phong|so) )?(?:giao duc (?:dao tao|mam non)|gd dien thoai)|uy ban nhan dan"
    r"|tong hop|bao cao|gui|nop|ve|cac|truoc|cham nhat|ngay|\d+/\d+(?:/\d+)?)\b"
)

Tasks = Mapping[int, Obligation]


def feeds(index: Index, ref: TaskRef) -> tuple[TaskRef, ...]:
    """The tasks of the office that are made of what schools hand in for this one; empty: none, or it is gone."""
    return tuple(TaskRef(ref.document, upper) for lower, upper in _links(index, ref) if lower == ref.number)


def fed_by(index: Index, ref: TaskRef) -> tuple[TaskRef, ...]:
    """The schools' tasks of which the office makes this one; empty: the document names none."""
    return tuple(TaskRef(ref.document, lower) for lower, upper in _links(index, ref) if upper == ref.number)


def goes_up(task: Obligation) -> bool:
    """Whether an office hands this in to a tier above it by a day."""
    return _has_day(task) and task.from_level in _OFFICES and task.to_level in _ABOVE_OFFICES


def _links(index: Index, ref: TaskRef) -> Iterator[tuple[int, int]]:
    """The chains of the document: a school's task and the office's, as places in its plan.

    Both stand in one passage; where an office's task has no such partner, in another row that names the same thing.
    """
    volume = index.by_id.get(ref.document)
    tasks = dict(enumerate(volume.shelved.plan.obligations)) if volume else {}
    uppers = {number: task for number, task in tasks.items() if goes_up(task)}
    lowers = {number: task for number, task in tasks.items() if _comes_in(task)}
    told = [(lower, upper) for upper in uppers for lower in _of_passage(lowers, uppers[upper])]
    yield from told
    alone = {number: task for number, task in lowers.items() if number not in {lower for lower, _ in told}}
    for upper in uppers.keys() - {upper for _, upper in told}:
        if volume and (lower := _of_same_name(volume, alone, upper)) is not None:
            yield lower, upper


def _comes_in(task: Obligation) -> bool:
    """Whether schools hand it in to their office by a day, or finish it by one."""
    return _has_day(task) and task.from_level in _SCHOOLS and task.to_level in (None, *_OFFICES)


def _has_day(task: Obligation) -> bool:
    return task.due is not None and task.kind is Kind.DEADLINE and task.status is not Status.SUPERSEDED


def _of_passage(lowers: Tasks, upper: Obligation) -> list[int]:
    return [number for number, task in lowers.items() if task.passage == upper.passage and _in_time(task, upper)]


def _of_same_name(volume: Volume, lowers: Tasks, upper: int) -> int | None:
    """The row that names most of what the office hands on."""
    task, wanted = volume.shelved.plan.obligations[upper], _subject(volume, upper)
    shares = {number: _share(wanted, _subject(volume, number)) for number, one in lowers.items() if _in_time(one, task)}
    best = max(shares, key=lambda number: shares[number], default=None)
    return best if best is not None and shares[best] >= SAID else None


def _in_time(lower: Obligation, upper: Obligation) -> bool:
    if lower.due is None or upper.due is None:
        return False
    return timedelta(0) <= upper.due - lower.due <= WITHIN


def _subject(volume: Volume, number: int) -> list[str]:
    """What the task is about, folded."""
    return _FRAME.sub(" ", " ".join(volume.tasks.entries[number].tokens)).split()


def _share(wanted: list[str], held: list[str]) -> float:
    """The share of the words wanted that are held; 0 where no run of RUN words is in both."""
    runs = {tuple(held[i : i + RUN]) for i in range(len(held) - RUN + 1)}
    if not any(tuple(wanted[i : i + RUN]) in runs for i in range(len(wanted) - RUN + 1)):
        return 0.0
    return len(set(wanted) & set(held)) / len(set(wanted))
