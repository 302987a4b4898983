"""Who is not known is told how to join, and nothing else."""

from core.message import Inbound, Reply
from core.people import State
from core.texts import joining as texts
from handlers.context import Context
from records import memberships, people


async def how_to_join(message: Inbound, ctx: Context) -> Reply:
    """Who waits for somebody's word is told that."""
    if message.group:
        return Reply(texts.GROUP_UNKNOWN)
    person = await people.holder(ctx.session, message.address.platform, message.sender)
    pending = await memberships.of_person(ctx.session, person.id, State.PENDING) if person else ()
    if pending:
        return Reply(texts.waiting(unit_name(ctx, pending[-1].unit)))
    return Reply(texts.unknown_sender(phone=ctx.limits.phone), ask_phone=ctx.limits.phone)


def unit_name(ctx: Context, code: str) -> str:
    """Its name; the code where the index does not know the unit yet."""
    unit = ctx.index.tree.get(code)
    return unit.name if unit else code
