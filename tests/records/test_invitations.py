"""Joining codes: counted down, expiring, not readable in the database."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from core.people import Role
from records import guesses, invitations
from records.guesses import Tried
from records.invitations import Invitation
from records.session import Begin
from records.tables import InvitationRow, SecretRow, UnitRow
from tests.fakes.clock import START

DAY = timedelta(days=1)
CODE = "K7QM-2XAB"


@pytest.fixture(autouse=True)
async def _units(begin: Begin) -> None:
    async with begin() as session:
        session.add(UnitRow(code="MN1", name="MN1", level="school"))
        await session.flush()
        await invitations.invite(session, Invitation("MN1", Role.TEACHER), 2, START + DAY, CODE)


async def _redeem(begin: Begin, code: str = CODE, after: timedelta = timedelta(0)) -> bool:
    async with begin() as session:
        found = await invitations.find(session, code, START + after)
        assert found in (None, Invitation("MN1", Role.TEACHER))
        return await invitations.take(session, code, START + after)


async def test_a_code_works_as_often_as_it_says(begin: Begin) -> None:
    assert [await _redeem(begin) for _ in range(3)] == [True, True, False]


async def test_many_at_once_do_not_use_it_more_often(begin: Begin) -> None:
    results = await asyncio.gather(*(_redeem(begin) for _ in range(8)))
    assert sum(results) == 2


async def test_a_code_works_until_it_expires(begin: Begin) -> None:
    assert await _redeem(begin, after=DAY - timedelta(seconds=1))
    assert not await _redeem(begin, after=DAY)


@pytest.mark.parametrize("typed", ["k7qm-2xab", "K7QM2XAB", " k7qm 2xab "])
async def test_a_code_works_however_it_is_typed(begin: Begin, typed: str) -> None:
    assert await _redeem(begin, typed)


@pytest.mark.parametrize("typed", ["", "K7QM-2XAC", "K7QM", "mã"])
async def test_another_code_does_not_work(begin: Begin, typed: str) -> None:
    assert not await _redeem(begin, typed)


async def test_the_database_does_not_hold_the_code(begin: Begin) -> None:
    async with begin() as session:
        kept = await session.scalar(select(InvitationRow.code_hash))
    assert kept is not None
    assert "K7QM" not in kept.upper()


async def test_a_revoked_code_works_no_more(begin: Begin) -> None:
    async with begin() as session:
        assert await invitations.revoke(session, CODE.lower(), START)
        assert not await invitations.revoke(session, CODE, START)
    assert not await _redeem(begin)


async def test_two_installations_keep_the_same_code_differently(begin: Begin) -> None:
    async with begin() as session:
        await session.execute(update(SecretRow).values(value="another"))
    assert not await _redeem(begin)


async def test_guesses_are_counted_by_sender_platform_and_time(begin: Begin) -> None:
    async with begin() as session:
        for platform, sender, at in (("fake", "7", START), ("fake", "7", START + DAY), ("fake", "8", START + DAY)):
            await guesses.note(session, platform, sender, at)
        await guesses.note(session, "other", "7", START + DAY)
        assert await guesses.since(session, "fake", "7", START) == Tried(1, 2, 3, None)
        assert await guesses.since(session, "fake", "7", START - DAY) == Tried(2, 3, 4, None)
        await guesses.forget_before(session, START + DAY)
        assert await guesses.since(session, "fake", "7", START - DAY) == Tried(1, 2, 3, None)


async def test_a_code_that_was_held_is_no_wrong_one(begin: Begin) -> None:
    async with begin() as session:
        await guesses.note(session, "fake", "7", START, held=True)
        assert await guesses.since(session, "fake", "7", START - DAY) == Tried(0, 0, 0, START)
        await guesses.note(session, "fake", "7", START)
        assert await guesses.since(session, "fake", "7", START - DAY) == Tried(1, 1, 1, None)


def test_new_codes_differ_and_have_no_look_alikes() -> None:
    codes = {invitations.new_code() for _ in range(200)}
    assert len(codes) == 200
    assert not set("".join(codes)) & set("01ILO")
    assert all(any(char.isdigit() for char in code) for code in codes)
