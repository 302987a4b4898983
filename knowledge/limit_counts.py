"""How many pieces a unit hands in, whom it puts forward, and how many authors a piece may have."""

import re
from collections.abc import Iterator

from core.rules import PAPERS, Limit, RuleKind, Thing
from knowledge.limit_words import CAP, FLOOR, NUMBER, Said, number

_UNIT = r"(?:don vi|truong|co so|nha truong|phong|quan|huyen|xa|phuong|cum truong)"
_EACH = re.compile(rf"\b(?:moi|tung)\s+(?:{_UNIT})\b")
_ALL = re.compile(r"\bcac\s+(?:don vi|truong|co so|nha truong|phong)\b")
_PUT_FORWARD = re.compile(r"\b(?:de xuat|de nghi|de cu|gioi thieu|lua chon|binh chon|chon|dang ky|lap ho so)\b")
_SEND = re.compile(r"\b(?:gui|nop|tham gia|du thi|dang ky|lua chon|chon|co)\b")
_NOT_PUT_FORWARD = re.compile(r"(?:(?<!de )\bcu|\b(?:du|tham du|tham gia|tap huan|trao|cap|mua|tang))\b")
_PER_UNIT = re.compile(rf"\s*(?:/|(?:cho )?moi)\s*(?:{_UNIT})\b")
_FOR_A_WHILE = re.compile(
    r"(?:/|\b(?:moi|hang|tren|trong)) ?(?:ngay|tuan|thang|quy|ky|hoc ky|nam)\b|\b(?:dinh ky|thuong xuyen)\b"
)
_MORE = re.compile(rf"(?:{FLOOR}|\bco |\bket qua.*)$")
_OR_MORE = re.compile(r"\s*(?:\w+ ){0,3}tro len")
_COUNT = re.compile(
    rf"(?:(?P<cap>{CAP})|(?P<low>{NUMBER})\s*(?:den|-|–)\s*)?(?P<high>{NUMBER})\s+(?=(?P<who>tap the|ca nhan)\b|[a-z])"
)
_WHO = {"tap the": Thing.GROUP, "ca nhan": Thing.PERSON}


def counted(said: Said, place: int) -> Iterator[Limit]:
    """Nominations and pieces that are asked of every unit."""
    folded = said.folded
    if _FOR_A_WHILE.search(folded):
        return
    for found in _COUNT.finditer(folded):
        about = _what_is_counted(said, found)
        if about is None or _MORE.search(folded, 0, found.start()) or _OR_MORE.match(folded, found.end()):
            continue
        kind = RuleKind.NOMINATIONS if about in _WHO.values() else RuleKind.PIECES
        if _is_asked_of_each(said, kind, found):
            quote = said.quote(found.start(), found.end())
            yield Limit(kind, quote, place, about, most=int(number(found["high"])))


def _what_is_counted(said: Said, found: re.Match[str]) -> Thing | None:
    if found["who"]:
        return _WHO[found["who"]]
    return next((one.thing for one in said.things if one.start == found.end()), None)


def _is_asked_of_each(said: Said, kind: RuleKind, found: re.Match[str]) -> bool:
    """Whether the sentence asks it of every unit."""
    folded = said.folded
    if any(_PER_UNIT.match(folded, at) for at in _ends(folded, found)):
        return True
    before = folded[: found.start()]
    each, everybody = list(_EACH.finditer(before)), list(_ALL.finditer(before))
    asked = before[each[-1].end() :] if each else before[everybody[-1].end() :] if everybody else None
    if asked is None or len(asked) > 120 or _NOT_PUT_FORWARD.search(asked) and kind is RuleKind.NOMINATIONS:
        return False
    if kind is RuleKind.NOMINATIONS:
        return _PUT_FORWARD.search(asked) is not None
    bought = re.search(r"\b(?:mua|cap|trao|tang|chuan bi)\b", asked)
    return bool(each) and not bought and (_SEND.search(asked) is not None or not asked.strip())


def _ends(folded: str, found: re.Match[str]) -> Iterator[int]:
    """Where the counted words may end, up to the end of the list they stand in."""
    for end in re.finditer(r"(?=\s*/)|\s(?=moi\b|cho moi\b)", folded[found.end() :]):
        between = folded[found.end() : found.end() + end.start()]
        if len(between) <= 40 and not re.search(r"[.;:()]", between):
            yield found.end() + end.start()


# authors

_AUTHORS = (
    re.compile(rf"{CAP}(?P<high>{NUMBER})\s+(?:dong )?tac gia\b"),
    re.compile(rf"\b(?:nhom|so) (?:dong )?tac gia\b[^.;0-9]{{0,40}}?{CAP}(?P<high>{NUMBER})\s+(?:nguoi|tac gia)\b"),
)
_PIECES = (*PAPERS, Thing.FILM, Thing.PICTURE, Thing.PRODUCT, Thing.SLIDES)


def authors(said: Said, place: int) -> Iterator[Limit]:
    """How many people may have made one piece."""
    for pattern in _AUTHORS:
        for found in pattern.finditer(said.folded):
            things = [one.thing for one in said.things if one.thing in _PIECES]
            about = things[0] if things else said.above
            if about in _PIECES:
                yield Limit(RuleKind.AUTHORS, said.quote(*found.span()), place, about, most=int(number(found["high"])))
                return
