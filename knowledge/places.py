"""Places and schools that a question names: the asker's own, or another's."""

from collections.abc import Iterator

from core.people import Level
from knowledge.due import Reach
from knowledge.index import Hit
from knowledge.question import Question
from knowledge.unit_words import proper_names


def own_words(reach: Reach) -> frozenset[str]:
    """Every word of the names of the asker's unit and the units above it."""
    if reach.asker.unit is None:
        return frozenset()
    line = reach.index.tree.above(reach.asker.unit.code)
    return frozenset(word for unit in line for name in proper_names(unit) for word in name.split())


def foreign(question: Question, reach: Reach) -> bool:
    """Whether the question names a place that is neither the asker's, nor above nor below it."""
    unit = reach.asker.unit
    if unit is None:
        return False
    named = [codes for name in _runs(question.said) if (codes := reach.index.names.get(name))]
    return any(not any(_near(reach, unit.code, code) for code in codes) for codes in named)


def _runs(said: str) -> Iterator[str]:
    """Every run of one to four words."""
    tokens = said.split()
    return (" ".join(tokens[i:j]) for i in range(len(tokens)) for j in range(i + 1, min(i + 4, len(tokens)) + 1))


def _near(reach: Reach, mine: str, other: str) -> bool:
    """Whether one of the two units stands above the other."""
    tree = reach.index.tree
    return any(u.code == other for u in tree.above(mine)) or any(u.code == mine for u in tree.above(other))


def names_place(reach: Reach, question: Question) -> bool:
    """Whether the question names any unit's place."""
    return any(run in reach.index.names for run in _runs(question.said))


def place_shift(reach: Reach, hit: Hit) -> float:
    """What is added to a hit that names the asker's own district, and taken from one that names only others."""
    unit = reach.asker.unit
    if unit is None:
        return 0.0
    names = reach.index.names
    named = [names[pair] for pair in hit.entry.pairs if pair in names]  # district names of one word are too common
    districts = [{code for code in codes if _is_district(reach, code)} for codes in named]
    districts = [codes for codes in districts if codes]
    if not districts:
        return 0.0
    line = {u.code for u in reach.index.tree.above(unit.code)}
    return 0.05 if any(codes & line for codes in districts) else -0.15


def _is_district(reach: Reach, code: str) -> bool:
    unit = reach.index.tree.get(code)
    return unit is not None and unit.level in (Level.DISTRICT, Level.COMMUNE)
