"""A reminder is looked at once more right before it goes out: what came in meanwhile is not in it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from core.clock import VIETNAM, Clock
from core.message import Outbound
from core.reminding import Kind
from core.texts import reminders as texts
from knowledge.index import Index
from noticing.publishing import LAG
from records import afresh, reminders
from records.afresh import Waiting
from records.outbox import Claimed
from records.session import Begin
from reminding import afternoon, again, evening, morning
from reminding.rounds import Round


@dataclass(frozen=True, slots=True)
class Afresh:
    """Says it anew, for its units alone, where anything has changed for them since the round that thought of it.

    Whatever dies meanwhile: until the new one stands in its place the old one waits, and is looked at again. What a
    later document has changed just now is waited for: this process may not know it yet.
    """

    begin: Begin
    current_index: Callable[[], Index]
    clock: Clock

    async def holds(self, claimed: Claimed) -> bool:
        """Whether it goes out as it is; False: another waits in its place, none where nothing is left of it."""
        if not afresh.begins_one(claimed):
            return True
        async with self.begin() as session:
            waiting = await afresh.outdated(session, claimed)
            if waiting and (changed := await afresh.amended_since(session, self.clock() - LAG)):
                await afresh.put_off(session, claimed, changed + LAG)
                return False
        if waiting is None:
            return True
        message = await self._anew(claimed, waiting)
        async with self.begin() as session:
            if message is None:
                await afresh.drop(session, claimed, waiting)
                return False
            if waiting.another_way:
                return await afresh.say_another_way(session, claimed, message, self.clock())
            return await afresh.say(session, claimed, waiting.key, message, self.clock())

    async def _anew(self, claimed: Claimed, waiting: Waiting) -> Outbound | None:
        """As it would be said on its day, knowing what is known now; None: not at all."""
        at = Round(self.begin, self.current_index(), datetime.combine(waiting.day, time(12), VIETNAM))
        if waiting.kind is Kind.AGAIN:
            return await _again(at, claimed, waiting)
        if waiting.kind is Kind.MORNING:
            found = await morning.compose(at, await self._since(at), waiting.units)
        elif waiting.kind is Kind.URGENT:
            found = await afternoon.compose(at, waiting.units)
        else:
            found = await evening.compose(at, waiting.units)
        said = next((one for one in found if reminders.key(one) == waiting.key), None)
        return replace(claimed.message, text=said.text, tasks=said.tasks) if said else None

    async def _since(self, at: Round) -> date | None:
        async with self.begin() as session:
            return await reminders.said_since(session, at.day, self.clock())


async def _again(at: Round, claimed: Claimed, waiting: Waiting) -> Outbound | None:
    [unit] = waiting.units
    async with at.desk() as desk:
        ones = await again.open_now(desk, unit, waiting.tasks)
    if not ones:
        return None
    text = texts.again(desk.short_name(unit), ones, group=claimed.message.group)
    return replace(claimed.message, text=text, tasks=tuple(dict.fromkeys(one.ref for one in ones)))
