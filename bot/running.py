"""Loops, the timetable and the site: begun together, ended in order."""

import asyncio
import gc
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, Protocol

from aiohttp import web

from bot.transactions import Transactions
from web.app import READ_AHEAD

PATIENCE = timedelta(seconds=5)  # for transactions to end
LONGEST_SEND = timedelta(seconds=60)

Loop = Coroutine[Any, Any, None]
Task = asyncio.Task[None]
Wake = Callable[[], None]
Chore = Callable[[], Awaitable[object]]


class Timetable(Protocol):
    """What `scheduler.jobs.timetable` gives."""

    def start(self) -> None: ...
    def shutdown(self, wait: bool) -> None: ...


@asynccontextmanager
async def serving(site: web.Application, listening: socket.socket) -> AsyncIterator[None]:
    """The site, answering at this socket."""
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=5.0, read_bufsize=READ_AHEAD)
    await runner.setup()
    try:
        await web.SockSite(runner, listening).start()
        yield
    finally:
        await runner.cleanup()


@asynccontextmanager
async def working(
    loops: Sequence[Loop], transactions: Transactions, *, begin_no_more: bool = False
) -> AsyncIterator[Sequence[Task]]:
    """The loops, cancelled at the end while none of `transactions` is open; an error of one of them is raised."""
    tasks = [asyncio.create_task(loop) for loop in loops]
    try:
        yield tasks
    finally:
        if begin_no_more:
            transactions.close()
        await transactions.idle(PATIENCE)
        await _end(tasks)


@asynccontextmanager
async def timed(jobs: Timetable) -> AsyncIterator[None]:
    """The timetable, at work."""
    jobs.start()
    try:
        yield
    finally:
        jobs.shutdown(wait=False)


async def in_turn(*chores: Chore) -> None:
    """One after the other."""
    for chore in chores:
        await chore()


def settle() -> None:
    """What is there once the service has begun stays: Python does not look through it again for what may go.

    Else a page with tens of thousands of cells would wait for that, a fifth of a second each time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def all_of(*wake: Wake) -> None:
    """Each of them."""
    for one in wake:
        one()


async def first(stop: asyncio.Event, tasks: Sequence[Task]) -> None:
    """Until `stop` is set, or a task ends that should not."""
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait([waiting, *tasks], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()


async def _end(tasks: Sequence[Task]) -> None:
    """Cancel and wait; the error of one that failed is raised. A cancel may get lost: Python 3.11's `wait_for`."""
    pending = {task for task in tasks if not task.done()}
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=LONGEST_SEND.total_seconds())
    for task in tasks:
        if not task.cancelled() and (fault := task.exception()):
            raise fault
