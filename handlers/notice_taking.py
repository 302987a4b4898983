"""Pictures and files that are sent while a notice is written: they go with it."""

from core.message import Inbound, InboundKind, Reply
from core.notices import Audience, Stage
from core.texts import notices as texts
from handlers.context import Context
from handlers.files import can_be_fetched, giver_of
from handlers.notice_words import awaited
from handlers.notices import BEGIN, NEW, ask_whom, checked, head, next_step
from records import notice_files, notices

_MOST = 10  # files of a notice
_TAKES = ("thongbao", "noidungtb", "noinhantb")  # the talks in which a file is meant for the notice


def is_wanted(message: Inbound, ctx: Context) -> bool:
    """Whether the sender is writing a notice, in private, and this is no mere text."""
    sent = bool(message.files) or message.kind is InboundKind.WITHHELD
    return sent and not message.group and awaited(message, ctx)[0] in _TAKES


async def take(message: Inbound, ctx: Context) -> Reply | None:
    """They are fetched for the draft; the words that come with them are its words."""
    me, (command, about) = head(ctx), awaited(message, ctx)
    fits = [file for file in message.files if can_be_fetched(file, ctx.limits)]
    if not fits:
        return Reply(texts.NO_FILES_HERE)
    fresh = about == BEGIN and f"/{command}" == NEW
    found = None if fresh else await notices.by_code(ctx.session, about)
    if not fresh and (found is None or found.unit != me.unit or found.stage is not Stage.DRAFT):
        return Reply(texts.TOO_LATE)
    words = checked(message.text)
    if found is None:
        found = await notices.write(ctx.session, me.unit, me.id, words, Audience(), ctx.now)
    ids = await notice_files.want(ctx.session, giver_of(message, ctx), fits, message.message_id, found.code, ctx.now)
    every = [*found.files, *ids]
    files = every[:_MOST]
    changed = await notices.change(ctx.session, found, files=files, text=words or found.text)
    if len(every) > _MOST:
        return Reply(f"{texts.TOO_MANY_FILES}\n{texts.file_added(len(files))}")
    if command == "noinhantb":  # a further picture of an album
        return None if message.album else Reply(texts.file_added(len(files)))
    return ask_whom(ctx, changed) if fresh else await next_step(ctx, changed)
