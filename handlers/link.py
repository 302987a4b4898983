"""Who somebody is: joining with a code, and the account that follows from it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from core.errors import Refused
from core.message import Inbound, Reply, Talk
from core.people import Role
from core.texts import chat as texts
from handlers.context import Context
from records import groups, invitations, people

MOST_GUESSES = 5
GUESSES_COUNT_FOR = timedelta(hours=1)


def join_with(code: str) -> Callable[[Inbound, Context], Awaitable[Reply]]:
    """The handler that joins the sender, or in a group the group, to the unit of the code."""

    async def join(message: Inbound, ctx: Context) -> Reply:
        if not code:
            return Reply(texts.CODE_MISSING)
        return await (_join_group if message.group else _join_person)(message, ctx, code)

    return join


async def show_account(message: Inbound, ctx: Context) -> Reply:
    """Who the sender is to us; in a group nothing personal, only whose the group is."""
    if message.group:
        bound = await groups.unit_of(ctx.session, message.address)
        return Reply(texts.group_account(_unit_name(ctx, bound)) if bound else texts.GROUP_UNKNOWN)
    if ctx.person is None:
        return Reply(texts.UNKNOWN_SENDER)
    return Reply(texts.account(ctx.person.name, _unit_name(ctx, ctx.person.unit), ctx.person.role))


async def _join_person(message: Inbound, ctx: Context, code: str) -> Reply:
    if ctx.person is not None:
        raise Refused(texts.already_joined(_unit_name(ctx, ctx.person.unit)))
    found = await _redeem(message, ctx, code)
    if found is None:
        return Reply(texts.CODE_WRONG)
    unit, role = found
    person = await people.add_person(ctx.session, message.sender_name.strip() or texts.MEMBER, unit, role)
    await people.link(ctx.session, message.address.platform, message.sender, person.id, ctx.now)
    return Reply(texts.joined(_unit_name(ctx, unit), role), talk=Talk())


async def _join_group(message: Inbound, ctx: Context, code: str) -> Reply:
    bound = await groups.unit_of(ctx.session, message.address)
    if bound is not None:
        raise Refused(texts.group_already_joined(_unit_name(ctx, bound)))
    found = await _redeem(message, ctx, code)
    if found is None:
        return Reply(texts.CODE_WRONG)
    await groups.bind(ctx.session, message.address, found[0])
    return Reply(texts.group_joined(_unit_name(ctx, found[0])))


async def _redeem(message: Inbound, ctx: Context, code: str) -> tuple[str, Role] | None:
    """What the code stands for. A wrong one is answered, not refused: the note of the guess must stay."""
    platform, since = message.address.platform, ctx.now - GUESSES_COUNT_FOR
    guesses = await invitations.guesses_since(ctx.session, platform, message.sender, since)
    if guesses >= MOST_GUESSES:
        raise Refused(texts.TOO_MANY_GUESSES)
    found = await invitations.redeem(ctx.session, code, ctx.now)
    if found is None:
        await invitations.note_guess(ctx.session, platform, message.sender, ctx.now)
    return found


def _unit_name(ctx: Context, code: str) -> str:
    """Its name; the code where the index does not know the unit yet."""
    unit = ctx.index.tree.get(code)
    return unit.name if unit else code
