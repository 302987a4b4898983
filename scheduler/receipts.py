"""Receipts, when there is nothing more to wait for; upload pages, when they are done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog

from core.clock import Clock
from core.privacy import RETENTION_DAYS
from evidence import receipts
from evidence.desk import Desk
from knowledge.index import Index
from records import received, submissions, uploads
from records.files import FileStore
from records.session import Begin, Session
from records.submissions import Part
from records.uploads import Part as UploadPart
from records.uploads import Upload

_log = structlog.get_logger()

AGAIN = timedelta(minutes=5)  # after a receipt that could not be given


@dataclass(frozen=True, slots=True)
class Receipts:
    """`told` is called when a receipt is queued; `confirm` and `retention_days` as in `Desk`."""

    begin: Begin
    current_index: Callable[[], Index]
    clock: Clock
    told: Callable[[], None]
    confirm: bool = True
    retention_days: int = RETENTION_DAYS

    async def give_due(self) -> int:
        """Every receipt that is due, each in a transaction of its own; how many."""
        async with self.begin() as session:
            ids = await submissions.quiet(session, self.clock())
        for id in ids:
            await self._give(id)
        if ids:
            self.told()
        return len(ids)

    async def _give(self, id: int) -> None:
        """One that cannot be given, through a bug of ours, is tried again later and holds up no other."""
        try:
            async with self.begin() as session:
                await receipts.tell(self._desk(session), id)
        except Exception:
            _log.exception("receipt.broken", submission=id)
            async with self.begin() as session:
                await submissions.wait(session, id, self.clock() + AGAIN)

    async def finish(self, session: Session, upload: Upload) -> Sequence[UploadPart] | None:
        """Close the page: what came whole is received, or refused, and told. Its files; None: it was closed."""
        if not await uploads.hold(session, upload.id):
            return None
        now = self.clock()
        parts = await uploads.parts(session, upload.id)
        whole = [(part, part.file) for part in parts if part.file]
        if whole:
            id = await submissions.open_new(session, upload.giver, Part(task=upload.task), now)
            for part, file in whole:
                await received.hand_in(session, upload.giver, part.id, file, id, now, part.malware)
            if not all(part.malware for part, _ in whole):
                await submissions.note_arrival(session, id, now)
            await receipts.tell(self._desk(session), id)
        await uploads.close(session, upload.id, now)
        return parts

    async def close_forgotten(self, store: FileStore) -> None:
        """Finish the pages whose people left without closing them: what came whole is theirs and ours to confirm."""
        async with self.begin() as session:
            ids = await uploads.forgotten(session, self.clock())
        for id in ids:
            async with self.begin() as session:
                parts = await self.finish(session, await uploads.get(session, id))
            for part in parts or ():
                store.coming(part.id).unlink(missing_ok=True)
        if ids:
            self.told()

    def _desk(self, session: Session) -> Desk:
        return Desk(session, self.current_index(), self.clock(), self.confirm, self.retention_days)
