"""Codes that were tried in vain, counted so that none can be found by trying."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from records.session import Session
from records.tables import GuessRow


@dataclass(frozen=True, slots=True)
class Tried:
    """Wrong codes since an instant: the sender's, the platform's, everybody's.

    `held_since`: the sender's code of that instant was not looked at, and none has been since.
    """

    own: int
    platform: int
    all: int
    held_since: datetime | None


async def since(session: Session, platform: str, sender: str, instant: datetime) -> Tried:
    """What has been tried after `instant`."""
    wrong = select(func.count()).where(GuessRow.made_at > instant, ~GuessRow.held)
    here = wrong.where(GuessRow.platform == platform)
    mine = GuessRow.platform == platform, GuessRow.sender == sender, GuessRow.made_at > instant
    counts = select(
        here.where(GuessRow.sender == sender).scalar_subquery(), here.scalar_subquery(), wrong.scalar_subquery()
    )
    own, platform_count, everybody = (await session.execute(counts)).one()
    last = await session.scalar(select(GuessRow).where(*mine).order_by(GuessRow.id.desc()).limit(1))
    return Tried(own, platform_count, everybody, last.made_at if last and last.held else None)


async def note(session: Session, platform: str, sender: str, now: datetime, *, held: bool = False) -> None:
    """The sender tried a wrong code; `held`: one that was not looked at."""
    session.add(GuessRow(platform=platform, sender=sender, made_at=now, held=held))
    await session.flush()


async def forget_before(session: Session, instant: datetime) -> None:
    await session.execute(delete(GuessRow).where(GuessRow.made_at < instant))
