"""Sending: a thousand groups at the pace that Telegram allows; and a backlog of 100,000: queued, claimed, memory."""

import asyncio
import itertools
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import select, text, update

from benchmarks.databases import databases
from bot.platforms.telegram import Telegram
from core.clock import system_clock
from core.message import Address, Outbound, Urgency
from records import outbox
from records.outbox import Put
from records.session import Begin, migrate, open_engine, opener
from records.tables import OutboxRow
from scheduler.deliver import LEASE, MOST_AT_ONCE, Deliverer

GROUPS, EACH = 1000, 2
PERMITTED = 30  # messages a second, all chats together; https://core.telegram.org/bots/faq
WAITING, AT_ONCE = 100_000, 500
SENT, FEW = 5_000, 300  # what the database has last measured: sent, waiting
CLAIMS = 20


def run() -> None:
    """Print the figures."""
    asyncio.run(_pace())
    with databases() as urls:
        for name, url in urls.items():
            asyncio.run(_backlog(name, url))


async def _pace() -> None:
    """As the service counts it, from the first message to the last."""
    with tempfile.TemporaryDirectory() as folder, _server() as (server, url, token, groups):
        begin = await _opened(f"sqlite:///{folder}/bench.db")
        telegram = Telegram.open(token, url)
        await telegram.connect()
        await _queue(begin, (("telegram", group, f"Tin {n}") for n in range(EACH) for group in groups))
        deliverer = Deliverer(begin, {"telegram": telegram}, system_clock)
        sending = asyncio.create_task(deliverer.run())
        while await _waits(begin):  # noqa: ASYNC110  # the end of all work is no event
            await asyncio.sleep(0.5)
        sending.cancel()
        await asyncio.wait([sending])
        await telegram.close()
        calls = [(float(at), int(status)) for at, status in (call.split(":") for call in _told(server))]
    _say_pace(calls)


def _say_pace(calls: Sequence[tuple[float, int]]) -> None:
    accepted = [at for at, status in calls if status == 200]
    first, last = accepted[0], accepted[-1]
    refused = [at for at, status in calls if status == 429]
    later = sum(at > first + 1 for at in refused)
    after_burst = [at for at in accepted if at > first + 1]  # the first second may hold a full window at once
    rate = len(after_burst) / (last - first - 1)
    print(
        f"{len(accepted)} messages to {GROUPS} groups in {last - first:.1f} s: {rate:.2f}/s after the first second,"
        f" {100 * rate / PERMITTED:.1f} % of the permitted {PERMITTED}/s;"
        f" refused: {len(refused) - later} in the first second, {later} after it"
    )


async def _backlog(name: str, url: str) -> None:
    begin = await _opened(url)
    await _measured_long_ago(begin)
    before, began = _memory(), time.perf_counter()
    await _queue(begin, _messages(0, WAITING // 10))
    tenth = _memory()
    await _queue(begin, _messages(WAITING // 10, WAITING), first=WAITING // 10)
    took, high = time.perf_counter() - began, _memory()
    times = []
    for _ in range(CLAIMS):
        began = time.perf_counter()
        async with begin() as session:
            claimed = await outbox.claim(session, ["bench"], system_clock(), LEASE, MOST_AT_ONCE)
        times.append(time.perf_counter() - began)
        assert len(claimed) == MOST_AT_ONCE
    print(
        f"{name}: {WAITING:,} messages queued in {took:.1f} s ({WAITING / took:,.0f}/s),"
        f" peak memory {before:.0f} MB before, {tenth:.0f} after a tenth, {high:.0f} after all;"
        f" a claim of {MOST_AT_ONCE} among them {statistics.median(times) * 1000:.1f} ms (median of {CLAIMS}),"
        f" at most {max(times) * 1000:.1f} ms"
    )


async def _measured_long_ago(begin: Begin) -> None:
    """The database knows a table of which little waits, as before a morning's reminders."""
    await _queue(begin, _messages(-SENT - FEW, 0), first=-SENT - FEW)
    async with begin() as session:
        sent = select(OutboxRow.id).order_by(OutboxRow.id).limit(SENT)
        await session.execute(update(OutboxRow).where(OutboxRow.id.in_(sent.scalar_subquery())).values(state="sent"))
        if session.get_bind().dialect.name == "postgresql":
            await session.execute(text("ALTER TABLE outbox SET (autovacuum_enabled = off)"))
        await session.execute(text("ANALYZE outbox"))


def _messages(first: int, end: int) -> Iterator[tuple[str, str, str]]:
    return (("bench", str(n % GROUPS), "Kính gửi các trường") for n in range(first, end))


async def _queue(begin: Begin, messages: Iterable[tuple[str, str, str]], first: int = 0) -> None:
    """Service, group and text of each; so many in a transaction, and no more of them in memory."""
    numbered = enumerate(messages, start=first)
    while some := list(itertools.islice(numbered, AT_ONCE)):
        puts = [
            Put(Outbound(Address(platform, group), words, group=True, urgency=Urgency.BULK), f"broadcast:{number}")
            for number, (platform, group, words) in some
        ]
        async with begin() as session:
            await outbox.put_all(session, puts, system_clock())


async def _waits(begin: Begin) -> bool:
    """Whether anything is still to go out, claimed or not."""
    async with begin() as session:
        long_ago = system_clock() - timedelta(days=1)
        return await outbox.next_ready(session, ["telegram"], long_ago) is not None


async def _opened(url: str) -> Begin:
    engine = open_engine(url)
    await migrate(engine)
    return opener(engine)


@contextmanager
def _server() -> Iterator[tuple["subprocess.Popen[str]", str, str, list[str]]]:
    command = [sys.executable, "-m", "benchmarks.delivery_server", str(GROUPS)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        url, token, *groups = server.stdout.readline().split()
        yield server, url, token, groups


def _told(server: "subprocess.Popen[str]") -> list[str]:
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write("\n")
    server.stdin.flush()
    return server.stdout.readline().split()


def _memory() -> float:
    """The peak, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
