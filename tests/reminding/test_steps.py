"""On which days one is reminded of a task, beside a plan that is counted out day by day in another way."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from core.reminding import Stand, Steps, Why
from core.work import Due
from knowledge.workdays import Workdays
from reminding.steps import reminds_on, stand_on

WORKDAYS = Workdays()
DAY = timedelta(days=1)
STEPS = Steps()


def plan(
    due: date, *, before: bool, steps: Steps = STEPS, workdays: Workdays = WORKDAYS
) -> list[tuple[date, Why, int]]:
    """Every day on which one is reminded, from two months before to three after."""
    days = [due + n * DAY for n in range(-60, 90) if reminds_on(due + n * DAY, Due(due, before), steps, workdays)]
    stands = [stand_on(day, Due(due, before), workdays) for day in days]
    return [(day, stand.why, stand.days) for day, stand in zip(days, stands, strict=True)]


def test_before_a_sunday_the_friday_is_the_last_day() -> None:
    assert plan(date(2024, 5, 5), before=True) == [  # 30/4 and 1/5 are holidays, and 29/4 was given for them
        *_known(
            ("2024-04-19", Why.AHEAD, 7),
            ("2024-04-25", Why.AHEAD, 3),
            ("2024-05-02", Why.AHEAD, 1),
            ("2024-05-03", Why.LAST, 0),
            ("2024-05-06", Why.OVERDUE, 1),
            ("2024-05-08", Why.OVERDUE, 3),
            ("2024-05-15", Why.OVERDUE, 8),
            ("2024-05-22", Why.OVERDUE, 13),
            ("2024-05-29", Why.OVERDUE, 18),
        )
    ]


def test_the_day_of_truoc_ngay_is_the_closing_day_and_that_of_cham_nhat_still_in_time() -> None:
    tuesday = date(2023, 12, 5)
    assert [why for day, why, _ in plan(tuesday, before=True) if day in (tuesday - DAY, tuesday)] == [
        Why.LAST,
        Why.CLOSING,
    ]
    assert [why for day, why, _ in plan(tuesday, before=False) if day in (tuesday - DAY, tuesday)] == [
        Why.AHEAD,
        Why.LAST,
    ]


def test_nobody_is_reminded_on_a_day_off_and_tet_moves_the_steps() -> None:
    due = date(2026, 2, 23)  # the Monday after the week of Tết
    days = plan(due, before=True)
    assert all(WORKDAYS.works(day) for day, _, _ in days)
    assert [day for day, why, _ in days if why is Why.LAST] == [date(2026, 2, 13)]  # the Friday before


def test_a_day_that_the_operator_declared_working_counts() -> None:
    saturday = date(2024, 5, 4)
    moved = Workdays({saturday: True})
    assert (saturday, Why.LAST, 0) in plan(date(2024, 5, 5), before=True, workdays=moved)


def test_a_unit_that_wants_other_steps_has_them() -> None:
    steps = Steps(ahead=(5,), overdue=(), weekly=0)
    assert [why for _, why, _ in plan(date(2023, 12, 5), before=True, steps=steps)] == [
        Why.AHEAD,
        Why.LAST,
        Why.CLOSING,
    ]


@pytest.mark.parametrize("before", [True, False])
def test_every_day_of_three_years_agrees_with_a_plan_that_is_counted_out(before: bool) -> None:
    for n in range(3 * 365):
        due = date(2023, 8, 1) + n * DAY
        assert plan(due, before=before) == sorted(_counted_out(due, before)), due


def _counted_out(due: date, before: bool) -> Iterator[tuple[date, Why, int]]:
    """From the list of all working days around, by places in it."""
    around = [due + n * DAY for n in range(-60, 90) if WORKDAYS.works(due + n * DAY)]
    in_time = [day for day in around if (day < due if before else day <= due)]
    safe = in_time[-1]
    yield safe, Why.LAST, 0
    yield from ((in_time[-1 - n], Why.AHEAD, n) for n in (7, 3, 1))
    if before and due in around:
        yield due, Why.CLOSING, 0
    late = [day for day in around if day > due]
    yield from ((late[n - 1], Why.OVERDUE, n) for n in (1, 3, 8, 13, 18))


def _known(*rows: tuple[str, Why, int]) -> list[tuple[date, Why, int]]:
    return [(date.fromisoformat(day), why, days) for day, why, days in rows]


def test_where_a_day_off_stands_is_told_too() -> None:
    saturday = date(2024, 5, 4)
    assert stand_on(saturday, Due(date(2024, 5, 5), before=True), WORKDAYS) == Stand(Why.LAST)
