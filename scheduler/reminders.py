"""What is written unasked: one message in the morning, in the afternoon what is urgent, in the evening an event."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.clock import VIETNAM, Clock, local_day
from core.hours import Hours
from core.message import Outbound, Urgency
from core.reminding import Message
from evidence.desk import Desk
from knowledge.index import Index
from records import later, outbox, people, reminders
from records.outbox import Put
from records.session import Begin, Session
from reminding import afternoon, again, evening, morning

MORNING, AFTERNOON = time(7, 30), time(16, 30)  # between which a day's reminders may still begin
URGENT = time(14)  # from then on the afternoon's
EVENING, NIGHT = time(17), time(20)  # between which one is told of an event of the next day
Compose = Callable[[Desk], Awaitable[Sequence[Message]]]
_AT_ONCE = 100  # messages of one transaction


@dataclass(frozen=True, slots=True)
class Reminders:
    """`told` is called when messages are queued. It may run at any time, twice, and on two machines."""

    begin: Begin
    current_index: Callable[[], Index]
    clock: Clock
    told: Callable[[], None]
    hours: Hours = Hours()

    async def work(self) -> int:
        """Queue what today's plan says and was not queued yet; how many messages it has. Nothing on a day off."""
        now = self.clock()
        day, local = local_day(now), now.astimezone(VIETNAM).time()
        asked = await self._say(now, again.compose)
        if not self.current_index().workdays.works(day):
            return asked
        if EVENING <= local < NIGHT and self.hours.is_open(now):  # "tomorrow" is not said a day later
            return asked + await self._say(now, evening.compose)
        if not MORNING <= local < AFTERNOON:
            return asked
        asked += await self._queue_all(await self._of_the_morning(day, now), now)
        if local >= URGENT and self.hours.is_open(now):
            asked += await self._say(now, self._urgent)
        return asked

    async def due(self, session: Session, since: date | None = None) -> list[Message]:
        """This morning's messages; also of what was to be said on a day after `since`."""
        return await morning.compose(Desk(session, self.current_index(), self.clock()), since)

    async def _of_the_morning(self, day: date, now: datetime) -> list[Message]:
        """Planned outside transactions and beside the loop: neither the database nor answers wait for it."""
        index = self.current_index()
        async with self.begin() as session:
            last = await reminders.begin_day(session, day, now)
            since = None if last == day else last
            desk = Desk(session, index, now)
            knows = await morning.facts(desk, since)
        planned = await asyncio.to_thread(morning.plans, desk, knows, since)
        async with self.begin() as session:
            to = await morning.hearers(session, planned)
        return await asyncio.to_thread(morning.messages, planned, to)

    async def _urgent(self, desk: Desk) -> list[Message]:
        """This afternoon's, to the groups that have read the morning's: nobody gets both at once.

        Not to those that have chosen an hour of this day themselves.
        """
        found, day, session = await afternoon.compose(desk), local_day(desk.now), desk.session
        read = await reminders.read_before(session, day, datetime.combine(day, URGENT, VIETNAM)) if found else set()
        midnight = datetime.combine(day, time(), VIETNAM)
        own = await later.wishing(session, midnight, midnight + timedelta(days=1)) if read else set()
        return [one for one in found if one.to in read - own]

    async def _say(self, now: datetime, compose: Compose) -> int:
        """Queue what this gives for now; how many messages."""
        async with self.begin() as session:
            await later.forget_before(session, now)
            found = await compose(Desk(session, self.current_index(), now))
        return await self._queue_all(found, now)

    async def _queue_all(self, found: Sequence[Message], now: datetime) -> int:
        for at in range(0, len(found), _AT_ONCE):
            async with self.begin() as session:
                await _queue(session, found[at : at + _AT_ONCE], self.hours.open_at(now))
        if found:
            self.told()
        return len(found)


async def _queue(session: Session, found: Sequence[Message], at: datetime) -> None:
    """Those that were not queued before; to people on the channel that reaches them best, if there is one."""
    queued = await outbox.queued(session, [reminders.key(one) for one in found])
    fresh = [one for one in found if reminders.key(one) not in queued]
    ways = await people.ways_by_person(session, [one.person for one in fresh if one.chat is None])
    puts, said = [], []
    for one in fresh:
        chat = one.chat or next(iter(ways.get(one.person, ())), None)
        if chat is not None:
            said.append(one)
            message = Outbound(chat, one.text, group=not one.person, tasks=one.tasks, urgency=Urgency.REMINDER)
            puts.append(Put(message, reminders.key(one), person=one.person or None))
    await reminders.note(session, said)
    await outbox.put_all(session, puts, at)
