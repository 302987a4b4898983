"""Joining with a code, in private and in a group, and the account that follows from it."""

from datetime import timedelta

import pytest

from core.people import Role
from core.texts import chat as texts
from core.texts import joining
from records import invitations
from records.invitations import Invitation
from records.session import Begin
from tests.fakes.clock import StillClock
from tests.fakes.school import OFFICE, SCHOOL, School

CODE = "K7QM-2XAB"
WRONG = "AAAA-2222"
DAY = timedelta(days=1)


@pytest.fixture
async def school(begin: Begin, clock: StillClock) -> School:
    school = await School(begin, clock).opens()
    async with begin() as session:
        await invitations.invite(session, Invitation("MN1", Role.TEACHER), 2, clock() + DAY, CODE)
    return school


@pytest.mark.parametrize(
    "text",
    [
        f"/thamgia {CODE}",
        f"/thamgia@nhacviec_bot {CODE.lower()}",
        f"/start {CODE}",
        f"tham gia {CODE}",
        "Tham gia mã k7qm 2xab",
        f"mã {CODE}.",
        CODE,
    ],
)
async def test_a_code_makes_the_sender_a_member_of_its_unit(school: School, text: str) -> None:
    await school.says("mai", text, sender_name="Nguyễn Thị Mai")
    assert school.read_by("mai") == [joining.joined(SCHOOL.name, Role.TEACHER)]
    mai = await school.person("mai")
    assert mai is not None
    assert (mai.name, mai.unit, mai.role) == ("Nguyễn Thị Mai", "MN1", Role.TEACHER)


async def test_without_a_name_the_person_is_a_member(school: School) -> None:
    await school.says("mai", f"/thamgia {CODE}", sender_name="  ")
    mai = await school.person("mai")
    assert mai is not None
    assert mai.name == joining.MEMBER


async def test_an_expired_code_is_wrong(school: School) -> None:
    school.clock.move(DAY)
    await school.says("mai", f"/thamgia {CODE}")
    assert school.read_by("mai") == [joining.CODE_WRONG]
    assert await school.person("mai") is None


async def test_a_used_code_is_wrong(school: School) -> None:
    for sender in ("a", "b", "c"):
        await school.says(sender, f"/thamgia {CODE}")
    assert [await school.person(sender) is not None for sender in ("a", "b", "c")] == [True, True, False]
    assert school.read_by("c") == [joining.CODE_WRONG]


async def test_who_has_joined_is_told_where_and_no_use_is_taken(school: School) -> None:
    await school.says("lan", f"/thamgia {CODE}")
    assert school.read_by("lan") == [joining.already_joined(SCHOOL.name)]
    await school.says("a", CODE)
    await school.says("b", CODE)
    assert await school.person("b") is not None


async def test_who_opens_the_link_again_after_its_last_use_is_not_told_that_the_code_is_wrong(school: School) -> None:
    await school.says("a", f"/start {CODE}")
    await school.says("b", f"/start {CODE}")
    for _ in range(6):  # and that is no guessing
        await school.says("b", f"/start {CODE}")
    assert school.read_by("b")[1:] == [joining.already_joined(SCHOOL.name)] * 6
    await school.says("c", f"/start {CODE}")
    assert school.read_by("c") == [joining.CODE_WRONG]


async def test_after_five_wrong_codes_the_right_one_does_not_help_for_an_hour(school: School) -> None:
    for _ in range(5):
        await school.says("mai", f"/thamgia {WRONG}")
    await school.says("mai", f"/thamgia {CODE}")
    assert school.read_by("mai") == [joining.CODE_WRONG] * 5 + [joining.TOO_MANY_GUESSES]
    await school.says("hoa", f"/thamgia {CODE}")
    assert await school.person("hoa") is not None
    school.clock.move(timedelta(hours=1))
    await school.says("mai", f"/thamgia {CODE}")
    assert await school.person("mai") is not None


@pytest.mark.parametrize("text", ["/thamgia", "tham gia"])
async def test_without_a_code_the_sender_is_asked_for_it(school: School, text: str) -> None:
    await school.says("mai", text)
    assert school.read_by("mai") == [joining.CODE_MISSING]


async def test_an_account_says_who_one_is_but_not_before_others(school: School) -> None:
    await school.says("lan", "tài khoản")
    await school.says_in("group", "lan", "/taikhoan")
    await school.says_in("group", "stranger", "/taikhoan")
    mine = joining.account("Lan", [(SCHOOL.name, Role.TEACHER)], ["fake"])
    assert school.read_by("lan")[0].startswith(mine)
    assert school.read_by("lan")[1].startswith(mine)
    assert school.read_by("group") == [texts.ANSWERED_IN_PRIVATE, joining.group_account(SCHOOL.name)]


async def test_somebody_unknown_has_no_account(school: School) -> None:
    await school.says("mai", "/taikhoan")
    await school.says_in("other", "mai", "/taikhoan")
    assert school.read_by("mai") == [joining.UNKNOWN_SENDER]
    assert school.read_by("other") == [joining.GROUP_UNKNOWN]
    assert OFFICE.name not in school.read_by("mai")[0]
