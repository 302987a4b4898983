"""What is written unasked: one message in the morning, in the afternoon what is urgent, in the evening an event."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.clock import VIETNAM, Clock, local_day
from core.hours import Hours
from core.message import Outbound, Urgency
from core.reminding import Message
from evidence.desk import Desk
from knowledge.index import Index
from records import later, reminders
from records.notify import tell, write
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
        async with self.begin() as session:
            since = await reminders.begin_day(session, day, now)
            found = await self.due(session, None if since == day else since)
        await self._queue_all(found, now)
        if local >= URGENT and self.hours.is_open(now):
            async with self.begin() as session:
                urgent = await self.urgent(session)
            await self._queue_all(urgent, now)
            found += urgent
        if found:
            self.told()
        return len(found) + asked

    async def due(self, session: Session, since: date | None = None) -> list[Message]:
        """This morning's messages; also of what was to be said on a day after `since`."""
        return await morning.compose(Desk(session, self.current_index(), self.clock()), since)

    async def urgent(self, session: Session) -> list[Message]:
        """This afternoon's, to the groups that have read the morning's: nobody gets both at once.

        Not to those that have chosen an hour of this day themselves.
        """
        now = self.clock()
        found = await afternoon.compose(Desk(session, self.current_index(), now))
        day = local_day(now)
        read = await reminders.read_before(session, day, datetime.combine(day, URGENT, VIETNAM)) if found else set()
        midnight = datetime.combine(day, time(), VIETNAM)
        own = await later.wishing(session, midnight, midnight + timedelta(days=1)) if read else set()
        return [one for one in found if one.to in read - own]

    async def _say(self, now: datetime, compose: Compose) -> int:
        """Queue what this gives for now; how many messages."""
        async with self.begin() as session:
            await later.forget_before(session, now)
            found = await compose(Desk(session, self.current_index(), now))
        await self._queue_all(found, now)
        if found:
            self.told()
        return len(found)

    async def _queue_all(self, found: Sequence[Message], now: datetime) -> None:
        for at in range(0, len(found), _AT_ONCE):
            async with self.begin() as session:
                for one in found[at : at + _AT_ONCE]:
                    await _queue(session, one, self.hours.open_at(now))


async def _queue(session: Session, one: Message, at: datetime) -> None:
    key = await reminders.note(session, one)
    if one.chat:
        group, person = not one.person, one.person or None
        message = Outbound(one.chat, one.text, group=group, tasks=one.tasks, urgency=Urgency.REMINDER)
        await write(session, message, "", (), key, at, person=person)
    else:
        await tell(session, one.person, one.text, (), key, at, one.tasks, urgency=Urgency.REMINDER)
