"""Which year an unwritten year is: the month block's, else the school year's, else the paper's own."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

_LATE = timedelta(days=62)  # a plan may list work of the weeks before it was signed; not of a year before


@dataclass(frozen=True, slots=True)
class Written:
    """Day and month as written, and the year they get; `day` None where no such day exists.

    `likely` is set where the written year contradicts the paper's own date and another was taken.
    """

    day: date | None
    month: str  # YYYY-MM
    likely: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a paper says about its own time. `issued`: its date, or the first of its month; `months`: the block."""

    issued: date | None = None
    school_year: int | None = None  # the year in which it begins
    months: tuple[str, ...] = ()
    year: int | None = None  # a plan for one calendar year

    def within(self, months: tuple[str, ...]) -> "Calendar":
        """The calendar inside a month block."""
        return replace(self, months=months) if months else self

    def resolve(self, day: int, month: int, year: int | None = None) -> Written:
        """The date meant; `day` 1-31, `month` 1-12."""
        wanted = year or self.year_of(month)
        likely = False
        if year and self._contradicts(year, month):
            wanted, likely = self.year_of(month), True
            likely = wanted != year
        name = f"{wanted:04d}-{month:02d}"
        if day > monthrange(wanted, month)[1]:
            return Written(None, name, likely)
        return Written(date(wanted, month, day), name, likely)

    def year_of(self, month: int) -> int:
        """The year of a month written without one."""
        for name in self.months:
            if int(name[5:]) == month:
                return int(name[:4])
        if self.months:
            return _near(self.months[0], month)
        if self.year is not None:
            return self.year
        if self.school_year is not None:
            year = self.school_year + (month < 8)
            return year + 1 if self._passed(year, month) else year
        if self.issued is None:
            return 2000  # never shown: a paper without any year gets no dates (see known)
        return self.issued.year + self._passed(self.issued.year, month)

    @property
    def known(self) -> bool:
        """Whether any year can be told."""
        return bool(self.months or self.issued or self.school_year or self.year)

    def begins(self) -> int | None:
        """The year in which the school year begins, stated or that of the paper's date."""
        if self.school_year is not None or self.issued is None:
            return self.school_year
        return self.issued.year - (self.issued.month < 7)

    def _passed(self, year: int, month: int) -> bool:
        end = date(year, month, monthrange(year, month)[1])
        return self.issued is not None and end < self.issued - _LATE

    def _contradicts(self, year: int, month: int) -> bool:
        """A month before the paper was written and outside its school year cannot be work to do."""
        begins = self.begins()
        if self.issued is None or begins is None or (year, month) >= (self.issued.year, self.issued.month):
            return False
        inside = (begins, 6) <= (year, month) <= (begins + 1, 8)
        return not inside


def _near(block: str, month: int) -> int:
    """The year that brings `month` nearest to the block's month."""
    year, middle = int(block[:4]), int(block[5:])
    if month - middle > 6:
        return year - 1
    return year + 1 if middle - month > 6 else year


def calendar_year_in(title: str) -> int | None:
    """The one calendar year that a title names: "Lịch công tác năm 2026"."""
    if school_year_in(title):
        return None
    found = re.findall(r"\bnăm\s+(20\d\d)(?!\s*[-–—/]\s*20)", title, re.IGNORECASE)
    return int(found[0]) if len(set(found)) == 1 and not re.search(r"tháng\s+\d", title, re.IGNORECASE) else None


def school_year_in(text: str) -> int | None:
    """The year in which the school year named in the text begins."""
    found = re.search(r"năm\s+học\s*:?\s*(20\d\d)\s*[-–—/]\s*(20\d\d)", text, re.IGNORECASE)
    return int(found[1]) if found and int(found[2]) == int(found[1]) + 1 else None
