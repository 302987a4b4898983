"""What has been kept long enough is deleted: the unit is told a month before, and gets a certificate afterwards."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog

from core.clock import Clock, local_day
from core.message import StoredFile, Urgency
from core.privacy import TOLD_BEFORE, Deletion
from core.texts import privacy as texts
from evidence.deleting import expire
from evidence.deletion_docx import deletion_docx
from evidence.desk import Desk
from knowledge.index import Index
from records import deleting, deletions, files, outbox
from records.erasing import forget_accounts
from records.files import FileStore, Kept
from records.home import Unreachable
from records.notify import tell
from records.session import Begin, Session
from scheduler.sweeping import sweep

_log = structlog.get_logger()

MONTH = timedelta(days=30)  # what falls due within it is told of together
AT_ONCE = 200  # submissions of one certificate


@dataclass(frozen=True, slots=True)
class Expiring:
    """`days` that things are kept, 0: for good. `told` is called when messages are queued.

    All of it may be run at any time, twice, and on two machines.
    """

    begin: Begin
    store: FileStore
    current_index: Callable[[], Index]
    clock: Clock
    days: int
    told: Callable[[], None]

    async def work(self) -> None:
        """Tell of what will be deleted, delete what was told of and is over, remove bytes that no row names."""
        async with self.begin() as session:
            await forget_accounts(session)
            if self.days:
                await deleting.forget_messages_before(session, self.clock() - timedelta(days=self.days))
        if self.days:
            await self._tell()
            while await self._expire():
                pass
        await self.finish()
        await self._sweep()

    async def finish(self) -> None:
        """For each deletion of which nobody was told yet: the bytes, the certificate, the message."""
        async with self.begin() as session:
            untold = await deletions.untold(session)
        if untold:
            await self._sweep()
        for made in untold:
            await self._certify(made)

    async def _sweep(self) -> None:
        """Where their home is out of reach, what is left goes another day."""
        try:
            await sweep(self.begin, self.store, self.clock)
        except Unreachable as error:
            _log.warning("sweep.unreachable", reason=error.reason)

    async def _tell(self) -> None:
        """Nothing is deleted before its unit has known of it for TOLD_BEFORE: not even where the days are changed."""
        now = self.clock()
        kept = timedelta(days=self.days)
        async with self.begin() as session:
            desk = Desk(session, self.current_index(), now)
            for unit, found in (await deleting.to_tell(session, now + TOLD_BEFORE + MONTH - kept)).items():
                if found[0][1] + kept > now + TOLD_BEFORE:
                    continue
                await deleting.mark_expiry_told(session, [id for id, _ in found], now)
                first, last = (local_day(max(at + kept, now + TOLD_BEFORE)) for _, at in (found[0], found[-1]))
                people, deputy = await _who(desk, unit)
                text = texts.will_expire(len(found), first, last, self.days, deputy=deputy)
                for person in people:
                    key = f"{outbox.EXPIRY}{found[0][0]}:{person}"
                    await tell(session, person, text, (), key, now, urgency=Urgency.REMINDER)
        self.told()

    async def _expire(self) -> bool:
        """One certificate's worth; False: nothing is over."""
        now = self.clock()
        async with self.begin() as session:
            handed_in_by = now - timedelta(days=self.days)
            over = await deleting.due(session, handed_in_by, now - TOLD_BEFORE, AT_ONCE)
            if over:
                made = await expire(Desk(session, self.current_index(), now), over)
                _log.info("expired", certificate=made.code, submissions=made.submissions, files=len(made.items))
        return bool(over)

    async def _certify(self, made: Deletion) -> None:
        """The Word file is safe before a row names it; the principals are told once."""
        now = self.clock()
        async with self.begin() as session:
            desk = Desk(session, self.current_index(), now)
            office = desk.above(made.unit) if made.unit else None
        data = await asyncio.to_thread(deletion_docx, made, desk.unit_name(made.unit), office.name if office else "")
        kept = await asyncio.to_thread(self._keep, data)
        paper = StoredFile(kept.sha256, texts.file_name(made.code), deletions.DOCX, kept.size)
        async with self.begin() as session:
            await files.note(session, kept, now)
            if await deletions.mark_told(session, made.number, paper, now):
                await self._hand_over(session, made, paper)
        self.told()

    async def _hand_over(self, session: Session, made: Deletion, paper: StoredFile) -> None:
        now = self.clock()
        people, deputy = await _who(Desk(session, self.current_index(), now), made.unit)
        text = texts.certificate(made, deputy=deputy)
        for person in people:
            key = f"{outbox.EXPIRY}{made.code}:{person}"
            await tell(session, person, text, (), key, now, stored=(paper,), urgency=Urgency.REMINDER)

    def _keep(self, data: bytes) -> Kept:
        coming = self.store.coming()
        coming.write_bytes(data)
        return self.store.keep(coming)


async def _who(desk: Desk, unit: str | None) -> tuple[Sequence[int], bool]:
    """Who is told, and whether they are but deputies: what can be done about it is the principals'."""
    if not unit:
        return (), False
    heads = await desk.heads_of(unit)
    return heads or await desk.principals(unit), not heads
