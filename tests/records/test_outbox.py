"""The outbox: each message once, each chat in order, claimed by one worker at a time."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from core.message import Address, Choice, Outbound, SourceRef
from records import outbox
from records.outbox import Claimed
from records.session import Begin
from records.tables import OutboxRow
from tests.fakes.clock import START

LEASE = timedelta(seconds=30)


def _to(chat: str, text: str = "a") -> Outbound:
    return Outbound(Address("fake", chat), text)


async def _put(begin: Begin, message: Outbound, key: str) -> int:
    async with begin() as session:
        return await outbox.put(session, message, key, START)


async def _claim(begin: Begin, after: timedelta = timedelta(0), limit: int = 10) -> list[Claimed]:
    async with begin() as session:
        return await outbox.claim(session, ["fake"], START + after, LEASE, limit)


async def test_a_message_comes_back_as_it_was_put(begin: Begin) -> None:
    message = Outbound(
        Address("fake", "lan", "topic"), "chữ", (Choice("Một", "1"),), (SourceRef(1, 2, "KH", "câu"),), "m1"
    )
    await _put(begin, message, "reply:1")
    (claimed,) = await _claim(begin)
    assert claimed.message == message
    assert claimed.is_reply


async def test_the_same_key_is_queued_once(begin: Begin) -> None:
    assert await _put(begin, _to("lan"), "reply:1") == 1
    assert await _put(begin, _to("lan"), "reply:1") == 0
    assert len(await _claim(begin)) == 1


async def test_a_long_text_is_queued_in_parts(begin: Begin) -> None:
    assert await _put(begin, _to("lan", "Câu này dài. " * 200), "broadcast:1") == 2
    async with begin() as session:
        keys = await session.scalars(select(OutboxRow.key).order_by(OutboxRow.id))
        assert list(keys) == ["broadcast:1#1", "broadcast:1#2"]


async def test_a_chats_second_message_waits_for_the_first_to_be_sent(begin: Begin) -> None:
    for key, chat in (("1", "lan"), ("2", "lan"), ("3", "mai")):
        await _put(begin, _to(chat), key)
    claimed = await _claim(begin)
    assert [one.key for one in claimed] == ["1#1", "3#1"]
    assert await _claim(begin) == []
    async with begin() as session:
        await outbox.mark_sent(session, [(claimed[0].id, "m1")], START)
    assert [one.key for one in await _claim(begin)] == ["2#1"]


async def test_a_message_to_be_tried_again_is_not_overtaken(begin: Begin) -> None:
    await _put(begin, _to("lan"), "1")
    await _put(begin, _to("lan"), "2")
    (first,) = await _claim(begin)
    async with begin() as session:
        await outbox.mark_failed(session, first.id, "busy", START + timedelta(minutes=5))
    assert await _claim(begin, timedelta(minutes=4)) == []
    (again,) = await _claim(begin, timedelta(minutes=5))
    assert (again.key, again.attempts) == ("1#1", 2)


@pytest.mark.parametrize("give_up", ["failed", "unknown"])
async def test_a_message_given_up_blocks_nothing_and_is_not_claimed_again(begin: Begin, give_up: str) -> None:
    await _put(begin, _to("lan"), "1")
    await _put(begin, _to("lan"), "2")
    (first,) = await _claim(begin)
    async with begin() as session:
        if give_up == "failed":
            await outbox.mark_failed(session, first.id, "blocked", None)
        else:
            await outbox.mark_unknown(session, first.id, "lost")
    assert [one.key for one in await _claim(begin, timedelta(days=1))] == ["2#1"]


async def test_a_dead_workers_message_is_ready_again_after_the_lease(begin: Begin) -> None:
    await _put(begin, _to("lan"), "1")
    await _claim(begin)
    assert await _claim(begin, LEASE - timedelta(seconds=1)) == []
    (again,) = await _claim(begin, LEASE)
    assert again.attempts == 1  # nothing was heard of the first


async def test_a_message_put_back_counts_as_not_tried(begin: Begin) -> None:
    await _put(begin, _to("lan"), "1")
    (claimed,) = await _claim(begin)
    async with begin() as session:
        await outbox.put_back(session, claimed.id, START + timedelta(seconds=40))
    assert await _claim(begin, timedelta(seconds=39)) == []
    (claimed,) = await _claim(begin, timedelta(seconds=40))
    assert claimed.attempts == 1


async def test_the_limit_takes_the_oldest_chats(begin: Begin) -> None:
    for chat in "abcde":
        await _put(begin, _to(chat), chat)
    assert [one.message.address.chat for one in await _claim(begin, limit=2)] == ["a", "b"]
    assert [one.message.address.chat for one in await _claim(begin, limit=9)] == ["c", "d", "e"]


async def test_the_time_of_the_next_message_is_that_of_a_chats_first(begin: Begin) -> None:
    async with begin() as session:
        assert await outbox.next_ready(session, ["fake"], START) is None
    await _put(begin, _to("lan"), "1")
    await _put(begin, _to("lan"), "2")
    await _claim(begin)
    async with begin() as session:
        assert await outbox.next_ready(session, ["fake"], START) == START + LEASE
        assert await outbox.next_ready(session, ["other"], START) is None


async def test_what_waits_follows_a_chat_that_moved(begin: Begin) -> None:
    await _put(begin, _to("old"), "1")
    async with begin() as session:
        await outbox.readdress(session, "fake", "old", "new")
    (claimed,) = await _claim(begin)
    assert claimed.message.address == Address("fake", "new")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_two_processes_never_claim_the_same_message_nor_two_of_one_chat(
    engine: AsyncEngine, begin: Begin
) -> None:
    for key, chat in (("1", "lan"), ("2", "lan"), ("3", "mai")):
        await _put(begin, _to(chat), key)
    async with begin() as mine, begin() as theirs:
        first = await outbox.claim(mine, ["fake"], START, LEASE, 1)
        second = await outbox.claim(theirs, ["fake"], START, LEASE, 10)
    assert ([one.key for one in first], [one.key for one in second]) == (["1#1"], ["3#1"])
