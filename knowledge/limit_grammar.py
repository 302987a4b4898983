"""A sentence -> the limits in it: minutes, pages, megabytes; how many a unit hands in or puts forward; authors."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.rules import PAPERS, Limit, RuleKind, Thing
from knowledge.blocks import mask
from knowledge.fold import fold
from knowledge.limit_files import counts_only, types_in
from knowledge.limit_words import CAP, FLOOR, NUMBER, Named, chain_before, named, number
from knowledge.sentences import runs, shortened

_UNITS: dict[RuleKind, str] = {
    RuleKind.DURATION: r"phut|giay|'",
    RuleKind.PAGES: r"trang(?! (?:web|thong tin|tri|bi|thiet|mang|chu|dien tu|tin|phuc|fanpage|facebook))|slides?",
    RuleKind.SIZE: r"mb|gb",
}
_OF: dict[RuleKind, tuple[Thing, ...]] = {
    RuleKind.DURATION: (Thing.FILM, Thing.SOUND),
    RuleKind.PAGES: (*PAPERS, Thing.SLIDES),
    RuleKind.SIZE: (*PAPERS, Thing.SLIDES, Thing.FILM, Thing.SOUND, Thing.PICTURE, Thing.PRODUCT),
}
_MEASURE = r"\b(?:thoi luong|do dai|dung luong|so trang|dai)\b"
_FILLER = r"(?:\s*(?:la|:|moi (?:video|clip|bai|phong su|san pham)|video|phong su|clip|bai(?: viet)?))*\s*"
_LIVE_AFTER = re.compile(
    r"\s*(?:/|moi|mot|tren)?\s*(?:ngay|buoi|tiet|hoc sinh|tre|lan|tuan|thang|dai bieu|thi sinh|luot|dau gio)\b"
)
_DOING = re.compile(r"\b(?:doc|in|photo|pho to|dien|chup|scan|dong dau|tu|trong)(?: \w+)? $")
_SHARE = re.compile(r"\s*(?:/|(?:cho )?(?:moi|mot)\b)\s*(?:1 )?")
_NO_QUOTE_END = " \t\n*,;:-–+·•"
_QUOTE = 160  # characters


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence: literal, folded, the things it names, and what was named before and above it."""

    text: str
    folded: str
    things: list[Named]
    above: Thing | None

    def quote(self, start: int, end: int) -> str:
        """The literal run that holds [start:end]: what the brackets hold, else the sentence or a part of it."""
        opened, closed = self.text.rfind("(", 0, start), self.text.find(")", end)
        if opened >= 0 and closed >= 0 and ")" not in self.text[opened:start] and closed - opened > 18:
            return self.text[opened + 1 : closed].strip(_NO_QUOTE_END)
        whole = self.text.strip(_NO_QUOTE_END)
        if len(whole) <= _QUOTE:
            return whole
        first = max((self.text.rfind(mark, 0, start) for mark in ",;(:"), default=-1) + 1
        return shortened(self.text[first:].strip(_NO_QUOTE_END), _QUOTE).rstrip("…").rstrip(_NO_QUOTE_END)


def limits_in(text: str, place: int, above: str = "") -> tuple[Limit, ...]:
    """The limits that a passage's text states; `above`: the words it stands under. Every quote is a run of `text`."""
    found: list[Limit] = []
    before = _one_thing(fold(mask(above)))
    for run in runs(text):
        folded = fold(mask(run))
        said = Said(run, folded, named(folded), before)
        found += [*_measured(said, place), *_counted(said, place), *_authors(said, place)]
        found += [*types_in(folded, said.things, before, place, said.quote), *counts_only(folded, place, said.quote)]
        before = next((one.thing for one in reversed(said.things) if one.thing), before)
    return tuple(dict.fromkeys(found))


def _one_thing(folded: str) -> Thing | None:
    """What a heading is about, where that is one thing."""
    things = {one.thing for one in named(folded)}
    return things.pop() if len(things) == 1 else None


def _measured(said: Said, place: int) -> Iterator[Limit]:
    for kind, unit in _UNITS.items():
        spans: dict[Thing, list[tuple[int | None, int | None, int, int]]] = {}
        for least, most, start, end in _spans(said.folded, unit):
            about = _about(said, kind, start, end)
            if about:
                spans.setdefault(about, []).append((least, most, start, end))
        for about, found in spans.items():
            leasts, mosts = [one[0] for one in found if one[0]], [one[1] for one in found if one[1]]
            if len(leasts) > 1 or len(mosts) > 1:
                continue  # several rules in one sentence: which is for what cannot be told
            quote = said.quote(min(one[2] for one in found), max(one[3] for one in found))
            yield Limit(kind, quote, place, about, mosts[0] if mosts else None, leasts[0] if leasts else None)


def _spans(folded: str, unit: str) -> Iterator[tuple[int | None, int | None, int, int]]:
    """Least, most, start and end of every measure in this unit."""
    taken: list[tuple[int, int]] = []
    for form, pattern in _forms(unit).items():
        for found in pattern.finditer(folded):
            if any(start < found.end() and found.start() < end for start, end in taken):
                continue
            taken.append(found.span())
            groups = found.groupdict()
            size = found["unit"]
            low = _whole(groups["low"], groups.get("lowunit") or size) if groups.get("low") else None
            high = _whole(groups["high"], size) if groups.get("high") else None
            if form == "range" and low and high and low >= high:
                continue
            yield low, high, found.start(), found.end()


def _forms(unit: str) -> dict[str, re.Pattern[str]]:
    """In the order in which they are tried."""
    if unit not in _PATTERNS:
        to = r"\s*(?:den|toi|-|–|—)\s*(?:khong qua |toi da )?"
        size = rf"\s*(?P<unit>{unit})(?!\w)"
        _PATTERNS[unit] = {
            "range": re.compile(
                rf"(?:\btu\s+)?(?:trong khoang\s+)?(?P<low>{NUMBER})\s*(?P<lowunit>{unit})?{to}(?P<high>{NUMBER}){size}"
            ),
            "cap": re.compile(rf"{CAP}(?P<high>{NUMBER}){size}"),
            "floor": re.compile(rf"{FLOOR}(?P<low>{NUMBER}){size}"),
            "or less": re.compile(rf"(?:\btu )?(?P<high>{NUMBER}){size}(?: A4| a4)? (?:tro xuong|tro lai|do lai)"),
            "bare": re.compile(rf"{_MEASURE}{_FILLER}(?P<high>{NUMBER}){size}"),
        }
    return _PATTERNS[unit]


_PATTERNS: dict[str, dict[str, re.Pattern[str]]] = {}


def _whole(words: str, unit: str) -> int:
    """The number in the unit of its kind: seconds, pages, megabytes."""
    return round(number(words) * {"phut": 60, "'": 60, "gb": 1024}.get(unit, 1))


def _about(said: Said, kind: RuleKind, start: int, end: int) -> Thing | None:
    """What this measure is of, where that is something handed in; None: it limits nothing that can be looked at."""
    folded = said.folded
    if _LIVE_AFTER.match(folded, end) or _DOING.search(folded, 0, start):
        return None
    if (share := _SHARE.match(folded, end)) and (after := [one for one in said.things if one.start == share.end()]):
        return after[0].thing if after[0].thing in _OF[kind] else None
    chain = chain_before(folded, said.things, start)
    if not chain:
        return said.above if said.above in _OF[kind] else Thing.ANY if _is_of_files(kind, folded) else None
    if chain[0].thing is None:
        return None
    if kind is RuleKind.DURATION:
        return next((one.thing for one in chain if one.thing in _OF[kind]), None)
    return chain[0].thing if chain[0].thing in _OF[kind] else None


def _is_of_files(kind: RuleKind, folded: str) -> bool:
    return kind is RuleKind.SIZE and re.search(r"\b(?:tep|file)\b", folded) is not None


# how many a unit hands in or puts forward

_UNIT = r"(?:don vi|truong|co so|nha truong|phong|quan|huyen|xa|phuong|cum truong)"
_EACH = re.compile(rf"\b(?:moi|tung)\s+(?:{_UNIT})\b")
_ALL = re.compile(r"\bcac\s+(?:don vi|truong|co so|nha truong|phong)\b")
_PUT_FORWARD = re.compile(r"\b(?:de xuat|de nghi|de cu|gioi thieu|lua chon|binh chon|chon|dang ky|lap ho so)\b")
_SEND = re.compile(r"\b(?:gui|nop|tham gia|du thi|dang ky|lua chon|chon|co)\b")
_NOT_PUT_FORWARD = re.compile(r"\b(?:cu|du|tham du|tham gia|tap huan|trao|cap|mua|tang)\b")
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


def _counted(said: Said, place: int) -> Iterator[Limit]:
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
    if said.folded.find("/", found.end()) >= 0 and any(_PER_UNIT.match(folded, at) for at in _ends(folded, found)):
        return True
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


def _authors(said: Said, place: int) -> Iterator[Limit]:
    for pattern in _AUTHORS:
        for found in pattern.finditer(said.folded):
            things = [one.thing for one in said.things if one.thing in _PIECES] or [said.above]
            if things[0] in _PIECES and things[0]:
                quote = said.quote(found.start(), found.end())
                yield Limit(RuleKind.AUTHORS, quote, place, things[0], most=int(number(found["high"])))
                return
