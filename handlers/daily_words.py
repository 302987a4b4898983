"""Plain words about books that are kept by the day, and about counters, as commands."""

import re
from datetime import date

from core.daily import BY_ID, Book
from knowledge.book_words import About, about_a_book, plain, says_another_word

SWITCH_ON, SWITCH_OFF, ENTER, SHOW, PHOTOS, COUNT = "batso", "tatso", "vaoso", "so", "xemso", "bodem"
_POLITE = r"(?: (?:a|nhe|nha|giup|em|toi|voi))*"
_ON = re.compile(rf"(?P<sure>bat|mo|lap|dung) so(?: theo doi| theo ngay)?(?: (?P<rest>.+?))?{_POLITE}")
_OFF = re.compile(rf"(?P<sure>tat|dong|bo|thoi (?:dung|ghi)) so(?: theo doi| theo ngay)?(?: (?P<rest>.+?))?{_POLITE}")
_INTO = re.compile(
    r"(?:(?:em |toi )?(?:nop|gui|ghi|nhap|them)(?: anh)?(?: (?:vao|cho))?(?: so)?|(?:ghi |nhap )?(?:vao )?so|anh)\b"
)
_SEE = re.compile(r"(?:(?:cho (?:toi|em) )?(?:xem|mo)(?: lai)?(?: cac)?(?: anh)?(?: so)?|anh(?: so)?)\b")
_MONTH = re.compile(
    r"\bthang (?:(?P<near>nay|truoc|roi)|(?P<month>\d{1,2})(?:/(?P<year>\d{4}))?)\b|\b(?P<this>hom nay)\b"
)
_COUNTING = frozenset(
    "da co duoc may bao nhieu roi con thieu hoc ky nay thang dem bo so truong minh em a luong cua cac tong xem".split()
)
_ASKED = re.compile(r"\b(?:may|bao nhieu|gi|nao|sao|khi)\b")
_OWN = re.compile(r"\b(?:da|con|roi|truong minh|dem)\b")


def in_words(text: str) -> tuple[str, str] | None:
    """The command that the words stand for, and what follows it; None: they are about something else.

    Days are left as they were typed: what they mean depends on today.
    """
    said = text.strip(" \n.!")
    folded = plain(said.rstrip("?"))
    if says_another_word(said):
        return None
    return _switch(folded) or _counter(said, folded) or _view(said, folded) or _entry(said, folded)


def month_in(said: str, today: date) -> date | None:
    """The first day of the month that plain words name; None: none."""
    found = _MONTH.search(said)
    if found is None:
        return None
    if found["month"] is None:
        back = found["near"] in ("truoc", "roi")
        month = today.year * 12 + today.month - 1 - back
        return date(month // 12, month % 12 + 1, 1)
    number = int(found["month"])
    if not 1 <= number <= 12:
        return None
    year = int(found["year"]) if found["year"] else today.year - (number > today.month)
    return date(year, number, 1) if 2000 <= year < 2200 else None


def named(said: str) -> Book | None:
    """By its id, or by what it is called."""
    about = _about(said)
    return BY_ID.get(said.strip()) or (about.book if about else None)


def _switch(folded: str) -> tuple[str, str] | None:
    for pattern, command in ((_ON, SWITCH_ON), (_OFF, SWITCH_OFF)):
        if found := pattern.fullmatch(folded):
            book = named(found["rest"] or "")
            if found["sure"] in ("bat", "tat") and (book or not found["rest"]):
                return command, book.id if book else ""
            if book and not book.counts and found["sure"] != "mo":
                return command, book.id
    return None


def _counter(said: str, folded: str) -> tuple[str, str] | None:
    if folded in ("bo dem", "dem bai", "dem tin"):
        return COUNT, ""
    about = _about(folded)
    if about is None or not about.book.counts or about.day or not {*about.rest.split()} <= _COUNTING:
        return None
    asks = "?" in said or _ASKED.search(about.rest)
    return (COUNT, about.book.id) if not asks or _OWN.search(about.rest) else None


def _view(said: str, folded: str) -> tuple[str, str] | None:
    """ "sổ tháng này", "sổ kiểm thực tháng 12"; "xem sổ kiểm thực ngày 5/12" are photos."""
    month = _MONTH.search(folded)
    without = " ".join((folded[: month.start()] + folded[month.end() :]).split()) if month else folded
    if re.fullmatch(r"(?:xem |mo )?so(?: theo ngay)?", without):
        return SHOW, month.group() if month else ""
    about = _about(folded)
    if about is None or about.book.counts or "?" in said:
        return None
    if about.day and (found := _SEE.match(about.rest)) and not about.rest[found.end() :].strip():
        return PHOTOS, f"{about.book.id} {folded}"
    about = _about(without)
    if about and re.fullmatch(r"(?:xem |mo )?so(?: (?:ba|3) buoc| tai chinh| tay ba)*", about.rest):
        return SHOW, f"{about.book.id} {month.group() if month else ''}".strip()
    return None


def _entry(said: str, folded: str) -> tuple[str, str] | None:
    """ "kiểm thực hôm nay", "ghi sổ thực đơn": photos are to follow."""
    about = _about(folded)
    if about is None or about.paper or "?" in said or about.book.counts:
        return None
    rest = re.sub(r"\b(?:(?:ba|3) buoc|tay ba|tai chinh|o truong|cua truong|a|nhe)\b", " ", about.rest).strip()
    verb = _INTO.match(rest)
    left = rest[verb.end() :].strip() if verb else rest
    return (ENTER, f"{about.book.id} {folded}") if not left and (verb or about.day) else None


def _about(folded: str) -> About | None:
    return about_a_book(folded, date(2000, 6, 15))
