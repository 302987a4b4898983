"""The Official Account's grant: one pair of tokens an app, encrypted, renewed by one process at a time."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, update

from core.tokens import TokenPair
from records.sealing import BrokenSeal, Sealer
from records.session import Session, insert_into
from records.tables import GrantRow

LEASE = timedelta(seconds=60)  # a renewal takes two calls of 15 s at most; a holder that died is waited for as long
VALID, LOST = "valid", "lost"
NEVER, RESEALED = "never granted", "sealed with another app secret"


@dataclass(frozen=True, slots=True)
class Grant:
    """`access` may be empty or past its end; `lost`: no renewal will succeed, somebody must consent anew.

    `generation` grows with every new pair; 0: there never was one.
    """

    generation: int = 0
    access: str = field(default="", repr=False)
    refresh: str = field(default="", repr=False)
    expires_at: datetime | None = None
    renewed_at: datetime | None = None
    expected_until: datetime | None = None  # until when somebody is about to consent
    lost: bool = True
    reason: str = NEVER


async def find(session: Session, sealer: Sealer, app: str) -> Grant:
    """The grant as it stands."""
    row = await session.get(GrantRow, app, populate_existing=True)
    if row is None:
        return Grant()
    try:
        access, refresh = sealer.unseal(row.access), sealer.unseal(row.refresh)
        lost, reason = row.state == LOST, row.reason
    except BrokenSeal:
        access, refresh, lost, reason = "", "", True, RESEALED
    return Grant(row.generation, access, refresh, row.expires_at, row.renewed_at, row.expected_until, lost, reason)


@dataclass(frozen=True, slots=True)
class Standing:
    """When a grant was last renewed and until when its token is good; without the tokens."""

    renewed_at: datetime
    expires_at: datetime
    lost: bool


async def standing(session: Session) -> list[Standing]:
    """Of the grants that there have ever been."""
    rows = await session.scalars(select(GrantRow).where(GrantRow.generation > 0).order_by(GrantRow.app))
    return [Standing(row.renewed_at, row.expires_at, row.state == LOST) for row in rows]


async def seed(session: Session, sealer: Sealer, app: str, refresh: str, now: datetime) -> bool:
    """Begin with a refresh token that somebody pasted; True: it was new.

    One that was seen before changes nothing: it has been used since.
    """
    mark = hashlib.sha256(refresh.encode()).hexdigest()
    await _be_there(session, sealer, app, now)
    known = (await session.scalars(select(GrantRow.seed_hash).where(GrantRow.app == app).with_for_update())).one()
    if mark in known.split():
        return False
    await _put(session, sealer, app, TokenPair("", refresh, timedelta(0)), now)
    await session.execute(update(GrantRow).where(GrantRow.app == app).values(seed_hash=f"{known} {mark}".strip()))
    return True


async def lease(session: Session, app: str, generation: int, now: datetime) -> datetime | None:
    """The right to renew this very pair, until the instant given; None: somebody else has it, or it is not the pair."""
    free = or_(GrantRow.renewing_until.is_(None), GrantRow.renewing_until <= now)
    mine = update(GrantRow).where(_at(app, generation), GrantRow.state == VALID, free)
    return await session.scalar(mine.values(renewing_until=now + LEASE).returning(GrantRow.renewing_until))


async def release(session: Session, app: str, generation: int, until: datetime) -> None:
    """Give a lease back: nothing came of it."""
    mine = update(GrantRow).where(_at(app, generation), GrantRow.renewing_until == until)
    await session.execute(mine.values(renewing_until=None))


async def save(session: Session, sealer: Sealer, app: str, generation: int, pair: TokenPair, now: datetime) -> bool:
    """The pair that came for this one; False: meanwhile somebody consented anew, and theirs is the newer.

    Whatever a slow holder's lease has come to, and even where it was given up: what the service gave is the truth.
    """
    return await _put(session, sealer, app, pair, now, _at(app, generation))


async def replace(session: Session, sealer: Sealer, app: str, pair: TokenPair, now: datetime) -> None:
    """The pair of a new consent, in place of whatever was there."""
    await _be_there(session, sealer, app, now)
    await _put(session, sealer, app, pair, now)


async def lose(session: Session, app: str, generation: int, reason: str) -> bool:
    """This pair can never be renewed; False: it is another pair by now."""
    this = update(GrantRow).where(_at(app, generation))
    values = {"state": LOST, "reason": reason, "renewing_until": None}
    return await session.scalar(this.values(values).returning(GrantRow.app)) is not None


async def expect(session: Session, sealer: Sealer, app: str, now: datetime, until: datetime) -> None:
    """Somebody is about to consent."""
    await _be_there(session, sealer, app, now)
    await session.execute(update(GrantRow).where(GrantRow.app == app).values(expected_until=until))


def _at(app: str, generation: int) -> ColumnElement[bool]:
    return (GrantRow.app == app) & (GrantRow.generation == generation)


async def _be_there(session: Session, sealer: Sealer, app: str, now: datetime) -> None:
    """A row for the app."""
    nothing = sealer.seal("")
    row = insert_into(session, GrantRow).values(
        app=app,
        access=nothing,
        refresh=nothing,
        expires_at=now,
        renewed_at=now,
        generation=0,
        state=LOST,
        reason=NEVER,
        seed_hash="",
    )
    await session.execute(row.on_conflict_do_nothing())


async def _put(
    session: Session,
    sealer: Sealer,
    app: str,
    pair: TokenPair,
    now: datetime,
    where: ColumnElement[bool] | None = None,
) -> bool:
    changed = update(GrantRow).where(GrantRow.app == app if where is None else where)
    changed = changed.values(
        access=sealer.seal(pair.access),
        refresh=sealer.seal(pair.refresh),
        expires_at=now + pair.lives,
        renewed_at=now,
        generation=GrantRow.generation + 1,
        renewing_until=None,
        expected_until=None,
        state=VALID,
        reason="",
    )
    return await session.scalar(changed.returning(GrantRow.app)) is not None
