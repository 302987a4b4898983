"""One private talk on each of the four services, over HTTP: said and tapped as there, read as a person reads it there.

Nothing runs by itself: `says` and `picks` return when everything that follows has been handled and sent.
"""

import json
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from bot.platforms.telegram import Telegram
from bot.platforms.web_chat import WebChat
from bot.platforms.zalo_bot import ZaloBot
from bot.platforms.zalo_oa import ZaloOA
from bot.polling import poll_once
from bot.receive import Receiver
from core.people import Role
from core.platform import Platform
from knowledge.index import Index
from records import people
from records.session import Begin
from scheduler.deliver import Deliverer
from tests.fakes.clock import StillClock
from tests.fakes.telegram_params import Json
from tests.fakes.telegram_server import TelegramServer
from tests.fakes.zalo_bot_people import seen
from tests.fakes.zalo_bot_server import ZaloBotServer
from tests.fakes.zalo_oa_server import OneGrant, ZaloOAServer
from tests.fakes.zalo_oa_world import APP_ID
from web.app import WEBHOOKS, build
from web.demo import DemoSite, Persona
from web.sent_files import SentFiles

SECRET = "mot-bi-mat-dai"
_NUMBERED = re.compile(r"^(\d+)[.)] (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Read:
    """What came in answer: the words, parts joined, and the labels of the buttons below them."""

    text: str
    buttons: tuple[str, ...] = ()


@dataclass
class House:
    """The bot's side: the real inbox, receiver, outbox, deliverer and site, with one chat service."""

    begin: Begin
    clock: StillClock
    index: Index
    platform: Platform
    demo: DemoSite | None = None

    def __post_init__(self) -> None:
        platforms: dict[str, Platform] = {self.platform.name: self.platform}
        self.deliverer = Deliverer(self.begin, platforms, self.clock, self.clock.sleep)
        self.receiver = Receiver(self.begin, platforms, lambda: self.index, self.clock, self.deliverer.wake)
        self.site = build(platforms=platforms, store=self.receiver.store, ready=_ready, demo=self.demo)

    async def works(self) -> None:
        """Everything that can be handled and sent now is."""
        while await self.receiver.handle_next():
            pass
        while await self.deliverer.deliver_ready():
            pass

    async def knows(self, sender: str, unit: str, role: Role) -> None:
        """From now on this account belongs to somebody of this unit."""
        async with self.begin() as session:
            someone = await people.add_person(session, f"Lan {sender}", unit, role)
            await people.link(session, self.platform.name, sender, someone.id, self.clock())


class Talk(Protocol):
    """Somebody's private talk with the bot."""

    @property
    def sender(self) -> str: ...
    async def says(self, text: str) -> Read: ...
    async def taps(self, label: str) -> Read: ...
    async def sends_sticker(self) -> Read: ...


@dataclass(frozen=True)
class Line:
    """A chat service with the bot behind it; `opens` brings in somebody new."""

    house: House
    opens: Callable[[str], Talk]

    async def someone(self, unit: str = "", role: Role = Role.TEACHER) -> Talk:
        """A stranger, or somebody of this unit."""
        talk = self.opens("Lan")
        if unit:
            await self.house.knows(talk.sender, unit, role)
        return talk


async def picks(talk: Talk, read: Read, label: str) -> Read:
    """Choose what is called so: its button where there is one, else its number in the list."""
    if label in read.buttons:
        return await talk.taps(label)
    numbers = [
        number for number, words in _NUMBERED.findall(read.text) if words == label.partition(". ")[2] or words == label
    ]
    return await talk.says(numbers[-1] if numbers else label)


@dataclass
class _OnAPhone:
    """What is the same wherever a scripted person acts: say, then read what came since."""

    house: House
    person: Any
    read: int = field(default=0, init=False)

    @property
    def sender(self) -> str:
        return str(self.person.id)

    async def says(self, text: str) -> Read:
        self.person.says(text)
        return await self._answer()

    async def taps(self, label: str) -> Read:
        self.person.taps(label)
        return await self._answer()

    async def sends_sticker(self) -> Read:
        self.person.sends_sticker()
        return await self._answer()

    async def _answer(self) -> Read:
        await self._comes()
        await self.house.works()
        answers = self._answers()
        new, self.read = answers[self.read :], len(answers)
        return _joined([self._words(one) for one in new], self._buttons(new[-1]) if new else ())

    async def _comes(self) -> None:
        """What was said reaches the bot."""
        raise NotImplementedError

    def _answers(self) -> list[Json]:
        """All that the bot has written."""
        raise NotImplementedError

    def _words(self, message: Json) -> str:
        return str(message["text"])

    def _buttons(self, message: Json) -> list[str]:
        return []


@asynccontextmanager
async def telegram_line(begin: Begin, clock: StillClock, index: Index) -> AsyncIterator[Line]:
    async with TelegramServer(clock) as server:
        telegram = Telegram.open(server.token, server.url, poll_timeout=timedelta(0))
        await telegram.connect()
        house = House(begin, clock, index, telegram)
        yield Line(house, lambda name: _OnTelegram(house, server.person(name), telegram))
        await telegram.close()


@dataclass
class _OnTelegram(_OnAPhone):
    telegram: Telegram

    def __post_init__(self) -> None:
        self.person.chat.bot = "member"  # has pressed Start

    async def _comes(self) -> None:
        await poll_once(self.telegram, self.house.begin, self.house.clock, lambda: None)

    def _answers(self) -> list[Json]:
        return [message for message in self.person.chat.messages.values() if message["from"]["is_bot"]]

    def _buttons(self, message: Json) -> list[str]:
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        return [button["text"] for row in rows for button in row]


@asynccontextmanager
async def zalo_bot_line(begin: Begin, clock: StillClock, index: Index) -> AsyncIterator[Line]:
    async with ZaloBotServer(clock) as server:
        zalo = ZaloBot.open(server.token, server.url, SECRET, poll_timeout=timedelta(0))
        await zalo.connect()
        house = House(begin, clock, index, zalo)
        yield Line(house, lambda name: _OnZaloBot(house, server.person(name), zalo))
        await zalo.close()


@dataclass
class _OnZaloBot(_OnAPhone):
    zalo: ZaloBot

    async def _comes(self) -> None:
        await poll_once(self.zalo, self.house.begin, self.house.clock, lambda: None)

    def _answers(self) -> list[Json]:
        return [message for message in self.person.chat.messages.values() if message["from"]["is_bot"]]

    def _words(self, message: Json) -> str:
        return seen(message["text"], str(message.get("parse_mode", "")))


@asynccontextmanager
async def zalo_oa_line(begin: Begin, clock: StillClock, index: Index) -> AsyncIterator[Line]:
    grant = OneGrant()
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(ZaloOAServer(clock, grant))
        account = ZaloOA.open(APP_ID, server.webhook.secret_key, grant, server.url, server.business_url, clock=clock)
        await account.connect()
        house = House(begin, clock, index, account)
        site = await stack.enter_async_context(TestServer(house.site))
        assert await server.webhook.save(str(site.make_url(WEBHOOKS[account.name])))
        yield Line(house, lambda name: _OnZaloOA(house, server.person(name), server))
        await account.close()


@dataclass
class _OnZaloOA(_OnAPhone):
    server: ZaloOAServer

    async def _comes(self) -> None:
        await self.server.webhook.settle()

    def _answers(self) -> list[Json]:
        return [message for message in self.person.user.messages.values() if not message["from"]]

    def _buttons(self, message: Json) -> list[str]:
        return [button["title"] for button in message.get("buttons", [])]


async def _no_way_in(account: str) -> str:
    raise AssertionError("nobody goes there")


async def _no_december() -> None:
    raise AssertionError("nobody asked for it")


@asynccontextmanager
async def web_line(begin: Begin, clock: StillClock, index: Index) -> AsyncIterator[Line]:
    page, names = WebChat("Nhắc Việc"), count(1)
    cast = tuple(
        Persona(f"nguoi-{n}", "Lan", Role.TEACHER, "VB-HOAPHUONG", "MN Hoa Phượng", "Hải Phòng") for n in range(99)
    )
    demo = DemoSite(page, cast, clock, _stands, _no_passages, SentFiles(Path("nowhere")), _no_way_in, _no_december)
    house = House(begin, clock, index, page, demo)
    async with TestServer(house.site) as site, ClientSession(site.make_url("/")) as client:
        yield Line(house, lambda name: _OnThePage(house, page, client, f"nguoi-{next(names)}"))


@dataclass
class _OnThePage:
    house: House
    page: WebChat
    client: ClientSession
    sender: str
    read: int = 0
    shown: list[Mapping[str, Any]] = field(default_factory=list)

    async def says(self, text: str) -> Read:
        return await self._posts({"text": text})

    async def taps(self, label: str) -> Read:
        value = next(choice["value"] for choice in self.shown[-1]["choices"] if choice["label"] == label)
        return await self._posts({"text": label, "choice": value})

    async def sends_sticker(self) -> Read:
        return await self._posts({"text": "😀"})  # all that the page has of the kind

    async def _posts(self, what: dict[str, str]) -> Read:
        self.read += 1
        body = {"id": f"tin-nhan-{self.sender}-{self.read}", "persona": self.sender, "room": "private"} | what
        async with self.client.post("/chat/messages", json=body) as answer:
            assert answer.status == 200
        await self.house.works()
        kept = await self._replies()
        new, self.shown = kept[len(self.shown) :], kept
        return _joined([one["text"] for one in new], [choice["label"] for choice in new[-1]["choices"]] if new else ())

    async def _replies(self) -> list[Mapping[str, Any]]:
        """Everything that the page shows of the bot, from the beginning."""
        replies = []
        async with aclosing(self.page.subscribe([self.sender], idle=0.01)) as events:
            async for event in events:
                if event is None:
                    break
                replies += [json.loads(event.data)]
        return [one for one in replies if one["kind"] == "reply"]


LINES = {"telegram": telegram_line, "zalo_bot": zalo_bot_line, "zalo_oa": zalo_oa_line, "web": web_line}


def _joined(texts: list[str], buttons: Any = ()) -> Read:
    return Read("\n".join(texts), tuple(buttons))


async def _ready() -> Mapping[str, bool]:
    return {}


def _stands(days: int) -> None:
    """The clock is the test's."""


async def _no_passages(document: int) -> None:
    return None
