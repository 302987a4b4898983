"""Notices on their way: some at a time into the outbox, so that a pause acts at once; a report when nothing is left."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog

from core import quota
from core.clock import Clock, local_day
from core.hours import Hours
from core.notices import Fate, Kind, Notice, Stage
from core.platform import Limits, Platform
from core.texts import notice_reports as texts
from evidence.desk import Desk
from knowledge.index import Index
from noticing import running
from noticing.sending import Letter, letter, put
from noticing.telling import show_live, tell_author
from records import notice_files, notice_places, notice_recipients, notices, usage
from records.notice_fates import key_of
from records.notice_files import Attached
from records.notice_recipients import Next
from records.session import Begin, Session

_log = structlog.get_logger()

AT_ONCE = 60  # messages of one notice that the outbox has for a service: two seconds' worth of the fastest
SOON, REST = 1.0, 30.0  # seconds between two rounds, while something goes and while nothing does
BREATH = 0.2  # seconds; every reply wakes it


@dataclass(frozen=True)
class Notices:
    """`told` is called when messages are queued. It may run at any time, twice, and on several machines.

    `platforms` are those that are connected here: a notice for another is not sent, and its report says so.
    """

    begin: Begin
    platforms: Mapping[str, Platform]
    current_index: Callable[[], Index]
    clock: Clock
    told: Callable[[], None]
    hours: Hours = Hours()
    reports: Callable[[], Awaitable[object]] | None = None  # what is made beside
    _work: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    def wake(self) -> None:
        """Something may have been confirmed, or have gone out."""
        self._work.set()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self._work.clear()
            try:
                rest = SOON if await self.work() else REST
                if self.reports:
                    await self.reports()
            except Exception:
                _log.exception("notices.broken")
                rest = REST
            with suppress(TimeoutError):
                async with asyncio.timeout(rest):
                    await self._work.wait()
            await asyncio.sleep(BREATH)

    async def work(self) -> int:
        """One round; how many notices move. One that cannot, through a bug of ours, holds up no other."""
        async with self.begin() as session:
            due = await notices.going(session, self.clock())
        moving = 0
        for id in due:
            try:
                moving += await self._round(id)
            except Exception:
                _log.exception("notices.broken", notice=id)
        if moving:
            self.told()
        return moving

    async def _round(self, id: int) -> bool:
        """Whether the outbox has anything of it."""
        now = self.clock()
        async with self.begin() as session:
            notice = await notices.hold(session, id)
            if notice is None:
                return False
            under_way = await notice_recipients.settle(session, id, stuck=False)
            queued = 0
            files, may = await notice_files.attached(session, notice.files), notice.night or self.hours.is_open(now)
            if may and files.bad and await self._stop_for(session, notice, files, now):
                return True
            if may and files.coming and await notice_recipients.count(session, id, "waiting"):
                return True  # a moment
            if may:
                queued = await self._hand_over(session, notice, files, under_way, now)
                if queued:
                    await running.begins(session, notice, now)
            elif under_way:
                under_way = await notice_recipients.take_back(session, id)
            if not queued and not under_way.total():
                return await self._end(session, notice, now)
            left = await notice_recipients.count(session, id, "waiting")
            desk = Desk(session, self.current_index(), now)
            await show_live(desk, notice, self.hours, begins=bool(queued and left))
            return True

    async def _stop_for(self, session: Session, notice: Notice, files: Attached, now: datetime) -> bool:
        """Its author hears of the files before anybody else reads words about them; False: nobody else will."""
        await notice_recipients.take_back(session, notice.id)
        if not await notice_recipients.count(session, notice.id, "waiting"):
            return False
        await running.pause(session, notice, texts.FILES)
        desk = Desk(session, self.current_index(), now)
        stopped = await notices.get(session, notice.id)
        await show_live(desk, stopped, self.hours)
        await tell_author(desk, stopped, texts.files_bad(files.bad))
        return True

    async def _hand_over(
        self, session: Session, notice: Notice, files: Attached, under_way: Counter[str], now: datetime
    ) -> int:
        """The next ones of each service, as many as there is room for; how many."""
        queued, made = 0, None
        if notice.kind is Kind.REMINDER:
            await notice_recipients.spare(session, notice)
        for platform in await notice_recipients.services(session, notice.id):
            limits = self._limits(platform)
            if limits is None:
                await notice_recipients.no_channel(session, notice.id, platform)
                continue
            made = made or await letter(session, self.current_index().tree, notice, files.ready)
            room = AT_ONCE - under_way[platform]
            room = await self._fits(session, notice, made, platform, limits, room, now)
            for one in await self._next_ones(session, notice, platform, max(room, 0), now):
                parts = await put(session, made, one.place, key_of(notice.id, one.id), now)
                await notice_recipients.mark_queued(session, one.id, parts)
                queued += 1
        return queued

    async def _next_ones(
        self, session: Session, notice: Notice, platform: str, limit: int, now: datetime
    ) -> list[Next]:
        """Without those that have left their unit since; a correction goes to them too, for they have the first."""
        found = await notice_recipients.next_ones(session, notice.id, platform, limit)
        if notice.kind is Kind.CORRECTION or not found:
            return found
        places, roles = [one.place for one in found], notice.audience.roles
        gone = await notice_places.elsewhere(session, places, roles, local_day(now))
        await notice_recipients.have_left(session, [one.id for one in found if one.place in gone])
        return [one for one in found if one.place not in gone]

    async def _fits(
        self, session: Session, notice: Notice, made: Letter, platform: str, limits: Limits, room: int, now: datetime
    ) -> int:
        """No more than the month has left beyond what is under way; where that is nothing, the rest is held."""
        if not limits.per_month:
            return room
        left = quota.left(limits, await usage.of(session, platform, now))
        cost = made.parts - 1 + max(made.pictures, 1)
        fits = left // cost - (AT_ONCE - room)
        if fits <= 0 and room == AT_ONCE:
            await notice_recipients.hold_service(session, notice.id, platform)
        return min(room, fits)

    async def _end(self, session: Session, notice: Notice, now: datetime) -> bool:
        """Nothing is on its way: it is done, or stands still for want of messages; the author hears which."""
        desk = Desk(session, self.current_index(), now)
        if await notice_recipients.count(session, notice.id, "waiting"):
            await show_live(desk, notice, self.hours, once=f"rests-{local_day(now)}")
            return False  # quiet hours
        if await notice_recipients.count(session, notice.id, "held"):
            await notices.turn(session, notice, Stage.PAUSED, Stage.GOING, why=texts.QUOTA)
            await show_live(desk, replace(notice, stage=Stage.PAUSED), self.hours)
            held = [one for one in await notice_recipients.all_of(session, notice.id) if one.fate is Fate.HELD]
            platform = held[0].place.address.platform if held and held[0].place.address else ""
            return await tell_author(desk, notice, texts.out_of_quota(platform))
        await notices.turn(session, notice, Stage.DONE, Stage.GOING, ended_at=now)
        await show_live(desk, replace(notice, stage=Stage.DONE), self.hours)
        return await tell_author(desk, notice)

    def _limits(self, platform: str) -> Limits | None:
        """What the service can do; None: it is not connected here."""
        known = self.platforms.get(platform)
        return known.limits if known else None
