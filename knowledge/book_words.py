"""Which book of daily records words are about, and for which day."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from core.daily import BOOKS, Book
from knowledge.captions import read_caption
from knowledge.fold import fold, nfc
from knowledge.spelling import Vocabulary

_PUNCTUATION = re.compile(r"[^\w/.]+|(?<!\d)[./]|[./](?!\d)")
_DAY = re.compile(r"(?:ngay )?\b(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?\b")
_NEAR_DAY = re.compile(r"\b(?:(hom nay|sang nay|trua nay|chieu nay)|(hom qua)|(hom kia)|(ngay mai|mai))\b")
_OF_MONTH = re.compile(r"\bngay (\d{1,2})\b(?![/.])")
_NEAR = {1: 0, 2: -1, 3: -2, 4: 1}
# of which a paper is made, not a record of a day
_PAPERS = re.compile(
    r"\b(?:ke hoach|bao cao|ho so|danh sach|tong ket|so ket|de an|cong van|quyet dinh|to trinh|tap huan|hoi thi"
    r"|hoi nghi|thong ke|so lieu|chuyen de)\b"
)
_SURNAMES = (
    "nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đinh|đoàn|mai|trịnh|đào|trương|lương|hà|cao"
    "|tạ|lưu|chu|vương|phùng|lâm|ninh|quách|tống"
)
_WORD = r"[A-ZĐÀ-Ỹ][a-zà-ỹ]+"
_CHILD = re.compile(rf"\b(?:[Cc]háu|[Bb]é|[Hh]ọc sinh|[Tt]rẻ) (?!Mầm|Mẫu|Non){_WORD}")
_NAME = re.compile(rf"{_WORD}(?: {_WORD}){{1,3}}")
_NO_CHILD = re.compile(
    r"(?:\b(?:cô|thầy|giáo viên|gv|quận|huyện|phường|xã|thành phố|tỉnh|trường|mn|mầm non|lớp|hiệu trưởng) )$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class About:
    """What words are about: a book, the day that they say (None: none), whether they speak of a paper too.

    `odd`: they name a day that there is not. `rest`: the folded words that name neither book nor day.
    """

    book: Book
    day: date | None
    odd: bool
    paper: bool
    rest: str


def plain(text: str) -> str:
    """Folded, words and days alone, one space apart."""
    return " ".join(_PUNCTUATION.sub(" ", fold(text)).split())


def about_a_book(text: str, today: date, words: Vocabulary | None = None) -> About | None:
    """The book that the text names first, also with slips of the hand where `words` are known; None: none."""
    for said in (plain(text), *_repaired(text, today, words)):
        found = [(at, book, word) for book in BOOKS for word in book.words if (at := _at(said, word)) >= 0]
        if found:
            at, book, word = min(found, key=lambda one: (one[0], -len(one[2])))
            left = f"{said[:at]} {said[at + len(word) :]}"
            for other in book.words:
                left = left.replace(other, " ")
            day, without = day_said(left, today)
            odd = day is None and without != left
            return About(book, day, odd, _PAPERS.search(said) is not None, " ".join(without.split()))
    return None


def day_said(said: str, today: date) -> tuple[date | None, str]:
    """The day that these plain words name, maybe one to come, and the words without it; None: none that there is.

    Without a year the nearest such day is meant; without a month the last.
    """
    if (found := _NEAR_DAY.search(said)) and found.lastindex:
        return today + timedelta(days=_NEAR[found.lastindex]), _without(said, found)
    if found := _DAY.search(said):
        return _nearest(int(found[1]), int(found[2]), found[3], today), _without(said, found)
    if found := _OF_MONTH.search(said):
        last = today if int(found[1]) <= today.day else today.replace(day=1) - timedelta(days=1)
        return _nearest(int(found[1]), last.month, str(last.year), today), _without(said, found)
    return None, said


def names_somebody(text: str) -> bool:
    """Whether a child seems to be called by name in it: "cháu An", "Nguyễn Văn An"; teachers and places may be."""
    if _CHILD.search(text):
        return True
    surnames = _SURNAMES.split("|")
    for found in _NAME.finditer(text):
        first = nfc(found.group()).lower().split()[0]
        known = surnames if not first.isascii() else [*surnames, *map(fold, surnames)]
        if first in known and not _NO_CHILD.search(text[: found.start()]):
            return True
    return False


def says_another_word(text: str) -> bool:
    """Whether what reads "so" without marks is typed with others: "Sở tháng này", "số" are no "sổ"."""
    typed = [word for word in re.findall(r"\w+", nfc(text).lower()) if fold(word) == "so"]
    return bool(typed) and not {"sổ", "so"} & {*typed}


def _repaired(text: str, today: date, words: Vocabulary | None) -> list[str]:
    return [plain(read_caption(text, today, words).question.said)] if words else []


def _at(said: str, word: str) -> int:
    """Where the word stands; -1: nowhere. "bài đăng ký" is no "bài đăng"."""
    found = re.search(rf"\b{word}\b(?! ky\b)", said)
    return found.start() if found else -1


def _without(said: str, found: re.Match[str]) -> str:
    return f"{said[: found.start()]} {said[found.end() :]}"


def _nearest(day: int, month: int, year: str | None, today: date) -> date | None:
    years = (int(year) + 2000 * (len(year) == 2),) if year else (today.year - 1, today.year, today.year + 1)
    found = []
    for one in years:
        try:
            found.append(date(one, month, day))
        except ValueError:
            continue
    return min(found, key=lambda one: abs((one - today).days), default=None)
