"""Who is who in the chat: the staff list, confirmation, several units and channels, groups, looking after teachers."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from core.message import InboundKind
from core.people import Person, Role, State
from core.texts import joining, members
from core.texts.chat import ANSWERED_IN_PRIVATE
from handlers.context import House
from records import invitations, memberships, people
from records.alerts import open_alerts
from records.invitations import Invitation
from records.session import Begin
from tests.fakes.clock import StillClock
from tests.fakes.school import OFFICE, SCHOOL, School

CODE = "K7QM-2XAB"
NAMES = [f"Cô {letter}" for letter in "ABCDEFGHIJ"]


@pytest.fixture
async def school(begin: Begin, clock: StillClock) -> School:
    """Beside the teacher "lan": "hoa" is the principal, "hanh" an officer above."""
    school = await School(begin, clock).opens()
    async with begin() as session:
        for name, sender, unit, role in (("Hoa", "hoa", "MN1", Role.PRINCIPAL), ("Hạnh", "hanh", "PGD", Role.STAFF)):
            person = await people.add_person(session, name, unit, role)
            await people.link(session, "fake", sender, person.id, clock())
    for sender in ("lan", "hoa", "hanh"):
        await school.says(sender, "/huy")  # so that they can be written to
    school.platform.sent.clear()
    return school


async def invited(school: School, invitation: Invitation, uses: int = 5) -> None:
    async with school.begin() as session:
        await invitations.invite(session, invitation, uses, school.clock() + timedelta(days=1), CODE)


async def listed(school: School, *names: str, phone: str = "", role: Role = Role.TEACHER) -> list[Person]:
    async with school.begin() as session:
        return [await people.add_person(session, name, "MN1", role, phone=phone) for name in names]


def last(school: School, chat: str) -> str:
    return school.read_by(chat)[-1]


def choices(school: School) -> dict[str, str]:
    """What is offered under the last message: by label, what a tap sends."""
    return {choice.label: choice.value for choice in school.platform.sent[-1].choices}


async def taps(school: School, sender: str, label: str) -> None:
    await school.says(sender, choices(school)[label])


async def test_a_bare_code_of_another_unit_is_no_question_of_who_is_known(school: School) -> None:
    await invited(school, Invitation("PGD", Role.STAFF))
    await school.says("lan", CODE)
    assert last(school, "lan").startswith(joining.joined(OFFICE.name, Role.STAFF))


class TestTheStaffList:
    async def test_who_picks_a_name_is_that_line_and_it_is_not_offered_again(self, school: School) -> None:
        (line,) = await listed(school, "Nguyễn Thị Mai", phone="0912345678")
        await invited(school, Invitation("MN1", Role.TEACHER))
        await school.says("mai", CODE, sender_name="Mai 🌸")
        assert last(school, "mai").endswith(joining.WHO_ARE_YOU)
        await taps(school, "mai", "Nguyễn Thị Mai")
        assert last(school, "mai") == joining.i_am("Nguyễn Thị Mai")
        mai = await school.person("mai")
        assert mai is not None
        assert (mai.name, mai.unit, mai.role) == ("Nguyễn Thị Mai", "MN1", Role.TEACHER)
        await school.says("other", CODE)
        assert joining.WHO_ARE_YOU not in last(school, "other")
        await school.says("other", f"/toila {line.id}")
        assert last(school, "other") == joining.LINE_TAKEN

    async def test_names_come_eight_at_a_time(self, school: School) -> None:
        await listed(school, *NAMES)
        await invited(school, Invitation("MN1", Role.TEACHER))
        await school.says("mai", CODE)
        assert list(choices(school)) == [*NAMES[:8], joining.MORE_NAMES, joining.NOT_LISTED]
        await taps(school, "mai", joining.MORE_NAMES)
        assert list(choices(school)) == [*NAMES[8:], joining.NOT_LISTED]
        await taps(school, "mai", joining.NOT_LISTED)
        assert last(school, "mai") == joining.NOT_LISTED_DONE

    async def test_who_is_in_no_list_says_the_name(self, school: School) -> None:
        await invited(school, Invitation("MN1", Role.TEACHER))
        await school.says("mai", CODE)  # the Official Account's events have no names
        assert last(school, "mai").endswith(joining.SAY_YOUR_NAME)
        await school.says("mai", "Tôi tên là Nguyễn Thị Mai")
        assert last(school, "mai") == joining.renamed("Nguyễn Thị Mai")
        await school.says("other", CODE)
        await school.says("other", "em là Nguyễn Thị Mai")
        assert last(school, "other") == joining.renamed("Nguyễn Thị Mai (2)")

    async def test_a_name_of_the_staff_list_is_that_line_and_stays_the_schools(self, school: School) -> None:
        await listed(school, "Nguyễn Thị Mai")
        await invited(school, Invitation("MN1", Role.TEACHER))
        await school.says("mai", CODE)
        await school.says("mai", "tên tôi là NGUYỄN THỊ MAI.")
        assert last(school, "mai") == joining.i_am("Nguyễn Thị Mai")
        await school.says("mai", "tôi là Trần Thị Hoa")
        assert last(school, "mai") == joining.NAME_IS_THE_SCHOOLS

    @pytest.mark.parametrize("text", ["tôi là giáo viên mới thì nộp gì", "em là giáo viên", "Tôi là ai"])
    async def test_other_words_after_i_am_are_no_name(self, school: School, text: str) -> None:
        await school.says("lan", text)
        assert joining.renamed("")[:10] not in last(school, "lan")
        assert last(school, "lan") != joining.NAME_IS_THE_SCHOOLS

    async def test_a_line_of_another_role_or_a_second_line_cannot_be_taken(self, school: School) -> None:
        first, second = await listed(school, "Cô A", "Cô B")
        (principal,) = await listed(school, "Cô Hiệu trưởng", role=Role.PRINCIPAL)
        await invited(school, Invitation("MN1", Role.TEACHER))
        await school.says("mai", CODE)
        numbers = {}
        async with school.begin() as session:
            for person in (first, second, principal):
                (place,) = await memberships.of_person(session, person.id)
                numbers[person.name] = place.id
        await school.says("mai", f"/toila {numbers['Cô Hiệu trưởng']}")
        assert last(school, "mai") == joining.LINE_TAKEN
        await school.says("mai", f"/toila {numbers['Cô A']}")
        await school.says("mai", f"/toila {numbers['Cô B']}")
        assert school.read_by("mai")[-2:] == [joining.i_am("Cô A"), joining.LINE_TAKEN]

    @pytest.mark.parametrize("typed", ["0912345678", "+84 912 345 678", "84912345678", "0912.345.678"])
    async def test_a_number_finds_its_line(self, school: School, typed: str) -> None:
        await listed(school, "Nguyễn Thị Mai", phone="0912345678")
        await self._shares(school, "mai", typed)
        assert last(school, "mai") == joining.joined(SCHOOL.name, Role.TEACHER)
        mai = await school.person("mai")
        assert mai is not None
        assert mai.name == "Nguyễn Thị Mai"

    async def test_a_number_of_nobody_or_of_several_joins_nobody(self, school: School) -> None:
        await listed(school, "Cô A", "Cô B", phone="0912345678")
        await self._shares(school, "mai", "0912345678")
        await self._shares(school, "mai", "0999999999")
        assert school.read_by("mai") == [joining.PHONE_OF_SEVERAL, joining.PHONE_UNKNOWN]
        assert await school.person("mai") is None

    @pytest.mark.parametrize(
        ("called", "shown"),
        [
            ("\u202eMai\u202c", "Mai"),
            ("Mai 🌸❤️", "Mai"),
            ("M" * 200, "M" * 59 + "…"),
            ("🌸", joining.MEMBER),
            ("\u3164", joining.MEMBER),
        ],
    )
    async def test_odd_names_are_made_readable(self, school: School, called: str, shown: str) -> None:
        await invited(school, Invitation("MN1", Role.TEACHER))
        await school.says("mai", CODE, sender_name=called)
        mai = await school.person("mai")
        assert mai is not None
        assert mai.name == shown

    async def test_a_number_that_the_service_does_not_vouch_for_joins_nobody(self, school: School) -> None:
        await listed(school, "Cô Hiệu trưởng", phone="0912345678", role=Role.PRINCIPAL)
        await self._shares(school, "mai", "0912345678", vouched=False)
        assert school.read_by("mai") == [joining.unknown_sender(phone=False)]
        assert await school.person("mai") is None

    async def _shares(self, school: School, sender: str, phone: str, *, vouched: bool = True) -> None:
        school.platform.limits = replace(school.platform.limits, phone=vouched)
        await school.receives(sender=sender, kind=InboundKind.CONTACT.value, phone=phone)
        await school.works()


class TestConfirmation:
    async def test_the_principal_lets_in_once_and_both_are_told(self, school: School) -> None:
        await invited(school, Invitation("MN1", Role.TEACHER, confirm=True))
        await school.says("mai", CODE, sender_name="Mai")
        assert last(school, "mai") == joining.waiting(SCHOOL.name)
        await school.says("mai", "tháng này nộp gì?")
        assert last(school, "mai") == joining.waiting(SCHOOL.name)
        assert last(school, "hoa").startswith(joining.please_confirm("Mai", Role.TEACHER, SCHOOL.name, "fake"))
        await school.says("hoa", "1")
        assert last(school, "hoa") == joining.confirmed("Mai", SCHOOL.name)
        assert last(school, "mai") == joining.joined(SCHOOL.name, Role.TEACHER)
        assert await school.person("mai") is not None
        number = await self._number(school, "mai")
        await school.says("hoa", f"/tuchoi {number}")
        assert last(school, "hoa") == joining.ALREADY_DECIDED

    async def test_who_sends_the_code_again_while_waiting_takes_no_use_and_asks_nobody_again(
        self, school: School
    ) -> None:
        await invited(school, Invitation("MN1", Role.TEACHER, confirm=True), uses=2)
        for _ in range(3):
            await school.says("mai", CODE, sender_name="Mai")
            school.clock.move(timedelta(minutes=1))
        assert school.read_by("mai") == [joining.waiting(SCHOOL.name)] * 3
        assert len(school.read_by("hoa")) == 1
        await school.says("thu", CODE, sender_name="Thu")
        assert last(school, "thu") == joining.waiting(SCHOOL.name)

    async def test_who_waits_where_nobody_could_be_asked_may_ask_again(self, school: School) -> None:
        await invited(school, Invitation("PGD", Role.STAFF, confirm=True))
        await school.says("mai", CODE, sender_name="Mai")
        async with school.begin() as session:
            assert len(await open_alerts(session)) == 1
            boss = await people.add_person(session, "Quản trị", "PGD", Role.ADMIN)
            await people.link(session, "fake", "boss", boss.id, school.clock())
        await school.says("boss", "/huy")
        await school.says("mai", CODE, sender_name="Mai")
        assert last(school, "boss").startswith(joining.please_confirm("Mai", Role.STAFF, OFFICE.name, "fake"))
        async with school.begin() as session:
            assert await open_alerts(session) == []

    async def test_who_is_refused_stays_a_stranger(self, school: School) -> None:
        await invited(school, Invitation("MN1", Role.TEACHER, confirm=True))
        await school.says("mai", CODE)
        await school.says("hoa", "2")
        assert last(school, "mai") == joining.you_are_refused(SCHOOL.name)
        assert await school.person("mai") is None

    async def test_a_principal_is_confirmed_by_the_office_and_nobody_confirms_sideways(self, school: School) -> None:
        await invited(school, Invitation("MN1", Role.PRINCIPAL, confirm=True))
        await school.says("mai", CODE, sender_name="Mai")
        number = await self._number(school, "mai")
        for sender in ("lan", "hoa"):
            await school.says(sender, f"/xacnhan {number}")
            assert last(school, sender) == joining.NOT_YOURS
        await school.says("hanh", "1")
        assert last(school, "hanh") == joining.confirmed("Mai", SCHOOL.name)

    async def test_a_house_may_ask_for_everybody(self, school: School) -> None:
        school.receiver._answering._house = House(confirm_joins=True)
        await invited(school, Invitation("MN1", Role.TEACHER))
        await school.says("mai", CODE)
        assert last(school, "mai") == joining.waiting(SCHOOL.name)

    async def _number(self, school: School, sender: str) -> int:
        async with school.begin() as session:
            person = await people.holder(session, "fake", sender)
            assert person is not None
            return (await memberships.of_person(session, person.id, *State))[0].id


class TestSeveralUnits:
    async def test_a_second_code_adds_a_unit_and_one_switches_and_leaves(self, school: School) -> None:
        await invited(school, Invitation("PGD", Role.STAFF))
        await school.says("lan", f"/thamgia {CODE}")
        lan = await school.person("lan")
        assert lan is not None
        assert lan.unit == "PGD"
        await school.says("lan", "đổi đơn vị")
        await taps(school, "lan", f"{SCHOOL.name} (giáo viên)")
        assert last(school, "lan") == joining.using(SCHOOL.name, Role.TEACHER)
        await school.says("lan", "/taikhoan")
        assert f"Cũng ở: {OFFICE.name}" in last(school, "lan")
        await school.says("lan", "rời đơn vị")
        assert last(school, "lan") == joining.leave(SCHOOL.name)
        await taps(school, "lan", joining.LEAVE)
        now = await school.person("lan")
        assert now is not None
        assert (now.id, now.unit) == (lan.id, "PGD")

    async def test_who_left_and_joins_again_is_the_same_person(self, school: School) -> None:
        before = await school.person("lan")
        await school.says("lan", "rời đơn vị")
        await taps(school, "lan", joining.LEAVE)
        assert await school.person("lan") is None
        await school.says("lan", "tháng này nộp gì?")
        assert last(school, "lan") == joining.UNKNOWN_SENDER
        await invited(school, Invitation("MN1", Role.TEACHER))
        await school.says("lan", CODE)
        assert await school.person("lan") == before


class TestChannels:
    async def test_another_account_becomes_the_same_person_with_a_code_of_her_own(self, school: School) -> None:
        await school.says("lan", "nối kênh khác")
        code = re.findall(r"\w{4}-\w{4}", last(school, "lan"))[0]
        await school.says("lan2", code)
        assert last(school, "lan2") == joining.channel_linked("Lan")
        assert await school.person("lan2") == await school.person("lan")
        await school.says("lan3", code)
        assert last(school, "lan3") == joining.CODE_WRONG

    async def test_such_a_code_lasts_a_quarter_of_an_hour_and_takes_over_nobody(self, school: School) -> None:
        await school.says("lan", "/noikenh")
        code = re.findall(r"\w{4}-\w{4}", last(school, "lan"))[0]
        await school.says("hoa", f"tham gia {code}")
        assert last(school, "hoa") == joining.account_is_anothers(SCHOOL.name)
        school.clock.move(timedelta(minutes=15))
        await school.says("lan2", code)
        assert last(school, "lan2") == joining.CODE_WRONG

    async def test_who_asks_for_it_is_forgotten(self, school: School) -> None:
        await school.says("lan", "xoá dữ liệu của tôi")
        assert last(school, "lan") == joining.ERASE_ASKED
        await taps(school, "lan", joining.ERASE_YES)
        assert last(school, "lan") == joining.ERASED
        assert await school.person("lan") is None
        async with school.begin() as session:
            assert await people.holder(session, "fake", "lan") is None

    async def test_a_request_of_the_service_is_enough(self, school: School) -> None:
        await school.receives(sender="lan", kind=InboundKind.ERASE.value)
        await school.works()
        assert await school.person("lan") is None


class TestGroups:
    @pytest.mark.parametrize("text", ["/thamgia", "gắn nhóm này"])
    async def test_a_principal_binds_the_group_she_is_in(self, school: School, text: str) -> None:
        await school.says_in("new", "hoa", text)
        await school.says_in("new", "stranger", "/taikhoan")
        assert school.read_by("new") == [joining.group_joined(SCHOOL.name), joining.group_account(SCHOOL.name)]

    async def test_an_officer_binds_it_to_a_unit_below(self, school: School) -> None:
        await school.says_in("new", "hanh", f"/thamgia {SCHOOL.name}")
        assert last(school, "new") == joining.group_joined(SCHOOL.name)

    async def test_a_teacher_and_a_teachers_code_bind_nothing(self, school: School) -> None:
        await invited(school, Invitation("MN1", Role.TEACHER))
        await school.says_in("new", "lan", "/thamgia")
        await school.says_in("new", "stranger", f"/thamgia {CODE}")
        await school.says_in("new", "stranger", "/thamgia")
        assert school.read_by("new") == [joining.WHO_MAY_BIND, joining.TEACHERS_CODE, joining.GROUP_UNKNOWN]

    async def test_a_principals_code_binds_it(self, school: School) -> None:
        await invited(school, Invitation("MN1", Role.PRINCIPAL))
        await school.says_in("new", "stranger", f"/thamgia {CODE}")
        assert last(school, "new") == joining.group_joined(SCHOOL.name)

    async def test_a_group_is_not_taken_from_its_unit_sideways(self, school: School) -> None:
        await school.says_in("office", "hanh", "/thamgia")
        await school.says_in("office", "hoa", "/thamgia")
        assert last(school, "office") == joining.group_is_anothers(OFFICE.name)
        await school.says_in("office", "hoa", "gỡ nhóm")
        assert last(school, "office") == joining.NOT_YOURS
        await school.says_in("office", "hanh", "gỡ nhóm")
        await school.says_in("office", "hoa", "/thamgia")
        assert school.read_by("office")[-2:] == [joining.group_left(OFFICE.name), joining.group_joined(SCHOOL.name)]


class TestLookingAfterTeachers:
    async def test_a_principal_adds_a_teacher_who_joins_with_her_own_code(self, school: School) -> None:
        await school.says("hoa", "thêm giáo viên nguyễn thị mai 0912 345 678")
        assert last(school, "hoa").startswith(members.added("nguyễn thị mai", SCHOOL.name))
        code = re.findall(r"\w{4}-\w{4}", last(school, "hoa"))[0]
        await school.says("mai", code)
        assert last(school, "mai") == joining.channel_linked("nguyễn thị mai")
        await school.says("hoa", "giáo viên")
        assert "2. nguyễn thị mai" in last(school, "hoa")

    async def test_who_is_removed_is_out_at_once_and_told(self, school: School) -> None:
        await school.says("hoa", "xoá giáo viên Lan")
        assert last(school, "hoa").startswith(members.remove("Lan", SCHOOL.name))
        await taps(school, "hoa", members.REMOVE)
        assert last(school, "lan") == members.you_are_removed(SCHOOL.name)
        assert await school.person("lan") is None

    @pytest.mark.parametrize("text", ["xoá giáo viên", "xoa giao vien?", "/xoa", "/xoa giáo viên"])
    async def test_without_a_name_it_is_said_how_to_remove(self, school: School, text: str) -> None:
        await school.says("hoa", text)
        assert last(school, "hoa") == members.HOW_TO_REMOVE

    async def test_a_name_of_nobody_is_repeated_without_the_role(self, school: School) -> None:
        await school.says("hoa", "xoá giáo viên Hiền")
        assert last(school, "hoa") == members.nobody_called("Hiền")

    async def test_an_ambiguous_name_is_asked_back(self, school: School) -> None:
        await listed(school, "Trần Thị Lan", "Lê Thị Lan")
        await school.says("hoa", "xóa giáo viên thị lan")
        assert last(school, "hoa").startswith(members.WHOM)
        assert len(choices(school)) == 2

    async def test_a_code_can_be_made_and_taken_back_in_the_chat(self, school: School) -> None:
        await school.says("hoa", "mời giáo viên")
        code = re.findall(r"\w{4}-\w{4}", last(school, "hoa"))[0]
        await school.says("hoa", f"thu hồi mã {code}")
        assert last(school, "hoa") == members.REVOKED
        await school.says("mai", code)
        assert last(school, "mai") == joining.CODE_WRONG

    async def test_an_officer_adds_a_principal_below(self, school: School) -> None:
        await school.says("hanh", f"thêm hiệu trưởng Trần Thị Mai 0912345678, {SCHOOL.name}")
        assert last(school, "hanh").startswith(members.added("Trần Thị Mai", SCHOOL.name))

    @pytest.mark.parametrize("text", ["/them chuyên viên Mai 0912345678", "/moi hiệu trưởng"])
    async def test_nobody_adds_upwards_or_sideways(self, school: School, text: str) -> None:
        await school.says("hoa", text)
        assert last(school, "hoa") == joining.NOT_YOURS

    @pytest.mark.parametrize("text", ["/giaovien", "/them giáo viên Mai", "/xoa giáo viên Hoa", "/moi", "/thuhoi x"])
    async def test_a_teacher_looks_after_nobody(self, school: School, text: str) -> None:
        await school.says("lan", text)
        assert last(school, "lan") == members.ONLY_MANAGERS

    async def test_in_a_group_the_list_is_sent_in_private(self, school: School) -> None:
        await school.says_in("group", "hoa", "/giaovien")
        assert last(school, "group") == ANSWERED_IN_PRIVATE
        assert "Lan" in last(school, "hoa")

    @pytest.mark.parametrize("text", ["/giaovien", "/noikenh", "/kenh", "/xacnhan 1", "/toila 1", "rời đơn vị"])
    async def test_a_stranger_is_told_how_to_join_and_nothing_else(self, school: School, text: str) -> None:
        await school.says("stranger", text)
        assert school.read_by("stranger") == [joining.UNKNOWN_SENDER]
