"""The deleting batch and what people do at the same time, on two connections: neither waits for the other in a ring."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from core.privacy import Reason
from records import deletions, submissions, units
from records.session import Begin
from tests.evidence.privacy_stage import KEPT, PrivacyStage
from tests.fakes.clock import StillClock

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has one writer at a time
OFFICE = "PGD-VB"
_WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
PATIENCE = 20  # seconds; PostgreSQL ends a ring after one, with an error


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> PrivacyStage:
    """Two submissions that are over today."""
    here = await PrivacyStage(begin, clock, tmp_path / "files").opens()
    await here.hands_in("huong", "a", text="cân đo lần 2")
    await here.hands_in("mai", "b", text="cân đo lần 2")
    await here.after(KEPT - 30)
    here.clock.move(timedelta(days=30))
    here.ages()
    return here


async def deleted(here: PrivacyStage) -> list[bool]:
    return [bool(row.deleted_at) for row in await here.rows()]


async def test_what_somebody_is_at_is_left_for_later_and_nobody_waits(here: PrivacyStage) -> None:
    first = (await here.rows())[0]
    async with asyncio.timeout(PATIENCE), here.begin() as receipt:
        await submissions.hold(receipt, first.id)
        await here.expiring().work()
        assert await deleted(here) == [False, True]
        await units.hold(receipt, OFFICE)
    await here.expiring().work()
    assert await deleted(here) == [True, True]


async def test_a_receipt_that_holds_the_units_row_and_a_deletion_do_not_wait_for_each_other(
    here: PrivacyStage,
) -> None:
    rows = await here.rows()
    async with asyncio.timeout(PATIENCE), here.begin() as receipt:
        await units.hold(receipt, str(rows[0].unit))
        await here.expiring().work()
        assert [row.deleted_at is not None for row in await here.rows()] == [True, True]
        await submissions.hold(receipt, rows[0].id)


async def test_who_has_just_deleted_and_goes_on_with_another_is_not_in_a_ring_with_the_batch(
    here: PrivacyStage,
) -> None:
    """Messages of different chats are handled in one transaction: the second may be about what is over."""
    first = (await here.rows())[0]
    async with asyncio.timeout(PATIENCE):
        async with here.begin() as messages:
            await deletions.add(messages, "A2B3C4", None, Reason.ASKED, None, 0, [], here.clock())
            batch = asyncio.create_task(here.expiring().work())
            await _waits(here)
            held = await submissions.by_code(messages, first.code)
            assert held
        await batch
    assert await deleted(here) == [True, True]


async def _waits(here: PrivacyStage) -> None:
    """Until another connection waits for a lock."""
    while True:
        async with here.begin() as session:
            if await session.scalar(_WAITING):
                return
