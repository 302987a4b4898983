"""Who belongs to which units: joining, waiting for somebody's word, leaving; which unit is in use.

A person's own `unit` and `role` name the membership in use; only while that one is active is the person known.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import count

from sqlalchemy import Select, exists, func, select, update

from core.people import Member, Membership, Person, Role, State
from records.session import Session, in_pieces, insert_into
from records.tables import AddressRow, MembershipRow, PersonRow

_LINKED = exists().where(AddressRow.person_id == PersonRow.id)


async def add(
    session: Session, person: int, unit: str, role: Role, now: datetime | None, state: State = State.ACTIVE
) -> int:
    """The person belongs there from `now` on (None: as the staff list says); who had left is back. Its id."""
    fresh = {"state": state.value, "since": now, "until": None, "by_person": None}
    new = insert_into(session, MembershipRow).values(person_id=person, unit=unit, role=role.value, **fresh)
    keys = [MembershipRow.person_id, MembershipRow.unit, MembershipRow.role]
    added = new.on_conflict_do_update(index_elements=keys, set_=fresh, where=MembershipRow.state != "active")
    id: int | None = await session.scalar(added.returning(MembershipRow.id))
    if id is not None:
        return id
    same = (MembershipRow.person_id == person, MembershipRow.unit == unit, MembershipRow.role == role.value)
    return (await session.scalars(select(MembershipRow.id).where(*same))).one()


async def of_person(session: Session, person: int, *states: State) -> tuple[Membership, ...]:
    """Where the person belongs, oldest first; `states`: active ones alone where none is given."""
    rows = await session.scalars(
        select(MembershipRow)
        .where(MembershipRow.person_id == person, MembershipRow.state.in_(states or (State.ACTIVE,)))
        .order_by(MembershipRow.id)
    )
    return tuple(_membership(row) for row in rows)


async def of_people(session: Session, people: Collection[int]) -> list[Membership]:
    """Where these people belong or wait to."""
    found: list[Membership] = []
    for some in in_pieces(people):
        theirs = MembershipRow.person_id.in_(some), MembershipRow.state.in_((State.ACTIVE, State.PENDING))
        found += [_membership(row) for row in await session.scalars(select(MembershipRow).where(*theirs))]
    return found


async def member(session: Session, id: int) -> Member | None:
    """The membership with this number, whatever its state."""
    return next(iter(await _members(session, _all().where(MembershipRow.id == id))), None)


async def members(session: Session, units: Collection[str], roles: Collection[Role]) -> tuple[Member, ...]:
    """Who belongs to these units in these roles, by unit and name."""
    here = MembershipRow.unit.in_(units), MembershipRow.role.in_([role.value for role in roles])
    return await _members(session, _all().where(*here, MembershipRow.state == "active"))


async def unlinked(session: Session, unit: str, role: Role) -> tuple[Member, ...]:
    """The names of the staff list that nobody has joined as yet, by name."""
    return tuple(one for one in await members(session, [unit], [role]) if not one.linked)


async def waiting(session: Session) -> tuple[Member, ...]:
    """Everybody who waits for somebody's word."""
    return await _members(session, _all().where(MembershipRow.state == "pending"))


async def in_role(session: Session, units: Collection[str] | None, role: Role) -> tuple[int, ...]:
    """The people with this role in one of these units (None: anywhere) who have an account somewhere."""
    found = _all().where(MembershipRow.state == "active", MembershipRow.role == role.value, _LINKED)
    if units is not None:
        found = found.where(MembershipRow.unit.in_(units))
    return tuple(dict.fromkeys(one.membership.person for one in await _members(session, found)))


async def counts(session: Session, units: Collection[str]) -> list[tuple[str, Role, State, bool, int]]:
    """Who belongs to these units or waits to: unit, role, state, whether they have an account somewhere; how many."""
    found: list[tuple[str, Role, State, bool, int]] = []
    row = MembershipRow
    for some in in_pieces(units):
        one = select(row.unit, row.role, row.state, _LINKED.label("linked")).join(
            PersonRow, PersonRow.id == row.person_id
        )
        here = one.where(row.unit.in_(some), row.state.in_((State.ACTIVE, State.PENDING))).subquery()
        shared = here.c.unit, here.c.role, here.c.state, here.c.linked
        for unit, role, state, linked, number in await session.execute(select(*shared, func.count()).group_by(*shared)):
            found.append((unit, Role(role), State(state), bool(linked), number))
    return found


async def waiting_in(session: Session, unit: str) -> tuple[Member, ...]:
    """Who waits to be let in to this unit."""
    return await _members(session, _all().where(MembershipRow.unit == unit, MembershipRow.state == "pending"))


async def by_unit(session: Session, units: Collection[str], role: Role) -> dict[str, list[int]]:
    """The people with this role in these units who have an account somewhere, by unit."""
    found: dict[str, list[int]] = {}
    for some in in_pieces(units):
        rows = select(MembershipRow.unit, MembershipRow.person_id).join(
            PersonRow, PersonRow.id == MembershipRow.person_id
        )
        here = MembershipRow.unit.in_(some), MembershipRow.role == role.value, MembershipRow.state == "active", _LINKED
        for unit, person in await session.execute(rows.where(*here).order_by(MembershipRow.unit, PersonRow.name)):
            found.setdefault(unit, []).append(person)
    return found


async def decide(session: Session, id: int, state: State, by: int | None, now: datetime) -> bool:
    """Who waited is in, or refused; False: somebody else was faster."""
    until = None if state is State.ACTIVE else now
    change = update(MembershipRow).where(MembershipRow.id == id, MembershipRow.state == "pending")
    done = await session.execute(
        change.values(state=state.value, by_person=by, until=until).returning(MembershipRow.id)
    )
    return done.first() is not None


async def end(session: Session, one: Membership, by: int | None, now: datetime) -> None:
    """The person has left; another of her units comes into use where she has one."""
    ended = update(MembershipRow).where(MembershipRow.id == one.id)
    await session.execute(ended.values(state=State.LEFT.value, by_person=by, until=now))
    others = await of_person(session, one.person)
    row = (await session.scalars(select(PersonRow).where(PersonRow.id == one.person))).one()
    if others and (row.unit, row.role) == (one.unit, one.role):
        await use(session, others[0])


async def use(session: Session, one: Membership) -> Person:
    """What the person asks is asked in this unit from now on; beside a namesake there she gets a number."""
    row = (await session.scalars(select(PersonRow).where(PersonRow.id == one.person))).one()
    others = select(PersonRow.name).where(
        PersonRow.unit == one.unit, PersonRow.role == one.role.value, PersonRow.id != one.person
    )
    taken = set((await session.scalars(others)).all())
    row.name = next(name for name in numbered(row.name) if name not in taken)
    row.unit, row.role = one.unit, one.role.value
    await session.flush()
    return Person(row.id, row.name, one.unit, one.role)


def numbered(name: str) -> Iterator[str]:
    """ "Lan", "Lan (2)", "Lan (3)", …"""
    return (name if number == 1 else f"{name} ({number})" for number in count(1))


def _all() -> Select[MembershipRow, str, str, bool]:
    named = select(MembershipRow, PersonRow.name, PersonRow.phone, _LINKED.label("linked"))
    return named.join(PersonRow, PersonRow.id == MembershipRow.person_id).order_by(MembershipRow.unit, PersonRow.name)


async def _members(session: Session, rows: Select[MembershipRow, str, str, bool]) -> tuple[Member, ...]:
    return tuple(
        Member(_membership(row), name, phone, linked)
        for row, name, phone, linked in await session.execute(rows.execution_options(populate_existing=True))
    )


def _membership(row: MembershipRow) -> Membership:
    return Membership(row.id, row.person_id, row.unit, Role(row.role), State(row.state), listed=row.since is None)
