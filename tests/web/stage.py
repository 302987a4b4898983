"""The real site and the real web chat for tests; behind them a small brain that answers what it was asked."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from aiohttp import web

from bot.platforms.web_chat import WebChat
from core.clock import local_day
from core.message import Choice, Inbound, Outbound, SourceRef
from core.people import Role
from core.platform import Delivery, Platform
from core.texts.demo import questions
from core.work import Head, Part, Passage, Plan
from tests.fakes.clock import StillClock
from web.app import build
from web.demo import DemoSite, Persona
from web.sent_files import SentFiles

LAN = Persona(
    "lan",
    "Nguyễn Thị Lan",
    Role.TEACHER,
    "VB-HOAPHUONG",
    "MN Hoa Phượng, huyện Vĩnh Bảo",
    "Hải Phòng",
    questions(Role.TEACHER),
)
HUONG = Persona(
    "huong",
    "Phạm Thị Hương",
    Role.PRINCIPAL,
    "VB-HOAPHUONG",
    "MN Hoa Phượng, huyện Vĩnh Bảo",
    "Hải Phòng",
    questions(Role.PRINCIPAL),
)
SEN = Persona(
    "sen", "Hoàng Thị Sen", Role.TEACHER, "DH-HOASIM", "MN Hoa Sim, huyện Đầm Hà", "Quảng Ninh", questions(Role.TEACHER)
)
KHANH = Persona(
    "khanh", "Chu Văn Khánh", Role.STAFF, "PGD-DH", "Phòng GDĐT huyện Đầm Hà", "Quảng Ninh", questions(Role.STAFF)
)

QUOTE = "nộp hồ sơ sáng kiến về Phòng GDĐT trước ngày 05/12/2023"
PLAN = Plan(
    "ke-hoach.txt",
    Head(title="Kế hoạch trọng tâm tháng <b>năm học 2023-2024</b>", number="88/KH", issuing_body="Phòng GDĐT"),
    tuple(
        Passage(
            place,
            line=place + 1,
            text=f"{place}. Các trường {QUOTE} (bản giấy)." if place == 30 else f"{place}. Việc thứ {place} của tháng.",
            part=Part.HEADING if place % 10 == 0 and place != 30 else Part.ROW,
        )
        for place in range(60)
    ),
)
ROWS = Plan(
    "bang.txt",
    Head(),
    (
        Passage(0, 1, "Cân đo trẻ. Gửi số liệu trước 05/12.", Part.ROW),
        Passage(1, 1, "Gửi số liệu trước 05/12."),
        Passage(2, 2, "Gửi số liệu trước 05/12."),
    ),
)
SOURCE = SourceRef(document_id=1, passage=30, label="Kế hoạch 88/KH, tháng 12/2023, mục 3", quote=QUOTE)


@dataclass(slots=True)
class Brain:
    """Stores each delivery once and answers it a moment later, as the real receiver and sender do."""

    chat: WebChat
    stored: dict[str, Delivery] = field(default_factory=dict)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def store(self, deliveries: Sequence[Delivery]) -> None:
        for delivery in deliveries:
            if delivery.id in self.stored:
                continue
            self.stored[delivery.id] = delivery
            message = self.chat.read(delivery.raw)
            if message and message.addressed:
                task = asyncio.create_task(self._answer(message))
                self.tasks.add(task)
                task.add_done_callback(self.tasks.discard)

    async def _answer(self, message: Inbound) -> None:
        await self.chat.typing(message.address)
        if message.text != "nghĩ lâu":
            await self.chat.send(_reply(message))


def _reply(message: Inbound) -> Outbound:
    if message.text == "hỏi lại":
        choices = (Choice("1. Cấp huyện", "1"), Choice("2. Cấp thành phố", "2"))
        return Outbound(message.address, "Thầy/cô hỏi chỉ tiêu nào?", choices)
    return Outbound(message.address, f"Đã nghe: {message.text}", sources=(SOURCE,), reply_to=message.message_id)


@dataclass(slots=True)
class Stage:
    """The site with its parts at hand."""

    chat: WebChat
    brain: Brain
    clock: StillClock
    app: web.Application
    mornings: list[date]  # the days to which the clock was moved, as what they bring sees them
    filled: int = 0  # how often December was asked for


def stage(others: Mapping[str, Platform] | None = None, *, demo: bool = True, folder: Path = Path("nowhere")) -> Stage:
    """A site that is not started yet; its clock stands on Friday 1 December 2023. `folder`: of sent files."""
    chat = WebChat("Nhắc Việc", folder=folder)
    brain = Brain(chat)
    clock = StillClock(datetime(2023, 12, 1, 1, 0, tzinfo=UTC))
    built: list[Stage] = []

    async def _fill() -> None:
        built[0].filled += 1

    site = DemoSite(
        talks=chat,
        personas=(LAN, HUONG, SEN, KHANH),
        now=clock,
        move_clock=lambda days: clock.move(timedelta(days=days)),
        passages=_passages,
        sent=SentFiles(folder),
        way_in=_way_in,
        december=_fill,
    )
    mornings: list[date] = []

    async def wakes() -> None:
        mornings.append(local_day(clock()))

    site.at_once.append(wakes)
    app = build(platforms={"web": chat, **(others or {})}, store=brain.store, ready=_ready, demo=site if demo else None)
    built.append(Stage(chat, brain, clock, app, mornings))
    return built[0]


async def _way_in(account: str) -> str:
    return f"token-of-{account}"


async def _passages(document: int) -> Plan | None:
    return {1: PLAN, 2: ROWS}.get(document)


async def _ready() -> Mapping[str, bool]:
    return {"database": True}
