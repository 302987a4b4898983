"""Whose a document is: the unit that issued it, from what the document says of itself."""

from collections.abc import Iterable
from datetime import date

from core.people import Level, Unit, UnitTree
from core.work import Head
from knowledge.unit_names import proper_name, units_named


def find_issuer(head: Head, tree: UnitTree) -> Unit | None:
    """The issuing unit, or None where it is not certain: nobody fits, or two fit equally."""
    fits = [unit for unit in _called_so(head, tree) if _level_fits(unit, head) and _area_fits(unit, head, tree)]
    if len(fits) > 1:
        fits = [unit for unit in fits if _in_force(unit, head.date)] or fits
    return fits[0] if len(fits) == 1 else None


def _called_so(head: Head, tree: UnitTree) -> list[Unit]:
    """The units that bear the name: the whole name of the issuing body, else its place."""
    exact = units_named(tree, head.issuing_body) if head.issuing_body else ()
    if len(exact) == 1:
        return list(exact)
    if head.level is Level.MINISTRY:
        return [unit for unit in tree.units.values() if unit.level is Level.MINISTRY]
    for wanted in filter(None, map(proper_name, _naming(head))):
        units = [u for u in tree.units.values() if wanted in _proper_names(u) and _level_fits(u, head)]
        if units:
            return units
    return []


def _naming(head: Head) -> Iterable[str]:
    """Where the unit's own name may stand, the surest first."""
    area = head.province if head.level is Level.DEPARTMENT else head.district
    place = None if head.level is Level.SCHOOL else head.place
    own = (head.issuing_body, area, place) if head.level is Level.SCHOOL else (area, head.issuing_body)
    return (words for words in (*own, place) if words)


def _proper_names(unit: Unit) -> set[str]:
    return {proper_name(name) for name in (unit.name, *unit.aliases)}


def _level_fits(unit: Unit, head: Head) -> bool:
    return head.level is None or unit.level is head.level


def _area_fits(unit: Unit, head: Head, tree: UnitTree) -> bool:
    """False where the document names another province, or a school's another district, than its units above."""
    district = head.district if unit.level is Level.SCHOOL else None
    line = tree.above(unit.code)
    for level, area in ((Level.DEPARTMENT, head.province), (Level.DISTRICT, district)):
        if area and proper_name(area) in _proper_names(unit):
            continue  # "UBND thành phố Bảo Lộc": a city within a province
        above = [other for other in line if other.level is level]
        if area and above and not any(proper_name(area) in _proper_names(other) for other in above):
            return False
    return True


def _in_force(unit: Unit, day: date | None) -> bool:
    return day is None or unit.exists_on(day)
