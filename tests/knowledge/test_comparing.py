"""Two documents side by side: next year's plan, and one from which an officer has taken a task."""

from collections import Counter
from dataclasses import replace
from datetime import date

from core.work import Shelved
from knowledge.comparing import Fate, compared
from knowledge.next_year import moved
from knowledge.volume import Volume
from tests.knowledge.library import founding

PLAN = 2  # of the months of a school year


def test_a_plan_moved_by_a_year_holds_the_same_tasks_and_says_which_days_are_others() -> None:
    for old in founding().volumes:
        new = Volume(Shelved(99, old.unit, moved(old.shelved.plan), old.shelved.ingested_on))
        fates = Counter(row.fate for row in compared(old, new))
        assert not fates[Fate.NEW] + fates[Fate.DROPPED], old.shelved.id
    old = founding().by_id[PLAN]
    rows = compared(old, Volume(Shelved(99, old.unit, moved(old.shelved.plan), old.shelved.ingested_on)))
    days = [(row.before.due, row.after.due) for row in rows if row.fate is Fate.MOVED and row.before and row.after]
    assert (date(2024, 5, 5), date(2025, 5, 5)) not in days
    assert all(a and b and (a.month, a.day) != (b.month, b.day) for a, b in days)
    assert days


def test_what_an_officer_takes_out_and_puts_in_is_told() -> None:
    old = founding().by_id[PLAN]
    plan = old.shelved.plan
    first, *others = plan.obligations
    added = replace(first, task="Tổ chức hội khỏe Phù Đổng cấp cụm lần thứ nhất")
    new = Volume(Shelved(99, old.unit, replace(plan, obligations=(*others, added)), old.shelved.ingested_on))
    rows = [row for row in compared(old, new) if row.fate is not Fate.SAME]
    assert [(row.fate, row.before, row.after) for row in rows] == [
        (Fate.NEW, None, added),
        (Fate.DROPPED, first, None),
    ]
