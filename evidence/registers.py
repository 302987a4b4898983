"""Lists of units and people from an office: what they would change is shown first, and that alone is done."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Literal

from core.csv_lines import Fault
from core.errors import BadInput, Refused
from core.people import Person, Role, Unit, UnitTree, manages
from core.registers import Register, Staff, people_in, units_in
from core.texts import commands
from core.texts import site_import as texts
from knowledge.unit_names import units_named
from records import memberships
from records.session import Session
from records.units import Imported, Listed, all_units, import_people, import_units, people_listed

Kind = Literal["units", "people"]
State = Literal["new", "changed", "same"]


@dataclass(frozen=True, slots=True)
class Change:
    """What a line would do; `fields`: the columns that change, with old and new."""

    line: int
    what: str
    state: State
    fields: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """All that a list would do, what changes first; with faults it does nothing.

    `digest`: another one wherever it would do something else.
    """

    changes: tuple[Change, ...]
    faults: tuple[Fault, ...]
    digest: str

    @property
    def counts(self) -> Mapping[str, int]:
        """How many lines are new, changed, same."""
        return Counter(one.state for one in self.changes)


async def preview(session: Session, me: Person, kind: Kind, text: str) -> Preview:
    """What this list would change for this person. Raises BadInput where the file is no such list."""
    return (await _looked_at(session, me, kind, text))[0]


async def apply(session: Session, me: Person, kind: Kind, text: str, digest: str) -> Imported:
    """Exactly what the preview with this digest has shown. Raises Refused: nothing is done."""
    seen, units, people = await _looked_at(session, me, kind, text)
    if seen.digest != digest:
        raise Refused(texts.CHANGED_SINCE)
    if seen.faults:
        raise Refused(texts.HAS_FAULTS)
    if kind == "units":
        return await import_units(session, units.whole())
    return await import_people(session, people.whole())


_Looked = tuple[Preview, Register[Unit], Register[Staff]]
_NO_UNITS: Register[Unit] = Register((), ())
_NOBODY: Register[Staff] = Register((), ())


async def _looked_at(session: Session, me: Person, kind: Kind, text: str) -> _Looked:
    tree = UnitTree.of(await all_units(session))
    if kind == "units":
        units = units_in(text, tree.units.values())
        outside = _units_outside(tree, me, units)
        changes = [_unit_change(line, unit, tree.get(unit.code)) for line, unit in units.lines]
        return _preview(text, changes, [*units.faults, *outside]), units, _NOBODY
    people = people_in(text, _finder(tree))
    known = await people_listed(session)
    held = {line: known.get((one.name, one.unit, one.role)) for line, one in people.lines}
    changes = [_person_change(line, tree, one, held[line]) for line, one in people.lines]
    faults = [
        *people.faults,
        *_roles_outside(tree, me, people),
        *await _phones_outside(session, tree, me, people, held),
    ]
    return _preview(text, changes, faults), _NO_UNITS, people


def _preview(text: str, changes: Iterable[Change], faults: Iterable[Fault]) -> Preview:
    """What a bad line would change is not looked at: it may be about people of others."""
    bad = sorted(set(faults))
    lines = {line for line, _ in bad}
    order = ("changed", "new", "same").index
    shown = sorted((one for one in changes if one.line not in lines), key=lambda one: (order(one.state), one.line))
    digest = hashlib.sha256(repr((text, shown, bad)).encode()).hexdigest()
    return Preview(tuple(shown), tuple(bad), digest)


def _finder(tree: UnitTree) -> Callable[[str], str]:
    """The code of who is called so; many lines name the same unit."""

    @cache
    def found(words: str) -> str:
        units = units_named(tree, words)
        if len(units) == 1:
            return units[0].code
        raise BadInput(
            commands.several_units(words, [unit.code for unit in units]) if units else commands.unknown_unit(words)
        )

    return found


def _units_outside(tree: UnitTree, me: Person, units: Register[Unit]) -> list[Fault]:
    """Lines that would reach beyond the units below an officer's."""
    if me.role is Role.ADMIN:
        return []
    below = {unit.code for unit in tree.below(me.unit)}
    places = {me.unit, *below, *(unit.code for _, unit in units.lines if unit.code not in tree.units)}
    faults: list[Fault] = []
    for line, unit in units.lines:
        old = tree.get(unit.code)
        if old and unit.code not in below:
            faults.append((line, texts.OUTSIDE))
        elif unit.parent not in places:
            faults.append((line, texts.PARENT_OUTSIDE))
        elif unit.successor not in places | {"", old.successor if old else ""}:
            faults.append((line, texts.SUCCESSOR_OUTSIDE))
    return faults


def _roles_outside(tree: UnitTree, me: Person, people: Register[Staff]) -> list[Fault]:
    return [
        (line, texts.ROLE_OUTSIDE)
        for line, one in people.lines
        if not manages(tree, me.role, me.unit, one.unit, one.role)
    ]


async def _phones_outside(
    session: Session, tree: UnitTree, me: Person, people: Register[Staff], held: Mapping[int, Listed | None]
) -> list[Fault]:
    """Who has a number joins as its person, in all her units: it changes only where all of them are the office's."""
    moved = {
        line: known.person for line, one in people.lines if (known := held[line]) and one.phone not in ("", known.phone)
    }
    places = await memberships.of_people(session, set(moved.values()))
    others = {one.person for one in places if not manages(tree, me.role, me.unit, one.unit, one.role)}
    return [(line, texts.PHONE_OF_OTHERS) for line, person in moved.items() if person in others]


def _unit_change(line: int, unit: Unit, old: Unit | None) -> Change:
    what = f"{unit.name} ({unit.code})"
    if old is None:
        return Change(line, what, "new")
    differ = [(one.name, getattr(old, one.name), getattr(unit, one.name)) for one in fields(Unit)]
    changed = tuple((name, _words(before), _words(after)) for name, before, after in differ if before != after)
    return Change(line, what, "changed" if changed else "same", changed)


def _person_change(line: int, tree: UnitTree, one: Staff, old: Listed | None) -> Change:
    what = texts.person(one.name, one.role, tree.units[one.unit].name)
    if old is None:
        return Change(line, what, "new")
    if one.phone in ("", old.phone):
        return Change(line, what, "same")
    return Change(line, what, "changed", (("phone", old.phone, one.phone),))


def _words(value: object) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return " | ".join(value) if isinstance(value, tuple) else str(value or "")
