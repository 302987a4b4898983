"""Where units and people can be written to now, for many of them at once."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import and_, func, select

from core.message import Address
from core.notices import Place
from core.people import Role
from records import deputies
from records.session import Session
from records.tables import AddressRow, ContactRow, GroupRow, MembershipRow

_AT_ONCE = 500  # values of one query
_HEADS = (Role.PRINCIPAL, Role.STAFF)  # and who stands in for a principal


async def groups_of(session: Session, units: Sequence[str]) -> dict[str, list[Address]]:
    """By unit, the groups that are bound to it and can be written to."""
    known = and_(ContactRow.platform == GroupRow.platform, ContactRow.chat == GroupRow.chat)
    bound = select(GroupRow.unit, GroupRow.platform, GroupRow.chat).outerjoin(ContactRow, known)
    bound = bound.where(GroupRow.active, func.coalesce(ContactRow.reachable, True))
    found: dict[str, list[Address]] = {}
    for some in _some(units):
        rows = await session.execute(bound.where(GroupRow.unit.in_(some)).order_by(GroupRow.platform, GroupRow.chat))
        for row in rows:
            found.setdefault(row.unit, []).append(Address(row.platform, row.chat))
    return found


async def members_of(session: Session, units: Sequence[str], roles: Collection[Role]) -> dict[str, list[int]]:
    """By unit, the people with one of these roles there, in the order of their names in the list."""
    here = select(MembershipRow.unit, MembershipRow.person_id).distinct()
    here = here.where(MembershipRow.state == "active", MembershipRow.role.in_([role.value for role in roles]))
    found: dict[str, list[int]] = {}
    for some in _some(units):
        rows = await session.execute(
            here.where(MembershipRow.unit.in_(some)).order_by(MembershipRow.unit, MembershipRow.person_id)
        )
        for row in rows:
            found.setdefault(row.unit, []).append(row.person_id)
    return found


async def ways_to(session: Session, people: Sequence[int]) -> dict[int, Address]:
    """The chat that reaches each of these people best, as `records.people.ways_to` has it first."""
    seen = and_(ContactRow.platform == AddressRow.platform, ContactRow.chat == AddressRow.sender)
    ways = select(AddressRow.person_id, AddressRow.platform, AddressRow.sender).join(ContactRow, seen)
    ways = ways.where(ContactRow.reachable).order_by(AddressRow.preferred.desc(), ContactRow.seen_at.desc())
    found: dict[int, Address] = {}
    for some in _some(people):
        for row in await session.execute(ways.where(AddressRow.person_id.in_(some))):
            found.setdefault(row.person_id, Address(row.platform, row.sender))
    return found


async def elsewhere(session: Session, places: Collection[Place], roles: Collection[Role], day: date) -> set[Place]:
    """Those of these places that are no longer their unit's: nobody who speaks for it, a group that is another unit's.

    `roles`: people of the unit with one of these were meant.
    """
    people = {one.person for one in places if one.person is not None}
    chats = {one.address.chat for one in places if one.group and one.address}
    belongs = select(MembershipRow.person_id, MembershipRow.unit).where(MembershipRow.state == "active")
    belongs = belongs.where(MembershipRow.role.in_([role.value for role in roles or _HEADS]))
    rows = await session.execute(belongs.where(MembershipRow.person_id.in_(people)))
    here = {(row.person_id, row.unit) for row in rows}
    if people and not roles:
        stand_in = await deputies.running(session, {unit for one in places for unit in (one.unit, *one.also)}, day)
        here |= {(one.person, one.unit) for one in stand_in}
    bound = select(GroupRow.platform, GroupRow.chat, GroupRow.unit).where(GroupRow.chat.in_(chats))
    units = {Address(row.platform, row.chat): row.unit for row in await session.execute(bound)}
    return {
        one
        for one in places
        if one.address
        and (
            units.get(one.address, one.unit) != one.unit
            if one.group
            else here.isdisjoint((one.person, unit) for unit in (one.unit, *one.also))
        )
    }


def once_each(places: Sequence[Place]) -> tuple[Place, ...]:
    """No chat twice: who heads two units is written to once, for both."""
    kept: dict[object, Place] = {}
    for place in places:
        key = place.address or (place.unit, place.person)
        first = kept.setdefault(key, place)
        if place.unit not in (first.unit, *first.also):
            kept[key] = replace(first, also=(*first.also, place.unit))
    return tuple(kept.values())


def _some(values: Sequence[str] | Sequence[int]) -> Iterator[Sequence[str] | Sequence[int]]:
    return (values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE))
