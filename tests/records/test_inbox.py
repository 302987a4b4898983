"""Deliveries: kept once, handed out oldest first, one at a time in each lane."""

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from core.platform import Delivery
from records import inbox
from records.inbox import Waiting
from records.session import Begin
from tests.fakes.clock import START, StillClock

MINUTE = timedelta(minutes=1)


async def _store(begin: Begin, id: str, lane: str = "") -> bool:
    async with begin() as session:
        return await inbox.store(session, Delivery("fake", id, id.encode(), lane), START)


async def _next(begin: Begin, platform: str = "fake") -> Waiting | None:
    async with begin() as session:
        return next(iter(await inbox.take(session, [platform], START, 1)), None)


async def _next_id(begin: Begin) -> str | None:
    waiting = await _next(begin)
    return waiting.delivery_id if waiting else None


async def test_a_delivery_is_kept_once(begin: Begin) -> None:
    assert await _store(begin, "1")
    assert not await _store(begin, "1")
    assert await _store(begin, "2")


async def test_a_repeat_is_recognised_after_it_was_handled(begin: Begin) -> None:
    await _store(begin, "1")
    await _finish(begin, "1")
    assert not await _store(begin, "1")
    assert await _next(begin) is None


async def test_the_oldest_comes_first_with_its_content_and_attempts_counted(begin: Begin) -> None:
    await _store(begin, "1")
    await _store(begin, "2")
    await _next(begin)
    waiting = await _next(begin)
    assert waiting is not None
    assert (waiting.delivery_id, waiting.raw, waiting.attempts) == ("1", b"1", 2)


async def test_a_lane_waits_for_its_first_while_others_go_on(begin: Begin) -> None:
    await _store(begin, "1", "lan")
    await _store(begin, "2", "lan")
    await _store(begin, "3", "mai")
    first = await _next(begin)
    assert first is not None
    async with begin() as session:
        await inbox.retry_later(session, first.id, START + MINUTE)
    assert await _next_id(begin) == "3"
    await _finish(begin, "3")
    assert await _next_id(begin) is None


async def test_several_come_together_one_of_each_lane_and_what_was_tried_before_comes_alone(begin: Begin) -> None:
    for id, lane in (("1", "lan"), ("2", "lan"), ("3", "mai"), ("4", "")):
        await _store(begin, id, lane)
    assert await _together(begin) == ["1", "3", "4"]
    assert await _together(begin) == ["1"]


async def _together(begin: Begin) -> list[str]:
    async with begin() as session:
        return [waiting.delivery_id for waiting in await inbox.take(session, ["fake"], START, 9)]


async def test_without_a_lane_nothing_waits_for_another(begin: Begin) -> None:
    await _store(begin, "1")
    await _store(begin, "2")
    first = await _next(begin)
    assert first is not None
    async with begin() as session:
        await inbox.retry_later(session, first.id, START + MINUTE)
    assert await _next_id(begin) == "2"


async def test_what_is_put_aside_blocks_nothing_and_keeps_its_content(begin: Begin) -> None:
    await _store(begin, "1", "lan")
    await _store(begin, "2", "lan")
    first = await _next(begin)
    assert first is not None
    async with begin() as session:
        await inbox.put_aside(session, first.id)
    assert await _next_id(begin) == "2"


async def test_only_the_named_platforms_deliveries_are_handed_out(begin: Begin) -> None:
    await _store(begin, "1")
    assert await _next(begin, "other") is None


async def test_old_deliveries_are_forgotten_but_not_those_that_still_wait(begin: Begin) -> None:
    await _store(begin, "1")
    await _store(begin, "2")
    await _finish(begin, "1")
    async with begin() as session:
        await inbox.forget_before(session, START)
    assert not await _store(begin, "1")
    async with begin() as session:
        await inbox.forget_before(session, START + MINUTE)
    assert await _store(begin, "1")
    assert not await _store(begin, "2")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_two_processes_never_hold_the_same_delivery_nor_two_of_one_lane(
    engine: AsyncEngine, begin: Begin, clock: StillClock
) -> None:
    await _store(begin, "1", "lan")
    await _store(begin, "2", "lan")
    await _store(begin, "3", "mai")
    async with begin() as mine, begin() as theirs:
        (first,) = await inbox.take(mine, ["fake"], START, 1)
        assert await inbox.hold(theirs, [first.id]) == set()
        (second,) = await inbox.take(theirs, ["fake"], START, 5)
        assert (first.delivery_id, second.delivery_id) == ("1", "3")


async def _finish(begin: Begin, delivery_id: str) -> None:
    waiting = await _next(begin)
    assert waiting is not None
    assert waiting.delivery_id == delivery_id
    async with begin() as session:
        assert await inbox.hold(session, [waiting.id]) == {waiting.id}
        await inbox.mark_handled(session, [waiting.id])
