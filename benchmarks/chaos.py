"""Processes killed two hundred times while they remind and notice five hundred groups: what is lost, what repeated."""

import asyncio
import statistics
import tempfile
from datetime import timedelta
from pathlib import Path

from benchmarks.databases import databases
from records.session import migrate, open_engine, opener
from scheduler.driving import LEASE
from tests.fakes.chaos import Chaos, kill_at_random

GROUPS, KILLS = 500, 200
SHORT = timedelta(seconds=1)  # the lease of who sends; with the real one each kill costs ten seconds
FEW = 5  # kills with the real one

_COLUMNS = (
    ("database", 26),
    ("kills", 6),
    ("messages", 9),
    ("lost", 5),
    ("in flight", 10),
    ("at most", 8),
    ("to a chat", 10),
    ("repeated", 9),
    ("otherwise", 10),
    ("next after (s)", 18),
)


def run() -> None:
    """Print the table."""
    print("".join(name.ljust(wide) for name, wide in _COLUMNS))
    with databases() as urls:
        for name, url in urls.items():
            replicas = 1 if name == "SQLite" else 2
            asyncio.run(_measure(f"{name}, {replicas} process(es)", url, KILLS, replicas, SHORT))
    with databases() as urls:
        asyncio.run(_measure(f"SQLite, lease {LEASE.seconds} s", urls["SQLite"], FEW, 1, LEASE))
    print(
        "in flight: taken by the service and not marked when the process died; at most: at one kill, and to\n"
        "one chat; otherwise: repeated without having been in flight at a kill"
    )


async def _measure(name: str, url: str, kills: int, replicas: int, lease: timedelta) -> None:
    engine = open_engine(url)
    await migrate(engine)
    with tempfile.TemporaryDirectory(prefix="nhacviec-chaos-") as folder:
        chaos = await kill_at_random(
            opener(engine), url, Path(folder), groups=GROUPS, kills=kills, replicas=replicas, lease=lease
        )
    await engine.dispose()
    _say(name, chaos)


def _say(name: str, chaos: Chaos) -> None:
    silent = f"{statistics.median(chaos.silent):.1f}, at most {max(chaos.silent):.1f}"
    found = (
        *(name, chaos.kills, chaos.queued, len(chaos.lost), sum(map(len, chaos.in_flight))),
        *(chaos.most_at_a_kill, chaos.most_of_a_chat, sum(chaos.repeats.values())),
        *(sum(chaos.unexplained.values()), silent),
    )
    line = zip(map(str, found), (wide for _, wide in _COLUMNS), strict=True)
    print("".join(said.ljust(wide) for said, wide in line), flush=True)
