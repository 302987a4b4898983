"""Who somebody is, through the running service on Telegram: found by phone, let in, gone and back, looked after."""

import re
from datetime import timedelta
from typing import Any

import pytest

from core.people import Role
from core.texts import chat, members
from core.texts import joining as texts
from records import people
from records.alerts import open_alerts
from records.invitations import Invitation, invite
from tests.fakes.telegram_people import Group, Person
from tests.paths.conftest import Town

SCHOOL = "VB-HOAPHUONG"
CODE = "TEAC-2345"
PHONE = "84912345678"

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def _invites(town: Town, role: Role = Role.TEACHER, unit: str = SCHOOL) -> None:
    async with town.begin() as session:
        await invite(session, Invitation(unit, role), 5, town.clock() + timedelta(days=1), CODE)


async def _tells(town: Town, group: Group, person: Person) -> tuple[str, int]:
    """What the group reads when its member asks there for her account, and how much she has then read in private."""
    said = await town.reads(group, lambda: person.says("/taikhoan@nhacviec_bot", to=group))
    return str(said["text"]), len(town.answers(person))


def _name(town: Town, unit: str = SCHOOL) -> str:
    return town.index.tree.units[unit].name


def _code_in(message: Any) -> str:
    return str(re.findall(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}\b", message["text"])[0])


class TestByPhone:
    async def test_who_shares_the_own_number_is_found_in_the_staff_list(self, town: Town) -> None:
        async with town.begin() as session:
            await people.add_person(session, "Nguyễn Thị Mai", SCHOOL, Role.TEACHER, phone="0912345678")
        mai = town.server.person("Mai 🌸", phone=PHONE)
        asked = await town.reads(mai, mai.starts)
        assert asked["text"] == texts.unknown_sender(phone=True)
        [[key]] = mai.chat.keyboard["keyboard"]
        joined = await town.reads(mai, lambda: mai.taps_keyboard(key["text"]))
        assert joined["text"] == texts.joined(_name(town), Role.TEACHER)
        assert "Thầy/cô: Nguyễn Thị Mai\n" in await town.asks(mai, "/taikhoan")
        assert await town.asks(mai, "thang nay nop gi") == town.knows("thang nay nop gi", SCHOOL).text

    async def test_the_card_of_a_colleague_makes_nobody_the_colleague(self, town: Town) -> None:
        async with town.begin() as session:
            await people.add_person(session, "Nguyễn Thị Mai", SCHOOL, Role.TEACHER, phone="0912345678")
        mai, other = town.server.person("Mai", phone=PHONE), town.server.person("Ai đó", phone="84900000000")
        await town.reads(other, other.starts)
        answer = await town.reads(other, lambda: other.sends_contact(of=mai))
        assert answer["text"] == texts.unknown_sender(phone=True)
        async with town.begin() as session:
            assert await people.find_person(session, "telegram", other.id) is None


class TestTheWordOfThePrincipal:
    @pytest.fixture
    def also_set(self) -> dict[str, object]:
        return {"confirm_joins": True}

    async def test_she_is_asked_and_the_newcomer_told(self, town: Town) -> None:
        await _invites(town)
        huong, mai = await town.resident("Hương", SCHOOL, Role.PRINCIPAL), town.server.person("Mai")
        before = len(town.answers(huong))
        waits = await town.reads(mai, lambda: mai.starts(CODE))
        assert waits["text"] == texts.waiting(_name(town))
        await town.server.until(lambda: len(town.answers(huong)) > before)
        assert town.answers(huong)[-1]["text"] == texts.please_confirm("Mai", Role.TEACHER, _name(town), "Telegram")
        assert await town.asks(mai, "tháng này nộp gì?") == texts.waiting(_name(town))
        told = await town.reads(mai, lambda: huong.taps(texts.CONFIRM))
        assert told["text"].startswith(texts.joined(_name(town), Role.TEACHER))
        assert town.answers(huong)[-1]["text"] == texts.confirmed("Mai", _name(town))
        assert await town.asks(mai, "thang nay nop gi") == town.knows("thang nay nop gi", SCHOOL).text

    async def test_where_nobody_can_be_asked_the_operator_is(self, town: Town) -> None:
        await _invites(town)
        mai = town.server.person("Mai")
        waits = await town.reads(mai, lambda: mai.starts(CODE))
        assert waits["text"] == texts.waiting(_name(town))
        async with town.begin() as session:
            [alert] = await open_alerts(session)
        number = re.findall(r"people confirm (\d+)", alert.text)
        assert (alert.text, alert.told) == (texts.nobody_confirms(int(number[0]), _name(town)), False)

    async def test_an_administrator_is_asked_before_the_operator(self, town: Town) -> None:
        await _invites(town)
        boss, mai = await town.resident("Quản trị", "BO", Role.ADMIN), town.server.person("Mai")
        asked = await town.reads(boss, lambda: mai.starts(CODE))
        assert asked["text"] == texts.please_confirm("Mai", Role.TEACHER, _name(town), "Telegram")


class TestGoneAndBack:
    async def test_who_has_blocked_the_bot_is_written_to_again_once_it_is_unblocked(self, town: Town) -> None:
        lan = await town.resident("Lan", SCHOOL, Role.TEACHER)
        group = await town.group_of(SCHOOL, lan)
        lan.blocks()
        said, read = await _tells(town, group, lan)
        assert said == chat.WRITE_TO_ME_FIRST
        lan.unblocks()
        assert await _tells(town, group, lan) == (chat.ANSWERED_IN_PRIVATE, read + 1)

    async def test_a_group_that_takes_the_bot_back_is_bound_again_by_who_may(self, town: Town) -> None:
        huong, lan = await town.resident("Hương", SCHOOL, Role.PRINCIPAL), town.server.person("Lan")
        group = await town.group_of(SCHOOL, huong)
        group.removes_bot(huong)
        back = await town.reads(group, lambda: group.adds_bot(huong, "administrator"))
        assert back["text"] == texts.GROUP_UNKNOWN
        stranger = await town.reads(group, lambda: lan.says("/thangnay@nhacviec_bot", to=group))
        assert stranger["text"] == texts.GROUP_UNKNOWN
        bound = await town.reads(group, lambda: huong.says("/thamgia@nhacviec_bot", to=group))
        assert bound["text"] == texts.group_joined(_name(town))
        known = await town.reads(group, lambda: lan.says("/thangnay@nhacviec_bot", to=group))
        assert known["text"] == town.knows("Tháng này nộp gì?", SCHOOL).text


class TestLookingAfterTeachers:
    async def test_a_principal_invites_adds_and_removes(self, town: Town) -> None:
        huong = await town.resident("Hương", SCHOOL, Role.PRINCIPAL)
        code = _code_in(await town.reads(huong, lambda: huong.says("mời giáo viên")))
        thu = town.server.person("Thu")
        assert (await town.reads(thu, lambda: thu.starts(code)))["text"].startswith(
            texts.joined(_name(town), Role.TEACHER)
        )

        added = await town.reads(huong, lambda: huong.says("thêm giáo viên Nguyễn Thị Mai 0912345678"))
        mai = town.server.person("Mai")
        assert (await town.reads(mai, lambda: mai.starts(_code_in(added))))["text"] == texts.channel_linked(
            "Nguyễn Thị Mai"
        )

        await town.reads(huong, lambda: huong.says("xoa giao vien Nguyễn Thị Mai"))
        told = await town.reads(mai, lambda: huong.taps(members.REMOVE))
        assert told["text"] == members.you_are_removed(_name(town))
        assert await town.asks(mai, "tháng này nộp gì?") == texts.unknown_sender(phone=True)

    async def test_a_code_taken_back_lets_nobody_in_and_leaves_who_is_in(self, town: Town) -> None:
        huong = await town.resident("Hương", SCHOOL, Role.PRINCIPAL)
        code = _code_in(await town.reads(huong, lambda: huong.says("/moi giáo viên")))
        thu, mai = town.server.person("Thu"), town.server.person("Mai")
        await town.reads(thu, lambda: thu.starts(code))
        assert await town.asks(huong, f"thu hoi ma {code.lower()}") == members.REVOKED
        assert (await town.reads(mai, lambda: mai.starts(code)))["text"] == texts.CODE_WRONG
        assert await town.asks(thu, "thang nay nop gi") == town.knows("thang nay nop gi", SCHOOL).text
