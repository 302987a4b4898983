"""The timetable: workers are woken, old things forgotten; the rest is remembered by the database."""

import asyncio
from datetime import timedelta

from sqlalchemy import func, select

from core.clock import VIETNAM, local_day
from core.platform import Delivery
from core.reminding import Kind, Message
from records import guesses, inbox, reminders
from records.evidence_tables import ReminderUnitRow
from records.session import Begin
from records.tables import DeliveryRow, GuessRow
from scheduler.jobs import forget_old, timetable, wake_all
from tests.fakes.clock import StillClock


async def test_the_timetable_runs_in_vietnam_and_its_jobs_are_not_missed(begin: Begin, clock: StillClock) -> None:
    async def chore() -> None: ...

    jobs = timetable(begin, clock, [], by_day=[chore])
    jobs.start(paused=True)
    assert jobs.timezone == VIETNAM
    assert {job.id: str(job.trigger) for job in jobs.get_jobs()} == {
        "wake": "interval[0:00:30]",
        "forget": "interval[1:00:00]",
        "alerts": "interval[0:01:00]",
        "by-day-0": "cron[hour='7-18']",
    }
    assert all(job.coalesce and job.misfire_grace_time >= 60 for job in jobs.get_jobs())
    jobs.shutdown(wait=False)


async def test_every_worker_is_woken() -> None:
    first, second = asyncio.Event(), asyncio.Event()
    await wake_all([first.set, second.set])
    assert first.is_set()
    assert second.is_set()


async def test_handled_deliveries_are_kept_for_seven_days_and_guesses_for_one(begin: Begin, clock: StillClock) -> None:
    async with begin() as session:
        await inbox.store(session, Delivery("fake", "1", b"x"), clock())
        (waiting,) = await inbox.take(session, ["fake"], clock(), 1)
        await inbox.mark_handled(session, [waiting.id])
        await guesses.note(session, "fake", "lan", clock())
    assert await _kept_after(begin, clock, timedelta(days=1)) == (1, 1)
    assert await _kept_after(begin, clock, timedelta(days=6)) == (1, 0)
    assert await _kept_after(begin, clock, timedelta(seconds=1)) == (0, 0)


async def test_of_whose_tasks_a_reminder_was_is_kept_for_ninety_days(begin: Begin, clock: StillClock) -> None:
    async with begin() as session:
        await reminders.note(session, [Message(Kind.MORNING, local_day(clock()), ("MN1",), "", (), person=1)])
    for days, kept in ((90, 1), (1, 0)):
        clock.move(timedelta(days=days))
        await forget_old(begin, clock)
        async with begin() as session:
            assert await session.scalar(select(func.count()).select_from(ReminderUnitRow)) == kept


async def _kept_after(begin: Begin, clock: StillClock, time: timedelta) -> tuple[int, int]:
    clock.move(time)
    await forget_old(begin, clock)
    async with begin() as session:
        deliveries = await session.scalar(select(func.count()).select_from(DeliveryRow))
        guesses = await session.scalar(select(func.count()).select_from(GuessRow))
    return deliveries or 0, guesses or 0
