"""How people say who speaks in the principal's stead, and until when."""

import re
from datetime import date

from knowledge.fold import fold
from knowledge.periods import find_period
from knowledge.typed_days import DAY, day_in

_WORDS = (
    (re.compile(r"(?:(?:toi|em|minh) )?(?:muon |xin )?uy quyen(?: cho (?P<rest>.+))?"), "uyquyen"),
    (re.compile(r"(?:hien )?ai (?:hien )?(?:dang )?(?:duoc|nhan) uy quyen(?P<rest>)"), "uyquyen"),
    (
        re.compile(
            r"(?:thoi|huy|dung|cham dut|ket thuc|thu hoi)(?: viec)? uy quyen(?: (?:cho|cua|voi))?(?: (?P<rest>.+))?"
        ),
        "thoiuyquyen",
    ),
)
_ASKED = re.compile(r"\b(?:gi|nao|dau|sao|bao gio|khi|may|ai|the nao|gom|khong)\b")
_UNTIL = re.compile(r"\b(?:cho )?(?:(?:den|toi)(?: het)?|het)\b(?!.*\b(?:den|het)\b).+")  # names end in "Tới" too
_BARE_DAY = re.compile(r"(?:\bngay )?(?<!\d)\d{1,2}[/.-]\d.*")
_FROM = re.compile(r"\b(?:ke )?tu (?:(?:hom )?nay|(?:ngay )?mai|(?:ngay )?\d\S*)[ ,]*$")
_TITLE = re.compile(r"(?:cho )?(?:(?:co|thay|chi|anh|ba|ong|em|ban)(?: giao)? )?(?=\S)")


def in_words(text: str) -> tuple[str, str] | None:
    """The command that plain words stand for, and what follows it; None: they are about something else."""
    said = text.strip(" \n.!?")
    folded = fold(said)
    for pattern, command in _WORDS:
        if found := pattern.fullmatch(folded):
            start, end = found.span("rest")
            rest = found["rest"] or ""
            asks = rest and ("?" in text or (_ASKED.search(rest) and not DAY.search(rest)))  # "Mây" is a name too
            return None if asks else (command, said[start:end] if rest else "")
    return None


def names_a_day(text: str) -> bool:
    """Whether this answers "until when?"; a question does not."""
    folded = fold(text.strip())
    return not folded.endswith("?") and bool(DAY.search(folded) or _UNTIL.match(folded))


def who_and_until(rest: str, today: date) -> tuple[str, date | None, bool]:
    """ "cô Lan đến hết 10/12" -> whom, her last day, whether words name one; None: none that is today or later."""
    found = _UNTIL.search(fold(rest)) or _BARE_DAY.search(fold(rest))
    who = rest[: found.start()] if found else rest
    since = _FROM.search(fold(who))  # it begins at once, whatever is said
    return (
        without_title(who[: since.start()] if since else who),
        _day(rest[found.start() :], today) if found else None,
        found is not None,
    )


def without_title(name: str) -> str:
    """Without "cô", "thầy" in front."""
    title = _TITLE.match(fold(name))
    return (name[title.end() :] if title else name).strip(" ,.:;-")


def _day(words: str, today: date) -> date | None:
    """The day that is named, or the last of "hết tuần sau"."""
    if DAY.search(words):
        return day_in(words, today)
    found = find_period(fold(words), today)
    return found.period.last if found and found.period.last >= today else None
