"""Lists of units and of people: CSV text -> values; every bad line named, nothing half read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from core.csv_lines import Fault, Line, read_lines
from core.errors import BadInput
from core.names import clean_phone
from core.people import Level, Ownership, Role, Unit
from core.texts import registers as texts

UNIT_COLUMNS = ("code", "name", "level", "parent", "ownership", "aliases", "valid_from", "valid_to", "successor")
PEOPLE_COLUMNS = ("name", "unit", "role", "phone")

_LEVELS = (Level.MINISTRY, Level.DEPARTMENT, Level.DISTRICT, Level.COMMUNE, Level.SCHOOL)  # from the top


@dataclass(frozen=True, slots=True)
class Staff:
    """A line of the staff list; `unit` is a code."""

    name: str
    unit: str
    role: Role
    phone: str = ""


_Choice = TypeVar("_Choice", Level, Ownership, Role)
_Row = TypeVar("_Row", Unit, Staff)


@dataclass(frozen=True, slots=True)
class Register(Generic[_Row]):
    """The lines of a list that can be read, each with its number in the file, and what is wrong with others."""

    lines: tuple[tuple[int, _Row], ...]
    faults: tuple[Fault, ...]

    def whole(self) -> tuple[_Row, ...]:
        """All of it. Raises BadInput that names every bad line."""
        if self.faults:
            raise BadInput(texts.refused(self.faults))
        return tuple(row for _, row in self.lines)


class _Bad(Exception):
    """What is wrong with one line."""


def read_units(text: str, known: Iterable[Unit] = ()) -> tuple[Unit, ...]:
    """The units in the order of the file. `known`: those already kept, which parents and successors may name.

    Raises BadInput that names every bad line: unknown level, ownership or date, a code twice, a parent or
    successor that is nowhere or goes round in a circle, a parent of a lower level than its child.
    """
    return units_in(text, known).whole()


def units_in(text: str, known: Iterable[Unit] = ()) -> Register[Unit]:
    """The same, also where lines are bad. Raises BadInput where the file is no such list."""
    lines, faults = read_lines(text, UNIT_COLUMNS, ("code", "name", "level"))
    units: list[tuple[int, Unit]] = []
    at: dict[str, int] = {}  # code -> line, also of lines that are bad otherwise
    for line in lines:
        code = line.cells[0]
        try:
            if code in at:
                raise _Bad(texts.twice(code, at[code]))
            units.append((line.number, _unit(line)))
        except _Bad as bad:
            faults.append((line.number, str(bad)))
        at.setdefault(code, line.number)
    faults += _tree_faults([unit for _, unit in units], known, at)
    return Register(tuple(units), tuple(sorted(faults)))


def read_people(text: str, unit_code: Callable[[str], str]) -> tuple[Staff, ...]:
    """The people in the order of the file.

    `unit_code` gives the code for a unit's code, name or alias, or raises BadInput. Raises BadInput that
    names every bad line.
    """
    return people_in(text, unit_code).whole()


def people_in(text: str, unit_code: Callable[[str], str]) -> Register[Staff]:
    """The same, also where lines are bad. Raises BadInput where the file is no such list."""
    lines, faults = read_lines(text, PEOPLE_COLUMNS, ("name", "unit", "role"))
    seen: dict[tuple[str, str, Role], int] = {}
    people: list[tuple[int, Staff]] = []
    for line in lines:
        try:
            person = _person(line, unit_code)
            key = (person.name, person.unit, person.role)
            if key in seen:
                raise _Bad(texts.person_twice(seen[key]))
            seen[key] = line.number
            people.append((line.number, person))
        except _Bad as bad:
            faults.append((line.number, str(bad)))
    return Register(tuple(people), tuple(sorted(faults)))


def _unit(line: Line) -> Unit:
    code, name, level_word, parent, owner_word, aliases, valid_from, valid_to, successor = line.cells
    _check_names(code, name)
    level = _one_of("level", level_word, _LEVELS)
    ownership = _one_of("ownership", owner_word, tuple(Ownership)) if owner_word else None
    if ownership and level is not Level.SCHOOL:
        raise _Bad(texts.OWNERSHIP_OF_OFFICE)
    first, last = _date("valid_from", valid_from), _date("valid_to", valid_to)
    if first and last and last < first:
        raise _Bad(texts.UPSIDE_DOWN)
    others = tuple(dict.fromkeys(alias.strip() for alias in aliases.split("|") if alias.strip()))
    return Unit(code, name, level, parent, ownership, others, first, last, successor)


def _check_names(code: str, name: str) -> None:
    if not code:
        raise _Bad(texts.NO_CODE)
    if " " in code:
        raise _Bad(texts.SPACE_IN_CODE)
    if not name:
        raise _Bad(texts.NO_NAME)


def _person(line: Line, unit_code: Callable[[str], str]) -> Staff:
    name, unit, role, phone = line.cells
    if not name:
        raise _Bad(texts.NO_NAME)
    try:
        code = unit_code(unit)
    except BadInput as bad:
        raise _Bad(bad.text) from None
    return Staff(name, code, _one_of("role", role, tuple(Role)), clean_phone(phone))


def _one_of(column: str, word: str, allowed: tuple[_Choice, ...]) -> _Choice:
    for value in allowed:
        if word.casefold() == value.value:
            return value
    raise _Bad(texts.bad_choice(column, word, [value.value for value in allowed]))


def _date(column: str, word: str) -> date | None:
    """A day as 2025-07-01 or, as Excel in Vietnam writes it, 01/07/2025."""
    if not word:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(word, form).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    raise _Bad(texts.bad_date(column, word))


def _tree_faults(units: Iterable[Unit], known: Iterable[Unit], at: Mapping[str, int]) -> list[Fault]:
    """What is wrong with the places of these units among all; `at`: the lines of the file by code."""
    everyone = {unit.code: unit for unit in (*known, *units)}
    columns = {
        "parent": {unit.code: unit.parent for unit in everyone.values()},
        "successor": {unit.code: unit.successor for unit in everyone.values()},
    }
    faults: list[Fault] = []
    for unit in units:
        for column, lines in columns.items():
            if fault := _place_fault(unit.code, column, lines, at):
                faults.append((at[unit.code], fault))
        parent = everyone.get(unit.parent)
        if parent and _LEVELS.index(parent.level) > _LEVELS.index(unit.level):
            faults.append((at[unit.code], texts.below_its_child(parent.code, parent.level.value)))
    return faults


def _place_fault(code: str, column: str, lines: Mapping[str, str], at: Mapping[str, int]) -> str:
    other = lines[code]
    if other == code:
        return texts.own_parent(column, code)
    if other and other not in lines and other not in at:
        return texts.unknown_unit(column, other)
    circle = _circle(code, lines)
    return texts.circle(column, circle) if circle else ""


def _circle(start: str, above: Mapping[str, str]) -> list[str]:
    """The codes from `start` back to itself; empty when the line ends or the circle is another's."""
    path = [start]
    while (code := above.get(path[-1], "")) and code not in path[1:]:
        path.append(code)
        if code == start:
            return path
    return []
