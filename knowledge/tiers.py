"""Whose deadline it is: the asker's own tier first, another's only when asked for."""

from core.people import Asker, Level, Ownership
from core.texts import answers as say
from core.work import Kind, Obligation
from knowledge.question import Question

_OFFICE = frozenset({Level.DISTRICT, Level.COMMUNE})  # the tier between school and Sở, before and after July 2025
_SCHOOL = frozenset({Level.SCHOOL, Level.TEACHER})
_BELOW = {
    Level.DEPARTMENT: _OFFICE,
    Level.DISTRICT: _SCHOOL,
    Level.COMMUNE: _SCHOOL,
    Level.MINISTRY: frozenset({Level.DEPARTMENT}),
}


def tier_of(level: Level) -> frozenset[Level]:
    """The levels that share a tier."""
    return next((tier for tier in (_OFFICE, _SCHOOL) if level in tier), frozenset({level}))


def wanted_tier(question: Question, asker: Asker) -> frozenset[Level]:
    """The tier whose deadlines are asked for: named, or implied by the receiver named, else the asker's own."""
    if question.tier_from:
        return tier_of(question.tier_from)
    if question.tier_to in _BELOW:
        return _BELOW[question.tier_to]
    return tier_of(asker.level)


def concerns(task: Obligation, tier: frozenset[Level]) -> bool:
    """Whether the task is for this tier; what names no actor is for all, a deadline goes by its tier alone."""
    if task.from_level is None or task.from_level in tier:
        return True
    return task.kind is not Kind.DEADLINE and not task.from_explicit and task.due is None


def owned(task: Obligation, asker: Asker) -> bool:
    """Whether the task is for schools run as the asker's is; offices see all."""
    ownership = asker.unit.ownership if asker.unit else None
    return not task.ownership or ownership is None or ownership in task.ownership


def non_public(task: Obligation) -> bool:
    """Whether the task binds schools that are not public, and only those."""
    return bool(task.ownership) and Ownership.PUBLIC not in task.ownership


def who(tier: frozenset[Level]) -> str:
    """The tier in one word, for a sentence."""
    known = (Level.SCHOOL, Level.DISTRICT, Level.DEPARTMENT, Level.MINISTRY)
    return say.tier(next((level for level in known if level in tier), None))
