"""Requests about data: who speaks for the unit is told in time; what was written down is not kept for ever."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from core.clock import Clock
from evidence.data_requests import remind
from evidence.desk import Desk
from knowledge.index import Index
from records import data_requests
from records.session import Begin


@dataclass(frozen=True, slots=True)
class Requests:
    """`days` that the words of one that is done are kept, 0: for good. `told` is called when messages are queued."""

    begin: Begin
    current_index: Callable[[], Index]
    clock: Clock
    days: int
    told: Callable[[], None]

    async def work(self) -> None:
        """May be run at any time, twice, and on two machines."""
        now = self.clock()
        async with self.begin() as session:
            await remind(Desk(session, self.current_index(), now))
            if self.days:
                await data_requests.forget_words(session, now - timedelta(days=self.days))
        self.told()
