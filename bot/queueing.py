"""A handler's reply on its way into the outbox: to whom, and with choices as the service shows them."""

from dataclasses import replace

from core.choices import listed
from core.message import Address, Inbound, Outbound, Reply
from core.platform import Limits, Platform
from core.texts import chat as texts
from handlers.context import Context
from records import contacts, menus, outbox, talks


async def queue(ctx: Context, message: Inbound, reply: Reply, key: str, platform: Platform) -> None:
    """Under `key`, once. What is personal goes to the sender alone, and the group is told so."""
    if reply.talk is not None:
        if not message.pressed and reply.talk.question != ctx.talk.question:
            await menus.close(ctx.session, message.address, message.sender)
        await talks.remember(ctx.session, message.address, message.sender, reply.talk)
    if not (reply.private and message.group):
        await _put(ctx, message, reply, key, ctx.limits)
        return
    alone = replace(message, address=Address(message.address.platform, message.sender), group=False, message_id="")
    if await contacts.can_be_written_to(ctx.session, alone.address):
        await _put(ctx, alone, reply, f"{key}:private", platform.limits)
        await _put(ctx, message, Reply(texts.ANSWERED_IN_PRIVATE), key, ctx.limits)
    else:
        await _put(ctx, message, Reply(texts.WRITE_TO_ME_FIRST), key, ctx.limits)


async def _put(ctx: Context, message: Inbound, reply: Reply, key: str, limits: Limits) -> None:
    text, choices = reply.text, reply.choices
    if choices:
        marked = await menus.offer(ctx.session, message.address, message.sender, choices, ctx.now)
        fits = len(choices) <= limits.buttons
        text, choices = (text, marked) if fits else (listed(text, choices), ())
    quoted = message.message_id if message.group else ""
    outbound = Outbound(message.address, text, choices, reply.sources, quoted, message.group, ask_phone=reply.ask_phone)
    await outbox.put(ctx.session, outbound, key, ctx.now, stored=reply.files)
