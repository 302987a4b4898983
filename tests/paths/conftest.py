"""A town: the sample units, staff and documents in the database, the whole service running, and people on Telegram."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.cli.run import serve
from bot.service import listen
from bot.settings import Settings, read_settings
from core.answer import Answer
from core.csv_lines import decode
from core.message import Address
from core.people import Asker, Role
from core.registers import read_people, read_units
from knowledge.answer import answer
from knowledge.index import Index
from records import documents, groups, people
from records.session import Begin
from records.units import import_people, import_units
from tests.fakes.clock import StillClock
from tests.fakes.telegram_params import Json
from tests.fakes.telegram_people import Group, Person
from tests.fakes.telegram_server import TelegramServer
from tests.knowledge.library import ROOT, founding

SAMPLES = ROOT / "samples"
PAUSE = 5.0  # seconds that people take between two messages


@dataclass(frozen=True)
class Town:
    """Everybody here writes on Telegram and reads what the running service answers."""

    begin: Begin
    clock: StillClock
    server: TelegramServer
    settings: Settings
    index: Index

    async def resident(self, name: str, unit: str, role: Role) -> Person:
        """Somebody of this unit whose account is known; has pressed Start and read the greeting."""
        someone = self.server.person(name)
        async with self.begin() as session:
            known = await people.add_person(session, name, unit, role)
            await people.link(session, "telegram", someone.id, known.id, self.clock())
        await self.reads(someone, someone.starts)
        return someone

    async def group_of(self, unit: str, host: Person) -> Group:
        """A group bound to this unit, with the bot as an administrator, so that it hears its name."""
        group = self.server.group("Tổ chuyên môn")
        async with self.begin() as session:
            await groups.bind(session, Address("telegram", group.id), unit)
        await self.reads(group, lambda: group.adds_bot(host, "administrator"))
        return group

    async def reads(self, where: Person | Group, act: Callable[[], object]) -> Json:
        """The message that the bot writes there after this was done."""
        before = len(self.answers(where))
        act()
        await self.server.until(lambda: len(self.answers(where)) > before, within=10)
        await self.clock.sleep(PAUSE)
        return self.answers(where)[before]

    async def asks(self, person: Person, text: str) -> str:
        """What is answered to this in private."""
        return str((await self.reads(person, lambda: person.says(text)))["text"])

    def answers(self, where: Person | Group) -> list[Json]:
        """What the bot has written there, oldest first."""
        return [message for message in where.chat.messages.values() if message["from"]["is_bot"]]

    def knows(self, question: str, unit: str, role: Role = Role.TEACHER) -> Answer:
        """The answer of the documents for somebody of this unit, asked beside the chat."""
        asker = self.index.tree.units[unit]
        return answer(self.index, question, Asker(asker, role, asker.level), self.clock())


@pytest.fixture
def mode() -> str:
    """How updates come; a test may ask for both."""
    return "polling"


@pytest.fixture
def also_set() -> dict[str, object]:
    """Settings beside the usual; a test may have its own."""
    return {}


@pytest.fixture
async def town(
    begin: Begin, clock: StillClock, database_url: str, tmp_path: Path, mode: str, also_set: dict[str, object]
) -> AsyncIterator[Town]:
    await move_in(begin, clock)
    stop = asyncio.Event()
    async with TelegramServer(clock) as server:
        with listen("127.0.0.1", 0) as listening:
            address = f"http://127.0.0.1:{listening.getsockname()[1]}"
            settings = _settings(server, address, database_url, tmp_path, mode).model_copy(update=also_set)
            running = asyncio.create_task(serve(settings, clock, listening, stop))
            try:
                await server.until(lambda: server.asked("setWebhook" if mode == "webhook" else "deleteWebhook"))
                yield Town(begin, clock, server, settings, founding())
            finally:
                stop.set()
                await asyncio.wait_for(running, 10)


def _settings(server: TelegramServer, address: str, database: str, folder: Path, mode: str) -> Settings:
    chosen = {
        "database_url": SecretStr(database),
        "data_dir": folder,
        "telegram_token": SecretStr(server.token),
        "telegram_api_url": server.url,
        "telegram_mode": mode,
        "telegram_webhook_secret": SecretStr("hook-secret"),
        "public_url": address,
    }
    return read_settings(None).model_copy(update=chosen)


async def move_in(begin: Begin, clock: StillClock) -> None:
    """The samples, as the commands import them; the plans are read once for all tests."""
    async with begin() as session:
        await import_units(session, read_units(decode((SAMPLES / "units.csv").read_bytes())))
        await session.flush()
        await import_people(session, read_people(decode((SAMPLES / "people.csv").read_bytes()), unit_code=str))
        for volume in founding().volumes:
            plan = volume.shelved.plan
            digest = hashlib.sha256(plan.source_file.encode()).hexdigest()
            await documents.add(session, plan, volume.unit, digest, documents.PUBLISHED, clock())
