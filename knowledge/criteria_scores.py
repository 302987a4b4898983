"""Own points as people type them: "1.2: 8, 1.3 không đạt bộ hạnh phúc"."""

import re
from dataclasses import dataclass
from decimal import Decimal

from core.criteria import MET, NOT_MET
from knowledge.criteria_lists import number_of
from knowledge.fold import fold

_NUMBER = r"\d{1,3}(?:\.\d{1,3})*"
_SET = re.compile(
    r"(?:^|[\s,(])(?:theo )?(?:bo(?: tieu chi)?|theo) (?P<name>[^:=]+?)\)?"
    rf"(?=$|\s(?:tieu chi )?{_NUMBER}\s?[:=])"
)
_APART = re.compile(
    rf"[;\n]+|,\s+|,(?={_NUMBER}\s?[:=])|\sva\s|(?<!chi)(?<!tc)\s+(?=(?:tieu chi |tc )?{_NUMBER}\s?[:=])"
)
_PAIR = re.compile(
    rf"(?:tieu chi |tc )?(?P<number>{_NUMBER}(?:\.[a-z])?|[ivx]{{1,5}})(?:\s*[:=–-]\s*|\s+)(?:duoc |la )?"
    r"(?:(?P<not>(?:khong|chua) dat)|(?P<met>dat)"
    r"|(?P<points>\d{1,4}(?:[.,]\d{1,2})?)(?: ?/ ?\d{1,4})?(?: ?(?:diem|d))?)"
)


@dataclass(frozen=True, slots=True)
class Given:
    """What was given to the criterion of this number. `word`: met or not, no points."""

    number: str
    value: Decimal
    word: bool


@dataclass(frozen=True, slots=True)
class Scores:
    """`set`: the words for a set, as typed, may be empty; `unclear`: the first part that is not understood."""

    set: str
    given: tuple[Given, ...]
    unclear: str = ""


def scores_in(text: str) -> Scores:
    """What is given to which criteria; the last word on one counts."""
    said = " ".join(text.split(" ")).strip(" .!")
    name = ""
    if found := _SET.search(fold(said)):
        name = said[found.start("name") : found.end("name")].strip()
        said = f"{said[: found.start()]} {said[found.end() :]}".strip(" ,:")
    given: dict[str, Given] = {}
    for start, end in _parts(fold(said)):
        part = said[start:end].strip(" ,.;")
        pair = _PAIR.fullmatch(fold(part))
        if part and pair is None:
            return Scores(name, (), part)
        if pair and (number := number_of(pair["number"])):
            given[number] = _given(number, pair)
    return Scores(name, tuple(given.values()))


def _parts(folded: str) -> list[tuple[int, int]]:
    """Where each pair stands."""
    cuts = [found.span() for found in _APART.finditer(folded)]
    return [*zip([0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(folded)], strict=True)]


def _given(number: str, pair: re.Match[str]) -> Given:
    if pair["points"]:
        return Given(number, Decimal(pair["points"].replace(",", ".")), word=False)
    return Given(number, MET if pair["met"] else NOT_MET, word=True)
