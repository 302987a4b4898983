"""The calendar that schools count by: August to July, and the year meant by a month without one."""

from datetime import date, timedelta


def school_year(day: date) -> int:
    """The first calendar year of the school year (August to July) that holds this day."""
    return day.year if day.month >= 8 else day.year - 1


def school_year_name(first_year: int) -> str:
    """2023 -> "2023-2024"."""
    return f"{first_year}-{first_year + 1}"


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def year_of_month(month: int, today: date) -> int:
    """The year meant by a month without one: this school year's, unless that is seven months past or more."""
    start = school_year(today)
    year = start if month >= 8 else start + 1
    behind = (today.year - year) * 12 + today.month - month
    return year + 1 if behind >= 7 else year


def make_date(day: int, month: int, year: int | None, today: date) -> date | None:
    """The date, its year found like a month's; None where there is no such day."""
    if not 1 <= month <= 12:
        return None
    if year is not None and year < 100:
        year += 2000
    try:
        return date(year or year_of_month(month, today), month, day)
    except ValueError:
        return None
