"""A chat service of our own: people say things to it, and it remembers what each chat has read."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from core.errors import Act, Forged, SendFailed, Unreadable
from core.message import Address, FileRef, Inbound, InboundKind, Outbound
from core.platform import Delivery, Limits

SECRET = "open sesame"


@dataclass
class FakePlatform:
    """A Platform. `read_by(chat)` is what stands in a chat; `failures` are raised by the next sends, in order."""

    name: str = "fake"
    limits: Limits = Limits(text=4096, buttons=100, typing=True)
    sent: list[Outbound] = field(default_factory=list)
    seen_typing: list[Address] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)
    hanging: set[str] = field(default_factory=set)  # chats whose sends never end
    shut: set[str] = field(default_factory=set)  # chats that take nothing any more
    _news: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    def accept(self, headers: Mapping[str, str], body: bytes) -> list[Delivery]:
        """The body is a list of updates, each with an `id` beside what `delivery` takes."""
        if headers.get("secret") != SECRET:
            raise Forged
        try:
            return [self.delivery(**update) for update in json.loads(body)]
        except (ValueError, TypeError) as error:
            raise Unreadable from error

    def read(self, raw: bytes) -> Inbound | None:
        try:
            update = json.loads(raw)
        except ValueError as error:
            raise Unreadable from error
        if update.get("ignored"):
            return None
        return Inbound(
            address=Address(self.name, update["chat"]),
            sender=update["sender"],
            kind=InboundKind(update.get("kind", "text")),
            text=update.get("text", ""),
            sender_name=update.get("sender_name", ""),
            group=update.get("group", False),
            addressed=update.get("addressed", True),
            message_id=update.get("message_id", ""),
            moved_to=update.get("moved_to", ""),
            files=tuple(FileRef(**file) for file in update.get("files", ())),
            phone=update.get("phone", ""),
            reply_to=update.get("reply_to", ""),
            album=update.get("album", ""),
            pressed=update.get("pressed", False),
        )

    async def send(self, message: Outbound) -> str:
        if self.failures:
            raise self.failures.pop(0)
        if message.address.chat in self.shut:
            raise SendFailed("kicked", act=Act.GONE)
        if message.address.chat in self.hanging:
            await asyncio.Event().wait()
        self.sent.append(message)
        self._news.set()
        return f"m{len(self.sent)}"

    async def acknowledge(self, raw: bytes) -> None:
        """Nothing to press here."""

    async def typing(self, address: Address) -> None:
        self.seen_typing.append(address)

    @property
    def group_limits(self) -> Limits:
        return self.limits

    async def fetch(self, file: FileRef, into: BinaryIO) -> None:
        """Every file holds its own id."""
        into.write(file.id.encode())

    def read_by(self, chat: str) -> list[str]:
        """The texts that arrived in a chat, oldest first."""
        return [message.text for message in self.sent if message.address.chat == chat]

    async def until_read(self, chat: str, texts: list[str]) -> None:
        """Returns once exactly this stands in the chat; TimeoutError after ten seconds."""
        async with asyncio.timeout(10):
            while self.read_by(chat) != texts:
                self._news.clear()
                await self._news.wait()

    def delivery(self, id: str, *, lane: str | None = None, **update: Any) -> Delivery:
        """A raw update as this service would send it."""
        raw = json.dumps(update).encode()
        return Delivery(self.name, id, raw, str(update.get("chat", "")) if lane is None else lane)


@dataclass
class TakesAndDrops(FakePlatform):
    """Says of every message that it was taken, and under no id; nobody ever reads one."""

    async def send(self, message: Outbound) -> str:
        await super().send(message)
        return ""


@dataclass
class LosesTheAnswer(FakePlatform):
    """Takes every message, then `times` times fails as if the connection had dropped."""

    times: int = 1

    async def send(self, message: Outbound) -> str:
        service_id = await super().send(message)
        if self.times > 0:
            self.times -= 1
            raise SendFailed("connection lost", unknown=True)
        return service_id
