"""Two readings of one picture: a time that they do not share is not told, and a person is asked which it is."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from core.texts import doubts as texts
from core.texts.dates import DAY_UNREAD
from core.work import Doubt, DoubtKind, Head, Kind, Obligation, Passage, Plan
from knowledge.setting import Found

_YEARS = 1  # from the end of the paper's school year to a day that is still told; "2028" is a misread "2025"
_FAR = 1  # months between a day and the block of months it stands in; one beyond is still told ("trước 05/10")


def amiss(plan: Plan, found: Sequence[Found]) -> dict[int, str]:
    """The tasks whose day was read from a picture and contradicts the paper, with why: there it is likely misread.

    `found[n]` is what the n-th obligation rests on.
    """
    told: dict[int, str] = {}
    for number, (task, one) in enumerate(zip(plan.obligations, found, strict=True)):
        passage = plan.passages[task.passage]
        if task.due and passage.spot and passage.spot.scanned and (why := _against(task, one, passage, plan.head)):
            told[number] = why
    return told


def _against(task: Obligation, found: Found, passage: Passage, head: Head) -> str | None:
    """A weekday that is not that day's, a day before the paper, long after it, or far from the month it stands in."""
    if found.when and found.when.doubt:
        return found.when.doubt
    if task.until and task.kind is Kind.DEADLINE and head.date and task.until.day < head.date:
        return texts.past(task.until, head.date)
    if task.until and head.school_year and task.until.day.year > int(head.school_year[5:]) + _YEARS:
        return texts.far(task.until, head.school_year)
    far = [abs(_month(f"{task.due:%Y-%m}") - _month(month)) > _FAR for month in passage.months]
    return texts.other_month(task.until, passage.months) if task.until and far and all(far) else None


def _month(name: str) -> int:
    return int(name[:4]) * 12 + int(name[5:])


def agreed(plan: Plan, again: Plan, wrong: Mapping[int, str]) -> tuple[Plan, tuple[Doubt, ...]]:
    """The plan with the times that the second reading shares, and what to ask about the others.

    `wrong`: tasks whose day is not told though both share it, and why. A task keeps its words; of a day, an hour or a
    month that is not shared nothing is told.
    """
    tasks = list(plan.obligations)
    head = _head(plan.head, again.head)
    doubts = list(_of_head(plan, head))
    for number, (task, other) in enumerate(_pairs(plan.obligations, again.obligations)):
        same = other is not None and _time(other) == _time(task)
        if same and number not in wrong:
            continue
        tasks[number] = _without_time(task, other)
        said = texts.unread(_readings(task, other), wrong[number] if same else "")
        doubts.append(Doubt(task.line, said, DoubtKind.SCANNED, texts.WHICH_DAY, task.snippet, number))
    return replace(plan, head=head, obligations=tuple(tasks)), tuple(doubts)


def _readings(task: Obligation, other: Obligation | None) -> list[Obligation]:
    """Both, where the second tells as much."""
    less = other is None or bool(task.due and not other.due) or bool(task.time and not other.time)
    return [task] if other is None or less else [task, other]


def _pairs(tasks: Sequence[Obligation], others: Sequence[Obligation]) -> Iterator[tuple[Obligation, Obligation | None]]:
    """Each task and what the second reading makes of it: as many of a line go by their order, else by their time."""
    mine, theirs = _by_line(tasks), _by_line(others)
    for task in tasks:
        line = theirs[task.line]
        if len(mine[task.line]) == len(line):
            yield task, line[mine[task.line].index(task)]
        else:
            yield task, next((one for one in line if _time(one) == _time(task)), None)


def _by_line(tasks: Sequence[Obligation]) -> defaultdict[int, list[Obligation]]:
    found: defaultdict[int, list[Obligation]] = defaultdict(list)
    for task in tasks:
        found[task.line].append(task)
    return found


def _time(task: Obligation) -> tuple[object, ...]:
    return task.start, task.due, task.rule, task.time, task.recurrence, task.months


def _without_time(task: Obligation, other: Obligation | None) -> Obligation:
    """A month that both readings name is left."""
    months = task.months if other and other.months == task.months else ()
    bare = replace(task, start=None, due=None, rule=None, time=None, recurrence=None)
    return replace(bare, months=months, note=DAY_UNREAD)


def _head(one: Head, other: Head) -> Head:
    """With the dates that both readings name."""
    day = one.date if one.date == other.date else None
    month = one.date_month if one.date_month == other.date_month else None
    year = one.school_year if one.school_year == other.school_year else None
    precision = one.date_precision if day == one.date else "month" if month else None
    return replace(one, date=day, date_month=month, school_year=year, date_precision=precision)


def _of_head(plan: Plan, head: Head) -> Iterator[Doubt]:
    if plan.head.date and not head.date:
        words = plan.head.date_as_written or ""
        line = next((one.line for one in plan.passages if words and words in one.text), 1)
        yield Doubt(line, texts.UNREAD_HEAD, DoubtKind.SCANNED, texts.KEEP, words)
