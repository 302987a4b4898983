"""Each chat channel with what is used of its plan, what waits, and what did not go out: numbers alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.health import Line
from core.platform import Limits
from core.quota import Usage, left
from core.texts import site_channels as texts
from records import grants, usage
from records.grants import Standing
from records.letters import backlog, reasons
from records.session import Session

LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Channel:
    """`works` None: not known; `left` None: its service does not count; `lost`: by why, the most first.

    `grants`: of an Official Account.
    """

    name: str
    works: bool | None
    limits: Limits
    used: Usage
    today: int
    left: int | None
    waiting: int
    lost: Sequence[tuple[str, int]]
    grants: Sequence[Standing]


async def channels(session: Session, lines: Sequence[Line], now: datetime) -> list[Channel]:
    """All of them; a few queries for each."""
    waits = await backlog(session, now)
    lost: dict[str, Counter[str]] = {}
    for name, _, why, count in await reasons(session, now - LATELY):
        lost.setdefault(name, Counter())[texts.reason(why)] += count
    held = await grants.standing(session)
    found: list[Channel] = []
    for line in lines:
        name, used = line.name, await usage.of(session, line.name, now)
        found.append(
            Channel(
                name,
                line.works,
                line.limits,
                used,
                await usage.of_day(session, name, now),
                left(line.limits, used) if line.limits.per_month else None,
                waits[name].waiting if name in waits else 0,
                lost.get(name, Counter()).most_common(),
                held if name == "zalo_oa" else (),
            )
        )
    return found
