"""The chat service of the webhook benchmark: calls the bot's address, takes what it sends, and says how fast it was."""

import asyncio
import itertools
import json
import sys
import time
from typing import Any

import aiohttp
from aiohttp import web

CHATS = 200
EACH = 10  # messages of one chat
AT_ONCE = 40  # webhook calls under way, as Telegram's default max_connections
FIRST_CHAT = 100_000
SECRET = "benchmark-secret"
TOKEN = "7000000001:AAbenchmark-token-of-the-local-server-0"
ME = {"id": 7000000001, "is_bot": True, "first_name": "Nhắc Việc", "username": "nhacviec_bot"}
QUESTIONS = (
    "tháng này nộp gì",
    "t12 nop gi v",
    "hạn nộp số liệu học kỳ 1 là ngày nào",
    "cân đo đợt 1 hạn bao h",
    "tuần sau nộp gì",
    "hội thi GVDG khi nào",
    "cân đo mấy lần, hạn nào",
    "còn mấy ngày hết hạn gửi số liệu",
)


class Service:
    """A Bot API server that accepts everything; `answered` counts the messages sent to it."""

    def __init__(self, expected: int) -> None:
        self.expected = expected
        self.answered = 0
        self.all_answered = asyncio.Event()
        self.ready = asyncio.Event()
        self._ids = itertools.count(1)

    async def call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"].lower()
        params: Any = await request.post() if request.content_type != "application/json" else await request.json()
        if method == "sendmessage":
            return web.json_response({"ok": True, "result": self._sent(params)})
        if method == "setwebhook":
            self.ready.set()
        return web.json_response({"ok": True, "result": ME if method == "getme" else [] if "get" in method else True})

    def _sent(self, params: Any) -> dict[str, Any]:
        self.answered += 1
        if self.answered >= self.expected:
            self.all_answered.set()
        chat = {"id": int(params["chat_id"]), "type": "private", "first_name": "Lan"}
        return {"message_id": next(self._ids), "date": 1701388800, "chat": chat, "from": ME, "text": params["text"]}


def update(number: int, chat: int, text: str) -> bytes:
    """A message as Telegram delivers it."""
    person = {"id": chat, "first_name": "Lan"}
    message = {
        "message_id": number,
        "date": 1701388800,
        "text": text,
        "chat": person | {"type": "private"},
        "from": person | {"is_bot": False, "language_code": "vi"},
    }
    return json.dumps({"update_id": number, "message": message}).encode()


async def main(port: int, api: int) -> None:
    """Every chat in order, chats side by side."""
    service = Service(CHATS * EACH)
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", service.call)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", api).start()
    async with asyncio.timeout(60):
        await service.ready.wait()
    headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": SECRET}
    numbers, free = itertools.count(1000), asyncio.Semaphore(AT_ONCE)
    async with aiohttp.ClientSession(headers=headers, connector=aiohttp.TCPConnector(limit=AT_ONCE)) as client:

        async def one_chat(chat: int) -> None:
            for turn in range(EACH):
                body = update(next(numbers), chat, QUESTIONS[(chat + turn) % len(QUESTIONS)])
                async with free, client.post(f"http://127.0.0.1:{port}/webhook/telegram", data=body) as answer:
                    assert answer.status == 200, answer.status

        began = time.perf_counter()
        await asyncio.gather(*(one_chat(FIRST_CHAT + chat) for chat in range(CHATS)))
        async with asyncio.timeout(240):
            await service.all_answered.wait()
        print(f"rate {CHATS * EACH / (time.perf_counter() - began):.1f}")
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:])))
