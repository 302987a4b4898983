"""Types of files that a sentence asks for, and whether it wants figures alone, without the names of children."""

import re
from collections.abc import Callable, Iterator, Sequence

from core.file_types import ENDINGS, FILMS, SOUNDS
from core.rules import PAPERS, Limit, RuleKind, Thing
from knowledge.limit_words import Named

Quote = Callable[[int, int], str]

_TYPE = r"\.?(?:word|docx?|pdf|excel|xlsx?|powerpoint|pptx?|jpe?g|png|mp4|mov|avi|mp3)"
_KIND = r"\b(?:dinh dang|dang|duoi|kieu)\s*(?:tep|file)?\s*(?:la|:)?\s*"
_FILE = r"\b(?:tep|file|ban)\s*(?:mem|scan|dien tu)?\s*\(?"
_AND = r"\s*(?:,|/|;|va|hoac|hay)\s*(?:ban|file|tep|dinh dang)?\s*(?:mem |scan )?"
_TYPES = re.compile(rf"(?:{_KIND}|{_FILE}){_TYPE}\b(?:{_AND}{_TYPE}\b)*")
_ONE = re.compile(rf"{_TYPE}\b")
_OURS = re.compile(  # a file that the office gives out, not one that is handed in
    r"\b(?:kem theo|dinh kem|gui kem|kem cong van|tai (?:ve|mau|tai)|xem|theo mau|mau|huong dan|danh sach)\b"
)
_HANDED_IN = re.compile(r"\b(?:gui|nop|luu|dinh dang|du thi|bang)\b")
_NOT = re.compile(r"\bkhong (?:nhan|gui|nop|su dung|chap nhan)\b")
_FAMILY = {"image": Thing.PICTURE, **dict.fromkeys(FILMS, Thing.FILM), **dict.fromkeys(SOUNDS, Thing.SOUND)}


def types_in(folded: str, things: Sequence[Named], above: Thing | None, place: int, quote: Quote) -> Iterator[Limit]:
    """One limit for each kind of thing; a paper in several types may come in any of them."""
    if _OURS.search(folded) or _NOT.search(folded):
        return
    wanted: dict[Thing, list[str]] = {}
    where: dict[Thing, tuple[int, int]] = {}
    for found in _TYPES.finditer(folded):
        if not (_HANDED_IN.search(folded) or things):
            continue
        for one in _ONE.finditer(found.group()):
            name = _type(one.group())
            about = _FAMILY.get(name) or _paper(things, above)
            wanted.setdefault(about, []).append(name)
            start, _ = where.get(about, found.span())
            where[about] = start, found.end()
    for about, names in wanted.items():
        yield Limit(RuleKind.TYPES, quote(*where[about]), place, about, types=tuple(sorted(set(names))))


def _type(words: str) -> str:
    word = words.lstrip(".")
    return word if word in ENDINGS else next(name for name, endings in ENDINGS.items() if word in endings)


def _paper(things: Sequence[Named], above: Thing | None) -> Thing:
    named = [one.thing for one in things if one.thing in (*PAPERS, Thing.SLIDES)]
    return named[0] or Thing.ANY if named else above if above and above in PAPERS else Thing.ANY


_CHILD = r"(?:tre|tre em|hoc sinh|chau|cac chau|be)"
_NO_NAMES = re.compile(
    r"\bkhong (?:duoc )?(?:ghi|neu|kem(?: theo)?|gui(?: kem)?|co|lap|liet ke|de lo|lo|dua|cong khai|tiet lo) "
    rf"(?:(?:ho )?ten|danh sach|ho ten)(?: (?:cua|cac|ten|ho ten))* {_CHILD}\b"
)
_FIGURES = re.compile(
    r"\bchi (?:can )?(?:bao cao|gui|nop|tong hop|thong ke|ghi|cung cap) "
    r"(?:so lieu|so luong|con so|ty le|ti le|tong so)\b"
)
HEALTH = re.compile(
    r"\b(?:can\s*-?\s*do|bieu do tang truong|suy dinh duong|thua can|beo phi|tinh trang dinh duong|suc khoe)\b"
)


def counts_only(folded: str, place: int, quote: Quote) -> Iterator[Limit]:
    """The rule that names of children stay away, where the sentence states it."""
    found = _NO_NAMES.search(folded)
    if found is None and (figures := _FIGURES.search(folded)) and HEALTH.search(folded):
        found = figures
    if found:
        yield Limit(RuleKind.COUNTS_ONLY, quote(*found.span()), place)
