"""The local Bot API server of the delivery benchmark, in a process of its own, with the published limits on."""

import asyncio
import sys

from core.clock import system_clock
from tests.fakes.telegram_server import TelegramServer


async def serve(groups: int) -> None:
    """Prints its address, token and groups; once told by a line, seconds and status of each message that came."""
    async with TelegramServer(system_clock) as server:
        lan = server.person("Lan")
        made = [server.group(f"Trường {number}") for number in range(groups)]
        for group in made:
            group.adds_bot(lan)
        server.rates.group = server.rates.chat = server.rates.overall = True
        print(server.url, server.token, *(group.id for group in made), flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        calls = server.asked("sendMessage")
        print(*(f"{call.at.timestamp()}:{call.status}" for call in calls), flush=True)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
