"""The district, and the worker that reads what its officers send."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select

from core.texts import drafts as texts
from knowledge.shelf import Shelf
from noticing.publishing import LAG
from records import drafts
from records.draft_tables import DraftEditRow, DraftRow
from records.files import FileStore
from records.tables import OutboxRow
from scheduler.drafts import Drafts, Read
from scheduler.reading import read_document
from scheduler.reindex import reindex
from tests.drafting.plans import CHANGES, CHANGES_NAME, NAME, PLAN
from tests.noticing.stage import Board

OFFICER = "hanh"


@dataclass
class Desks(Board):
    """`hanh` is an officer of PGD-VB; lan and huong are of its school with a group, mai of one without; ngoc is an
    officer of another district, tuan of the Sở. `read` reads a file.
    """

    read: Read = field(default=read_document)

    async def opens(self) -> "Desks":
        await super().opens()
        await self.knows("ngoc", "Bùi Thị Ngọc")
        await self.binds_other_group()
        self.school.platform.sent.clear()
        return self

    async def binds_other_group(self) -> None:
        await self.binds("nhóm B", "AL-TRUONGSON")

    @property
    def readers(self) -> Drafts:
        told = self.school.deliverer.wake
        return Drafts(self.begin, FileStore(self.folder), lambda: self.school.index, self.clock, told, self.read)

    async def reads(self) -> int:
        """The worker's round; how many it tried."""
        done = await self.readers.work()
        await self.school.works()
        return done

    async def sends_file(self, who: str, text: str = "", name: str = NAME, data: bytes = PLAN) -> str:
        """A file with these words; the receipt."""
        before = len(self.read_by(who))
        id = f"{name}-{before}"
        self.contents[id] = data
        await self.sends_one(who, id, text, kind="document", name=name, size=len(data))
        await self.school.works()
        await self.passes()
        [receipt] = self.read_by(who)[before:]
        return receipt

    async def sent_and_read(self, who: str = OFFICER, name: str = NAME, data: bytes = PLAN) -> str:
        """The code of a draft that is read."""
        await self.sends_file(who, "văn bản cần đọc", name, data)
        await self.reads()
        return (await self.drafted())[-1].code

    async def published(self, name: str = NAME, data: bytes = PLAN) -> str:
        """A plan that the district has, told and answered from; the draft's code."""
        code = await self.sent_and_read(name=name, data=data)
        await self.says(OFFICER, f"/congbo {code} van")
        await self.taps(OFFICER, texts.PUBLISH)
        await self.goes_out()
        await self.reindexes()
        return code

    async def changes_sent(self) -> str:
        """A letter that changes the plan, read; its code."""
        return await self.sent_and_read(name=CHANGES_NAME, data=CHANGES)

    async def offers(self, code: str, rival: int) -> None:
        """This task of the plan may be meant as well by the letter's first change."""
        async with self.begin() as session:
            draft = await drafts.by_code(session, code)
            assert draft
            first, *others = draft.proposals
            assert first.ref
            first = replace(first, rivals=(replace(first.ref, number=rival),))
            await drafts.change(session, draft, self.clock(), proposals=(first, *others))

    async def goes_out(self) -> None:
        """What was published is told."""
        await self.passes(LAG)

    async def reindexes(self) -> None:
        """As the service does every few seconds."""
        shelf = Shelf()
        await reindex(self.begin, shelf)
        self.school.index = shelf.current()

    async def drafted(self) -> Sequence[DraftRow]:
        async with self.begin() as session:
            return (await session.scalars(select(DraftRow).order_by(DraftRow.id))).all()

    async def edits(self) -> list[tuple[str, int | None, str, str]]:
        async with self.begin() as session:
            rows = await session.scalars(select(DraftEditRow).order_by(DraftEditRow.id))
            return [(row.what, row.item, row.before, row.after) for row in rows]

    async def told(self) -> list[OutboxRow]:
        """What was queued to tell of a published plan."""
        async with self.begin() as session:
            mine = select(OutboxRow).where(OutboxRow.key.like("published:%")).order_by(OutboxRow.id)
            return list(await session.scalars(mine))

    def labels(self, who: str = OFFICER) -> list[str]:
        return [choice.label for choice in self.last(who).choices]
