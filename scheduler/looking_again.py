"""Files that came and could not be looked at then are looked at; what turns out to hold malware is taken out."""

from dataclasses import dataclass, field

from records import scans
from records.alerts import clear_alert
from records.files import Kept
from scheduler.looking import ALERT, Looker
from scheduler.receipts import Receipts

AT_MOST = 50  # files a round
MOST_FAILURES = 3  # then the scanner is away, or the disk is full
PATIENCE = 300.0  # seconds for the scanner; nobody waits


@dataclass(frozen=True, slots=True)
class LookingAgain:
    """Another process may do the same at the same time; a second look changes nothing."""

    looker: Looker
    receipts: Receipts
    _failed: set[str] = field(default_factory=set)  # SHA-256 of those that stand back until the others had their turn

    async def round(self) -> None:
        """The oldest that wait, then the receipts for what was found."""
        failures = 0
        for kept in await self._waiting(AT_MOST):
            if not await self.looker.look(kept, PATIENCE, again=True):
                self._failed.add(kept.sha256)
                failures += 1
            if failures >= MOST_FAILURES:
                break
        async with self.looker.begin() as session:
            found = await scans.take_out(session)
        if found:
            await self.receipts.give_due()
        if not failures and not await self._waiting(1):
            async with self.looker.begin() as session:
                await clear_alert(session, ALERT, self.looker.clock())

    async def _waiting(self, most: int) -> list[Kept]:
        """Those that have failed come again once nothing else waits."""
        scanner = self.looker.scanner is not None
        async with self.looker.begin() as session:
            waiting = await scans.to_look_at(session, most, self._failed, scanner=scanner)
            if not waiting and self._failed:
                self._failed.clear()
                waiting = await scans.to_look_at(session, most, (), scanner=scanner)
        return waiting
