"""One time that is looked who is to hear of what: asked for in short transactions, thought over between them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime

from core.clock import local_day
from evidence.desk import Desk
from knowledge.index import Index
from knowledge.workdays import Workdays
from records.session import Begin
from reminding.asked import AROUND, Asked
from reminding.known import settled, with_what_came
from reminding.owed import Known, asked_for


@dataclass(frozen=True, slots=True)
class Round:
    """What takes long runs in a thread: answers need not wait for it, nor do other processes for the database."""

    begin: Begin
    index: Index
    now: datetime

    @property
    def day(self) -> date:
        return local_day(self.now)

    @property
    def workdays(self) -> Workdays:
        return self.index.workdays

    @asynccontextmanager
    async def desk(self) -> AsyncIterator[Desk]:
        """In a transaction; once that is over it still names units, and no more."""
        async with self.begin() as session:
            yield Desk(session, self.index, self.now)

    async def knows(self, *asked: Asked) -> tuple[Desk, Known]:
        """For plans of such days alone: what is not spoken of is not read. With a desk that names units."""
        async with self.desk() as desk:
            known = await settled(desk, min(self.day - AROUND, *(one.first for one in asked)))
        tasks = await asyncio.to_thread(asked_for, self.index, known, asked, self.day)
        async with self.desk() as desk:
            return desk, await with_what_came(desk, known, tasks)
