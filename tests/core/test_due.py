"""How the day by which something is due is said where there is little room."""

from datetime import date

from core.texts.dates import until, until_short
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


def test_a_task_without_a_day_has_none() -> None:
    assert task(Rule.EVENT, None).until is None
