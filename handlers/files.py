"""Photos, files and voice that people send: wanted from the service, confirmed once they are kept; else a link."""

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

from core.evidence import Giver
from core.message import FileRef, Inbound, InboundKind, Reply
from core.platform import Hears, Limits
from core.texts import drafts as draft_texts
from core.texts import files as texts
from core.work import TaskRef
from evidence.daily import names_one
from evidence.drafts import READ_IT
from handlers.awaited import awaited_by
from handlers.context import Context
from handlers.daily import intend
from handlers.evidence import desk_of, meant_by_talk, named_by_answer
from records import received, submissions, uploads
from records.submissions import Part

SENT = (InboundKind.PHOTO, InboundKind.FILE, InboundKind.VOICE)
QUIET = timedelta(seconds=2)  # after a message of its own
ALBUM_QUIET = timedelta(seconds=12)  # parts of an album were seen up to 11 s apart
_ADDRESS = re.compile(r"https?://[^\s<>\"]{4,1500}")


def is_handed_in(message: Inbound, ctx: Context) -> bool:
    """A document in a group whose whole talk we are shown: it is kept, though nobody named the bot."""
    whole = message.group and ctx.limits.hears is Hears.ALL and ctx.unit is not None
    return whole and message.kind is InboundKind.FILE


async def take_files(message: Inbound, ctx: Context) -> Reply | None:
    """What can be fetched is wanted, and confirmed only once it is kept; for what is too large, a link."""
    giver = giver_of(message, ctx)
    fits = [file for file in message.files if can_be_fetched(file, ctx.limits)]
    if fits and not await received.is_known(ctx.session, giver, message.message_id):
        submission = await submissions.join(ctx.session, giver, await _part(message, ctx), ctx.now)
        await intend(message, ctx, submission)
        await received.want(ctx.session, giver, fits, message.message_id, submission, ctx.now)
    if len(fits) == len(message.files):
        return None
    if not ctx.house.public_url:
        return Reply(texts.NO_FILES_HERE)
    link, _ = await _link(message, ctx)
    return Reply(texts.too_large(ctx.limits.files_in, link), private=True)


def links_in(message: Inbound) -> tuple[FileRef, ...]:
    """The web addresses in a text, as something handed in: a film that lies elsewhere, a shared folder."""
    found = (
        dict.fromkeys(_ADDRESS.findall(message.text)) if message.kind in (InboundKind.TEXT, InboundKind.LINK) else ()
    )
    named = (f"{texts.LINK} {urlsplit(address).hostname}" for address in found)
    return tuple(FileRef("link", "", name, url=address) for name, address in zip(named, found, strict=True))


async def take_links(message: Inbound, ctx: Context) -> None:
    """Addresses are kept as they are; what lies there is not ours to fetch."""
    giver = giver_of(message, ctx)
    if not await received.is_known(ctx.session, giver, message.message_id):
        part = await _part(replace(message, text=_ADDRESS.sub(" ", message.text)), ctx)
        submission = await submissions.join(ctx.session, giver, part, ctx.now)
        await intend(message, ctx, submission)
        await received.want(ctx.session, giver, links_in(message), message.message_id, submission, ctx.now)


async def explain_withheld(message: Inbound, ctx: Context) -> Reply | None:
    """Something was sent that we are not shown: that and the upload link, once for all that comes in ten minutes."""
    if not ctx.house.public_url:
        return Reply(texts.NO_FILES_HERE)
    link, fresh = await _link(message, ctx, explains=True)
    return None if fresh else Reply(texts.withheld(link), private=True)


async def link_for(message: Inbound, ctx: Context, task: TaskRef | None = None) -> str:
    """The sentence with the upload link; empty: people cannot reach our pages."""
    if not ctx.house.public_url:
        return ""
    return (await _link(message, ctx, task))[0]


def giver_of(message: Inbound, ctx: Context) -> Giver:
    """The sender, in this chat, for the unit that is spoken for."""
    person, unit = ctx.person.id if ctx.person else None, ctx.unit.code if ctx.unit else None
    return Giver(message.address, message.sender, message.group, person, unit)


async def _part(message: Inbound, ctx: Context) -> Part:
    """What the message says of its files: which task, among which tasks, and whether more may come.

    What calls itself a record of a day is for no task of the message that it answers: that may name both.
    """
    booked = ctx.unit is not None and await names_one(desk_of(ctx), ctx.unit.code, message.text)
    named = () if booked else await named_by_answer(message, ctx)
    meant = meant_by_talk(ctx)
    alone = ctx.limits.albums and not message.album
    return Part(
        caption=f"{draft_texts.CAPTION}. {message.text}" if awaited_by(READ_IT, ctx) else message.text,
        album=message.album,
        task=named[0] if len(named) == 1 else None if named else meant,
        among=named if len(named) > 1 else (),
        message_id=message.message_id,
        quiet=QUIET if alone else ALBUM_QUIET,
    )


async def _link(
    message: Inbound, ctx: Context, task: TaskRef | None = None, *, explains: bool = False
) -> tuple[str, bool]:
    """The sentence with the address, and whether it came a moment ago to explain what did not arrive."""
    task = task or meant_by_talk(ctx)
    offer = await uploads.offer(ctx.session, giver_of(message, ctx), ctx.now, task, explains=explains)
    return texts.upload_link(f"{ctx.house.public_url}/upload/{offer.token}", offer.expires_at), offer.fresh


def can_be_fetched(file: FileRef, limits: Limits) -> bool:
    """Photos always; voice also from services that hand on no documents."""
    if file.kind == "photo" or (file.kind == "voice" and not limits.files_in):
        return True
    return bool(limits.files_in) and file.size <= limits.files_in
