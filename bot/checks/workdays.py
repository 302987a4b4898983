"""The table of working days."""

from collections.abc import Sequence

from bot.checks.finding import Finding, Premises, good, wrong
from bot.workdays import read_workdays
from core.texts import workdays as texts


async def workdays(at: Premises) -> Sequence[Finding]:
    """Which lines of it are passed over; nothing where there is none."""
    if at.settings.workdays_file is None:
        return ()
    read = read_workdays(at.settings)
    if read.fault:
        return [wrong(texts.SUBJECT, read.fault)]
    return [good(texts.SUBJECT, texts.good(len(read.workdays.moved)))]
