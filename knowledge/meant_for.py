"""Which task a photo or file is handed in for: told from its caption, what is owed, and the day."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from core.clock import local_day
from core.people import Asker, Level
from core.work import Kind, Obligation, Status, TaskRef
from knowledge.captions import Caption, read_caption
from knowledge.due import falls
from knowledge.index import Index
from knowledge.occurrences import days_of, due_days, repeats
from knowledge.school_years import month_end, school_year
from knowledge.tiers import concerns, owned, tier_of
from knowledge.volume import Entry, Volume

# what it takes to be certain
NAMED = 0.7  # share of the caption's subject that the task's own words speak of
WORD_FOR_WORD = 0.85  # share of the words that few tasks hold, which it says in the same company
MANY = 3  # how many of those words, where the task has no date
IN_SEASON = 0.35  # how near in time
APART = 0.2  # how much less any rival scores

# what is added to the share of the subject that a task speaks of
_NEARNESS = 0.35  # for what is due today, beyond what is years away
_HANDED_IN = 0.08
_OWN = 0.1  # the tier's own, not an office's that schools may have a part in
_ROUND, _OTHER_ROUND = 0.12, -0.5
_DAY, _MONTH = 0.2, 0.15
_DONE = -0.25

_ROUNDS = re.compile(r"(?<!\w)(lan|dot|vong|hoc ky) (\d{1,2})(?!\w)")
_OVERDUE, _AHEAD = 30, 45  # days past and to come that count as due about now

Owed = tuple[Volume, TaskRef, Obligation]


@dataclass(frozen=True, slots=True)
class Likely:
    """A task that may be meant. `score` orders; `certain`: no need to ask. `unit`: the code of who issued it."""

    ref: TaskRef
    unit: str
    task: Obligation
    score: float
    certain: bool = False


def likely_tasks(
    index: Index, caption: str, asker: Asker, now: datetime, done: Collection[TaskRef] = (), limit: int = 3
) -> tuple[Likely, ...]:
    """The tasks that the asker's unit owes and that are likeliest meant, best first; only the first may be `certain`.

    `done`: tasks with evidence already; they stand back, unless the caption adds to what was handed in. Where the
    caption names no subject: what is due and missing, by date, then work of the month; none of it certain.
    Never raises for any caption.
    """
    today = local_day(now)
    said = read_caption(caption, today, index.words)
    owed = list(owed_tasks(index, asker))
    tier = tier_of(asker.level)
    if not said.names_something:
        return _missing(owed, today, tier, done, limit)
    behind = frozenset(() if said.again else done)
    found = [_weighed(index, said, one, today, tier, one[1] in behind) for one in owed]
    found.sort(key=lambda likely: -likely.score)
    if found and found[0].ref not in behind and _is_certain(index, said, found, today):
        found[0] = replace(found[0], certain=True)
    return tuple(found[:limit])


def due_about_now(index: Index, asker: Asker, now: datetime) -> tuple[Likely, ...]:
    """What the asker's unit owes by a day from a month past to six weeks ahead, by that day; done or not.

    What comes back on days is there as the document has it, whichever of its days is near.
    """
    today = local_day(now)
    return due_within(index, asker, today - timedelta(days=_OVERDUE), today + timedelta(days=_AHEAD), today)


def due_within(index: Index, asker: Asker, first: date, last: date, today: date) -> tuple[Likely, ...]:
    """The same by a day from `first` to `last`."""
    tier = tier_of(asker.level)
    due = [
        _near(one, today)
        for one in owed_tasks(index, asker)
        if one[2].from_level in tier and _falls_due(*one, first, last, today)
    ]
    return tuple(sorted(due, key=lambda one: (one.task.due or date.max, one.ref.document, one.ref.number)))


def named_task(index: Index, ref: TaskRef) -> Likely | None:
    """The task that was pointed at, certain; None where the shelf no longer holds it."""
    volume = index.by_id.get(ref.document)
    tasks = volume.shelved.plan.obligations if volume else ()
    if volume is None or not 0 <= ref.number < len(tasks):
        return None
    return Likely(ref, volume.unit, tasks[ref.number], 1.0, True)


def owed_tasks(index: Index, asker: Asker) -> Iterator[Owed]:
    """Every task that stands and that the asker's unit owes.

    Schools may have a part in what an office does and nobody else is named for; an office knows its own duties.
    """
    for volume in index.scope(asker):
        for number, task in enumerate(volume.shelved.plan.obligations):
            if binds(task, asker):
                yield volume, TaskRef(volume.shelved.id, number), task


def owes(index: Index, asker: Asker, ref: TaskRef) -> bool:
    """Whether this is one of `owed_tasks`."""
    found = named_task(index, ref)
    in_scope = (volume.shelved.id for volume in index.scope(asker))
    return found is not None and binds(found.task, asker) and ref.document in in_scope


def is_history(volume: Volume, task: Obligation, today: date) -> bool:
    """Whether its day was past already when the document came."""
    return task.due is not None and was_past(volume, task.due, today)


def was_past(volume: Volume, day: date, today: date) -> bool:
    """Whether the day was past already when the document came."""
    return day < volume.shelved.ingested_on <= today


def binds(task: Obligation, asker: Asker) -> bool:
    """Whether a unit that can read the task owes it."""
    if task.status is Status.SUPERSEDED or task.kind is Kind.AGENDA or not owned(task, asker):
        return False
    tier = tier_of(asker.level)
    return concerns(task, tier) and (asker.level is Level.SCHOOL or task.from_level in (None, *tier))


def _missing(
    owed: list[Owed], today: date, tier: frozenset[Level], done: Collection[TaskRef], limit: int
) -> tuple[Likely, ...]:
    """What has no evidence: the nearest in time of what is due, by date; then the tier's own work of the month."""
    left = [one for one in owed if one[1] not in done]
    due = [_near(one, today) for one in left if _is_due(*one, today)]
    nearest = sorted(due, key=lambda one: -one.score)[:limit]
    nearest.sort(key=lambda one: (one.task.due or date.max, one.ref.document, one.ref.number))
    month = [_near(one, today) for one in left if one[2].due is None and f"{today:%Y-%m}" in one[2].months]
    return tuple([*nearest, *(one for one in month if one.task.from_level in tier)][:limit])


def _near(owed: Owed, today: date) -> Likely:
    volume, ref, task = owed[0], owed[1], coming_round(owed[2], today)
    return Likely(ref, volume.unit, task, _nearness(task, volume, today))


def _is_due(volume: Volume, ref: TaskRef, task: Obligation, today: date) -> bool:
    """Whether it is due about now, and no history."""
    first, last = today - timedelta(days=_OVERDUE), today + timedelta(days=_AHEAD)
    return _falls_due(volume, ref, task, first, last, today)


def _falls_due(volume: Volume, _: TaskRef, task: Obligation, first: date, last: date, today: date) -> bool:
    if repeats(task):
        return any(due_days(task, first, last))
    return task.due is not None and first <= task.due <= last and not is_history(volume, task, today)


def coming_round(task: Obligation, today: date, moved: date | None = None) -> Obligation:
    """What comes back on days, with the one of them that is nearest; else as it is. `moved`: see `days_of`."""
    if not repeats(task):
        return task
    days = days_of(task, today - timedelta(days=_OVERDUE), today + timedelta(days=370), moved)
    return replace(task, due=min(days, key=lambda day: (abs(day - today), -day.toordinal()), default=task.due))


def _weighed(index: Index, said: Caption, owed: Owed, today: date, tier: frozenset[Level], behind: bool) -> Likely:
    volume, ref, task = owed[0], owed[1], coming_round(owed[2], today)
    entry = volume.tasks.entries[ref.number]
    score = index.cover(said.question, entry) + _NEARNESS * _nearness(task, volume, today)
    score += _of_round(said, entry) + _of_time(said, task)
    score += _HANDED_IN * (task.kind is Kind.DEADLINE) + _OWN * (task.from_level in tier) + _DONE * behind
    return Likely(ref, volume.unit, task, score)


def _of_round(said: Caption, entry: Entry) -> float:
    """What a round in the caption ("lần 2", "học kỳ 1") says for or against the task."""
    asked = set(_ROUNDS.findall(said.question.said))
    kinds = {kind for kind, _ in asked}
    held = {found for found in _ROUNDS.findall(" ".join(entry.tokens)) if found[0] in kinds}
    if not held:
        return 0.0
    return _ROUND if held & asked else _OTHER_ROUND


def _of_time(said: Caption, task: Obligation) -> float:
    """What a month or day in the caption says for or against the task."""
    days = said.question.dates
    if days and (task.due in days or task.start in days):
        return _DAY
    if said.period is None or not (task.months or task.due):
        return 0.0
    if repeats(task):
        return _MONTH if any(due_days(task, said.period.first, said.period.last)) else -_MONTH
    return _MONTH if falls(task, said.period) else -_MONTH


def _nearness(task: Obligation, volume: Volume, today: date) -> float:
    """1 for what is due today, falling to 0 with the days before and after; standing work counts a little."""
    if task.due is not None:
        return 1 / (1 + _days_off(task.start or task.due, task.due, today) / 20)
    if task.months and len(task.months) <= 3:
        first, last = min(task.months), max(task.months)
        begin = date(int(first[:4]), int(first[5:]), 1)
        return 0.8 / (1 + _days_off(begin, month_end(int(last[:4]), int(last[5:])), today) / 20)
    return 0.5 if volume.year in (None, school_year(today)) else 0.1


def _days_off(first: date, last: date, today: date) -> int:
    return max(0, (first - today).days, (today - last).days)


def _is_certain(index: Index, said: Caption, found: list[Likely], today: date) -> bool:
    """Whether the first is in season, has no rival near, and is named by what few tasks share."""
    best = found[0]
    volume = index.by_id[best.ref.document]
    rival = found[1].score if len(found) > 1 else 0.0
    if best.score - rival < APART or _nearness(best.task, volume, today) < IN_SEASON or not said.is_telling:
        return False
    if best.task.due is None and len(said.own_words) < MANY:
        return False
    return _says(index, said, volume.tasks.entries[best.ref.number])


def _says(index: Index, said: Caption, entry: Entry) -> bool:
    """Whether the task's own words, not those above or around it, are what the caption says."""
    alone = replace(entry, context=frozenset(), context_pairs=frozenset())
    whole = f" {' '.join(entry.tokens)} "
    held = sum(beside(said.question.tokens, i, entry) for i in said.own_words)
    return (
        index.cover(said.question, alone) >= NAMED
        and held >= WORD_FOR_WORD * len(said.own_words)
        and all(f" {field} " in whole for field in said.fields)
    )


def beside(tokens: tuple[str, ...], i: int, entry: Entry) -> bool:
    """Whether the task says this word beside a neighbour that it has in the caption."""
    return any(" ".join(tokens[j : j + 2]) in entry.pairs for j in (i - 1, i) if 0 <= j < len(tokens) - 1)
