"""Programs that read scans and old Office files: documents of other kinds are read without them."""

import asyncio
from collections.abc import Sequence

from bot.checks.finding import Finding, Premises, doubt, good
from core.texts import doctor as texts
from knowledge.readers import office, tesseract


async def readers(_: Premises) -> Sequence[Finding]:
    """What is missing is no fault: without it such files are refused with a sentence."""
    return [await asyncio.to_thread(_scans), _old_files()]


def _scans() -> Finding:
    if tesseract.reads_vietnamese():
        return good(texts.SCANS, texts.SCANS_READ)
    if tesseract.program():
        return doubt(texts.SCANS, texts.NO_VIETNAMESE)
    return good(texts.SCANS, texts.NO_TESSERACT)


def _old_files() -> Finding:
    return good(texts.OLD_OFFICE, texts.OLD_OFFICE_READ if office.program() else texts.NO_OFFICE)
