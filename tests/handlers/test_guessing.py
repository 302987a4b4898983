"""Nobody finds a code by trying, however many accounts are used, and who holds a right one still gets in."""

from datetime import timedelta

import pytest

from core.capabilities import TELEGRAM
from core.errors import Refused
from core.message import Address, Inbound, Talk
from core.people import Role
from core.texts import joining as texts
from handlers.context import Context
from handlers.guessing import FREE_ON_A_PLATFORM, MOST_OWN, pause
from handlers.joining import join_by_code
from records import invitations
from records.guesses import Tried
from records.invitations import Invitation
from records.session import Begin, Session
from tests.fakes.clock import StillClock
from tests.fakes.school import SCHOOL, School

CODE = "K7QM-2XAB"
A_SECOND, A_MINUTE = 100, 60  # guesses, seconds


@pytest.fixture
async def school(begin: Begin, clock: StillClock) -> School:
    school = await School(begin, clock).opens()
    async with begin() as session:
        await invitations.invite(session, Invitation("MN1", Role.TEACHER), 9, clock() + timedelta(days=1), CODE)
    return school


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("senders", [1, A_SECOND * A_MINUTE])
async def test_a_hundred_guesses_a_second_for_a_minute_find_nothing_and_are_slowed(
    school: School, senders: int
) -> None:
    start = school.clock()
    answers: list[str] = []
    async with school.begin() as session:
        for number in range(A_SECOND * A_MINUTE):
            school.clock.now = start + timedelta(seconds=number / A_SECOND)
            answers.append(await _tries(school, f"guesser{number % senders}", f"AAA{number:05}"[:8], session))
            if number == 3000:
                answers.append(await _tries(school, "honest", CODE, session))
    looked_at = answers.count(texts.CODE_WRONG)
    assert looked_at == (MOST_OWN if senders == 1 else FREE_ON_A_PLATFORM)
    joined = texts.joined(SCHOOL.name, Role.TEACHER)
    assert answers.count(joined) == (1 if senders == 1 else 0)  # one guesser holds up nobody else
    school.clock.move(timedelta(minutes=1))
    await _tries(school, "honest", CODE)
    assert await school.person("honest") is not None


@pytest.mark.parametrize(
    ("wrong", "minutes"), [(0, 0), (29, 0), (30, 1), (39, 1), (40, 2), (60, 8), (90, 60), (10_000, 60)]
)
def test_the_pause_grows_with_the_wrong_codes_of_a_platform(wrong: int, minutes: int) -> None:
    assert pause(Tried(0, wrong, wrong, None)) == timedelta(minutes=minutes)


@pytest.mark.parametrize(("wrong", "minutes"), [(59, 0), (60, 1), (70, 2)])
def test_and_with_those_of_all_platforms_together(wrong: int, minutes: int) -> None:
    assert pause(Tried(0, 0, wrong, None)) == timedelta(minutes=minutes)


async def test_after_the_pause_the_code_is_looked_at_once_and_then_held_again(school: School) -> None:
    for number in range(FREE_ON_A_PLATFORM):
        await _tries(school, f"guesser{number}", "AAAA-2222")
    until = school.clock() + timedelta(minutes=2)
    assert [await _tries(school, "mai", "AAAA-2222") for _ in range(2)] == [texts.slowed(until)] * 2
    school.clock.move(timedelta(minutes=1))
    assert await _tries(school, "mai", "AAAA-2222") == texts.CODE_WRONG
    assert await _tries(school, "mai", "AAAA-2222") != texts.CODE_WRONG


async def _tries(school: School, sender: str, code: str, session: Session | None = None) -> str:
    """What the handler answers."""
    if session is None:
        async with school.begin() as own:
            return await _tries(school, sender, code, own)
    message = Inbound(Address("fake", sender), sender, text=code, sender_name=sender)
    ctx = Context(None, None, school.clock(), session, school.index, Talk(), TELEGRAM)
    try:
        return (await join_by_code(message, ctx, code)).text
    except Refused as refused:
        return refused.text
