"""Officers to whom the evidence of a closed office's schools falls are told of it."""

from collections.abc import Callable
from dataclasses import dataclass

from core.clock import Clock
from evidence.desk import Desk
from evidence.fallen import tell_heirs
from knowledge.index import Index
from records.session import Begin


@dataclass(frozen=True, slots=True)
class Fallen:
    """`told` is called when messages are queued."""

    begin: Begin
    current_index: Callable[[], Index]
    clock: Clock
    told: Callable[[], None]

    async def work(self) -> None:
        """May be run at any time, twice, and on two machines."""
        async with self.begin() as session:
            await tell_heirs(Desk(session, self.current_index(), self.clock()))
        self.told()
