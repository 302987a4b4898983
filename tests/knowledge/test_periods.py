"""Time as people ask for it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.periods import find_dates, find_period
from knowledge.school_years import school_year, year_of_month

FRIDAY = date(2023, 12, 1)

SAID = [
    ("hom nay co gi", "2023-12-01", "2023-12-01"),
    ("ngay mai han gi", "2023-12-02", "2023-12-02"),
    ("hom qua co han gi", "2023-11-30", "2023-11-30"),
    ("tuan nay nop gi", "2023-11-27", "2023-12-03"),
    ("tuan sau nop gi", "2023-12-04", "2023-12-10"),
    ("tuan truoc co gi", "2023-11-20", "2023-11-26"),
    ("thang nay nop gi", "2023-12-01", "2023-12-31"),
    ("thang sau nop gi", "2024-01-01", "2024-01-31"),
    ("thang truoc nop gi", "2023-11-01", "2023-11-30"),
    ("thang 5 nop gi", "2024-05-01", "2024-05-31"),
    ("thang 9 nop gi", "2023-09-01", "2023-09-30"),
    ("thang 2 nam 2024 co gi", "2024-02-01", "2024-02-29"),
    ("thang 12/2023", "2023-12-01", "2023-12-31"),
    ("dau thang 1", "2024-01-01", "2024-01-10"),
    ("cuoi thang nay", "2023-12-21", "2023-12-31"),
    ("quy 1", "2024-01-01", "2024-03-31"),
    ("quy 4 nam 2023", "2023-10-01", "2023-12-31"),
    ("hoc ky 1 nop gi", "2023-08-01", "2024-01-31"),
    ("nam hoc 2022-2023", "2022-08-01", "2023-07-31"),
    ("22-23", "2022-08-01", "2023-07-31"),
    ("7 ngay toi", "2023-12-01", "2023-12-08"),
    ("2 tuan nua", "2023-12-01", "2023-12-15"),
    ("truoc ngay 10/5 nop gi", "2023-12-01", "2024-05-10"),
    ("tu 1/12 den 15/12", "2023-12-01", "2023-12-15"),
    ("tu nay den cuoi thang 6", "2023-12-01", "2024-06-30"),
    ("ngay 5 thang 12 co gi", "2023-12-05", "2023-12-05"),
    ("tu thang 9 den thang 12 co gi", "2023-09-01", "2023-12-31"),
    ("thang 11 den thang 2/2024", "2023-11-01", "2024-02-29"),
    ("thang 12 va thang 1", "2023-12-01", "2024-01-31"),
    ("thang 3 4 nop gi", "2024-03-01", "2024-04-30"),
    ("thang 3 4 tuoi", "2024-03-01", "2024-03-31"),
    ("ca nam hoc nay", "2023-08-01", "2024-07-31"),
    ("truoc tet nop gi", "2023-12-01", "2024-02-09"),
]


@pytest.mark.parametrize(("said", "first", "last"), SAID)
def test_a_phrase_means_its_days(said: str, first: str, last: str) -> None:
    found = find_period(said, FRIDAY)
    assert found is not None
    assert (found.period.first.isoformat(), found.period.last.isoformat()) == (first, last)


@pytest.mark.parametrize("said", ["thong tu 16/2018", "31/6 co gi", "mam non 8/3/5", "thang 13 co gi", "99/99", ""])
def test_what_is_no_time_is_none(said: str) -> None:
    assert find_period(said, FRIDAY) is None


def test_a_month_without_a_year_is_of_the_school_year() -> None:
    assert year_of_month(5, date(2023, 9, 1)) == 2024
    assert year_of_month(8, date(2024, 6, 1)) == 2024
    assert year_of_month(8, date(2024, 1, 10)) == 2023


def test_a_day_that_does_not_exist_is_no_date() -> None:
    assert find_dates("han la 31/6 hay 30/6", FRIDAY) == [date(2024, 6, 30)]


@given(st.text(max_size=80), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_any_text_gives_a_period_in_order_or_none(text: str, today: date) -> None:
    found = find_period(text, today)
    assert found is None or found.period.first <= found.period.last


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_this_week_holds_today_and_seven_days(today: date) -> None:
    found = find_period("tuan nay", today)
    assert found is not None
    period = found.period
    assert period.first <= today <= period.last
    assert period.last - period.first == timedelta(days=6)


def test_the_school_year_turns_in_august() -> None:
    assert school_year(date(2024, 7, 31)) == 2023
    assert school_year(date(2024, 8, 1)) == 2024
