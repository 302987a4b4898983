"""The district with real looks at files, its web site, and the chores that delete what is over."""

import os
import re
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

from docx import Document
from sqlalchemy import select

from records.file_tables import FactRow, FileRow, ReceivedRow
from records.privacy_tables import DeletionRow
from records.tables import OutboxRow
from scheduler.expiring import Expiring
from scheduler.looking import Looker
from tests.media.made import photo, saved, telling_jpeg
from tests.web.dossier_stage import DossierStage

KEPT = 1827  # days


@dataclass
class PrivacyStage(DossierStage):
    """Everything that is deleted lies in the store for long: the disk's own clock cannot be moved."""

    async def opens(self) -> "PrivacyStage":
        self.contents |= {"a": telling_jpeg(), "b": saved(photo(2), "JPEG"), "c": b"%PDF-1.4 c"}
        self.look = Looker(self.begin, self.store, self.clock).look
        await super().opens()
        return self

    def expiring(self, days: int = KEPT) -> Expiring:
        told = self.school.deliverer.wake
        return Expiring(self.begin, self.store, lambda: self.school.index, self.clock, days, told)

    async def after(self, days: float, kept: int = KEPT) -> None:
        """So much later, the chore of that day is done."""
        self.clock.move(timedelta(days=days))
        self.ages()
        await self.expiring(kept).work()
        await self.school.works()

    def ages(self, by: timedelta = timedelta(days=3)) -> None:
        """All that lies in the store has lain there for long."""
        for path in self.folder.rglob("*"):
            stat = path.stat()
            os.utime(path, (stat.st_atime - by.total_seconds(), stat.st_mtime - by.total_seconds()))

    def on_disk(self) -> set[str]:
        """The SHA-256 of all that lies in the store."""
        return {f"{path.parent.name}{path.name}" for path in self.folder.glob("??/*")}

    async def all(self, table: Any) -> list[Any]:
        """The rows of a table."""
        async with self.begin() as session:
            return list(await session.scalars(select(table)))

    async def named(self) -> set[str]:
        """The SHA-256 of all that a row names."""
        return {row.sha256 for row in await self.all(FileRow)}

    async def received(self) -> list[ReceivedRow]:
        return sorted(await self.all(ReceivedRow), key=lambda row: row.id)

    async def facts(self) -> list[FactRow]:
        return await self.all(FactRow)

    async def certificates(self) -> list[DeletionRow]:
        return sorted(await self.all(DeletionRow), key=lambda row: row.number)

    async def papers_sent_to(self, who: str) -> list[str]:
        """What stands in the Word files that went with messages to this person."""
        sent = [row for row in await self.all(OutboxRow) if row.chat == who and row.files]
        return [text_of(self.store.path(file["sha256"]).read_bytes()) for row in sent for file in row.files]


def text_of(docx: bytes) -> str:
    """All of it, tables too."""
    paper = Document(BytesIO(docx))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in paper.paragraphs), *cells])


def code_in(said: str) -> str:
    found = re.search(r"\b(?=[A-Z]*[2-9])[A-Z2-9]{6}\b", said)
    assert found, said
    return found[0]
