"""A principal who is away names who speaks in her stead; what a deputy may do, until when, and what she may not."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from core.people import Role
from core.texts import chat as chat_texts
from core.texts import deputies as texts
from core.texts import dossier as dossier_texts
from core.texts import evidence as evidence_texts
from core.texts import members as member_texts
from records import memberships, people
from records.session import Begin
from tests.evidence.stage import UNIT, District
from tests.fakes.clock import StillClock

LAN, SCHOOL = "Nguyễn Thị Lan", "MN Hoa Phượng"
APPOINTED = texts.appointed(LAN, date(2023, 12, 10), linked=True)


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    district = await District(begin, clock, tmp_path / "files").opens()
    await district.hires("nga", "Đỗ Thị Nga", UNIT)
    return district


@pytest.fixture
async def away(here: District) -> District:
    """The principal is away until 10/12; lan speaks in her stead."""
    assert await here.says("huong", "uỷ quyền cho cô Lan đến 10/12") == APPOINTED
    return here


async def test_the_deputy_is_told_and_asked_like_the_principal(away: District) -> None:
    assert away.read_by("lan") == [texts.you_are_appointed("Phạm Thị Hương", SCHOOL, date(2023, 12, 10))]
    await away.hands_in("nga", "a", text="cân đo lần 2")
    for who in ("lan", "huong"):
        assert away.read_by(who)[-1].startswith("Đỗ Thị Nga gửi 1 ảnh")
    said = await away.taps("lan", evidence_texts.CONFIRM)
    assert "Đã ghi là nộp." in said
    assert [state for _, state in await away.states()] == ["submitted"]
    assert away.read_by("nga")[-1] == said


async def test_what_she_hands_in_herself_needs_nobodys_word(away: District) -> None:
    assert "Đã ghi là nộp." in await away.hands_in("lan", "a", text="cân đo lần 2")
    assert await away.states() != []
    assert not any("Thầy/cô nộp chứ?" in text for text in away.read_by("huong"))


async def test_she_sees_what_waits_looks_at_it_and_may_hold_it_back(away: District) -> None:
    await away.hands_in("nga", "a", text="cân đo lần 2")
    [row] = await away.rows()
    assert (await away.says("lan", "duyệt")).startswith("Đang chờ thầy/cô: 1 lần nộp.")
    await away.taps("lan", "MN Hoa Phượng")
    assert [choice.label for choice in away.last("lan").choices] == [evidence_texts.CONFIRM, evidence_texts.NOT_YET]
    assert await away.says("mai", f"/dongynop {row.code}") == evidence_texts.NOT_FOUND  # a principal, of another school
    assert await away.taps("lan", evidence_texts.NOT_YET) == evidence_texts.NOT_YET_DONE
    assert f"chưa nộp {row.code}" in away.read_by("nga")[-1]


async def test_the_office_sees_who_gave_the_word_and_is_decided_with_by_nobody_else(away: District) -> None:
    await away.hands_in("nga", "a", text="cân đo lần 2")
    [row] = await away.rows()
    await away.says("lan", f"/dongynop {row.code}")
    assert f"{LAN} xác nhận thay hiệu trưởng." in await away.says("hanh", f"/xemnop {row.code}")
    for command in ("/nhan", "/tralai"):  # the office's word is not hers
        assert await away.says("lan", f"{command} {row.code} lý do") == evidence_texts.NOT_FOUND
    await away.says("hanh", f"/tralai {row.code} Ảnh mờ")
    assert "Ảnh mờ" in away.read_by("lan")[-1]  # she hears of it as the principal does
    await away.hands_in("nga", "b", text="cân đo lần 2")
    await away.says("huong", f"/dongynop {(await away.rows())[-1].code}")
    assert "thay hiệu trưởng" not in await away.says("hanh", f"/xemnop {(await away.rows())[-1].code}")


@pytest.mark.parametrize(("label", "done"), [(evidence_texts.CONFIRM, "đã nộp"), (evidence_texts.NOT_YET, "chưa nộp")])
async def test_the_principal_is_told_once_in_private_what_was_decided_in_her_stead(
    away: District, label: str, done: str
) -> None:
    await away.hands_in("nga", "a", text="cân đo lần 2")
    [row] = await away.rows()
    before = len(away.read_by("huong"))
    await away.taps("lan", label)
    await away.says("lan", f"/dongynop {row.code}")  # once more
    assert away.read_by("huong")[before:] == [f"{LAN} {done} {row.code} thay thầy/cô: {row.title}."]
    assert "thay hiệu trưởng" in (await away.says("huong", f"nhật ký {row.code}")).split("\n")[-1]


async def test_she_is_told_of_what_the_deputy_hands_in_or_takes_back_but_not_of_her_own_word(away: District) -> None:
    before = len(away.read_by("huong"))
    await away.hands_in("lan", "a", text="cân đo lần 2")
    [own] = await away.rows()
    await away.says("lan", f"rút lại {own.code}")  # which any teacher may
    assert away.read_by("huong")[before:] == [f"{LAN} đã nộp {own.code} thay thầy/cô: {own.title}."]
    await away.hands_in("nga", "b", text="cân đo lần 2")
    code = (await away.rows())[-1].code
    before = len(away.read_by("huong"))
    await away.says("huong", f"/dongynop {code}")
    assert len(away.read_by("huong")) == before + 1
    await away.says("lan", f"rút lại {code}")
    assert away.read_by("huong")[-1] == f"{LAN} đã rút lại {code} thay thầy/cô: {own.title}."


async def test_she_is_told_of_what_the_deputy_says_is_no_evidence(away: District) -> None:
    await away.hands_in("nga", "a", text="cân đo lần 2")
    [row] = await away.rows()
    await away.says("lan", f"/minhchung {row.code} khong")
    assert away.read_by("huong")[-1] == f"{LAN} thay thầy/cô giữ lại {row.code}, không ghi vào việc nào."


@pytest.mark.parametrize("label", [evidence_texts.CONFIRM, evidence_texts.NOT_YET])
async def test_buttons_that_are_left_over_do_nothing_and_say_so(away: District, label: str) -> None:
    await away.hands_in("nga", "a", text="cân đo lần 2")
    await away.says("lan", "/duyet")
    await away.taps("lan", SCHOOL)
    decisions = away.last("lan")
    await away.says("huong", "thôi uỷ quyền")
    before = len(away.read_by("nga")), len(away.read_by("huong"))
    mark = next(choice.value for choice in decisions.choices if choice.label == label)
    assert await away.says("lan", mark, pressed=True) == texts.YOURS_IS_OVER
    assert [state for _, state in await away.states()] == ["held"]
    assert (len(away.read_by("nga")), len(away.read_by("huong"))) == before


async def test_the_help_of_a_deputy_names_what_is_hers_for_now(away: District) -> None:
    assert await away.says("lan", "/trogiup") == chat_texts.help_for(Role.TEACHER, deputy=True)
    assert await away.says("nga", "/trogiup") == chat_texts.help_for(Role.TEACHER)
    await away.says("huong", "thôi uỷ quyền")
    assert await away.says("lan", "/trogiup") == chat_texts.help_for(Role.TEACHER)


async def test_she_takes_back_what_a_colleague_handed_in(away: District) -> None:
    await away.hands_in("nga", "a", text="cân đo lần 2")
    [row] = await away.rows()
    await away.says("lan", f"/dongynop {row.code}")
    assert await away.says("lan", f"rút lại {row.code}") == evidence_texts.taken_back(row.code)


async def test_the_staff_list_codes_and_the_dossier_are_not_hers(away: District) -> None:
    for text in ("/giaovien", "mời giáo viên Đỗ Thị Nga", "/xoa giáo viên Nga"):
        assert await away.says("lan", text) not in ("", texts.NOBODY)
    assert await away.says("lan", "/giaovien") == member_texts.ONLY_MANAGERS
    assert await away.says("lan", "/moi giáo viên") == member_texts.ONLY_MANAGERS
    assert await away.says("lan", "/hoso") == dossier_texts.ONLY_HEADS
    assert await away.says("lan", "/uyquyen cô Nga đến 9/12") == texts.ONLY_PRINCIPALS


async def test_it_holds_through_the_last_day_and_not_beyond(away: District) -> None:
    await away.hands_in("nga", "a", text="cân đo lần 2")
    [row] = await away.rows()
    away.clock.move(timedelta(days=6, hours=15))  # 23:00 in Vietnam on the 10th
    assert (await away.says("lan", "/duyet")).startswith("Đang chờ thầy/cô: 1")
    away.clock.move(timedelta(hours=2))
    assert await away.says("lan", "/duyet") == texts.YOURS_IS_OVER
    assert await away.says("lan", f"/dongynop {row.code}") == texts.YOURS_IS_OVER
    assert await away.says("huong", "/uyquyen") == texts.NOBODY


@pytest.mark.parametrize("how", ["thôi uỷ quyền", "Thoi uy quyen cho Lan", "huỷ uỷ quyền của cô Lan", "tap"])
async def test_it_is_ended_early_and_she_is_told(away: District, how: str) -> None:
    if how == "tap":
        assert (
            await away.says("huong", "ai đang được uỷ quyền?")
            == f"Đang được uỷ quyền:\n• {LAN}: đến hết ngày 10/12/2023"
        )
        said = await away.taps("huong", texts.end(LAN))
    else:
        said = await away.says("huong", how)
    assert said == texts.ended(LAN, told=True)
    assert away.read_by("lan")[-1] == texts.yours_ended("Phạm Thị Hương", SCHOOL)
    assert await away.says("lan", "/duyet") == texts.YOURS_IS_OVER
    assert await away.says("huong", how if how != "tap" else "/thoiuyquyen") == texts.NOBODY


async def test_who_has_left_the_school_speaks_no_more_also_when_she_is_back(away: District) -> None:
    await away.says("huong", "xoá giáo viên Nguyễn Thị Lan")
    await away.taps("huong", member_texts.REMOVE)
    assert await away.says("huong", "/uyquyen") == texts.NOBODY
    async with away.begin() as session:
        lan = await people.holder(session, away.name, "lan")
        assert lan is not None
        await memberships.add(session, lan.id, UNIT, Role.TEACHER, away.clock() + timedelta(minutes=1))
    await away.hands_in("nga", "a", text="cân đo lần 2")
    assert await away.says("lan", "/duyet") == texts.YOURS_IS_OVER
    assert await away.says("huong", "/uyquyen") == texts.NOBODY


async def test_who_has_become_the_principal_speaks_for_herself(away: District) -> None:
    async with away.begin() as session:
        lan = await people.holder(session, away.name, "lan")
        assert lan is not None
        [place] = await memberships.of_person(session, lan.id)
        await memberships.end(session, place, None, away.clock())
        await memberships.add(session, lan.id, UNIT, Role.PRINCIPAL, None)  # by the staff list
        await memberships.use(session, (await memberships.of_person(session, lan.id))[0])
    await away.hands_in("nga", "a", text="cân đo lần 2")
    [row] = await away.rows()
    before = len(away.read_by("huong"))
    assert "Đã ghi là nộp." in await away.says("lan", f"/dongynop {row.code}")
    assert "thay hiệu trưởng" not in await away.says("hanh", f"/xemnop {row.code}")
    assert away.read_by("huong")[before:] == []


async def test_named_anew_the_later_word_counts(away: District) -> None:
    await away.says("huong", "/uyquyen cô Lan đến 20/12")
    assert await away.says("huong", "uỷ quyền") == f"Đang được uỷ quyền:\n• {LAN}: đến hết ngày 20/12/2023"


async def test_without_a_day_it_is_asked_and_what_is_typed_is_the_day(here: District) -> None:
    assert await here.says("huong", "UY QUYEN CHO CO LAN") == texts.until_when(LAN)
    assert "tháng" in await here.says("huong", "tháng này nộp gì?")  # a question stays one
    assert await here.says("huong", "ủy quyền cho Lan") == texts.until_when(LAN)
    assert await here.says("huong", "đến 31/2") == texts.NO_DAY
    assert await here.says("huong", "10/3/2024") == texts.too_far(60, date(2024, 2, 2))
    assert await here.says("huong", "2/2/2024") == texts.appointed(LAN, date(2024, 2, 2), linked=True)


async def test_named_anew_while_a_day_is_awaited_it_is_the_new_name(here: District) -> None:
    await here.says("huong", "uỷ quyền cho cô Lan")
    assert await here.says("huong", "uỷ quyền cho cô Mai đến 10/12") == texts.nobody_called("Mai")
    assert await here.says("huong", "uỷ quyền cho cô Lan đến 10/12") == APPOINTED


async def test_a_past_day_is_none_and_a_week_ends_on_its_last(here: District) -> None:
    assert await here.says("huong", "/uyquyen cô Lan đến 1/12/2023") == texts.NO_DAY
    said = await here.says("huong", "/uyquyen cô Lan đến hết tuần sau")
    assert said == texts.appointed(LAN, date(2023, 12, 17), linked=True)


async def test_of_several_with_the_name_one_is_picked(here: District) -> None:
    await here.hires("lan2", "Trần Thị Lan", UNIT)
    assert await here.says("huong", "uỷ quyền cho cô Lan đến 10/12") == texts.WHOM
    assert await here.taps("huong", LAN) == APPOINTED
    await here.says("huong", "uỷ quyền cho Trần Thị Lan đến 10/12")
    assert await here.says("huong", "thôi uỷ quyền cho Lan") == texts.WHOM
    assert await here.taps("huong", texts.end("Trần Thị Lan")) == texts.ended("Trần Thị Lan", told=True)
    assert "Trần" not in await here.says("huong", "/uyquyen")


async def test_one_without_an_account_is_named_and_must_be_invited(here: District) -> None:
    async with here.begin() as session:
        await people.add_person(session, "Lý Thị Sen", UNIT, Role.TEACHER)
    said = await here.says("huong", "uỷ quyền cho cô Sen đến 10/12")
    assert said == texts.appointed("Lý Thị Sen", date(2023, 12, 10), linked=False)
    assert await here.says("huong", "thôi uỷ quyền") == texts.ended("Lý Thị Sen", told=False)
    assert await here.says("huong", "/uyquyen đến 10/12") == texts.HOW


@pytest.mark.parametrize("who", ["lan", "mai", "hanh"])
async def test_nobody_but_the_own_principal_names_anybody(here: District, who: str) -> None:
    said = await here.says(who, "uỷ quyền cho Đỗ Thị Nga đến 10/12")
    why = {
        "lan": texts.ONLY_PRINCIPALS,
        "mai": texts.nobody_called("Đỗ Thị Nga"),
        "hanh": texts.has_a_principal(SCHOOL),
    }
    assert said == why[who]
    assert await here.says("huong", "/uyquyen") == texts.NOBODY


async def test_the_office_names_one_where_the_principal_has_no_account(here: District) -> None:
    await here.hires("hoa", "Bùi Thị Hoa", "VB-ANHDUONG")
    assert await here.says("hanh", "/uyquyen") == texts.NOBODY_OFFICE
    assert await here.says("hanh", "uỷ quyền cho Hoa trường Ánh Dương đến 10/12") == texts.has_a_principal(
        "Lớp MN độc lập tư thục Ánh Dương"
    )
    await here.says("mai", "xoá dữ liệu của tôi")
    await here.taps("mai", "Đồng ý xoá")
    said = await here.says("hanh", "uỷ quyền cho Hoa trường Ánh Dương đến 10/12")
    assert said == texts.appointed("Bùi Thị Hoa", date(2023, 12, 10), linked=True)
    assert "• Bùi Thị Hoa, Lớp MN độc lập tư thục Ánh Dương: đến" in await here.says("hanh", "/uyquyen")
    await here.hands_in("hoa", "a", text="cân đo lần 2")
    assert [state for _, state in await here.states()] == ["submitted"]


async def test_a_question_about_it_is_a_question(here: District) -> None:
    for text in ("uỷ quyền cho ai?", "uỷ quyền cho phó hiệu trưởng theo văn bản nào"):
        assert await here.says("huong", text) not in (texts.NOBODY, texts.nobody_called("ai"))
