"""Two documents side by side: which tasks of the one the other says again, as they were or with another day."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.work import Kind, Obligation, Status
from knowledge.amendment_pairs import pairs
from knowledge.amendment_papers import Likeness
from knowledge.changed import differ, steps
from knowledge.fold import fold
from knowledge.plan_years import begins
from knowledge.volume import Volume

_FIGURES = re.compile(r"\d+")


class Fate(StrEnum):
    """What became of a task."""

    MOVED = "moved"
    NEW = "new"
    DROPPED = "dropped"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Row:
    """A task of the earlier document, of the later one, or of both."""

    fate: Fate
    before: Obligation | None
    after: Obligation | None


def compared(old: Volume, new: Volume) -> list[Row]:
    """Of two documents, the earlier first: what moved, what is new, what is there no more, what stayed.

    What the later one has changed of the earlier by a confirmed change is taken from there; the rest is told by words,
    as a paper that replaces another is matched (knowledge.amendment_pairs). Of plans of two school years the same day
    of another year is no other day. It may take a moment: call it in a thread.
    """
    rows: list[Row] = []
    told: set[int] = set()
    for change, before, after in steps(old):
        if change.by == new.shelved.id:
            told.add(change.ref.number)
            gone = after.status is Status.SUPERSEDED
            fate = Fate.DROPPED if gone else Fate.MOVED if differ(before, after) else Fate.SAME
            rows.append(Row(fate, before, None if gone else after))
    rows += _by_words(old, new, told)
    order = list(Fate)
    return sorted(rows, key=lambda row: order.index(row.fate))


def _by_words(old: Volume, new: Volume, told: set[int]) -> Iterator[Row]:
    """`told`: of the earlier one, what is known already; where a paper only changes another, that is all."""
    olds, news = old.shelved.plan.obligations, new.shelved.plan.obligations
    left = [n for n, task in enumerate(olds) if n not in told and _stands(task)]
    found = dict(pairs(left, new.shelved.plan, old, Likeness.of((old, new))))
    found |= _same_words([n for n in left if n not in found], olds, _others(news, set(found.values())), news)
    years = (begins(new.shelved.plan) or 0) - (begins(old.shelved.plan) or 0)
    for number in left:
        if number in found:
            task = news[found[number]]
            yield Row(Fate.SAME if _same_day(olds[number], task, years) else Fate.MOVED, olds[number], task)
        elif not told:
            yield Row(Fate.DROPPED, olds[number], None)
    for number in _others(news, set(found.values())):
        yield Row(Fate.NEW, None, news[number])


def _same_words(
    left: Iterable[int], olds: Sequence[Obligation], others: Iterable[int], news: Sequence[Obligation]
) -> dict[int, int]:
    """What a change cannot carry, for it names a span of months or none, is the same where all its words are."""
    free: dict[str, list[int]] = {}
    for number in others:
        free.setdefault(_words(news[number]), []).append(number)
    return {number: same.pop(0) for number in left if (same := free.get(_words(olds[number])))}


def _words(task: Obligation) -> str:
    return _FIGURES.sub("", fold(task.task))


def _others(tasks: Sequence[Obligation], paired: set[int]) -> Iterator[int]:
    return (n for n, task in enumerate(tasks) if n not in paired and _stands(task))


def _stands(task: Obligation) -> bool:
    return task.status is not Status.SUPERSEDED and task.kind is not Kind.AGENDA


def _same_day(old: Obligation, new: Obligation, years: int) -> bool:
    if old.due is None or new.due is None:
        months = [f"{int(month[:4]) + years}{month[4:]}" for month in old.months]
        return (old.due, months) == (new.due, list(new.months))
    day = (old.due.year + years, old.due.month, old.due.day)
    return (day, old.rule, old.time) == ((new.due.year, new.due.month, new.due.day), new.rule, new.time)
