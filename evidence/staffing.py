"""The staff list in the hands of who looks after it: who is hers, let in by whom, added, invited, sent away."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from core.errors import Refused
from core.people import Member, Membership, Person, Role, Unit, UnitTree, manages, speaks_for
from core.texts import joining
from core.texts import members as texts
from knowledge.fold import fold
from records import invitations, memberships, people
from records.invitations import Invitation
from records.notify import tell
from records.session import Session

MANAGERS = (Role.PRINCIPAL, Role.STAFF, Role.ADMIN)
VALID_FOR = timedelta(days=14)  # a code, where nothing else is said
USES = 20  # of a code for a school's teachers


def looks_after(tree: UnitTree, me: Person, place: Membership) -> bool:
    """Whether this person decides about who has this place; never about herself."""
    return place.person != me.id and manages(tree, me.role, me.unit, place.unit, place.role)


def units_of(tree: UnitTree, me: Person) -> list[str]:
    """The units in which those may be whom this person looks after."""
    if me.role is Role.PRINCIPAL:
        return [me.unit]
    if me.role is Role.ADMIN:
        return list(tree.units)
    return [unit.code for unit in tree.below(me.unit)]


async def decides(session: Session, tree: UnitTree, person: int, place: Membership) -> bool:
    """Whether the person may let in who waits for this place: by any of her own."""
    mine = await memberships.of_person(session, person)
    return any(manages(tree, own.role, own.unit, place.unit, place.role) for own in mine)


def speaks(tree: UnitTree, mine: Iterable[Membership], unit: str) -> bool:
    """Whether who has these places may bind a group to this unit, and free one of it."""
    return any(speaks_for(tree, one.role, one.unit, unit) for one in mine)


async def send_away(session: Session, one: Member, unit: str, by: Person, now: datetime) -> None:
    """She belongs there no more, and is told so; `unit`: its name."""
    place = one.membership
    await memberships.end(session, place, by.id, now)
    key = f"removed:{place.id}:{now.timestamp():.0f}"
    await tell(session, place.person, texts.you_are_removed(unit), (), key, now)


async def add(
    session: Session, tree: UnitTree, me: Person, unit: Unit, role: Role, name: str, phone: str
) -> tuple[Person, Invitation]:
    """A new line of the staff list, and what a code of that person's own is good for. Raises Refused.

    `name` is clean (core.names), `phone` too, or empty.
    """
    if not manages(tree, me.role, me.unit, unit.code, role):
        raise Refused(joining.NOT_YOURS)
    known = await memberships.members(session, [unit.code], [role])
    same_name = any(fold(one.name) == fold(name) for one in known) and not phone
    if same_name or (phone and any(one.phone == phone for one in known)):
        raise Refused(texts.already_listed(name, unit.name))
    person = await people.add_person(session, name, unit.code, role, phone=phone)
    return person, Invitation(unit.code, role, person.id, made_by=me.id)


async def invite(
    session: Session, tree: UnitTree, me: Person, invitation: Invitation, uses: int, until: datetime
) -> str:
    """The code; it is kept as a hash alone, so that this is when it can be told. Raises Refused."""
    if not manages(tree, me.role, me.unit, invitation.unit, invitation.role):
        raise Refused(joining.NOT_YOURS)
    code = invitations.new_code()
    await invitations.invite(session, invitation, uses, until, code)
    return code


def may_revoke(tree: UnitTree, me: Person, one: Invitation) -> bool:
    """One's own, or one for people whom one looks after."""
    return one.made_by == me.id or manages(tree, me.role, me.unit, one.unit, one.role)
