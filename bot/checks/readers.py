"""Programs that read scans and old Office files: documents of other kinds are read without them."""

import asyncio
from collections.abc import Sequence

from bot.checks.finding import Finding, Premises, doubt, good
from core.texts import doctor as texts
from knowledge.readers import tesseract, xls


async def readers(_: Premises) -> Sequence[Finding]:
    """What is missing is no fault: without it such files are refused with a sentence."""
    return [await asyncio.to_thread(_scans), _office()]


def _scans() -> Finding:
    if tesseract.reads_vietnamese():
        return good(texts.SCANS, texts.SCANS_READ)
    return doubt(texts.SCANS, texts.NO_VIETNAMESE if tesseract.program() else texts.NO_TESSERACT)


def _office() -> Finding:
    if xls.program():
        return good(texts.OLD_OFFICE, texts.OLD_OFFICE_READ)
    return doubt(texts.OLD_OFFICE, texts.NO_OFFICE)
