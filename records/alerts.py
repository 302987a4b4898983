"""What the operator must do: raised once, open until it is cleared."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, update

from records.session import Session, insert_into
from records.tables import AlertRow

NEWS = "event:"  # so begin the keys of what happened once and asks for nothing more than to be known


@dataclass(frozen=True, slots=True)
class Alert:
    """`text` says in Vietnamese what is wrong and what to do; `told`: somebody has been written to."""

    key: str
    text: str
    raised_at: datetime
    told: bool

    @property
    def is_news(self) -> bool:
        return self.key.startswith(NEWS)


async def raise_alert(session: Session, key: str, text: str, now: datetime) -> None:
    """Open it; an open one with the same text stays as it is, with another text it is told anew."""
    fresh = {"text": text, "raised_at": now, "told_at": None, "cleared_at": None}
    new = insert_into(session, AlertRow).values(key=key, **fresh)
    changed = or_(AlertRow.cleared_at.is_not(None), AlertRow.text != text)
    await session.execute(new.on_conflict_do_update(index_elements=["key"], set_=fresh, where=changed))


async def clear_alert(session: Session, key: str, now: datetime) -> None:
    """What it asked for is done; nothing happens where it is not open."""
    await clear_alerts(session, [key], now)


async def clear_alerts(session: Session, keys: Collection[str], now: datetime) -> set[str]:
    """The same of several; those that were open."""
    open_ones = update(AlertRow).where(AlertRow.key.in_(keys), AlertRow.cleared_at.is_(None))
    return set(await session.scalars(open_ones.values(cleared_at=now).returning(AlertRow.key)))


async def clear_news(session: Session, platform: str, now: datetime) -> None:
    """What this service has said is no longer true."""
    open_ones = update(AlertRow).where(AlertRow.key.startswith(f"{NEWS}{platform}:"), AlertRow.cleared_at.is_(None))
    await session.execute(open_ones.values(cleared_at=now))


async def open_alerts(session: Session) -> Sequence[Alert]:
    """Those that somebody must still act upon, oldest first."""
    rows = await session.scalars(
        select(AlertRow).where(AlertRow.cleared_at.is_(None)).order_by(AlertRow.raised_at, AlertRow.key)
    )
    return [Alert(row.key, row.text, row.raised_at, row.told_at is not None) for row in rows]


async def mark_told(session: Session, keys: Collection[str], now: datetime) -> None:
    """Somebody who can act has been written to; with news that is all there is to do."""
    await session.execute(update(AlertRow).where(AlertRow.key.in_(keys)).values(told_at=now))
    await clear_alerts(session, [key for key in keys if key.startswith(NEWS)], now)
