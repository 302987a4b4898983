"""Every check, in the order in which it is told."""

import asyncio
from collections.abc import Sequence

from bot.checks.certificates import certificates
from bot.checks.finding import Check, Finding, Premises
from bot.checks.outbox import lost_messages
from bot.checks.places import alerts, env_file, faces, storage
from bot.checks.reach import clock, public_url
from bot.checks.readers import readers
from bot.checks.scanner import scanner
from bot.checks.telegram import telegram
from bot.checks.workdays import workdays
from bot.checks.zalo_bot import zalo_bot
from bot.checks.zalo_oa import zalo_oa

CHECKS: tuple[Check, ...] = (
    *(env_file, storage, scanner, clock, public_url, workdays),
    *(telegram, zalo_bot, zalo_oa),
    *(faces, readers, certificates, lost_messages, alerts),
)


async def examine(at: Premises) -> Sequence[Finding]:
    """All of them side by side; what two of them say is told once."""
    found = await asyncio.gather(*(check(at) for check in CHECKS))
    by_text = {finding.text: finding for findings in reversed(found) for finding in findings}
    return [one for findings in found for one in findings if by_text[one.text] is one]
