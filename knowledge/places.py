"""Places and schools that a question names: the asker's own, or another's."""

from functools import lru_cache

from core.people import Unit
from knowledge.due import Reach
from knowledge.fold import fold, words
from knowledge.question import Question

_OFFICE_WORDS = frozenset(
    """phong gd gddt dt giao duc va dao tao huyen quan thi xa phuong thanh pho tinh so uy ban nhan dan ubnd truong mn
    mam non lop nhom doc lap tu thuc cong lap bo pgd sgd trung tam van hoa hoi""".split()
)


@lru_cache(maxsize=4096)
def proper_names(unit: Unit) -> tuple[str, ...]:
    """The names in a unit's name without the words of its kind, folded: "vinh bao", "hai phong"."""
    names = []
    for part in unit.name.split(","):
        kept = [word for word in words(fold(part)) if word not in _OFFICE_WORDS]
        if kept:
            names.append(" ".join(kept))
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
