"""The timetable: every timed job, one line each; it remembers nothing, the database does."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_EXECUTED
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from core.clock import VIETNAM, Clock, local_day
from records import guesses, inbox, menus, reminders, site_imports
from records.session import Begin
from scheduler.alerting import tell_admins

DELIVERIES_KEPT = timedelta(days=7)  # services repeat a delivery for a day at most
MENUS_KEPT = timedelta(days=30)  # a button under an older message says that it is too old
GUESSES_KEPT = timedelta(days=1)  # they count for an hour
REMINDERS_KEPT = timedelta(days=90)  # of whose tasks they were; who was told what is asked for two months
IMPORTS_KEPT = timedelta(days=1)  # lists of people that nobody confirmed

_DEFAULTS = {"coalesce": True, "max_instances": 1, "misfire_grace_time": 600}  # seconds; its own default is 1


def timetable(
    begin: Begin,
    clock: Clock,
    wake: Sequence[Callable[[], None]],
    others: Sequence[Callable[[], Awaitable[object]]] = (),
    by_day: Sequence[Callable[[], Awaitable[object]]] = (),
    ran: Callable[[str, bool], None] = lambda job, well: None,
) -> AsyncIOScheduler:
    """All timed jobs, not yet started.

    `wake` are the workers that look for what is due; `others` what the channels need done every five minutes; `by_day`
    what is done once for each day: tried every hour while people are awake, in case the service was down. `ran` hears
    of each job that has ended, and whether well.
    """
    jobs = AsyncIOScheduler(timezone=VIETNAM, job_defaults=_DEFAULTS)
    jobs.add_job(wake_all, "interval", seconds=30, id="wake", args=[wake])
    jobs.add_job(forget_old, "interval", hours=1, id="forget", args=[begin, clock])
    jobs.add_job(tell_admins, "interval", minutes=1, id="alerts", args=[begin, clock])
    for number, job in enumerate(others):
        jobs.add_job(job, "interval", minutes=5, id=f"other-{number}")
    for number, job in enumerate(by_day):
        jobs.add_job(job, "cron", hour="7-18", id=f"by-day-{number}")
    jobs.add_listener(
        lambda event: ran(event.job_id, event.code == EVENT_JOB_EXECUTED), EVENT_JOB_EXECUTED | EVENT_JOB_ERROR
    )
    return jobs


async def wake_all(wake: Sequence[Callable[[], None]]) -> None:
    """The net under wake-ups that were lost, and for what another process has stored.

    Async, because APScheduler runs plain functions in a thread, and an asyncio.Event is not for threads.
    """
    for worker in wake:
        worker()


async def forget_old(begin: Begin, clock: Clock) -> None:
    """Drop what is only kept to recognise repeats."""
    now = clock()
    async with begin() as session:
        await inbox.forget_before(session, now - DELIVERIES_KEPT)
        await guesses.forget_before(session, now - GUESSES_KEPT)
        await menus.forget_before(session, now - MENUS_KEPT)
        await reminders.forget_before(session, local_day(now - REMINDERS_KEPT))
        await site_imports.forget_before(session, now - IMPORTS_KEPT)
