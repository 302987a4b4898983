"""Exclusions, who has not handed in, lists and templates by name, a test copy, a second person's word."""

from pathlib import Path

import pytest
from sqlalchemy import select

from core.people import Role
from core.texts import notice_reports as reports
from core.texts import notices as texts
from handlers.context import House
from records import own_data
from records.session import Begin, Session
from records.tables import PersonRow
from tests.fakes.clock import StillClock
from tests.noticing.stage import GROUP_A, OFFICER, Board

WORDS = "Nhắc các trường nộp số liệu."


async def test_only_those_that_have_not_handed_it_in(board: Board) -> None:
    await board.hands_in("huong", "a", text="cân đo lần 2")
    shown = await board.drafts(OFFICER, WORDS, "các trường chưa nộp cân đo lần 2")
    if shown == texts.WHICH_TASK:
        shown = await board.taps(OFFICER, board.last(OFFICER).choices[0].label)
    assert "Gửi: các trường chưa nộp “" in shown
    assert "Nơi nhận: 1 (1 người, nhắn riêng)" in shown


async def test_a_unit_is_left_out_by_name(board: Board) -> None:
    await board.drafts(OFFICER, WORDS, "các trường")
    assert await board.taps(OFFICER, texts.WITHOUT) == texts.WITHOUT_WHOM
    shown = await board.says(OFFICER, "ánh dương")
    assert "Gửi: các trường, trừ Lớp MN độc lập tư thục Ánh Dương\nNơi nhận: 1 (1 nhóm)" in shown


async def test_a_list_and_a_template_are_kept_by_name_and_used_again(board: Board) -> None:
    await board.drafts(OFFICER, WORDS, "các trường trừ Ánh Dương")
    assert await board.says(OFFICER, "lưu danh sách Trường công") == texts.kept("danh sách", "Trường công")
    assert await board.says(OFFICER, "lưu mẫu Đốc số liệu") == texts.kept("mẫu", "Đốc số liệu")
    assert "Danh sách: Trường công\nMẫu: Đốc số liệu" in await board.says(OFFICER, "danh sách thông báo")
    assert (await board.says(OFFICER, "thông báo theo mẫu doc so lieu")).startswith(texts.WHOM)
    shown = await board.says(OFFICER, "danh sách trường công")
    assert WORDS in shown
    assert "Nơi nhận: 1 (1 nhóm)" in shown
    await board.says(OFFICER, "thông báo")
    assert "Mẫu: Đốc số liệu" in [one.label for one in board.last(OFFICER).choices]
    assert await board.says(OFFICER, "xoá danh sách Trường công") == texts.dropped("danh sách", "Trường công")
    await board.drafts(OFFICER, WORDS, "các trường")
    assert "chưa lưu danh sách nào" in await board.says(
        OFFICER, f"/noinhantb {await board.code()} danh sách Trường công"
    )


async def test_another_offices_lists_are_not_ours(board: Board) -> None:
    await board.drafts(OFFICER, WORDS, "các trường")
    await board.says(OFFICER, "lưu danh sách Cả huyện")
    assert "chưa lưu danh sách nào" in await board.drafts("tuan", WORDS, "danh sách Cả huyện")


async def test_a_test_copy_goes_to_oneself_alone(board: Board) -> None:
    await board.drafts(OFFICER, WORDS, "các trường")
    said = await board.taps(OFFICER, texts.TEST)
    assert said.startswith(f"{texts.TEST_HEAD}\n\n📢 Thông báo của Phòng GDĐT huyện Vĩnh Bảo")
    assert said.endswith(texts.TESTED)
    copy = [one for one in board.school.platform.sent if one.text.startswith(texts.TEST_HEAD)][-1]
    assert [one.label for one in copy.choices] == [texts.ACK]
    assert await board.says(OFFICER, copy.choices[0].value, pressed=True) == reports.TEST_ACKED
    assert await board.says(OFFICER, "đã nhận") == reports.TEST_ACKED
    await board.says(OFFICER, f"/xemtb {await board.code()}")
    assert board.notices_in(GROUP_A) == []
    assert await board.stage() == "draft"
    await board.taps(OFFICER, texts.SEND)
    assert await board.stage() == "going"


async def test_after_a_test_copy_the_word_counts_for_no_other_notice_unasked(board: Board) -> None:
    await board.sends_notice("tuan", "Họp ở Sở.", "PGD-VB")
    await board.drafts(OFFICER, WORDS, "các trường")
    await board.taps(OFFICER, texts.TEST)
    assert await board.says(OFFICER, "đã nhận") == f"{reports.TEST_ACKED}\n{reports.WHICH_ACK}"
    assert [bool(one.acked_at) for one in await board.recipients(0)] == [False]
    assert (await board.taps(OFFICER, "Họp ở Sở.")).startswith("Đã ghi: Phòng GDĐT huyện Vĩnh Bảo đã nhận")


async def test_whom_and_what_may_be_said_at_once(board: Board) -> None:
    shown = await board.says(OFFICER, "Thông báo cho các trường, trừ Ánh Dương: Thầy/cô nộp số liệu chưa?")
    assert "Thầy/cô nộp số liệu chưa?" in shown
    assert "Nơi nhận: 1 (1 nhóm)" in shown
    assert "\n\nHọp.\n" in await board.says(OFFICER, "/thongbao cho các trường: Họp.")
    assert "chưa rõ “Hoa Mặt Trời”" in await board.says(OFFICER, "gửi thông báo tới Hoa Mặt Trời: Họp.")


async def test_of_a_name_with_a_slip_who_is_called_almost_so_is_named(board: Board) -> None:
    said = await board.drafts(OFFICER, WORDS, "các trường, trừ Hoa Phượn")
    assert "chưa rõ “Hoa Phượn”" in said
    assert "\nTên gần giống: MN Hoa Phượng, huyện Vĩnh Bảo, Hải Phòng.\n" in said
    assert "gần giống" not in await board.says(OFFICER, "các trường, trừ Mặt Trời Bé")


async def test_a_time_is_taken_back(board: Board) -> None:
    await board.drafts(OFFICER, WORDS, "các trường")
    await board.taps(OFFICER, texts.LATER)
    assert await board.says(OFFICER, "hôm nào đó") == texts.NO_TIME
    assert (await board.says(OFFICER, "14h chiều nay")).endswith("Lúc: 14:00")
    await board.taps(OFFICER, texts.LATER)
    assert (await board.says(OFFICER, "gửi ngay")).endswith(f"Lúc: {texts.NOW}")


async def test_a_draft_is_dropped(board: Board) -> None:
    await board.drafts(OFFICER, WORDS, "các trường")
    send = board.last(OFFICER).choices[0].value
    assert await board.taps(OFFICER, texts.DROP) == texts.CANCELLED_DRAFT
    assert await board.says(OFFICER, send, pressed=True) == texts.CANCELLED_DRAFT
    assert await board.says(OFFICER, "tiến độ thông báo") == reports.NONE_YET
    await board.rounds()
    assert board.notices_in(GROUP_A) == []


async def test_a_question_in_between_is_not_taken_for_the_answer(board: Board) -> None:
    await board.says(OFFICER, "thông báo")
    await board.says(OFFICER, WORDS)
    assert "chưa rõ “tháng này nộp gì”" in await board.says(OFFICER, "tháng này nộp gì")
    answer = await board.says(OFFICER, "tháng này phòng gửi Sở gì?")
    assert "chưa rõ" not in answer
    assert await board.stage() == "draft"
    assert (await board.says(OFFICER, f"/thongbao {await board.code()}")).startswith(texts.WHOM)


class TestASecondPersonsWord:
    @pytest.fixture
    async def board(self, begin: Begin, clock: StillClock, tmp_path: Path) -> Board:
        house = House("https://nhacviec.example.vn", confirm_notices=True)
        here = Board(begin, clock, tmp_path / "files", house=house)
        await here.opens()
        return here

    async def test_nothing_goes_before_it_and_the_author_cannot_give_it(self, board: Board) -> None:
        await board.hires("dung", "Lê Văn Dũng", "PGD-VB", Role.STAFF)
        await board.drafts(OFFICER, WORDS, "các trường")
        assert await board.taps(OFFICER, texts.SEND) == texts.ASKED_APPROVAL
        await board.rounds()
        assert board.notices_in(GROUP_A) == []
        code = await board.code()
        assert await board.says(OFFICER, f"/duyettb {code}") == texts.NOT_BY_YOURSELF
        assert await board.says("mai", f"/duyettb {code}") == texts.NOT_FOUND
        assert board.read_by("dung")[-1].startswith("Vũ Thị Hạnh nhờ thầy/cô duyệt thông báo trước khi gửi.")
        await board.taps("dung", texts.APPROVE)
        await board.rounds()
        assert len(board.notices_in(GROUP_A)) == 1
        assert texts.decided("Lê Văn Dũng", code, approved=True) in board.read_by(OFFICER)
        assert await board.says("dung", f"/duyettb {code}") == texts.APPROVED_BEFORE

    async def test_refused_it_goes_to_nobody(self, board: Board) -> None:
        await board.hires("dung", "Lê Văn Dũng", "PGD-VB", Role.STAFF)
        await board.drafts(OFFICER, WORDS, "các trường")
        await board.taps(OFFICER, texts.SEND)
        assert await board.taps("dung", texts.DISAPPROVE) == texts.NOT_APPROVED
        await board.rounds()
        assert board.notices_in(GROUP_A) == []
        assert ": không được duyệt." in await board.says(OFFICER, "tiến độ thông báo")

    async def test_where_nobody_else_is_there_it_waits_and_says_so(self, board: Board) -> None:
        await board.drafts(OFFICER, WORDS, "các trường")
        assert await board.taps(OFFICER, texts.SEND) == texts.NOBODY_APPROVES
        assert ": chờ duyệt." in await board.says(OFFICER, "tiến độ thông báo")
        assert (await board.taps(OFFICER, reports.CANCEL)).startswith("Đã huỷ: 2 nơi")


async def test_what_somebody_wrote_and_acknowledged_is_among_her_data(board: Board) -> None:
    await board.sends_notice(OFFICER, WORDS, "các trường")
    await board.says("mai", "đã nhận")
    code = await board.code()
    async with board.begin() as session:
        hers = await own_data.gather(session, await people_called(session, "Trần Thị Mai"), board.clock())
        his = await own_data.gather(session, await people_called(session, "Vũ Thị Hạnh"), board.clock())
    assert [(one.what, one.code, one.text) for one in hers.notices] == [("acknowledged", code, WORDS)]
    assert [(one.what, one.code) for one in his.notices] == [("written", code)]


async def people_called(session: Session, name: str) -> int:
    return (await session.scalars(select(PersonRow.id).where(PersonRow.name == name))).one()
