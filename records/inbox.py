"""Which deliveries came, and what became of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, select, update
from sqlalchemy.orm import aliased

from core.platform import Delivery
from records.session import Session, insert_into
from records.tables import DeliveryRow


@dataclass(frozen=True, slots=True)
class Waiting:
    """A stored delivery whose turn it is; `attempts` counts this one too."""

    id: int
    platform: str
    delivery_id: str
    raw: bytes
    attempts: int


async def store(session: Session, delivery: Delivery, now: datetime) -> bool:
    """Keep the delivery; False: it came before."""
    statement = insert_into(session, DeliveryRow).values(
        platform=delivery.platform,
        delivery_id=delivery.id,
        lane=delivery.lane,
        raw=delivery.raw,
        ready_at=now,
        received_at=now,
    )
    new = statement.on_conflict_do_nothing().returning(DeliveryRow.id)
    return await session.scalar(new) is not None


async def next_waiting(session: Session, platforms: Collection[str], now: datetime) -> Waiting | None:
    """The oldest delivery that may be handled, its attempt counted; None: nothing to do.

    A delivery waits for the earlier ones of its lane, and for whoever handles it in another process.
    """
    row = await session.scalar(
        select(DeliveryRow)
        .where(DeliveryRow.state == "new", DeliveryRow.ready_at <= now, DeliveryRow.platform.in_(platforms))
        .where(~_behind_another())
        .order_by(DeliveryRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if row is None:
        return None
    row.attempts += 1
    await session.flush()
    return Waiting(row.id, row.platform, row.delivery_id, row.raw, row.attempts)


async def hold(session: Session, delivery: int) -> bool:
    """Keep others from handling it until this transaction ends; False: another has it, or it is done."""
    waiting = select(DeliveryRow.id).where(DeliveryRow.id == delivery, DeliveryRow.state == "new")
    return await session.scalar(waiting.with_for_update(skip_locked=True)) is not None


async def uncount(session: Session, delivery: int) -> None:
    """Take back an attempt: another process was handling it, so nothing was tried here."""
    mine = update(DeliveryRow).where(DeliveryRow.id == delivery)
    await session.execute(mine.values(attempts=DeliveryRow.attempts - 1))


async def mark_handled(session: Session, delivery: int) -> None:
    """Done; its content is not kept."""
    done = update(DeliveryRow).where(DeliveryRow.id == delivery)
    await session.execute(done.values(state="handled", raw=b""))


async def put_aside(session: Session, delivery: int) -> None:
    """It cannot be handled; its content stays, so that somebody can look."""
    await session.execute(update(DeliveryRow).where(DeliveryRow.id == delivery).values(state="aside"))


async def retry_later(session: Session, delivery: int, ready_at: datetime) -> None:
    """Not before `ready_at`; the lane waits with it."""
    waiting = update(DeliveryRow).where(DeliveryRow.id == delivery, DeliveryRow.state == "new")
    await session.execute(waiting.values(ready_at=ready_at))


async def forget_before(session: Session, instant: datetime) -> None:
    """Drop what came before `instant` and is handled or aside; services repeat a delivery for a day at most."""
    old = delete(DeliveryRow).where(DeliveryRow.received_at < instant, DeliveryRow.state != "new")
    await session.execute(old)


def _behind_another() -> ColumnElement[bool]:
    earlier = aliased(DeliveryRow)
    return exists().where(
        DeliveryRow.lane != "",
        earlier.state == "new",
        earlier.platform == DeliveryRow.platform,
        earlier.lane == DeliveryRow.lane,
        earlier.id < DeliveryRow.id,
    )
