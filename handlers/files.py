"""Photos, files and voice that people send: wanted from the service, confirmed once they are kept; else a link."""

from core.message import FileRef, Inbound, InboundKind, Reply
from core.platform import Hears, Limits
from core.texts import files as texts
from handlers.context import Context
from records import received, uploads
from records.received import Giver

SENT = (InboundKind.PHOTO, InboundKind.FILE, InboundKind.VOICE)


def is_handed_in(message: Inbound, ctx: Context) -> bool:
    """A document in a group whose whole talk we are shown: it is kept, though nobody named the bot."""
    whole = message.group and ctx.limits.hears is Hears.ALL and ctx.unit is not None
    return whole and message.kind is InboundKind.FILE


async def take_files(message: Inbound, ctx: Context) -> Reply | None:
    """What can be fetched is wanted, and confirmed only once it is kept; for what is too large, a link."""
    fits = [file for file in message.files if _can_be_fetched(file, ctx.limits)]
    await received.want(ctx.session, _giver(message, ctx), fits, message.message_id, ctx.now)
    if len(fits) == len(message.files):
        return None
    if not ctx.house.public_url:
        return Reply(texts.NO_FILES_HERE)
    link, _ = await _link(message, ctx)
    return Reply(texts.too_large(ctx.limits.files_in, link), private=True)


async def explain_withheld(message: Inbound, ctx: Context) -> Reply | None:
    """Something was sent that we are not shown: that and the upload link, once for all that comes in ten minutes."""
    if not ctx.house.public_url:
        return Reply(texts.NO_FILES_HERE)
    link, fresh = await _link(message, ctx, explains=True)
    return None if fresh else Reply(texts.withheld(link), private=True)


async def offer_link(message: Inbound, ctx: Context) -> Reply:
    """The upload link, for who asks for it."""
    if not ctx.house.public_url:
        return Reply(texts.NO_FILES_HERE)
    link, _ = await _link(message, ctx)
    return Reply(link, private=True)


async def _link(message: Inbound, ctx: Context, *, explains: bool = False) -> tuple[str, bool]:
    """The sentence with the address, and whether it came a moment ago to explain what did not arrive."""
    offer = await uploads.offer(ctx.session, _giver(message, ctx), ctx.now, explains=explains)
    return texts.upload_link(f"{ctx.house.public_url}/upload/{offer.token}", offer.expires_at), offer.fresh


def _giver(message: Inbound, ctx: Context) -> Giver:
    person, unit = ctx.person.id if ctx.person else None, ctx.unit.code if ctx.unit else None
    return Giver(message.address, message.sender, message.group, person, unit)


def _can_be_fetched(file: FileRef, limits: Limits) -> bool:
    """Photos always; voice also from services that hand on no documents."""
    if file.kind == "photo" or (file.kind == "voice" and not limits.files_in):
        return True
    return bool(limits.files_in) and file.size <= limits.files_in
