"""Places and schools that a question names: the asker's own, or another's."""

import re
from functools import lru_cache

from core.people import Level, Unit
from knowledge.due import Reach
from knowledge.fold import fold, words
from knowledge.index import Hit
from knowledge.question import Question

# the words of a unit's kind at the head of a name; what follows is its own
_KIND = re.compile(
    r"^(?:(?:truong|lop|nhom tre|nhom|co so|nhom lop)? ?(?:mam non|mn|mg|mau giao)(?: doc lap)?(?: tu thuc| cong lap)?"
    r"|(?:phong|so|bo)(?: gddt| gd dt| giao duc(?: va)? dao tao| giao duc mam non| van hoa(?: va)? xa hoi)?"
    r"|ubnd|uy ban nhan dan|huyen|quan|thi xa|thi tran|xa|phuong|tinh|thanh pho|tp|dac khu)(?= |$) ?"
)


@lru_cache(maxsize=4096)
def proper_names(unit: Unit) -> tuple[str, ...]:
    """The names in a unit's name without the words of its kind, folded: "vinh bao", "hai phong"."""
    names = []
    for part in unit.name.split(","):
        name = " ".join(words(fold(part)))
        while (match := _KIND.match(name)) and match.end():
            name = name[match.end() :]
        if name:
            names.append(name)
    return tuple(names)


def own_words(reach: Reach) -> frozenset[str]:
    """Every word of the names of the asker's unit and the units above it."""
    if reach.asker.unit is None:
        return frozenset()
    line = reach.index.tree.above(reach.asker.unit.code)
    return frozenset(word for unit in line for name in proper_names(unit) for word in name.split())


def foreign(question: Question, reach: Reach) -> bool:
    """Whether the question names a place that is neither the asker's, nor above nor below it."""
    if reach.asker.unit is None:
        return False
    tree = reach.index.tree
    near = {u.code for u in (*tree.above(reach.asker.unit.code), *tree.below(reach.asker.unit.code))}
    mine = {name for code in near if (unit := tree.get(code)) for name in proper_names(unit)}
    said = f" {question.said} "
    return any(
        f" {name} " in said
        for unit in tree.units.values()
        if unit.code not in near
        for name in proper_names(unit)
        if name not in mine
    )


def place_shift(reach: Reach, question: Question, hit: Hit) -> float:
    """What is added to a hit that names the asker's own district, and taken from one that names only others.

    Nothing where the question names a place itself, or the sentence none.
    """
    if reach.asker.unit is None:
        return 0.0
    own, others = _districts(reach)
    if any(f" {name} " in f" {question.said} " for name in own | others):
        return 0.0
    said = f" {' '.join(hit.entry.tokens)} "
    if any(f" {name} " in said for name in own):
        return 0.05
    return -0.15 if any(f" {name} " in said for name in others) else 0.0


def _districts(reach: Reach) -> tuple[frozenset[str], frozenset[str]]:
    """The names of districts and communes: those of the asker's line, and all others."""
    tree = reach.index.tree
    unit = reach.asker.unit
    line = {u.code for u in tree.above(unit.code)} if unit else set()
    names: tuple[set[str], set[str]] = (set(), set())
    for other in tree.units.values():
        if other.level in (Level.DISTRICT, Level.COMMUNE) and (found := proper_names(other)):
            names[other.code not in line].add(found[0])
    return frozenset(names[0]), frozenset(names[1] - names[0])
