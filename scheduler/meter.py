"""What a service's plan lets through in a month: counted as it goes out, held back where there is no more."""

from datetime import datetime

from core import quota
from core.platform import Limits
from core.texts import channels as texts
from records import alerts, usage
from records.outbox import Claimed
from records.session import Session


async def may_go(session: Session, claimed: Claimed, limits: Limits, now: datetime) -> datetime:
    """From when this message may go out: now, or next month where it and its further parts do not fit in this one."""
    platform = claimed.message.address.platform
    used = await usage.of(session, platform, now)
    parts = await usage.parts_waiting(session, claimed.key)
    if quota.can_finish(limits, used, parts):
        return now
    text = texts.cannot_finish(platform, quota.left(limits, used))
    await alerts.raise_alert(session, f"quota:{platform}:held", text, now)
    return quota.next_month(now)


async def note_sent(session: Session, platform: str, messages: int, limits: Limits, now: datetime) -> None:
    """So many have gone out; the operator hears when the plan runs out, and when that is over."""
    await usage.count(session, platform, messages, now)
    used = await usage.of(session, platform, now)
    for key, text in quota.warnings(platform, limits, used).items():
        if text:
            await alerts.raise_alert(session, key, text, now)
        else:
            await alerts.clear_alert(session, key, now)
