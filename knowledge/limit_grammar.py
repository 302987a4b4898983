"""The words of a document -> the limits in them; here those that are measured: minutes, pages, megabytes."""

import re
from collections.abc import Iterator, Sequence

from core.rules import PAPERS, Limit, RuleKind, Thing
from core.work import Part, Passage
from knowledge.blocks import mask
from knowledge.fold import fold
from knowledge.limit_counts import authors, counted
from knowledge.limit_files import counts_only, types_in
from knowledge.limit_words import CAP, FLOOR, NUMBER, Said, chain_before, named, number
from knowledge.sentences import runs

_UNITS: dict[RuleKind, str] = {
    RuleKind.DURATION: r"phut|giay|'",
    RuleKind.PAGES: r"trang(?! (?:web|thong tin|tri|bi|thiet|mang|chu|dien tu|tin|phuc|phu luc|fanpage|facebook))|"
    r"slides?",
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
_DOING = re.compile(r"\b(?:doc|in|photo|pho to|dien|chup|scan|dong dau)(?: \w+)? $")
_LONGEST = 3000  # characters of a sentence that are read
_SHARE = re.compile(r"\s*(?:/|(?:cho )?(?:moi|mot)\b)\s*(?:1 )?")


def read_limits(passages: Sequence[Passage]) -> tuple[Limit, ...]:
    """Every limit that these passages of a document state, in order."""
    return tuple(
        limit
        for one in passages
        if one.part not in (Part.HEAD, Part.BASIS, Part.CLOSING)
        for limit in limits_in(one.text, one.place, _words_above(passages, one))
    )


def _words_above(passages: Sequence[Passage], one: Passage) -> str:
    """The heading or lead it stands under; the next above where that names nothing."""
    for _ in range(2):
        if one.parent is None:
            return ""
        one = passages[one.parent]
        if named(fold(one.text)):
            break
    return one.text


def limits_in(text: str, place: int, above: str = "") -> tuple[Limit, ...]:
    """The limits that a passage's text states; `above`: the words it stands under. Every quote is a run of `text`."""
    found: list[Limit] = []
    before = _one_thing(fold(mask(above)))
    for run in (one[:_LONGEST] for one in runs(text)):
        folded = fold(mask(run))
        said = Said(run, folded, named(folded), before)
        found += [*_measured(said, place), *counted(said, place), *authors(said, place)]
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
    for pattern in _forms(unit):
        for found in pattern.finditer(folded):
            if any(start < found.end() and found.start() < end for start, end in taken):
                continue
            taken.append(found.span())
            groups = found.groupdict()
            size = found["unit"]
            low = _whole(groups["low"], groups.get("lowunit") or size) if groups.get("low") else None
            high = _whole(groups["high"], size) if groups.get("high") else None
            if low and high and low >= high:
                continue
            if low or high:
                yield low, high, found.start(), found.end()


def _forms(unit: str) -> tuple[re.Pattern[str], ...]:
    """In the order in which they are tried."""
    if unit not in _PATTERNS:
        to = r"\s*(?:den|toi|-|–|—)\s*(?:khong qua |toi da )?"
        size = rf"\s*(?P<unit>{unit})(?!\w)"
        low = rf"(?:\btrong khoang\s+)?(?:\btu\s+)?(?P<low>{NUMBER})\s*(?P<lowunit>{unit})?"
        _PATTERNS[unit] = (
            re.compile(rf"{low}{to}(?P<high>{NUMBER}){size}"),
            re.compile(rf"{CAP}(?P<high>{NUMBER}){size}"),
            re.compile(rf"{FLOOR}(?P<low>{NUMBER}){size}"),
            re.compile(rf"(?:\btu )?(?P<high>{NUMBER}){size}(?: a4)? (?:tro xuong|tro lai|do lai)"),
            re.compile(rf"{_MEASURE}{_FILLER}(?P<high>{NUMBER}){size}"),
        )
    return _PATTERNS[unit]


_PATTERNS: dict[str, tuple[re.Pattern[str], ...]] = {}


def _whole(words: str, unit: str) -> int | None:
    """The number in the unit of its kind: seconds, pages, megabytes; None: no whole one ("1,5 trang")."""
    exact = number(words) * {"phut": 60, "'": 60, "gb": 1024}.get(unit, 1)
    return round(exact) if exact == round(exact) else None


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
    head = chain[1] if chain[0].thing is Thing.PRODUCT and len(chain) > 1 else chain[0]  # "sản phẩm video": the video
    return head.thing if head.thing in _OF[kind] else None


def _is_of_files(kind: RuleKind, folded: str) -> bool:
    return kind is RuleKind.SIZE and re.search(r"\b(?:tep|file)\b", folded) is not None
