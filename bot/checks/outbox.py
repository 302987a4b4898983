"""Messages that did not go out, or of which nobody knows."""

from collections.abc import Sequence

from bot.checks.finding import Finding, Premises, doubt
from core.texts import doctor, outbox
from records.letters import FAILED, UNKNOWN, count


async def lost_messages(at: Premises) -> Sequence[Finding]:
    """Nothing is said where all went out."""
    if at.begin is None:
        return []
    async with at.begin() as session:
        found = await count(session)
    return [doubt(doctor.OUTBOX, outbox.lost(found.get(FAILED, 0), found.get(UNKNOWN, 0)))] if found else []
