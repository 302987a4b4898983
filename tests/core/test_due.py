"""How the day by which something is due is said where there is little room."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.texts.dates import until, until_short
from core.texts.progress import standing
from core.work import Due, Obligation, Rule

DAY = date(2024, 10, 25)


def task(rule: Rule | None, due: date | None = DAY) -> Obligation:
    return Obligation("", "Kế hoạch thực hiện Đề án", 1, 0, due=due, rule=rule)


def test_a_day_that_is_too_late_itself_is_said_as_the_paper_does() -> None:
    assert task(Rule.BEFORE).until == Due(DAY, before=True)
    assert (until(Due(DAY, before=True)), until_short(Due(DAY, before=True))) == ("trước 25/10/2024", "trước 25/10")


def test_a_day_that_still_counts_is_a_deadline() -> None:
    assert task(Rule.BY).until == Due(DAY)
    assert (until(Due(DAY)), until_short(Due(DAY))) == ("hạn 25/10/2024", "hạn 25/10")


def test_an_hour_before_which_it_is_due_leaves_that_morning() -> None:
    assert replace(task(Rule.BEFORE), time="16:00").until == Due(DAY)


def test_a_task_without_a_day_has_none() -> None:
    assert task(Rule.EVENT, None).until is None


@pytest.mark.parametrize(
    ("days", "before", "by"),
    [
        (-4, "còn 3 ngày", "còn 4 ngày"),
        (-2, "còn 1 ngày", "còn 2 ngày"),
        (-1, "hôm nay là ngày cuối", "còn 1 ngày"),
        (0, "hôm nay là ngày chốt", "hôm nay là ngày cuối"),
        (1, "quá hạn 1 ngày", "quá hạn 1 ngày"),
    ],
)
def test_days_are_counted_to_the_last_day_that_is_in_time(days: int, before: str, by: str) -> None:
    today = DAY + timedelta(days=days)
    for due, left in ((Due(DAY, before=True), before), (Due(DAY), by)):
        assert standing("Cân đo", due, None, 0, today).partition(": chưa nộp, ")[2] == left
