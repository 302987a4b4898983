"""For which school year a plan is."""

from datetime import date

from core.work import Plan, Status
from knowledge.school_years import school_year


def begins(plan: Plan) -> int | None:
    """The first calendar year of the school year that a plan is for; None: it names no time at all."""
    head = plan.head
    if head.school_year and head.school_year[:4].isdecimal():
        return int(head.school_year[:4])
    if head.date or head.date_month:
        return school_year(head.date or first_of(head.date_month or ""))
    days = [task.due for task in plan.obligations if task.due]
    days += [first_of(name) for task in plan.obligations for name in task.months[:1]]
    return school_year(min(days)) if days else None


def may_be_moved(plan: Plan) -> bool:
    """Whether there is anything to move: tasks that have a day."""
    return begins(plan) is not None and any(
        task.due and task.status is not Status.SUPERSEDED for task in plan.obligations
    )


def first_of(month: str) -> date:
    """2024-09 -> 1 September 2024."""
    return date(int(month[:4]), int(month[5:7]), 1)
