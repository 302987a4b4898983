"""Books that a school keeps by the day, and counters of what it is to reach each term: kinds as data."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Rhythm(StrEnum):
    """How often something is to be entered."""

    DAY = "day"  # every working day
    WEEK = "week"  # once in the working days of a week
    MONTH = "month"  # counted by month, no entry is missed
    TERM = "term"  # counted by term, towards a target where a document sets one


@dataclass(frozen=True, slots=True)
class Book:
    """A kind of record. Its name is in `core.texts.daily`.

    `words`: by which captions are known, folded; `rule`: a regular expression over a folded sentence of a document that
    asks for it, with the target where it sets one. `nameless`: no child's name may be in it.
    """

    id: str
    rhythm: Rhythm
    words: tuple[str, ...]
    rule: str
    nameless: bool = False

    @property
    def counts(self) -> bool:
        """A counter: always open, nobody switches it on, and no day is missed."""
        return self.rhythm in (Rhythm.MONTH, Rhythm.TERM)


BOOKS = (
    Book(
        "kiem-thuc",
        Rhythm.DAY,
        ("kiem thuc", "luu mau"),
        r"kiem thuc (?:ba|3) buoc",
    ),
    Book(
        "giao-thuc-pham",
        Rhythm.DAY,
        ("giao nhan thuc pham", "nhan thuc pham", "giao thuc pham", "tay ba", "ba tay", "3 tay"),
        r"giao nhan thuc pham tay ba",
    ),
    Book(
        "thuc-don",
        Rhythm.DAY,
        ("thuc don", "tai chinh bua an", "bang cong khai"),
        r"cong khai thuc don",
    ),
    Book(
        "giao-nhan-tre",
        Rhythm.WEEK,
        ("giao nhan tre", "giao nhan chau", "giao nhan be", "don tra tre", "don tra chau", "don tra be", "so don tra"),
        r"ky xac nhan hang ngay giua giao vien va phu huynh",
        nameless=True,
    ),
    Book(
        "tin-bai", Rhythm.TERM, ("tin bai", "bai truyen thong", "tin truyen thong"), r"(\d{1,2}) tin,? bai ?/ ?hoc ky"
    ),
    Book("bai-dang", Rhythm.MONTH, ("bai dang", "dang bai"), r"truyen thong theo thang"),
)
BY_ID = {book.id: book for book in BOOKS}


@dataclass(frozen=True, slots=True)
class Span:
    """That a unit keeps a book from a day on, to `last`, both included; None: still."""

    unit: str
    book: str
    first: date
    last: date | None = None

    def has(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Written:
    """What was entered for a day: a submission, by its id and code. `count`: what it adds to a counter."""

    submission: int
    code: str
    unit: str
    book: str
    day: date
    at: datetime
    count: int = 1


@dataclass(frozen=True, slots=True)
class Kept:
    """How a book stands in some days: what is there, and what is missing of what was to be there by now.

    Of a weekly book a day stands for its week: in `there` the first day entered, in `missing` the week's last working
    day.
    """

    book: Book
    there: tuple[date, ...] = ()
    missing: tuple[date, ...] = ()

    @property
    def asked(self) -> int:
        return len(self.there) + len(self.missing)
