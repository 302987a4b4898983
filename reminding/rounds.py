"""One time that is looked who is to hear of what: asked for in short transactions, thought over between them."""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime

from core.clock import local_day
from evidence.desk import Desk
from knowledge.index import Index
from knowledge.workdays import Workdays
from records.session import Begin
from reminding.asked import AROUND, Asked
from reminding.known import known_of, settled, with_what_came
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

    async def with_below(self, units: Collection[str]) -> set[str]:
        """These units and those right below them, of which an office reads too."""
        async with self.desk() as desk:
            return {*units, *(below for unit in units for below in desk.below(unit))}

    async def knows(self, *asked: Asked, only: Collection[str] | None = None) -> tuple[Desk, Known]:
        """For plans of such days alone: what is not spoken of is not read; `only`: for plans for these units.

        With a desk that names units.
        """
        async with self.desk() as desk:
            if only is not None:
                return desk, await known_of(desk, only)
            known = await settled(desk, min(self.day - AROUND, *(one.first for one in asked)))
        tasks = await asyncio.to_thread(asked_for, self.index, known, asked, self.day)
        async with self.desk() as desk:
            return desk, await with_what_came(desk, known, tasks)
