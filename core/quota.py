"""What a service's plan still lets us send, and whom it still serves; pure functions of limits and usage."""

from dataclasses import dataclass
from datetime import datetime

from core.clock import VIETNAM, local_day
from core.platform import Limits
from core.texts import channels as texts

NEARLY = 80  # per cent of the month's messages


@dataclass(frozen=True, slots=True)
class Usage:
    """What has been used: messages this month, people and groups that the bot is in touch with."""

    messages: int = 0
    people: int = 0
    groups: int = 0


def left(limits: Limits, usage: Usage) -> int:
    """Messages left this month, of a service that counts them."""
    return max(limits.per_month - usage.messages, 0)


def can_finish(limits: Limits, usage: Usage, messages: int) -> bool:
    """Whether so many messages can all go out this month."""
    return not limits.per_month or messages <= left(limits, usage)


def warnings(platform: str, limits: Limits, usage: Usage) -> dict[str, str]:
    """What the operator must hear, by the key of its alert; empty: there is nothing to say any more."""
    full = limits.per_month > 0 and usage.messages >= limits.per_month
    nearly = not full and usage.messages * 100 >= limits.per_month * NEARLY > 0
    people = usage.people >= limits.users > 0
    groups = usage.groups >= limits.groups > 0
    return {
        f"quota:{platform}:nearly": texts.nearly_used(platform, NEARLY, limits.per_month) if nearly else "",
        f"quota:{platform}:full": texts.used_up(platform, limits.per_month) if full else "",
        f"quota:{platform}:people": texts.no_more_people(platform, limits.users) if people else "",
        f"quota:{platform}:groups": texts.no_more_groups(platform, limits.groups) if groups else "",
    }


def month_of(now: datetime) -> str:
    """The month in Vietnam as usage is counted by: 2023-12."""
    return f"{local_day(now):%Y-%m}"


def next_month(now: datetime) -> datetime:
    """The first instant of Vietnam's next month."""
    day = local_day(now)
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return datetime(year, month, 1, tzinfo=VIETNAM)
