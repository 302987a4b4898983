"""Joining codes: counted down, expiring, not readable in the database."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.people import Role
from records import invitations
from records.session import Begin
from records.tables import InvitationRow, UnitRow
from tests.fakes.clock import START

DAY = timedelta(days=1)
CODE = "K7QM-2XAB"


@pytest.fixture(autouse=True)
async def _units(begin: Begin) -> None:
    async with begin() as session:
        session.add(UnitRow(code="MN1", name="MN1", level="school"))
        await session.flush()
        await invitations.invite(session, "MN1", Role.TEACHER, 2, START + DAY, CODE)


async def _redeem(begin: Begin, code: str = CODE, after: timedelta = timedelta(0)) -> tuple[str, Role] | None:
    async with begin() as session:
        return await invitations.redeem(session, code, START + after)


async def test_a_code_works_as_often_as_it_says(begin: Begin) -> None:
    assert [await _redeem(begin) for _ in range(3)] == [("MN1", Role.TEACHER)] * 2 + [None]


async def test_many_at_once_do_not_use_it_more_often(begin: Begin) -> None:
    results = await asyncio.gather(*(_redeem(begin) for _ in range(8)))
    assert sum(result is not None for result in results) == 2


async def test_a_code_works_until_it_expires(begin: Begin) -> None:
    assert await _redeem(begin, after=DAY - timedelta(seconds=1))
    assert await _redeem(begin, after=DAY) is None


@pytest.mark.parametrize("typed", ["k7qm-2xab", "K7QM2XAB", " k7qm 2xab "])
async def test_a_code_works_however_it_is_typed(begin: Begin, typed: str) -> None:
    assert await _redeem(begin, typed)


@pytest.mark.parametrize("typed", ["", "K7QM-2XAC", "K7QM", "mã"])
async def test_another_code_does_not_work(begin: Begin, typed: str) -> None:
    assert await _redeem(begin, typed) is None


async def test_the_database_does_not_hold_the_code(begin: Begin) -> None:
    async with begin() as session:
        kept = await session.scalar(select(InvitationRow.code_hash))
    assert kept is not None
    assert "K7QM" not in kept.upper()


async def test_guesses_are_counted_by_sender_and_time(begin: Begin) -> None:
    async with begin() as session:
        await invitations.note_guess(session, "fake", "7", START)
        await invitations.note_guess(session, "fake", "7", START + DAY)
        await invitations.note_guess(session, "fake", "8", START + DAY)
        assert await invitations.guesses_since(session, "fake", "7", START) == 1
        assert await invitations.guesses_since(session, "fake", "7", START - DAY) == 2
        await invitations.forget_guesses_before(session, START + DAY)
        assert await invitations.guesses_since(session, "fake", "7", START - DAY) == 1


def test_new_codes_differ_and_have_no_look_alikes() -> None:
    codes = {invitations.new_code() for _ in range(200)}
    assert len(codes) == 200
    assert not set("".join(codes)) & set("01ILO")
    assert all(any(char.isdigit() for char in code) for code in codes)
