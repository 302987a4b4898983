"""What is written unasked: one message in the morning, in the afternoon what is urgent, in the evening an event."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.clock import VIETNAM, Clock
from core.hours import Hours
from core.message import Address, Outbound, Urgency
from core.reminding import Kind, Message
from knowledge.index import Index
from records import known_keys, later, outbox, people, reminders
from records.outbox import Put
from records.session import Begin, Session
from reminding import afternoon, again, evening, morning
from reminding.rounds import Round

MORNING, AFTERNOON = time(7, 30), time(16, 30)  # between which a day's reminders may still begin
URGENT = time(14)  # from then on the afternoon's
EVENING, NIGHT = time(17), time(20)  # between which one is told of an event of the next day
_SPANS = {Kind.MORNING: (MORNING, AFTERNOON), Kind.URGENT: (URGENT, AFTERNOON), Kind.EVENING: (EVENING, NIGHT)}
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
        at = self._round()
        local = at.now.astimezone(VIETNAM).time()
        found = await self._queue_all(await again.compose(at), at.now)
        if at.workdays.works(at.day):
            if EVENING <= local < NIGHT and self.hours.is_open(at.now):  # "tomorrow" is not said a day later
                found += await self._queue_all(await evening.compose(at), at.now)
            elif MORNING <= local < AFTERNOON:
                found += await self._queue_all(await self._morning(at), at.now)
                if local >= URGENT and self.hours.is_open(at.now):
                    found += await self._queue_all(await self._urgent(at), at.now)
        if found:
            self.told()
        return found

    async def due(self, since: date | None = None) -> list[Message]:
        """This morning's messages; also of what was to be said on a day after `since`."""
        return await morning.compose(self._round(), since)

    async def of_the_day(self) -> list[tuple[datetime, Message]]:
        """All that is written unasked today, as things stand, and when it goes. Nothing on a day off.

        Not what somebody asked to be reminded of again. Nothing is queued.
        """
        at = self._round()
        if not at.workdays.works(at.day):
            return []
        async with self.begin() as session:
            since = await reminders.last_day(session, at.day)
        found = [*await morning.compose(at, since), *await self._in_the_afternoon(at), *await evening.compose(at)]
        return [(goes, one) for one in found if (goes := self._goes_at(one))]

    def _goes_at(self, one: Message) -> datetime | None:
        """None: at that time of the day one may not write."""
        begins, ends = _SPANS[one.kind]
        goes = self.hours.open_at(datetime.combine(one.day, begins, VIETNAM))
        return goes if one.kind is Kind.MORNING or goes < datetime.combine(one.day, ends, VIETNAM) else None

    def _round(self) -> Round:
        return Round(self.begin, self.current_index(), self.clock())

    async def _morning(self, at: Round) -> list[Message]:
        async with self.begin() as session:
            since = await reminders.said_since(session, at.day, at.now)
        return await morning.compose(at, since)

    async def _urgent(self, at: Round) -> list[Message]:
        """This afternoon's, to the groups that have read the morning's: nobody gets both at once."""
        found = await self._in_the_afternoon(at)
        async with self.begin() as session:
            noon = datetime.combine(at.day, URGENT, VIETNAM)
            read = await reminders.read_before(session, at.day, noon, [one.to for one in found])
        return [one for one in found if one.to in read]

    async def _in_the_afternoon(self, at: Round) -> list[Message]:
        """What is urgent, but for those that have chosen an hour of this day themselves."""
        found = await afternoon.compose(at)
        midnight = datetime.combine(at.day, time(), VIETNAM)
        async with self.begin() as session:
            own = await later.wishing(session, midnight, midnight + timedelta(days=1)) if found else set()
        return [one for one in found if one.to not in own]

    async def _queue_all(self, found: Sequence[Message], now: datetime) -> int:
        """How many messages."""
        for at in range(0, len(found), _AT_ONCE):
            async with self.begin() as session:
                await _queue(session, found[at : at + _AT_ONCE], now, self.hours.open_at(now))
        return len(found)


async def _queue(session: Session, messages: Sequence[Message], now: datetime, at: datetime) -> None:
    """Those that were not queued before; to people on the channel that reaches them best, if there is one.

    `now` is when the round began: what has changed since then is looked for before they go out (scheduler.afresh).
    """
    known = await known_keys.queued(session, [reminders.key(one) for one in messages])
    fresh = [one for one in messages if reminders.key(one) not in known]
    ways = await people.ways_by_person(session, [one.person for one in fresh if one.chat is None])
    reached = [(one, chat) for one in fresh if (chat := one.chat or next(iter(ways.get(one.person, ())), None))]
    await reminders.note(session, [one for one, _ in reached])
    await outbox.put_all(session, [_put(one, chat, at) for one, chat in reached], now)


def _put(one: Message, chat: Address, at: datetime) -> Put:
    message = Outbound(chat, one.text, group=not one.person, tasks=one.tasks, urgency=Urgency.REMINDER)
    return Put(message, reminders.key(one), person=one.person or None, ready_at=at)
