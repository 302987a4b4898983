"""What a service's plan lets through in a month: counted as it goes out, held back where there is no more."""

from datetime import datetime

from core import quota
from core.platform import Limits
from core.texts import channels as texts
from records import alerts, outbox, usage
from records.outbox import Claimed
from records.session import Session


async def let_through(session: Session, claimed: Claimed, limits: Limits, now: datetime) -> bool:
    """False: this message with its further parts does not fit in the month; it waits for the next one."""
    platform = claimed.message.address.platform
    used = await usage.of(session, platform, now)
    if quota.can_finish(limits, used, await usage.parts_waiting(session, claimed.key)):
        return True
    text = texts.cannot_finish(platform, quota.left(limits, used))
    await alerts.raise_alert(session, _held(platform), text, now)
    await outbox.put_back(session, claimed.id, quota.next_month(now), "quota")
    return False


async def note_sent(session: Session, claimed: Claimed, limits: Limits, now: datetime) -> None:
    """It has gone out; the operator hears when the plan runs out, and when that is over."""
    if not limits.per_month:
        return
    platform = claimed.message.address.platform
    messages = max(sum(file.mime.startswith("image/") for file in claimed.stored), 1)
    await usage.count(session, platform, messages, now)
    used = await usage.of(session, platform, now)
    if used.messages == messages:  # a new month
        await alerts.clear_alert(session, _held(platform), now)
    for key, text in quota.warnings(platform, limits, used).items():
        if text:
            await alerts.raise_alert(session, key, text, now)
        else:
            await alerts.clear_alert(session, key, now)


def _held(platform: str) -> str:
    return f"quota:{platform}:held"
