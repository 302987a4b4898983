"""Feasts that go by the moon: which one some words name, and on which day it falls."""

import re
from dataclasses import dataclass
from datetime import date

from lunardate import LunarDate

from knowledge.fold import fold


@dataclass(frozen=True, slots=True)
class Feast:
    """`month` and `day` by the moon; `words` match folded text."""

    name: str
    month: int
    day: int
    words: re.Pattern[str]

    def on(self, year: int) -> date:
        """Its day in the lunar year that begins in this calendar year."""
        day: date = LunarDate(year, self.month, self.day).to_solar_date()
        return day

    def near(self, day: date) -> date:
        """Its day that is nearest to this one."""
        return min((self.on(day.year + n) for n in (-1, 0, 1)), key=lambda one: abs((one - day).days))


FEASTS = (
    Feast("Tết Trung thu", 8, 15, re.compile(r"\btrung thu\b|\bram thang tam\b")),
    Feast("Giỗ Tổ Hùng Vương", 3, 10, re.compile(r"\bgio to\b")),
    Feast("Rằm tháng Giêng", 1, 15, re.compile(r"\bram thang gieng\b|\bnguyen tieu\b")),
    Feast("lễ Vu Lan", 7, 15, re.compile(r"\bvu lan\b")),
    Feast(
        "Tết Nguyên đán", 1, 1, re.compile(r"\btet\b(?! (?:thieu nhi|trung thu|duong lich|tay|nguyen tieu|doan ngo))")
    ),
)


def feast_in(words: str) -> Feast | None:
    """The feast that the words name; None: none that goes by the moon."""
    folded = " ".join(fold(words).split())
    return next((feast for feast in FEASTS if feast.words.search(folded)), None)
