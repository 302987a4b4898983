"""The way into the staff site: a link that signs in once, and the end of every session."""

from core.errors import Refused
from core.message import Inbound, Reply
from core.people import Person
from core.texts import site as texts
from handlers.context import Context
from records import site_sessions


async def enter(message: Inbound, ctx: Context, rest: str) -> Reply:
    """A link for this person alone. Raises Refused."""
    me = _known(ctx)
    if not ctx.house.public_url:
        return Reply(texts.NO_ADDRESS, private=True)
    token = await site_sessions.make_link(ctx.session, me.id, ctx.now)
    return Reply(texts.opened(f"{ctx.house.public_url}/trang-quan-ly/vao/{token}"), private=True)


async def leave(message: Inbound, ctx: Context, rest: str) -> Reply:
    """Signed out wherever this person is signed in; a link that waits works no more. Raises Refused."""
    count = await site_sessions.end(ctx.session, _known(ctx).id, ctx.now, "chat")
    return Reply(texts.signed_out(count) if count else texts.NOWHERE, private=True)


def _known(ctx: Context) -> Person:
    if ctx.person is None:
        raise Refused(texts.NEEDS_A_PERSON)
    return ctx.person


COMMANDS = {"trang": enter, "dangxuat": leave}
