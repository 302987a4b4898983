"""Time as people ask for it: "tháng này", "tuần sau", "từ nay đến cuối tháng 6" -> first and last day."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from knowledge.school_years import make_date, month_end, school_year, year_of_month
from knowledge.workdays import tet


@dataclass(frozen=True)
class Period:
    """From `first` to `last`, both included. `words` is what was understood, for the answer.

    `grain`: day, week, month, part (of a month), quarter, semester, year, range, open (from now on).
    """

    first: date
    last: date
    words: str
    grain: str

    @cached_property
    def months(self) -> frozenset[str]:
        """Every month that the period touches, YYYY-MM."""
        found = set()
        day = self.first.replace(day=1)
        while day <= self.last:
            found.add(f"{day:%Y-%m}")
            day = month_end(day.year, day.month) + timedelta(days=1)
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Found:
    """A period and the span of the folded question that names it."""

    period: Period
    start: int
    end: int


_DATE = r"(?<![\d/])(?:ngay )?(\d{1,2})(?: ?[/.-] ?| thang )(\d{1,2})(?:(?: ?[/.-] ?| nam )(\d{4}|\d\d))?(?![\d/])"
_MONTH = r"thang (\d{1,2})(?:(?: ?[/-] ?| nam | nam hoc )(\d{4}))?"
_REL = r"(nay|sau|toi|truoc|qua|roi)"
_STEP = {"nay": 0, "sau": 1, "toi": 1, "truoc": -1, "qua": -1, "roi": -1}

Maker = Callable[[re.Match[str], date], Period | None]


def find_period(text: str, today: date) -> Found | None:
    """The first period named in a folded, spelt-out question; None where none is."""
    for pattern, make in _PATTERNS:
        for match in pattern.finditer(text):
            period = make(match, today)
            if period is not None:
                return Found(period, match.start(), match.end())
    return None


def find_dates(text: str, today: date) -> list[date]:
    """Every single date named in a folded question."""
    made = (_date_of(m, today) for m in re.finditer(_DATE, text))
    return [d for d in made if d]


def impossible_day(text: str, today: date) -> str:
    """The first day named in a folded question that no calendar has, as "31/6"; empty where there is none."""
    for match in re.finditer(_DATE, text):
        day, month = int(match[1]), int(match[2])
        if 1 <= day <= 31 and 1 <= month <= 12 and not _date_of(match, today):
            return "/".join(part for part in match.groups() if part)
    return ""


def _date_of(match: re.Match[str], today: date, at: int = 1) -> date | None:
    day, month, year = match.group(at, at + 1, at + 2)
    return make_date(int(day), int(month), int(year) if year else None, today)


def _say(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _day(offset: int, words: str) -> Maker:
    def make(match: re.Match[str], today: date) -> Period:
        day = today + timedelta(days=offset)
        return Period(day, day, f"{words} {_say(day)}", "day")

    return make


def _week(match: re.Match[str], today: date) -> Period:
    step = _STEP[match[1]]
    first = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
    last = first + timedelta(days=6)
    name = ("tuần trước", "tuần này", "tuần sau")[step + 1]
    return Period(first, last, name, "week")


def whole_month(year: int, month: int) -> Period:
    """A calendar month as a period."""
    return Period(date(year, month, 1), month_end(year, month), f"tháng {month:02d}/{year}", "month")


def _relative_month(match: re.Match[str], today: date) -> Period:
    index = today.year * 12 + today.month - 1 + _STEP[match[1]]
    return whole_month(index // 12, index % 12 + 1)


def _named_month(match: re.Match[str], today: date) -> Period | None:
    month = int(match[1])
    if not 1 <= month <= 12:
        return None
    return whole_month(int(match[2]) if match[2] else year_of_month(month, today), month)


def _months(match: re.Match[str], today: date) -> Period | None:
    """From one month to another; where they are only named together, they must be neighbours."""
    first, last, joined = int(match[1]), int(match[3]), match[2] in ("va", None)
    if not (1 <= first <= 12 and 1 <= last <= 12) or joined and last != first % 12 + 1:
        return None
    start = year_of_month(first, today)
    if match[4]:
        start = int(match[4]) - (last < first)
    end = month_end(start + (last < first), last)
    return Period(date(start, first, 1), end, f"từ tháng {first:02d}/{start} đến tháng {end:%m/%Y}", "range")


def _part_of_month(match: re.Match[str], today: date) -> Period | None:
    month = int(match[2]) if match[2] else today.month
    if not 1 <= month <= 12:
        return None
    year = int(match[3]) if match[3] else year_of_month(month, today)
    if not match[2] and match[4] in ("sau", "toi"):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    first, last = {"dau": (1, 10), "giua": (11, 20), "cuoi": (21, month_end(year, month).day)}[match[1]]
    part = {"dau": "đầu", "giua": "giữa", "cuoi": "cuối"}[match[1]]
    return Period(date(year, month, first), date(year, month, last), f"{part} tháng {month:02d}/{year}", "part")


def _range(match: re.Match[str], today: date) -> Period | None:
    first, last = _date_of(match, today, 1), _date_of(match, today, 4)
    if not first or not last or last < first:
        return None
    return Period(first, last, f"từ {_say(first)} đến {_say(last)}", "range")


def _until_date(match: re.Match[str], today: date) -> Period | None:
    last = _date_of(match, today)
    if not last or last < today:
        return None
    return Period(today, last, f"từ nay đến {_say(last)}", "range")


def _until_month_end(match: re.Match[str], today: date) -> Period | None:
    month = int(match[1]) if match[1] else today.month
    if not 1 <= month <= 12:
        return None
    last = month_end(year_of_month(month, today), month)
    words = f"từ nay đến hết tháng {month:02d}/{last.year}"
    return Period(today, last, words, "range") if last >= today else None


def _until_year_end(match: re.Match[str], today: date) -> Period:
    last = date(school_year(today) + 1, 7, 31) if match[1] else date(today.year, 12, 31)
    words = "từ nay đến hết năm học" if match[1] else f"từ nay đến hết năm {last.year}"
    return Period(today, last, words, "range")


def _after_date(match: re.Match[str], today: date) -> Period | None:
    day = _date_of(match, today)
    if not day:
        return None
    last = day + timedelta(days=60)
    return Period(day + timedelta(days=1), last, f"sau ngày {_say(day)}", "range")


def _next_days(match: re.Match[str], today: date) -> Period | None:
    count = int(match[1]) * (7 if match[2] == "tuan" else 1)
    if not 0 < count <= 366:
        return None
    last = today + timedelta(days=count)
    return Period(today, last, f"từ nay đến {_say(last)}", "range")


def _single(match: re.Match[str], today: date) -> Period | None:
    day = _date_of(match, today)
    return Period(day, day, f"ngày {_say(day)}", "day") if day else None


def _quarter(match: re.Match[str], today: date) -> Period | None:
    number = (today.month + 2) // 3 if match[1] == "nay" else int(match[1])
    if not 1 <= number <= 4:
        return None
    year = int(match[2]) if match[2] else (today.year if match[1] == "nay" else year_of_month(number * 3, today))
    first, last = date(year, number * 3 - 2, 1), month_end(year, number * 3)
    return Period(first, last, f"quý {'I II III IV'.split()[number - 1]}/{year}", "quarter")


def _semester(match: re.Match[str], today: date) -> Period | None:
    number = (1 if today.month >= 8 or today.month == 1 else 2) if match[1] == "nay" else int(match[1])
    year = school_year(today)
    if number == 1:
        return Period(date(year, 8, 1), date(year + 1, 1, 31), f"học kỳ I năm học {year}-{year + 1}", "semester")
    if number == 2:
        return Period(date(year + 1, 2, 1), date(year + 1, 7, 31), f"học kỳ II năm học {year}-{year + 1}", "semester")
    return None


def _this_school_year(match: re.Match[str], today: date) -> Period:
    year = school_year(today) + _STEP[match[1]]
    return Period(date(year, 8, 1), date(year + 1, 7, 31), f"năm học {year}-{year + 1}", "year")


def _named_school_year(match: re.Match[str], today: date) -> Period | None:
    first = int(match[1]) + (2000 if len(match[1]) == 2 else 0)
    second = int(match[2]) + (2000 if len(match[2]) == 2 else 0)
    if second != first + 1:
        return None
    return Period(date(first, 8, 1), date(second, 7, 31), f"năm học {first}-{second}", "year")


def _year(match: re.Match[str], today: date) -> Period:
    year = int(match[1]) if match[1].isdecimal() else today.year + _STEP[match[1]]
    return Period(date(year, 1, 1), date(year, 12, 31), f"năm {year}", "year")


def _before_tet(match: re.Match[str], today: date) -> Period:
    new_year = tet(today.year) if today < tet(today.year) else tet(today.year + 1)
    return Period(today, new_year - timedelta(days=1), f"từ nay đến Tết ({_say(new_year)})", "range")


def _ahead(match: re.Match[str], today: date) -> Period:
    return Period(today, today + timedelta(days=30), "thời gian tới", "open")


# order matters: the more exact phrase first
_PATTERNS: tuple[tuple[re.Pattern[str], Maker], ...] = tuple(
    (re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), make)
    for pattern, make in (
        (rf"tu (?:ngay )?{_DATE} (?:den|toi)(?: ngay| het ngay)? {_DATE}", _range),
        (
            r"(?:tu )?thang (\d{1,2})(?: (den|toi|va))?(?: het)?(?: thang)? (\d{1,2})"
            r"(?:(?: ?/ ?| nam )(\d{4}))?(?! ?/| tuoi)",
            _months,
        ),
        (rf"(?:tu (?:nay|gio|hom nay) )?(?:den|toi|cho den|cho toi)(?: het)?(?: ngay)? {_DATE}", _until_date),
        (rf"truoc {_DATE}", _until_date),
        (rf"sau {_DATE}", _after_date),
        (r"(?:tu (?:nay|gio|hom nay) )?(?:den|toi)(?: het)?(?: cuoi)? thang(?: nay)?(?: (\d{1,2}))?", _until_month_end),
        (r"(?:tu (?:nay|gio|hom nay) )?(?:den|toi)(?: het)?(?: cuoi)? nam( hoc)?(?: nay)?", _until_year_end),
        (r"(?:trong )?(\d{1,3}) (ngay|hom|tuan) (?:toi|nua|sap toi|tiep theo)", _next_days),
        (r"trong (?:vong )?(\d{1,3}) (ngay|hom|tuan)", _next_days),
        (r"hom nay|bua nay", _day(0, "hôm nay")),
        (r"ngay mai|mai|bua mai", _day(1, "ngày mai")),
        (r"ngay kia|ngay mot", _day(2, "ngày kia")),
        (r"hom qua|ngay hom qua", _day(-1, "hôm qua")),
        (rf"(?:ca )?tuan {_REL}", _week),
        (r"ngay (\d{1,2}) thang (\d{1,2})(?: nam (\d{4}))?(?!\d)", _single),
        (r"(dau|giua|cuoi) thang(?! may| nao)(?: (\d{1,2})(?: ?/ ?(\d{4}))?)?(?: (nay|sau|toi))?", _part_of_month),
        (rf"(?:ca )?thang {_REL}", _relative_month),
        (rf"(?:ca )?{_MONTH}", _named_month),
        (r"(?:quy) (\d|nay)(?:(?: ?/ ?| nam )(\d{4}))?", _quarter),
        (r"(?:trong |ca )?hoc ky (1|2|nay)", _semester),
        (r"(?:nam hoc |nam )?(\d{4}|\d\d) ?[-–/] ?(\d{4}|\d\d)", _named_school_year),
        (r"(?:ca )?nam hoc (nay|sau|toi|truoc|qua)", _this_school_year),
        (r"(?:ca )?nam (nay|sau|toi|truoc|qua|ngoai|20\d\d)", _year),
        (_DATE, _single),
        (r"truoc tet", _before_tet),
        (r"sap toi|sap den|thoi gian toi|toi day|sap het han|sap phai|tiep theo", _ahead),
    )
)
_STEP["ngoai"] = -1
