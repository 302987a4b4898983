"""The units that an audience names: pure, from the tree and the day."""

from collections.abc import Collection, Sequence
from datetime import date

from core.notices import Audience
from core.people import Unit, UnitTree
from knowledge.name_book import NameBook
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


def meant(names: NameBook, own: str, said: str) -> Understood:
    """What these words say to somebody of this unit: of the units, the own one and those below may be named."""
    here = _here(names, own)
    return understand(said, lambda name: names.called(name, here), own, alone=len(here) == 1)


def resembling(names: NameBook, own: str, unclear: Sequence[str]) -> Sequence[Unit]:
    """Those of the same that are called almost as something that was unclear."""
    here = _here(names, own)
    return [*dict.fromkeys(unit for name in unclear for unit in names.near(name, here))]


def _here(names: NameBook, own: str) -> set[str]:
    return {own, *(unit.code for unit in names.tree.below(own))}


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
