"""Tables that somebody asked for in chat, made beside it as Excel files and sent to them."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import structlog

from core.clock import Clock, local_day
from core.message import StoredFile
from core.texts import sheets as texts
from evidence import certificates, registering
from evidence.desk import Desk
from evidence.tables import MIME, MakeTable
from knowledge.index import Index
from records import files, sheets
from records.files import FileStore, Kept
from records.notify import tell
from records.session import Begin
from records.sheets import Wish

_log = structlog.get_logger()

_MADE: Mapping[str, MakeTable] = {
    registering.SHEET: registering.table,
    certificates.SHEET: certificates.table,
}


@dataclass(frozen=True, slots=True)
class Sheets:
    """`told` is called when one is queued. It may run at any time, twice, and on several machines."""

    begin: Begin
    store: FileStore
    current_index: Callable[[], Index]
    clock: Clock
    told: Callable[[], None]

    async def work(self) -> int:
        """What was asked for and is not made yet; how many."""
        async with self.begin() as session:
            wanted = await sheets.wanted(session)
        for wish in wanted:
            try:
                await self._make(wish)
            except Exception:  # a bug of ours holds up no other, and who asked is not left waiting
                _log.exception("sheets.broken", wish=wish.id)
                await self._hand_over(wish, texts.BROKEN, ())
        if wanted:
            self.told()
        return len(wanted)

    async def _make(self, wish: Wish) -> None:
        now = self.clock()
        async with self.begin() as session:
            data, said, _ = await _MADE[wish.kind](Desk(session, self.current_index(), now), wish.unit)
        kept = await asyncio.to_thread(self._keep, data)
        file = StoredFile(kept.sha256, texts.file_name(wish.kind, local_day(now)), MIME, kept.size)
        async with self.begin() as session:
            await files.note(session, kept, now)
        await self._hand_over(wish, said, (file,))

    async def _hand_over(self, wish: Wish, text: str, made: tuple[StoredFile, ...]) -> None:
        """To who asked for it, once."""
        async with self.begin() as session:
            if await sheets.done(session, wish.id):
                await tell(session, wish.person, text, (), f"sheet:{wish.id}", self.clock(), stored=made)

    def _keep(self, data: bytes) -> Kept:
        coming = self.store.coming()
        coming.write_bytes(data)
        return self.store.keep(coming)
