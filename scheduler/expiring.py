"""What has been kept long enough is deleted: the unit is told a month before, and gets a certificate afterwards."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from core.clock import Clock, local_day
from core.message import StoredFile, Urgency
from core.privacy import TOLD_BEFORE, Deletion, Reason
from core.texts import privacy as texts
from evidence.deleting import expire
from evidence.deletion_docx import deletion_docx
from evidence.desk import Desk
from knowledge.index import Index
from records import deleting, deletions, erasing, files, notice_deleting, old_messages, outbox
from records.files import FileStore
from records.home import Unreachable
from records.keeping import keep
from records.notify import tell
from records.session import Begin, Session
from scheduler.sweeping import sweep

_log = structlog.get_logger()

MONTH = timedelta(days=30)  # what falls due within it is told of together
AT_ONCE = 200  # submissions of one certificate
AT_ONCE_TOLD = 5000  # of one message
MESSAGES, NOTICES = 1000, 20  # of one transaction
COMING = timedelta(days=8)  # longer than files are waited for


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
        await self._forget_accounts()
        if self.days:
            await self._forget_messages()
            await self._forget_notices()
            await self._tell()
            while await self._expire():
                pass
        await self.finish()
        await self._sweep()

    async def _forget_accounts(self) -> None:
        async with self.begin() as session:
            await erasing.forget_words(session)
            accounts = await erasing.erased(session)
        for account in accounts:
            async with self.begin() as session:
                await erasing.forget_account(session, *account)

    async def _forget_messages(self) -> None:
        """A few at a time: who wants to write in between does not wait long."""
        days = timedelta(days=self.days)
        steps = (old_messages.forget_before, days), (old_messages.drop_keys_before, max(days, old_messages.KEYS_KEPT))
        for forget, kept in steps:
            more = True
            while more:
                async with self.begin() as session:
                    more = await forget(session, self.clock() - kept, MESSAGES)

    async def _forget_notices(self) -> None:
        """Files and words; nobody is told: who wrote a notice has it, and its counts stay."""
        more = True
        while more:
            async with self.begin() as session:
                now = self.clock()
                more = bool(await notice_deleting.forget_before(session, now - timedelta(days=self.days), NOTICES, now))

    async def finish(self) -> None:
        """For each deletion of which nobody was told yet: the bytes, the certificate, the message."""
        async with self.begin() as session:
            untold = await deletions.untold(session)
        if untold:
            await self._sweep()
        for made in untold:
            if made.reason is Reason.ASKED:
                await self._forget_what_was_said(made)
            await self._certify(made)

    async def _forget_what_was_said(self, made: Deletion) -> None:
        """Of what was written to people about these submissions until then, nothing that has gone out is kept."""
        codes = {one.code for one in made.items}
        today = local_day(made.at)
        first = made.at - (today - min((one.handed_in for one in made.items), default=today))
        for state in old_messages.SETTLED:
            place: tuple[datetime, int] | None = (first - COMING, 0)
            while place:
                async with self.begin() as session:
                    place = await old_messages.forget_about(
                        session, codes, state, place[0], made.at, place[1], MESSAGES
                    )

    async def _sweep(self) -> None:
        """Where their home is out of reach, what is left goes another day."""
        try:
            await sweep(self.begin, self.store, self.clock)
        except Unreachable as error:
            _log.warning("sweep.unreachable", reason=error.reason)

    async def _tell(self) -> None:
        """Nothing is deleted before its unit has known of it for TOLD_BEFORE: not even where the days are changed."""
        now, more = self.clock(), True
        while more:
            async with self.begin() as session:
                found = await deleting.first_to_tell(session, now + TOLD_BEFORE - timedelta(days=self.days))
                if more := found is not None:
                    await self._tell_unit(session, found[0], now)
        self.told()

    async def _tell_unit(self, session: Session, unit: str | None, now: datetime) -> None:
        kept = timedelta(days=self.days)
        found = await deleting.to_tell(session, unit, now + TOLD_BEFORE + MONTH - kept, AT_ONCE_TOLD)
        await deleting.mark_expiry_told(session, [id for id, _ in found], now)
        first, last = (local_day(max(at + kept, now + TOLD_BEFORE)) for _, at in (found[0], found[-1]))
        people, deputy = await _who(Desk(session, self.current_index(), now), unit)
        text = texts.will_expire(len(found), first, last, self.days, deputy=deputy)
        for person in people:
            key = f"{outbox.EXPIRY}{found[0][0]}:{person}"
            await tell(session, person, text, (), key, now, urgency=Urgency.REMINDER)

    async def _expire(self) -> bool:
        """One certificate's worth; False: nothing is over."""
        now = self.clock()
        past = now - timedelta(days=self.days), now - TOLD_BEFORE
        async with self.begin() as session:
            if not await deleting.is_due(session, *past):
                return False
            await deletions.hold(session)  # before the submissions: who holds one of those may be waiting for it
            over = await deleting.due(session, *past, AT_ONCE)
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
        coming = self.store.coming()
        await asyncio.to_thread(coming.write_bytes, data)
        kept = await keep(self.begin, self.store, self.clock, coming)
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


async def _who(desk: Desk, unit: str | None) -> tuple[Sequence[int], bool]:
    """Who is told, and whether they are but deputies: what can be done about it is the principals'."""
    if not unit:
        return (), False
    heads = await desk.heads_of(unit)
    return heads or await desk.principals(unit), not heads
