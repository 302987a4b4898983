"""The district of tests/evidence, with its web site: dossiers made in chat, opened by links."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from aiohttp import web
from sqlalchemy import select

from core.dossier import Cut
from core.evidence import Giver, State
from core.media import Looked
from core.message import Address, StoredFile
from core.platform import Delivery
from core.work import TaskRef
from evidence.desk import Desk, title_of
from evidence.due_days import due_of
from records import dossiers, faces, facts, files, received, submissions
from records.dossier_tables import DossierVisitRow
from records.files import FileStore
from records.submissions import Part
from tests.evidence.stage import UNIT, District
from web.app import build
from web.dossier import DossierSite

WEIGHING, READY, PLAN = TaskRef(2, 52), TaskRef(2, 10), TaskRef(2, 33)  # due 05/12, 30/8 and 20/10/2023
JPEG = b"\xff\xd8\xff\xe0"


@dataclass
class DossierStage(District):
    """What people here hand in, and the site through which others look at it."""

    store: FileStore = field(init=False)

    def __post_init__(self) -> None:
        self.store = FileStore(self.folder, self.home)

    def app(self) -> web.Application:
        site = DossierSite(self.begin, self.store, lambda: self.school.index, self.clock)
        return build(platforms={}, store=_nowhere, ready=_ready, demo=None, dossiers=site)

    async def gives(
        self, ref: TaskRef, contents: Mapping[str, bytes], state: State = State.SUBMITTED, unit: str = UNIT
    ) -> str:
        """A unit has handed these files in for a task, now; the code."""
        now, task = self.clock(), self.school.index.by_id[ref.document].shelved.plan.obligations[ref.number]
        giver = Giver(Address(self.name, unit), unit, unit=unit)
        async with self.begin() as session:
            id = await submissions.open_new(session, giver, Part(), now)
            for number, (name, content) in enumerate(contents.items()):
                coming = self.store.coming()
                coming.write_bytes(content)
                kept = self.store.keep(coming)
                await files.note(session, kept, now)
                clean = kept.sha256 if kept.mime.startswith(("image/", "video/")) else None  # it tells nothing as it is
                await facts.note(session, kept.sha256, Looked(kept.mime, clean=clean is not None), clean, None)
                file = StoredFile(kept.sha256, name, kept.mime, kept.size)
                await received.hand_in(session, giver, f"{id}-{number}", file, id, now)
            await submissions.note_arrival(session, id, now)
            desk = Desk(session, self.school.index, now)
            due = await due_of(desk, await submissions.hold(session, id), ref, task)
            await submissions.place(session, id, ref, title_of(task), due, again=False)
            await submissions.turn(session, id, state, None, now)
            return (await submissions.hold(session, id)).code

    async def blurs(self, content: bytes, copy: bytes | None) -> None:
        """The faces in a picture that was handed in were looked for, and this is the copy; None: none could be made."""
        coming = self.store.coming()
        coming.write_bytes(copy or b"")
        kept = self.store.keep(coming)
        async with self.begin() as session:
            await files.note(session, kept, self.clock())
            await faces.note(session, hashlib.sha256(content).hexdigest(), kept.sha256 if copy else None, 0)

    async def link(self, cut: Cut = Cut(UNIT)) -> str:  # noqa: B008 - frozen
        """The path of a dossier that was opened to others."""
        async with self.begin() as session:
            _, token = await dossiers.make(session, cut, None, self.clock())
        return f"/dossier/{token}"

    async def visits(self) -> list[tuple[str, str]]:
        """What was looked at, with which browser."""
        async with self.begin() as session:
            rows = await session.scalars(select(DossierVisitRow).order_by(DossierVisitRow.id))
            return [(row.what, row.agent) for row in rows]


def path_in(said: str) -> str:
    """The path of the address in what the bot said."""
    found = re.search(r"https://nhacviec\.example\.vn(/dossier/[\w-]{43})\n", said)
    assert found, said
    return found[1]


def files_in(page: str) -> list[str]:
    """The addresses of files on a page."""
    return re.findall(r'href="(/dossier/[\w-]+/f/\d+)"', page)


async def _nowhere(deliveries: Sequence[Delivery]) -> None:
    raise AssertionError("nothing is delivered here")


async def _ready() -> Mapping[str, bool]:
    return {"database": True}
