"""Joining a unit in private: by a code, or by the number that the staff list has."""

from core.errors import Refused
from core.message import Inbound, Reply, Talk
from core.names import clean_name, clean_phone
from core.people import Membership, Person, Role, State
from core.texts import joining as texts
from handlers import confirming, listed
from handlers.context import Context
from handlers.guessing import look_at
from handlers.linking import ask_which, link_to
from handlers.strangers import how_to_join, unit_name
from knowledge.fold import fold
from records import invitations, memberships, people
from records.invitations import Invitation


async def join_by_code(message: Inbound, ctx: Context, code: str) -> Reply:
    """The sender belongs to the code's unit from now on, or once somebody has agreed."""
    if not code:
        return Reply(texts.CODE_MISSING)
    person = await people.holder(ctx.session, message.address.platform, message.sender)
    used = await invitations.used_up(ctx.session, code) if person else None
    if person and used and (said := await _came_before(message, ctx, person, used)):
        return said
    found = await look_at(message, ctx, code)
    if isinstance(found, Reply):
        return found
    if found.person is not None:
        return await link_to(message, ctx, code, found.person)
    if person and (said := await _came_before(message, ctx, person, found)):
        return said
    if not await invitations.take(ctx.session, code, ctx.now):
        return Reply(texts.CODE_WRONG)
    person = person or await _newcomer(message, ctx, found.unit, found.role)
    if found.confirm or ctx.house.confirm_joins:
        id = await memberships.add(ctx.session, person.id, found.unit, found.role, ctx.now, State.PENDING)
        await confirming.ask(message, ctx, id)
        return Reply(texts.waiting(unit_name(ctx, found.unit)), talk=Talk())
    id = await memberships.add(ctx.session, person.id, found.unit, found.role, ctx.now)
    await memberships.use(ctx.session, Membership(id, person.id, found.unit, found.role))
    return await listed.welcome(ctx, person, found.unit, found.role)


async def join_by_phone(message: Inbound, ctx: Context) -> Reply:
    """The sender is who stands beside this number in the staff list, where the service vouches for the number."""
    if ctx.person is not None:
        raise Refused(texts.already_joined(unit_name(ctx, ctx.person.unit)))
    if not ctx.limits.phone:  # typed by hand: it may be the principal's
        return await how_to_join(message, ctx)
    found = await people.with_phone(ctx.session, clean_phone(message.phone))
    if not found:
        return Reply(texts.PHONE_UNKNOWN)
    if len({fold(person.name) for person in found}) > 1:
        return Reply(texts.PHONE_OF_SEVERAL)
    person = found[0]
    await people.link(ctx.session, message.address.platform, message.sender, person.id, ctx.now)
    return await ask_which(ctx, person.id, texts.joined(unit_name(ctx, person.unit), person.role))


async def _came_before(message: Inbound, ctx: Context, person: Person, place: Invitation) -> Reply | None:
    """What to say to who belongs there, or waits to, and opens the link once more; None: she does neither."""
    for state in (State.ACTIVE, State.PENDING):
        for one in await memberships.of_person(ctx.session, person.id, state):
            if (one.unit, one.role) == (place.unit, place.role):
                if state is State.ACTIVE:
                    return Reply(texts.already_joined(unit_name(ctx, place.unit)))
                await confirming.ask_if_nobody_was(message, ctx, one.id)
                return Reply(texts.waiting(unit_name(ctx, place.unit)))
    return None


async def _newcomer(message: Inbound, ctx: Context, unit: str, role: Role) -> Person:
    """Somebody new, called as with the service until a name is picked from the staff list."""
    name = clean_name(message.sender_name) or texts.MEMBER
    person = await people.add_person(ctx.session, name, unit, role, member=False)
    await people.link(ctx.session, message.address.platform, message.sender, person.id, ctx.now)
    return person
