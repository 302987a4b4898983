"""A second person's word before a notice goes out."""

from core.errors import Refused
from core.message import Inbound, Reply
from core.texts import notices as texts
from handlers.context import Context
from handlers.evidence import desk_of
from noticing.approving import decide
from records import notices


async def approve(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE": it goes out to those for whom it was confirmed. Raises Refused."""
    return await _decide(ctx, rest, approved=True)


async def disapprove(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE": it goes to nobody. Raises Refused."""
    return await _decide(ctx, rest, approved=False)


async def _decide(ctx: Context, rest: str, *, approved: bool) -> Reply:
    notice = await notices.by_code(ctx.session, rest.strip().partition(" ")[0])
    if notice is None or ctx.person is None:
        raise Refused(texts.NOT_FOUND)
    said = await decide(desk_of(ctx), notice, ctx.person, ctx.house.hours, approved=approved)
    return Reply(said, private=True)
