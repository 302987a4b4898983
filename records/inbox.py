"""Which deliveries came, and what became of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, delete, exists, select, update
from sqlalchemy.orm import aliased

from core.platform import Delivery
from records.session import Session, insert_into
from records.tables import DeliveryRow

_COLUMNS = (
    DeliveryRow.id,
    DeliveryRow.platform,
    DeliveryRow.delivery_id,
    DeliveryRow.raw,
    DeliveryRow.attempts,
)
_QUIETLY = {"synchronize_session": False}  # no row objects are kept that would have to follow


@dataclass(frozen=True, slots=True)
class Waiting:
    """A stored delivery whose turn it is; `attempts` counts this one too."""

    id: int
    platform: str
    delivery_id: str
    raw: bytes
    attempts: int


async def store_all(session: Session, deliveries: Sequence[Delivery], now: datetime) -> None:
    """Keep each that did not come before."""
    rows = [
        {"platform": d.platform, "delivery_id": d.id, "lane": d.lane, "raw": d.raw, "ready_at": now, "received_at": now}
        for d in deliveries
    ]
    if rows:
        await session.execute(insert_into(session, DeliveryRow).on_conflict_do_nothing(), rows)


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


async def take(session: Session, platforms: Collection[str], now: datetime, limit: int) -> list[Waiting]:
    """The oldest deliveries that may be handled, the first of each lane, their attempts counted; empty: none.

    A delivery waits for the earlier ones of its lane, and for whoever handles it in another process. One that was
    tried before comes alone: it may be what killed the process, and shall take no other with it.
    """
    rows = (await session.execute(_NEXT, {"platforms": [*platforms], "now": now, "most": limit})).all()
    fresh = [row for row in rows if not row.attempts]
    chosen = fresh if rows and not rows[0].attempts else rows[:1]
    taken = update(DeliveryRow).where(DeliveryRow.id.in_([row.id for row in chosen]))
    if chosen:
        await session.execute(taken.values(attempts=DeliveryRow.attempts + 1).execution_options(**_QUIETLY))
    return [Waiting(row.id, row.platform, row.delivery_id, row.raw, row.attempts + 1) for row in chosen]


async def hold(session: Session, deliveries: Collection[int]) -> set[int]:
    """Those that nobody else may handle until this transaction ends; the rest another has, or are done."""
    waiting = select(DeliveryRow.id).where(DeliveryRow.id.in_(deliveries), DeliveryRow.state == "new")
    return set(await session.scalars(waiting.with_for_update(skip_locked=True)))


async def uncount(session: Session, deliveries: Collection[int]) -> None:
    """Another process has them: this was no attempt."""
    taken = update(DeliveryRow).where(DeliveryRow.id.in_(deliveries))
    await session.execute(taken.values(attempts=DeliveryRow.attempts - 1).execution_options(**_QUIETLY))


async def mark_handled(session: Session, deliveries: Collection[int]) -> None:
    """Done; the content is not needed any more."""
    done = update(DeliveryRow).where(DeliveryRow.id.in_(deliveries))
    await session.execute(done.values(state="handled", raw=b"").execution_options(**_QUIETLY))


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


_NEXT = (  # built once: building it costs more than asking
    select(*_COLUMNS)
    .where(DeliveryRow.state == "new", DeliveryRow.ready_at <= bindparam("now"))
    .where(DeliveryRow.platform.in_(bindparam("platforms", expanding=True)), ~_behind_another())
    .order_by(DeliveryRow.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
