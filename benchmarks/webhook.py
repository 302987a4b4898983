"""Updates through the webhook, on one core: we, who store and answer, beside bare echo bots of two libraries."""

import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.webhook_load import AT_ONCE, CHATS, EACH

ROUNDS = 3
BOTS = ("python-telegram-bot", "aiogram", "nhacviec")


def run() -> None:
    """Each bot in turn, round by round, so that all meet the same weather."""
    told: dict[str, list[float]] = {bot: [] for bot in BOTS}
    for _ in range(ROUNDS):
        for bot in BOTS:
            told[bot].append(_measure(bot))
    base, second = (statistics.median(told[bot]) for bot in BOTS[:2])
    print(f"{CHATS * EACH} updates of {CHATS} chats, {AT_ONCE} at once; the bot on one core, the service on another")
    print(f"{'':22}{'updates/s (median)':>20}{'/ ' + BOTS[0]:>24}{'/ ' + BOTS[1]:>12}")
    for bot in BOTS:
        rate = statistics.median(told[bot])
        print(f"{bot:22}{rate:>20.0f}{rate / base:>24.2f}{rate / second:>12.2f}")
    print(
        "The libraries send the words back. nhacviec stores each update, answers it from five plans, keeps the reply;"
    )
    print("the same question of one unit and role is worked out once a minute.")


def _measure(bot: str) -> float:
    """Updates a second from the first call to the last answer received by the service."""
    with tempfile.TemporaryDirectory() as folder:
        port, api = _free_port(), _free_port()
        environment = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
        environment |= {"PTB_TIMEDELTA": "1"}
        command = [sys.executable, "-m", "benchmarks.webhook_bots", bot, str(port), str(api), folder]
        load = [sys.executable, "-m", "benchmarks.webhook_load", str(port), str(api)]
        with Path(folder, "log").open("w") as log:
            loading = subprocess.Popen(_pinned(1, load), stdout=subprocess.PIPE, text=True, env=environment)
            serving = subprocess.Popen(_pinned(0, command), stdout=log, stderr=log, env=environment)
            try:
                out, _ = loading.communicate(timeout=300)
            finally:
                loading.kill()
                serving.terminate()
                serving.wait(20)
        if not (found := re.search(r"rate ([\d.]+)", out)):
            raise RuntimeError(f"{bot}: {out} {Path(folder, 'log').read_text()[-2000:]}")
        return float(found[1])


def _pinned(core: int, command: list[str]) -> list[str]:
    """On one core, where the system can do that."""
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    if not cores:
        return command
    return ["taskset", "-c", str(cores[core % len(cores)]), *command]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])
