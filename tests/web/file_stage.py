"""The real site with upload pages and addresses of files, on a real database and a real folder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web
from sqlalchemy import select

from core.evidence import Giver
from core.links import FileLinks
from core.message import Address
from core.people import UnitTree
from core.platform import Delivery
from knowledge.index import Index
from records import uploads
from records.file_tables import ReceivedRow
from records.files import FileStore
from records.home import Home
from records.session import Begin
from records.tables import OutboxRow
from scheduler.fetch import LookAt, not_at_all
from scheduler.receipts import Receipts
from tests.fakes.clock import StillClock
from web.app import build
from web.files import FileSite

LAN = Giver(Address("fake", "lan"), "lan")


@dataclass
class FileStage:
    """The site, not started yet, and what is behind it."""

    begin: Begin
    clock: StillClock
    folder: Path
    look: LookAt = not_at_all
    woken: int = 0
    home: Home | None = None

    def __post_init__(self) -> None:
        self.store = FileStore(self.folder, self.home)
        self.links = FileLinks("khoá thử")

    def app(self) -> web.Application:
        index = Index.of((), UnitTree.of(()))
        receipts = Receipts(self.begin, lambda: index, self.clock, self._told)
        site = FileSite(self.begin, self.store, self.links, self.clock, receipts, self.look)
        return build(platforms={}, store=_nowhere, ready=_ready, demo=None, files=site)

    def _told(self) -> None:
        self.woken += 1

    async def opened(self, giver: Giver = LAN) -> str:
        """The path of an open upload page."""
        async with self.begin() as session:
            return f"/upload/{(await uploads.offer(session, giver, self.clock())).token}"

    async def received(self) -> list[tuple[str, str]]:
        """Name and state of each file handed in."""
        async with self.begin() as session:
            rows = await session.scalars(select(ReceivedRow).order_by(ReceivedRow.name))
            return [(row.name, row.state) for row in rows]

    async def said(self) -> list[str]:
        async with self.begin() as session:
            return list(await session.scalars(select(OutboxRow.text).order_by(OutboxRow.id)))

    def kept(self) -> list[bytes]:
        """What lies in the store, whole or not."""
        return sorted(path.read_bytes() for path in self.folder.rglob("*") if path.is_file())


async def _nowhere(deliveries: Sequence[Delivery]) -> None:
    raise AssertionError("nothing is delivered here")


async def _ready() -> Mapping[str, bool]:
    return {"database": True}
