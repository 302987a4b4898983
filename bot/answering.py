"""The transaction of a message: who is it from, what is meant, which handler; queue the reply. All of it or none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.meaning import JUST_OFFERED, MENU_OPEN_FOR, may_be_overheard, may_pick, meant, picks
from bot.queueing import Outgoing, closes_menus
from core.clock import Clock
from core.errors import Refused
from core.message import Choice, Inbound, InboundKind, Reply, Talk
from core.people import Person, Unit
from core.platform import Limits, Platform
from core.texts import chat as texts
from handlers.context import Context, House
from handlers.route import Choose
from knowledge.index import Index
from records import contacts, groups, inbox, menus, notice_recipients, outbox, people, talks
from records.inbox import Waiting
from records.session import Begin, Session

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Read:
    """A delivery and what it says; None: nothing that concerns us."""

    waiting: Waiting
    message: Inbound | None


class Answering:
    """Answers deliveries of different chats, in one transaction."""

    def __init__(
        self,
        begin: Begin,
        platforms: Mapping[str, Platform],
        current_index: Callable[[], Index],
        clock: Clock,
        choose: Choose,
        house: House,
    ) -> None:
        self._begin = begin
        self._platforms = platforms
        self._current_index = current_index
        self._clock = clock
        self._choose = choose
        self._house = house

    async def answer(self, together: Sequence[Read]) -> set[int]:
        """The ids of those that were ours to handle. Raises what a handler raises where there are several."""
        now = self._clock()
        async with self._begin() as session:
            mine = await inbox.hold(session, [read.waiting.id for read in together])
            held = [(read.waiting, read.message) for read in together if read.message and read.waiting.id in mine]
            held = await self._overheard(session, held, now)
            if held:
                await self._answer(session, held, now, alone=len(together) == 1)
            await inbox.mark_handled(session, mine)
        return mine

    async def _answer(
        self, session: Session, held: Sequence[tuple[Waiting, Inbound]], now: datetime, *, alone: bool
    ) -> None:
        messages = [message for _, message in held]
        await contacts.note(session, messages, now)
        for message in messages:
            await _note_event(session, message)
        known, outgoing = await _known(session, messages, now), Outgoing()
        for waiting, message in held:
            ctx = self._context(session, message, known, now)
            offered = known.menus.get(message, ())
            said = await meant(message, offered, session)
            reply = said if isinstance(said, Reply) else await self._reply(waiting, said, ctx, alone=alone)
            if reply is None:
                continue
            understood = message if isinstance(said, Reply) else said
            if offered and closes_menus(understood, reply, ctx.talk):
                await menus.close(session, message.address, message.sender)
            key = f"{outbox.REPLY}{waiting.platform}:{waiting.delivery_id}"
            await outgoing.add(ctx, understood, reply, key, self._platforms[waiting.platform])
        await outgoing.write(session, now)

    async def _overheard(
        self, session: Session, held: Sequence[tuple[Waiting, Inbound]], now: datetime
    ) -> list[tuple[Waiting, Inbound]]:
        """With who picks, without naming us again, from what we have just offered them: they speak to us."""
        maybe = [message for _, message in held if may_be_overheard(message, self._limits(message))]
        offered = await menus.just_offered(session, maybe, now - JUST_OFFERED) if maybe else {}
        return [
            (waiting, replace(one, addressed=one.addressed or picks(one.text, offered.get(one, ()))))
            for waiting, one in held
        ]

    def _limits(self, message: Inbound) -> Limits:
        platform = self._platforms[message.address.platform]
        return platform.group_limits if message.group else platform.limits

    def _context(self, session: Session, message: Inbound, known: "_Known", now: datetime) -> Context:
        index = self._current_index()
        address = message.address
        person = known.people.get((address.platform, message.sender))
        unit = _reader(index, person, index.tree.get(known.groups.get((address.platform, address.chat), "")))
        talk = known.talks.get(message, Talk())
        return Context(person, unit, now, session, index, talk, self._limits(message), self._house)

    async def _reply(self, waiting: Waiting, message: Inbound, ctx: Context, *, alone: bool) -> Reply | None:
        """The handler's answer; what a handler that refuses or fails has written is undone.

        Among others nothing is caught: the whole transaction is undone, and each is answered alone.
        """
        if not alone:
            return await self._choose(message, ctx)(message, ctx)
        try:
            async with ctx.session.begin_nested():
                return await self._choose(message, ctx)(message, ctx)
        except Refused as refused:
            return Reply(refused.text)
        except Exception:
            _log.exception("handler.failed", delivery=waiting.id, platform=waiting.platform)
            return Reply(texts.TROUBLE)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the database knows of those who wrote: by platform and sender, by platform and chat."""

    people: Mapping[tuple[str, str], Person]
    groups: Mapping[tuple[str, str], str]
    talks: Mapping[Inbound, Talk]
    menus: Mapping[Inbound, Sequence[Choice]]


async def _known(session: Session, messages: Sequence[Inbound], now: datetime) -> _Known:
    picking = [message for message in messages if may_pick(message)]
    in_groups = [message.address for message in messages if message.group]
    return _Known(
        await people.of_accounts(session, {(message.address.platform, message.sender) for message in messages}),
        await groups.units_of(session, in_groups) if in_groups else {},
        await talks.recall_all(session, messages),
        await menus.open_for(session, picking, now - MENU_OPEN_FOR) if picking else {},
    )


def _reader(index: Index, person: Person | None, group: Unit | None) -> Unit | None:
    """On whose behalf it is answered: the person's unit; in a group of another line, which reads along, the group's."""
    own = index.tree.get(person.unit) if person else None
    if own is None or group is None:
        return own or group
    return own if group in index.tree.above(own.code) else group


async def _note_event(session: Session, message: Inbound) -> None:
    """What happened to the chat itself."""
    address = message.address
    if message.kind is InboundKind.MOVED:
        await groups.move(session, address.platform, address.chat, message.moved_to)
        await talks.move(session, address.platform, address.chat, message.moved_to)
        await menus.move(session, address.platform, address.chat, message.moved_to)
        await notice_recipients.move(session, address.platform, address.chat, message.moved_to)
        await outbox.readdress(session, address.platform, address.chat, message.moved_to)
    elif message.kind is InboundKind.LEFT:
        await groups.deactivate(session, address)
