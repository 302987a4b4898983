"""How far two readings of one paper ask for the same."""

from collections import Counter

from core.work import Obligation, Plan
from tests.knowledge.scoring import plain

Told = tuple[object, ...]


def differences(one: Plan, other: Plan) -> tuple[list[Told], list[Told], int]:
    """What only the first asks for, what only the other does, and of how many."""
    first, second = (Counter(map(_told, plan.obligations)) for plan in (one, other))
    return list((first - second).elements()), list((second - first).elements()), first.total()


def days(plan: Plan) -> Counter[Told]:
    """Every day that it tells, with the hour and how it binds."""
    return Counter((task.start, task.due, task.rule, task.time) for task in plan.obligations if task.due)


def _told(task: Obligation) -> Told:
    """What a duty comes to, whatever its file's marks and blanks."""
    return (
        *(_words(task.task), _words(task.snippet), task.due, task.start, task.rule, task.time, task.months),
        *(task.from_level, task.to_level, task.kind, task.recurrence),
    )


def _words(text: str) -> str:
    return plain(text).replace(" ", "").strip(".;,:-+•·–*() ")
