"""Ten thousand deliveries, most of them forged, repeated or out of order: each genuine one is acted on once."""

import asyncio
import hashlib
import hmac
import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from bot.platforms.telegram import Telegram
from bot.platforms.zalo_bot import ZaloBot
from bot.platforms.zalo_oa import ZaloOA
from bot.receive import Receiver
from core.message import Inbound, Reply
from core.people import UnitTree
from core.platform import Platform
from handlers.commands import Handler
from handlers.context import Context
from knowledge.index import Index
from records.session import Begin
from records.tables import DeliveryRow, OutboxRow
from tests.fakes.clock import StillClock
from tests.fakes.zalo_oa_server import OneGrant
from web.app import WEBHOOKS, build

TELEGRAM, BOT, ACCOUNT = "bi-mat-cua-telegram", "bi-mat-cua-zalo-bot", "khoa-bi-mat-cua-oa"
APP = "3608465249409000000"
GENUINE = 300  # of each service
TIMES = 3  # each of them is delivered
FORGERIES = 6  # of each
ALL = 3 * GENUINE * (TIMES + FORGERIES) + 3 * GENUINE * 2 + 100  # with replays, and probes


@dataclass(frozen=True, slots=True)
class Post:
    """One call of a webhook and what it must be answered; `says` is what it would be acted on for."""

    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    status: int
    says: str = ""


async def test_none_forged_is_accepted_and_none_is_acted_on_twice(begin: Begin, clock: StillClock) -> None:
    chance = random.Random(20231204)
    posts = [post for number in range(GENUINE) for post in _of(number)]
    first = [post for post in posts for _ in range(TIMES if post.status == 200 else 1)]
    probed = [WEBHOOKS[name] for name in ("zalo_bot", "zalo_oa")] * 50
    first += [Post(path, (), chance.choice((b"", b"{}")), 200) for path in probed]
    replayed = [post for post in posts if post.status == 200 for _ in range(2)]
    assert len(first) + len(replayed) == ALL >= 10_000
    chance.shuffle(first)
    chance.shuffle(replayed)
    receiver = _receiver(begin, clock)
    site = build(platforms=_platforms(), store=receiver.store, ready=_ready, demo=None)
    async with TestServer(site) as server, ClientSession(server.make_url("/")) as client:
        for round_ in (first, replayed):
            assert await _all(client, round_) == Counter()
            while await receiver.handle_next():
                pass
    said = Counter(post.says for post in posts if post.status == 200)
    async with begin() as session:
        assert Counter(await session.scalars(select(OutboxRow.text))) == said
        assert len((await session.scalars(select(DeliveryRow.id))).all()) == 3 * GENUINE


async def _all(client: ClientSession, posts: list[Post]) -> Counter[str]:
    """What was answered otherwise than it must be."""
    wrong: Counter[str] = Counter()
    queue = iter(posts)

    async def some() -> None:
        for post in queue:
            async with client.post(post.path, data=post.body, headers=dict(post.headers)) as answer:
                if answer.status != post.status:
                    wrong[f"{post.path} {answer.status}"] += 1

    await asyncio.gather(*(some() for _ in range(30)))
    return wrong


def _of(number: int) -> Iterator[Post]:
    """The genuine message of each service, and what somebody without the secret could make of it."""
    yield from _secret_header("telegram", "X-Telegram-Bot-Api-Secret-Token", TELEGRAM, _telegram(number))
    yield from _secret_header("zalo_bot", "X-Bot-Api-Secret-Token", BOT, _zalo_bot(number))
    yield from _signed(number)


def _secret_header(name: str, header: str, secret: str, event: object) -> Iterator[Post]:
    body, path = json.dumps(event).encode(), WEBHOOKS[name]
    yield Post(path, _json((header, secret)), body, 200, _said(event))
    wrong = (secret[:-1], f"{secret} x", secret.upper(), "", f"{secret}\u00e9", ACCOUNT)
    yield from (Post(path, _json((header, one)), body, 403) for one in wrong[: FORGERIES - 1])
    yield Post(path, _json(), body, 403)


def _signed(number: int) -> Iterator[Post]:
    event = _account(number)
    body, path, name = json.dumps(event).encode(), WEBHOOKS["zalo_oa"], "X-ZEvent-Signature"
    stamp = event["timestamp"].encode()
    good = hashlib.sha256(APP.encode() + body + stamp + ACCOUNT.encode()).hexdigest()
    other = json.dumps(event | {"timestamp": str(int(event["timestamp"]) + 1)}).encode()
    keyed = hmac.digest(ACCOUNT.encode(), APP.encode() + body + stamp, "sha256").hex()
    yield Post(path, _json((name, f"mac={good}")), body, 200, event["message"]["text"])
    yield Post(path, _json((name, f"mac={good}")), other, 403)  # another message under an old signature
    yield Post(path, _json((name, f"mac={good}")), json.dumps(event, indent=1).encode(), 403)  # written again
    yield Post(path, _json((name, f"mac={keyed}")), body, 403)
    yield Post(path, _json((name, f"mac={good[:-1]}")), body, 403)
    yield Post(path, _json((name, "mac=")), body, 403)
    yield Post(path, _json(), body, 403)


def _telegram(number: int) -> dict[str, Any]:
    person = {"id": 100 + number % 20, "first_name": "Lan"}
    message = {
        "message_id": number,
        "date": 1701388800,
        "text": f"telegram {number}",
        "chat": person | {"type": "private"},
    }
    return {"update_id": 1000 + number, "message": message | {"from": person | {"is_bot": False}}}


def _zalo_bot(number: int) -> dict[str, Any]:
    person = f"9f1c2b7a4e5d607182{number % 20:02}"
    message = {"message_id": f"2d75aa10b3c4d5e6{number:04}", "date": 1701388800000, "text": f"zalo bot {number}"}
    sides = {
        "from": {"id": person, "display_name": "Lan", "is_bot": False},
        "chat": {"id": person, "chat_type": "PRIVATE"},
    }
    event = {"event_name": "message.text.received", "message": message | sides}
    return event if number % 2 else {"ok": True, "result": event}


def _account(number: int) -> dict[str, Any]:
    return {
        "app_id": APP,
        "event_name": "user_send_text",
        "timestamp": str(1701388800000 + number),
        "sender": {"id": f"24684588352919700{number % 20:02}"},
        "recipient": {"id": "3886132808788080000"},
        "message": {"text": f"zalo oa {number}", "msg_id": f"96d3cdf3af15{number:06}"},
    }


def _said(event: object) -> str:
    found = json.dumps(event)
    return found.partition('"text": "')[2].partition('"')[0]


def _json(*headers: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return (("Content-Type", "application/json"), *headers)


def _platforms() -> dict[str, Platform]:
    """The real ones; nothing is sent, so nothing is connected."""
    telegram = Telegram.open("7000000001:AAlocal-server-token-of-the-tests-0", "http://127.0.0.1:9", TELEGRAM)
    bot = ZaloBot.open("3141592653589793238:may-chu", "http://127.0.0.1:9", BOT)
    account = ZaloOA.open(APP, ACCOUNT, OneGrant(), "http://127.0.0.1:9", oa_id="3886132808788080000")
    return {"telegram": telegram, "zalo_bot": bot, "zalo_oa": account}


def _receiver(begin: Begin, clock: StillClock) -> Receiver:
    def choose(message: Inbound, ctx: Context) -> Handler:
        async def echo(message: Inbound, ctx: Context) -> Reply:
            return Reply(message.text)

        return echo

    index = Index.of((), UnitTree.of(()))
    return Receiver(begin, _platforms(), lambda: index, clock, lambda: None, choose=choose)


async def _ready() -> dict[str, bool]:
    return {}
