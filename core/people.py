"""Who is who: units, the tree they form, people and their roles."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from core.errors import Refused


class Level(StrEnum):
    """Where a unit stands; `TEACHER` and `OTHER` only name who owes or receives something."""

    MINISTRY = "ministry"
    DEPARTMENT = "department"  # Sở
    DISTRICT = "district"  # Phòng GDĐT, before July 2025
    COMMUNE = "commune"  # UBND xã, phường, since July 2025
    SCHOOL = "school"
    TEACHER = "teacher"
    OTHER = "other"


class Ownership(StrEnum):
    """Who runs a school; decides which tasks concern it."""

    PUBLIC = "public"
    PRIVATE = "private"
    INDEPENDENT = "independent"


class Role(StrEnum):
    """What a person may do in the unit."""

    TEACHER = "teacher"
    PRINCIPAL = "principal"
    STAFF = "staff"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Unit:
    """One organisation; valid from `valid_from` to `valid_to`, both included; None: no bound."""

    code: str
    name: str
    level: Level
    parent: str = ""  # a code; empty: none
    ownership: Ownership | None = None  # schools only
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""  # the code that takes over after `valid_to`

    def exists_on(self, day: date) -> bool:
        """Whether the day is within its bounds."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody known, in one unit, with one role."""

    id: int
    name: str
    unit: str
    role: Role


class State(StrEnum):
    """How a membership stands."""

    ACTIVE = "active"
    PENDING = "pending"  # somebody must confirm
    LEFT = "left"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Membership:
    """A person's place in a unit; a person may have several. `listed`: the staff list says so, not a code."""

    id: int
    person: int
    unit: str
    role: Role
    state: State = State.ACTIVE
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A membership and whose it is; `linked`: the person has an account with some chat service."""

    membership: Membership
    name: str
    phone: str
    linked: bool


@dataclass(frozen=True, slots=True)
class Asker:
    """On whose behalf a question is answered; `unit` None: nobody in particular."""

    unit: Unit | None
    role: Role = Role.TEACHER
    level: Level = Level.SCHOOL


def on_behalf(person: Person | None, unit: Unit | None) -> Asker:
    """The asker that somebody of this unit is; without a known person, the unit's."""
    return Asker(unit, person.role if person else Role.TEACHER, unit.level if unit else Level.SCHOOL)


def require(person: Person | None, *roles: Role, text: str) -> Person:
    """The person, if one of `roles` is theirs; else Refused with `text`."""
    if person is None or person.role not in roles:
        raise Refused(text)
    return person


@dataclass(frozen=True)
class UnitTree:
    """All units by code, with the lines between them."""

    units: dict[str, Unit]
    _below: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    _before: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_below", _grouped((u.parent, u.code) for u in self.units.values()))
        object.__setattr__(self, "_before", _grouped((u.successor, u.code) for u in self.units.values()))

    @classmethod
    def of(cls, units: Iterable[Unit]) -> "UnitTree":
        """The tree of these units; parents and successors must be among them."""
        return cls({unit.code: unit for unit in units})

    def get(self, code: str) -> Unit | None:
        """The unit with this code, or None."""
        return self.units.get(code)

    def above(self, code: str) -> tuple[Unit, ...]:
        """This unit, then every unit above it, nearest first; with each also its predecessors and successors.

        A document of a Phòng that was dissolved stays visible to the schools it was written for, and the
        commune that took them over is above them too.
        """
        line: dict[str, Unit] = {}
        todo = [code]
        while todo:
            unit = self.units.get(todo.pop(0))
            if unit is None or unit.code in line:
                continue
            line[unit.code] = unit
            todo += [c for c in (unit.parent, unit.successor) if c]
            if unit.code != code or unit.level is not Level.SCHOOL:
                todo += self._before.get(unit.code, ())
        return tuple(line.values())

    def below(self, code: str) -> tuple[Unit, ...]:
        """Every unit below this one, in no order; predecessors' units included."""
        return tuple(self.units[c] for c in self._walk_down(code))

    def is_below(self, code: str, other: str) -> bool:
        """Whether it is among the units below the other one; told from its own line, not from all of them."""
        seen, todo = {code}, [code]
        while todo:
            here = self.units.get(todo.pop())
            over = {one for one in (here.parent, here.successor) if one and one not in seen} if here else set()
            seen |= over
            todo += over
        return other in seen - {code}

    def parent_on(self, code: str, day: date) -> Unit | None:
        """The unit above this one on `day`: a parent past its `valid_to` has handed over to its successor; one without
        a successor, to who was above it.
        """
        unit = self.units.get(code)
        parent = self.units.get(unit.parent) if unit else None
        seen = {code}
        while parent and parent.valid_to and day > parent.valid_to and parent.code not in seen:
            seen.add(parent.code)
            parent = self.units.get(parent.successor or parent.parent)
        return None if parent is None or parent.code == code else parent

    def _walk_down(self, code: str) -> Iterator[str]:
        seen = {code}
        todo = [code]
        while todo:
            here = todo.pop()
            for c in (*self._below.get(here, ()), *self._before.get(here, ())):
                if c not in seen:
                    seen.add(c)
                    todo.append(c)
                    yield c


def manages(tree: UnitTree, role: Role, unit: str, other_unit: str, other: Role) -> bool:
    """Whether who has `role` in `unit` decides about who has `other` in `other_unit`: downwards, never sideways.

    A principal about the teachers of her school, an officer about everybody below, an administrator about all.
    """
    if role is Role.ADMIN:
        return True
    if role is Role.PRINCIPAL:
        return other is Role.TEACHER and other_unit == unit
    return role is Role.STAFF and other is not Role.ADMIN and tree.is_below(other_unit, unit)


def speaks_for(tree: UnitTree, role: Role, unit: str, other_unit: str) -> bool:
    """Whether who has `role` in `unit` may bind a chat group to `other_unit`."""
    if role in (Role.PRINCIPAL, Role.STAFF) and unit == other_unit:
        return True
    return role in (Role.STAFF, Role.ADMIN) and manages(tree, role, unit, other_unit, Role.PRINCIPAL)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        if key:
            found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}
