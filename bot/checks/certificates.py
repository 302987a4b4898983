"""The certificates of what was deleted: whether one was changed or is missing."""

from collections.abc import Sequence

from bot.checks.finding import Finding, Premises, good, wrong
from core.texts import doctor as texts
from records.deletions import faults


async def certificates(at: Premises) -> Sequence[Finding]:
    """Nothing is said where nothing was ever deleted."""
    if at.begin is None:
        return []
    async with at.begin() as session:
        count, broken = await faults(session)
    if broken:
        return [wrong(texts.CERTIFICATES, texts.broken_certificates(broken))]
    return [good(texts.CERTIFICATES, texts.whole_certificates(count))] if count else []
