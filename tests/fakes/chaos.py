"""Kills the processes that remind and notice many groups, at random, and counts what the chat service was sent."""

import asyncio
import multiprocessing
import random
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from sqlalchemy import select

from core.clock import system_clock
from core.message import Address
from records import groups as bound
from records.session import Begin
from records.tables import OutboxRow
from records.units import import_units
from tests.fakes.chaos_life import Scene, live, units
from tests.fakes.telegram_server import TelegramServer

Message = tuple[str, str]  # the chat and what was written there
LEASES_END = 60  # seconds by which the last life is later: what dead processes had claimed is free
_LIVES_FOR = (0.02, 1.5)  # seconds from the first message of whoever sends to the kill
_PATIENCE = 120.0  # seconds in which something must be sent
_fork = multiprocessing.get_context("forkserver")


@dataclass
class Chaos:
    """What came of it. `in_flight`: at each kill, what the service had taken and the dead process had not marked."""

    kills: int = 0
    queued: int = 0
    accepted: Counter[Message] = field(default_factory=Counter)
    lost: set[Message] = field(default_factory=set)
    in_flight: list[set[Message]] = field(default_factory=list)
    silent: list[float] = field(default_factory=list)  # seconds from each kill to the next message

    @property
    def repeats(self) -> Counter[Message]:
        return self.accepted - Counter(self.accepted.keys())

    @property
    def unexplained(self) -> Counter[Message]:
        """Repeats of what was not in flight at a kill."""
        return self.repeats - Counter(one for dead in self.in_flight for one in dead)

    @property
    def most_at_a_kill(self) -> int:
        """The most that was in flight at one kill, to all chats of the account."""
        return max(map(len, self.in_flight), default=0)

    @property
    def most_of_a_chat(self) -> int:
        """The most that was in flight to one chat at one kill."""
        return max((max(Counter(chat for chat, _ in dead).values()) for dead in self.in_flight if dead), default=0)


@dataclass
class Stage:
    """The chat service and the database, which outlive every process, and the processes."""

    server: TelegramServer
    begin: Begin
    scene: Scene
    processes: list[ForkServerProcess] = field(default_factory=list)

    def starts(self) -> None:
        process = _fork.Process(target=live, args=(self.scene,))
        process.start()
        self.processes.append(process)

    async def dies(self, process: ForkServerProcess) -> None:
        process.kill()
        await asyncio.to_thread(process.join)
        assert process.exitcode == -signal.SIGKILL, process.exitcode
        self.processes.remove(process)

    def accepted(self) -> Counter[Message]:
        calls = [call for call in self.server.asked("sendMessage") if call.status in (0, 200)]
        return Counter((str(call.params["chat_id"]), str(call.params["text"])) for call in calls)

    async def waiting(self) -> set[Message]:
        rows = select(OutboxRow.chat, OutboxRow.text).where(OutboxRow.state != "sent")
        async with self.begin() as session:
            return {(chat, text) for chat, text in await session.execute(rows)}

    async def next_message(self) -> float:
        """Seconds until the service takes one more."""
        before, began = len(self.server.calls), time.monotonic()
        await self.server.until(lambda: len(self._messages(before)) > 0, within=_PATIENCE)
        return time.monotonic() - began

    def _messages(self, since: int) -> Sequence[object]:
        return [call for call in self.server.calls[since:] if call.method == "sendMessage"]

    async def settles(self) -> None:
        """What had reached the service when its sender died is taken."""
        before = -1
        while before != (before := len(self.server.calls)):  # noqa: ASYNC110  # quiet is no event
            await asyncio.sleep(0.05)


async def kill_at_random(
    begin: Begin,
    database: str,
    folder: Path,
    *,
    groups: int,
    kills: int,
    replicas: int,
    lease: timedelta = timedelta(seconds=1),
    later: int = 0,
    seed: int = 1,
) -> Chaos:
    """So many times; whoever is killed comes back, and the clock is set on by so many seconds (`later`).

    Then one process, undisturbed, sends what is left.
    """
    chance, chaos = random.Random(seed), Chaos()
    async with _stage(begin, database, folder, groups, lease) as stage:
        notices = 1
        stage.scene.orders(notices)
        for _ in range(replicas):
            stage.starts()
        await stage.next_message()
        for number in range(1, kills + 1):
            await asyncio.sleep(chance.uniform(*_LIVES_FOR))
            await stage.dies(chance.choice(stage.processes))
            died = time.monotonic()
            chaos.in_flight.append(await _in_flight(stage, chaos, replicas))
            if sum(stage.accepted().values()) > groups * notices:
                notices += 1
                stage.scene.orders(notices)
            stage.scene.sets_on(number * later)
            stage.starts()
            await stage.next_message()
            chaos.silent.append(time.monotonic() - died)
        chaos.kills = kills
        for process in [*stage.processes]:
            await stage.dies(process)
            chaos.in_flight.append(await _in_flight(stage, chaos, 1))
            chaos.kills += 1
        stage.scene.sets_on(kills * later + LEASES_END)
        stage.starts()
        await _until_all_is_sent(stage, groups * (notices + 1))
        chaos.queued, chaos.accepted = groups * (notices + 1), stage.accepted()
        async with begin() as session:
            queued = {(chat, text) for chat, text in await session.execute(select(OutboxRow.chat, OutboxRow.text))}
        assert len(queued) == chaos.queued
        chaos.lost = queued - chaos.accepted.keys()
    return chaos


async def _in_flight(stage: Stage, chaos: Chaos, replicas: int) -> set[Message]:
    """Taken and not marked, of what was not counted at an earlier kill; another process may just be sending."""
    await stage.settles()
    before = Counter(one for dead in chaos.in_flight for one in dead)
    accepted = stage.accepted()
    unmarked = {one for one in await stage.waiting() if accepted[one] > before[one]}
    if replicas > 1:
        await asyncio.sleep(0.2)
        unmarked &= await stage.waiting()
    return unmarked


async def _until_all_is_sent(stage: Stage, messages: int) -> None:
    async with asyncio.timeout(messages / 10 + _PATIENCE):
        while len(stage.accepted()) < messages or await stage.waiting():  # noqa: ASYNC110  # nor is the end of all work
            await asyncio.sleep(0.2)


@asynccontextmanager
async def _stage(begin: Begin, database: str, folder: Path, groups: int, lease: timedelta) -> AsyncIterator[Stage]:
    _fork.set_forkserver_preload(["tests.fakes.chaos_life"])
    async with TelegramServer(system_clock) as server:
        lan = server.person("Lan")
        made = [server.group(f"MN Số {number}") for number in range(groups)]
        for group in made:
            group.adds_bot(lan)
        server.rates.group = server.rates.chat = server.rates.overall = True
        async with begin() as session:
            await import_units(session, units(groups))
            for number, group in enumerate(made):
                await bound.bind(session, Address("telegram", group.id), f"S{number}")
        chats = tuple(group.id for group in made)
        scene = Scene(database, server.url, server.token, chats, folder, system_clock(), lease)
        scene.sets_on(0)
        stage = Stage(server, begin, scene)
        try:
            yield stage
        finally:
            for process in [*stage.processes]:
                await stage.dies(process)
