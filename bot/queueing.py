"""A handler's reply on its way into the outbox: to whom, and with choices as the service shows them."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from core.choices import listed
from core.message import Address, Inbound, Outbound, Reply, Talk
from core.platform import Limits, Platform
from core.texts import chat as texts
from handlers.context import Context
from records import contacts, menus, outbox, talks
from records.menus import Menu
from records.outbox import Put
from records.session import Session


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What the replies of one transaction leave behind, written together."""

    messages: list[Put] = field(default_factory=list)
    menus: list[Menu] = field(default_factory=list)
    talks: dict[tuple[Address, str], Talk] = field(default_factory=dict)

    async def add(self, ctx: Context, message: Inbound, reply: Reply, key: str, platform: Platform) -> None:
        """A reply under its key. What is personal goes to the sender alone, and the group is told so."""
        if reply.talk is not None:
            self.talks[message.address, message.sender] = reply.talk
        if not (reply.private and message.group):
            self._put(message, reply, key, ctx.limits)
            return
        alone = replace(message, address=Address(message.address.platform, message.sender), group=False, message_id="")
        if await contacts.can_be_written_to(ctx.session, alone.address):
            self._put(alone, reply, f"{key}:private", platform.limits)
            self._put(message, Reply(texts.ANSWERED_IN_PRIVATE), key, ctx.limits)
        else:
            self._put(message, Reply(texts.WRITE_TO_ME_FIRST), key, ctx.limits)

    async def write(self, session: Session, now: datetime) -> None:
        """All of it."""
        await menus.keep(session, self.menus, now)
        await talks.remember_all(session, self.talks)
        await outbox.put_all(session, self.messages, now)

    def _put(self, message: Inbound, reply: Reply, key: str, limits: Limits) -> None:
        text, choices = reply.text, reply.choices
        if choices:
            menu = menus.new(message.address, message.sender, choices)
            self.menus.append(menu)
            fits = len(choices) <= limits.buttons
            text, choices = (text, menu.marked) if fits else (listed(text, choices), ())
        outbound = Outbound(
            address=message.address,
            text=text,
            choices=choices,
            sources=reply.sources,
            reply_to=message.message_id if message.group else "",
            group=message.group,
            ask_phone=reply.ask_phone,
            mention=message.sender if message.group and limits.mentions else "",
            tasks=reply.tasks,
        )
        self.messages.append(Put(outbound, key, reply.files))


def closes_menus(message: Inbound, reply: Reply, open_talk: Talk) -> bool:
    """Whether something else was asked, so that a number no longer means what was offered before."""
    return reply.talk is not None and not message.pressed and reply.talk.question != open_talk.question
