"""The units that an audience names: pure, from the tree and the day."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache

from core.notices import Audience
from core.people import Unit, UnitTree
from knowledge.fold import fold, words
from knowledge.unit_names import proper_name, units_named
from knowledge.unit_words import proper_names
from noticing.audience_words import Understood, understand


def units_of(audience: Audience, tree: UnitTree, office: str, day: date) -> tuple[Unit, ...]:
    """Those that there are on this day, of the office's own and all below it, by code; `missing` is not looked at."""
    own = tree.get(office)
    here = {unit.code: unit for unit in (*((own,) if own else ()), *tree.below(office))}
    wanted = _named(audience, here, tree, office)
    without = _with_below(audience.without, tree) if audience.without else set()
    found = (unit for code, unit in here.items() if code in wanted and code not in without)
    return tuple(
        sorted((one for one in found if _fits(one, audience) and one.exists_on(day)), key=lambda one: one.code)
    )


def meant(tree: UnitTree, own: str, said: str) -> Understood:
    """What these words say to somebody of this unit."""
    return understand(said, lambda name: called(tree, own, name), own, alone=not tree.below(own))


def called(tree: UnitTree, own: str, name: str) -> Sequence[Unit]:
    """The units of one's own and below that are called so: by code, name or alias, else by the proper name."""
    here = [tree.units[code] for code in sorted({own, *(unit.code for unit in tree.below(own))}) if code in tree.units]
    last = words(fold(name))[-1:]  # of thousands most need not be compared in every spelling
    near = [unit for unit in here if _spelled(unit).issuperset(last)]
    return _among(near, name) or _among(here, name)


@lru_cache(maxsize=20_000)
def _spelled(unit: Unit) -> frozenset[str]:
    """The words of all that it is called."""
    return frozenset(words(fold(" ".join((unit.code, unit.name, *unit.aliases)))))


def _among(units: Sequence[Unit], name: str) -> Sequence[Unit]:
    if found := units_named(UnitTree.of(units), name):
        return found
    wanted = proper_name(name) or fold(name)
    return [unit for unit in units if proper_names(unit)[:1] == (wanted,)]


def _named(audience: Audience, here: Collection[str], tree: UnitTree, office: str) -> set[str]:
    """All of the office's, or those that are named; of a named office what is below it, where levels are asked for."""
    if not audience.units:
        return set(here) - {office}
    return _with_below(audience.units, tree) if audience.levels or audience.ownership else set(audience.units)


def _with_below(codes: Collection[str], tree: UnitTree) -> set[str]:
    return {*codes, *(unit.code for code in codes for unit in tree.below(code))}


def _fits(unit: Unit, audience: Audience) -> bool:
    levels = not audience.levels or unit.level in audience.levels
    return levels and (not audience.ownership or unit.ownership in audience.ownership)
