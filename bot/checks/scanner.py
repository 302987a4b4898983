"""The scanner for malware: it answers, and knows what is new."""

from collections.abc import Sequence
from datetime import timedelta

from bot.checks.finding import Finding, Premises, doubt, good, wrong
from core.errors import ScanFailed
from core.texts import doctor as texts
from media.clamd import Clamd

WITHIN = 10.0  # seconds
OLD = timedelta(days=7)  # ClamAV gets new signatures every day


async def scanner(at: Premises) -> Sequence[Finding]:
    """Nothing where none is set."""
    address = at.settings.clamav
    if address is None:
        return []
    try:
        version = await Clamd(address).version(timeout=WITHIN)
    except ScanFailed as failure:
        return [wrong(texts.SCANNER, texts.no_scanner(address, failure.reason))]
    made = version.signatures_at
    age = at.clock() - made if made else timedelta(0)
    if age > OLD:
        return [doubt(texts.SCANNER, texts.old_signatures(version.program, age.days))]
    return [good(texts.SCANNER, texts.scans(version.program, made))]
