"""Criteria sets in chat: given by an office, read by its schools, served by evidence that somebody has confirmed."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from core.capabilities import ZALO_BOT
from core.message import Address
from core.platform import Carries
from core.texts import criteria as texts
from core.texts import criteria_form as form_texts
from core.texts import criteria_writing as writing
from core.texts import evidence as evidence_texts
from core.texts.chat import CANCELLED
from core.texts.joining import UNKNOWN_SENDER
from records import groups
from records.criteria_tables import CriteriaDraftRow, CriterionEvidenceRow
from records.erasing import erase
from records.session import Begin
from records.tables import OutboxRow
from tests.evidence.criteria_stage import LINES, NAME, SAFE, SAFE_LINES, CriteriaStage
from tests.evidence.stage import UNIT
from tests.fakes.clock import StillClock

CAPTION = "cân đo lần 2"
GROWTH, SAFE_GROWTH = "Tiêu chí 2.1 Cân đo", "Tiêu chí 1 Theo dõi"


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> CriteriaStage:
    stage = await CriteriaStage(begin, clock, tmp_path / "files").opens()
    await stage.knows("ngoc", "Bùi Thị Ngọc")  # an officer of another district
    return stage


async def weighed(here: CriteriaStage) -> str:
    """The principal hands in pictures of the weighing; the receipt."""
    return await here.hands_in("huong", "a", "b", text=CAPTION)


async def code_of(here: CriteriaStage, number: int = 0) -> str:
    return (await here.rows())[number].code


# giving a set


async def test_an_office_types_a_set_in_two_messages_sees_it_whole_and_keeps_it(here: CriteriaStage) -> None:
    asked = await here.says("hanh", f"thêm bộ tiêu chí {NAME}")
    assert asked.startswith(f"Bộ tiêu chí “{NAME}” của Phòng GDĐT huyện Vĩnh Bảo.")
    lines = LINES.splitlines()
    assert (await here.says("hanh", "\n".join(lines[:3]))).startswith("Đã ghi 2 tiêu chí.")
    assert (await here.says("hanh", "\n".join(lines[3:]))).startswith("Đã ghi 4 tiêu chí.")
    shown = await here.says("hanh", "xong")
    assert f"Bộ tiêu chí “{NAME}”: 4 tiêu chí trong 2 nhóm, tối đa 50 điểm." in shown
    assert "Áp dụng cho: Phòng GDĐT huyện Vĩnh Bảo và 2 trường bên dưới." in shown
    assert "2.1 Cân đo, theo dõi biểu đồ tăng trưởng của trẻ (20 điểm)" in shown
    assert await here.says("mai", "/tieuchi") == texts.NONE_YET  # only shown
    assert (await here.taps("hanh", writing.SAVE)).startswith(f"Đã lưu bộ tiêu chí “{NAME}”")
    for who in ("huong", "lan", "mai", "hanh"):
        read = await here.says(who, "tieu chi")
        assert read.startswith(f"{NAME} (Phòng GDĐT huyện Vĩnh Bảo)\n▱▱▱▱▱▱▱▱▱▱ 0/4 tiêu chí có minh chứng"), who
        assert "II. Chăm sóc\n– 2.1 Cân đo" in read
    for who in ("ngoc", "tuan"):
        assert await here.says(who, "/tieuchi") == texts.NONE_YET


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_line_typed_again_takes_the_place_of_the_one_with_its_number(here: CriteriaStage) -> None:
    await here.says("hanh", f"thêm bộ tiêu chí {NAME}")
    await here.says("hanh", "1.1 Sân chơi (10 điểm)\n1.2 Lớp học")
    refused = await here.says("hanh", "xong")
    assert refused.startswith("Chưa nhập gì vì 1 lỗi. dòng 2: chưa có điểm tối đa")
    await here.says("hanh", "1.2 Lớp học (5 điểm)")
    assert "2 tiêu chí, tối đa 15 điểm" in await here.says("hanh", "xong")
    await here.says("hanh", "1.3 Thêm sau (5 điểm)")
    [save] = [one.value for one in here.school.platform.sent[-2].choices if one.label == writing.SAVE]
    changed = await here.says("hanh", save, pressed=True)  # the button of the preview before
    assert changed.startswith(writing.CHANGED_SINCE)
    assert "3 tiêu chí, tối đa 20 điểm" in changed
    assert (await here.taps("hanh", writing.SAVE)).startswith("Đã lưu")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_typing_can_be_left_for_a_question_come_back_to_and_thrown_away(here: CriteriaStage) -> None:
    await here.says("hanh", f"thêm bộ tiêu chí {NAME}")
    await here.says("hanh", "1.1 Sân chơi (10 điểm)")
    assert "Đã ghi" not in await here.says("hanh", "tháng này Phòng phải nộp gì?")
    await here.says("hanh", "/tiendo")
    back = await here.says("hanh", f"them bo tieu chi {NAME.lower()}")
    assert back == writing.go_on(NAME, 1)
    assert await here.says("hanh", "huỷ") == CANCELLED
    assert await here.says("hanh", "/thembo xong") == writing.NO_DRAFT
    assert (await here.says("hanh", f"thêm bộ tiêu chí {NAME}")).startswith("Bộ tiêu chí “")
    assert await here.says("hanh", "xong") == writing.NOTHING_TYPED


async def test_who_does_not_speak_for_a_unit_gives_none_and_a_school_gives_its_own(here: CriteriaStage) -> None:
    assert await here.says("lan", f"thêm bộ tiêu chí {NAME}") == texts.ONLY_HEADS
    assert (await here.says("nobody", f"thêm bộ tiêu chí {NAME}")).startswith(UNKNOWN_SENDER)
    await here.says("huong", "thêm bộ tiêu chí Của trường mình")
    await here.says("huong", "1 Vườn rau\n2 Góc sách")
    shown = await here.says("huong", "xong")
    assert "2 tiêu chí, đạt hoặc không đạt" in shown
    await here.taps("huong", writing.SAVE)
    assert (await here.says("lan", "bộ tiêu chí")).startswith("Của trường mình")
    for who in ("mai", "hanh"):
        assert await here.says(who, "/tieuchi") == texts.NONE_YET


async def test_a_new_version_keeps_what_hangs_on_criteria_that_still_fit_and_says_what_does_not(
    here: CriteriaStage,
) -> None:
    await here.gives_set()
    await weighed(here)
    await here.taps("huong", GROWTH)
    code = await code_of(here)
    await here.says("huong", f"gắn {code} vào tiêu chí 1.2")
    await here.says("huong", "tự chấm 1.1: 9, 1.2: 8, 2.1: 20")
    await here.says("hanh", f"thêm bộ tiêu chí {NAME}")
    fresh = "1.1 Sân chơi ngòai trời an toàn (5 điểm)\n1.2 Một điều khác hẳn (10 điểm)"
    await here.says("hanh", f"{fresh}\n2.1 Cân đo, theo dõi biểu đồ tăng trưởng của trẻ (20 điểm)")
    shown = await here.says("hanh", "xong")
    for said in (
        "Thay bộ cùng tên đang dùng. 2 tiêu chí giữ nguyên",
        "Không còn: 1.2 Lớp học sạch, sáng; 2.2 Bữa ăn đủ chất.",
        "1 minh chứng đang gắn ở các tiêu chí ấy không còn tính.",
        "2 điểm tự chấm không còn hợp",  # of 1.2, and the 9 of at most 5
    ):
        assert said in shown
    saved = await here.taps("hanh", writing.SAVE)
    assert "Không còn: 1.2 Lớp học sạch, sáng; 2.2 Bữa ăn đủ chất." in saved
    read = await here.says("huong", "tiêu chí")
    assert "✓ 2.1 Cân đo, theo dõi biểu đồ tăng trưởng của trẻ: 1 minh chứng, chấm 20/20" in read
    assert "– 1.2 Một điều khác hẳn: chưa có" in read
    assert "Tự chấm: 20/35 điểm (57%), còn 2 tiêu chí chưa chấm" in read
    await here.gives_set()  # the old one again: what hung on it is there
    assert "2/4 tiêu chí có minh chứng" in await here.says("huong", "tiêu chí")


async def test_the_unit_that_gave_a_set_takes_it_back(here: CriteriaStage) -> None:
    await here.gives_set()
    for who in ("huong", "tuan"):
        assert await here.says(who, f"xoá bộ tiêu chí {NAME}") == writing.NOT_GIVEN_HERE
    await here.says("hanh", f"xoá bộ tiêu chí {NAME}")
    assert NAME in await here.says("huong", "/tieuchi")
    await here.taps("hanh", writing.TAKE_BACK)
    assert await here.says("huong", "/tieuchi") == texts.NONE_YET


# reading


async def test_several_sets_are_listed_with_bars_and_chosen_by_number(here: CriteriaStage) -> None:
    await here.gives_set()
    await here.gives_set(SAFE, SAFE_LINES)
    await weighed(here)
    await here.taps("huong", GROWTH)
    listed = await here.says("lan", "Bộ tiêu chí")
    assert listed.startswith(texts.SETS)
    assert here.labels("lan") == [f"{SAFE} ▱▱▱▱▱▱▱▱▱▱ 0/2", f"{NAME} ▰▰▱▱▱▱▱▱▱▱ 1/4"]
    read = await here.says("lan", "2")
    assert "✓ 2.1 Cân đo, theo dõi biểu đồ tăng trưởng của trẻ: 1 minh chứng" in read
    assert here.labels("lan") == []  # a teacher decides nothing
    code = await code_of(here)
    for said in ("tiêu chí 2.1", "tieu chi 2.1 hanh phuc", "/tieuchi 2.1"):
        one = await here.says("lan", said)
        assert one.startswith("Tiêu chí 2.1 Cân đo, theo dõi biểu đồ tăng trưởng của trẻ\n")
        assert f"• {code}: Tổ chức cân - đo" in one
    assert (await here.says("lan", "bộ tiêu chí an toàn")).startswith(SAFE)
    assert "Chưa có minh chứng nào." in await here.says("mai", "tiêu chí 2.1")  # another school sees its own


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_number_that_two_sets_have_is_asked_about(here: CriteriaStage) -> None:
    await here.gives_set()
    await here.gives_set("Trường xanh", "1.1 Cây xanh\n1.2 Rác thải")
    assert await here.says("huong", "tiêu chí 1.2") == texts.WHICH_SET
    assert (await here.taps("huong", "Trường xanh")).startswith("Tiêu chí 1.2 Rác thải")
    assert await here.says("huong", "/tieuchi 9.9") == texts.no_such_number("9.9")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "said",
    [
        "tự rà soát theo mấy bộ tiêu chí?",
        "tu ra soat theo may bo tieu chi",
        "tiêu chí ở đâu?",
        "tieu chi o dau",
        "cá nhân được khen thưởng đề án cần tiêu chí gì",
        "bộ tiêu chí lấy trẻ làm trung tâm",
        "phiếu tự đánh giá nộp khi nào",
        "xếp loại giáo viên cuối năm",
        "tự chấm điểm nộp khi nào",
    ],
)
async def test_questions_are_answered_from_the_documents_as_without_any_set(said: str, here: CriteriaStage) -> None:
    before = await here.says("huong", said)
    await here.gives_set()
    assert await here.says("huong", said) == before


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_two_sets_of_one_name_are_told_apart_by_who_gave_them(here: CriteriaStage) -> None:
    await here.gives_set()
    await here.gives_set(unit="SO-HP")
    await here.says("huong", "tiêu chí hạnh phúc")
    await here.says("huong", "tiêu chí")
    labels = here.labels("huong")
    assert [label.partition(" ▱")[0] for label in labels] == [
        f"{NAME} (Phòng GDĐT huyện Vĩnh Bảo)",
        f"{NAME} (Sở Giáo dục và Đào tạo Hải Phòng)",
    ]
    assert (await here.taps("huong", labels[1])).startswith(f"{NAME} (Sở ")
    await here.says("hanh", "/tieuchi")
    assert "Trường tự chấm xong: 0/2" in await here.taps("hanh", NAME)


# what serves it


async def test_the_receipt_proposes_criteria_of_several_sets_and_two_are_ticked_at_once(here: CriteriaStage) -> None:
    await here.gives_set()
    await here.gives_set(SAFE, SAFE_LINES)
    receipt = await weighed(here)
    assert texts.may_serve(several=True) in receipt
    assert [label.partition(" (")[0] for label in here.labels("huong")] == [
        "Tiêu chí 1 Theo dõi cân đo, biểu đồ tăng trưởng",
        "Tiêu chí 2.1 Cân đo, theo dõi biểu đồ tăng trưởng của trẻ",
        texts.FITS_NONE,
    ]
    assert "0/4" in await here.says("mai", "/tieuchi hạnh phúc")
    said = await here.says("huong", "1, 2")
    code = await code_of(here)
    assert said.startswith(f"Đã gắn {code} vào tiêu chí:\n✓ ")
    assert "✓ 1 Theo dõi cân đo" in said
    assert "✓ 2.1 Cân đo" in said
    assert here.labels("huong") == []  # nothing is left to propose
    assert "1/4" in await here.says("huong", "/tieuchi hạnh phúc")
    assert "1/2" in await here.says("huong", "/tieuchi an toàn")


async def test_after_one_is_tapped_the_other_is_offered_again(here: CriteriaStage) -> None:
    await here.gives_set()
    await here.gives_set(SAFE, SAFE_LINES)
    await weighed(here)
    await here.taps("huong", SAFE_GROWTH)
    assert [label[:13] for label in here.labels("huong")] == ["Tiêu chí 2.1 ", texts.FITS_NONE[:13]]
    await here.taps("huong", GROWTH)
    assert "1/4" in await here.says("huong", "/tieuchi hạnh phúc")


async def test_what_was_declined_is_never_proposed_again(here: CriteriaStage) -> None:
    await here.gives_set()
    await weighed(here)
    assert await here.taps("huong", texts.FITS_NONE) == texts.DECLINED
    code = await code_of(here)
    assert await here.says("huong", f"/tieuchi {code}") == texts.nothing_alike(code, "1.1")
    assert await here.says("huong", f"/tieuchi {code} khong") == texts.NOTHING_TO_DECLINE
    assert "0/4" in await here.says("huong", "tiêu chí")
    assert "Đã gắn" in await here.says("huong", f"gắn {code} vào tiêu chí 2.1")  # on one's own word it still may


async def test_a_teacher_is_not_asked_the_principal_is_when_she_hands_it_in(here: CriteriaStage) -> None:
    await here.gives_set()
    receipt = await here.hands_in("lan", "a", text=CAPTION)
    assert "tiêu chí" not in receipt
    code = await code_of(here)
    assert await here.says("lan", f"/tieuchi {code}") == texts.ONLY_HEADS
    assert await here.says("lan", f"gắn {code} vào tiêu chí 2.1") == texts.ONLY_HEADS
    assert await here.says("huong", f"/tieuchi {code}") == texts.NOT_HANDED_IN
    confirmed = await here.says("huong", f"/dongynop {code}")
    assert confirmed.endswith(texts.may_serve(several=False))
    assert "Đã gắn" in await here.taps("huong", GROWTH)


async def test_nothing_is_asked_where_there_is_no_set_or_nothing_is_alike(here: CriteriaStage) -> None:
    assert "tiêu chí" not in await weighed(here)
    await here.gives_set("Khác hẳn", "1 Vườn rau của bé\n2 Tủ sách phụ huynh")
    assert "tiêu chí" not in await here.hands_in("huong", "a", text="cân đo lần 3")


async def test_others_do_not_reach_what_serves_it(here: CriteriaStage) -> None:
    await here.gives_set()
    await weighed(here)
    code = await code_of(here)
    for who in ("mai", "hanh", "ngoc"):
        assert await here.says(who, f"gắn {code} vào tiêu chí 2.1") == evidence_texts.NOT_FOUND
    assert (await here.says("nobody", f"/tieuchi {code}")).startswith(UNKNOWN_SENDER)
    assert await here.all(CriterionEvidenceRow) == []


async def test_it_is_detached_from_one_criterion_and_stays_with_the_task_and_the_other(here: CriteriaStage) -> None:
    await here.gives_set()
    await weighed(here)
    await here.taps("huong", GROWTH)
    code = await code_of(here)
    await here.says("huong", f"gắn {code} vào tiêu chí 1.1 hạnh phúc")
    await here.says("huong", "tiêu chí 2.1")
    assert (await here.taps("huong", f"Bỏ {code}")).startswith(f"Đã bỏ {code} khỏi tiêu chí 2.1")
    assert "1/4" in await here.says("huong", "tiêu chí")
    assert (await here.says("huong", f"bỏ {code} khỏi tiêu chí 1.1")).startswith(f"Đã bỏ {code} khỏi tiêu chí 1.1")
    assert await here.says("huong", f"bỏ {code} khỏi tiêu chí 1.1") == texts.NOT_ATTACHED
    assert "0/4" in await here.says("huong", "tiêu chí")
    assert (await here.states())[0][1] == "submitted"


@pytest.mark.parametrize("way", ["withdrawn", "returned", "deleted", "expired"])
async def test_what_is_taken_back_returned_or_deleted_serves_nothing_at_once(way: str, here: CriteriaStage) -> None:
    await here.gives_set()
    await weighed(here)
    await here.taps("huong", GROWTH)
    code = await code_of(here)
    assert "1/4" in await here.says("huong", "tiêu chí")
    if way == "withdrawn":
        await here.says("huong", f"rút lại {code}")
    elif way == "returned":
        await here.says("hanh", f"/tralai {code} ảnh mờ")
    elif way == "deleted":
        await here.says("hanh", f"/nhan {code}")
        await here.says("huong", f"/xoaminhchung {code} het dong y")
    else:
        await here.says("hanh", f"/nhan {code}")
        await here.after(1827 - 29)
        await here.after(31)
    assert "0/4" in await here.says("huong", "tiêu chí")
    assert "Chưa có minh chứng nào." in await here.says("huong", "tiêu chí 2.1")
    assert await here.says("huong", f"gắn {code} vào tiêu chí 1.1") in (texts.NOT_HANDED_IN, evidence_texts.EXPIRED)


# own points


async def test_points_are_given_summed_and_corrected_all_or_none(here: CriteriaStage) -> None:
    await here.gives_set()
    assert await here.says("lan", "tự chấm 1.2: 8") == texts.ONLY_HEADS
    said = await here.says("huong", "tu cham 1.2: 8")
    assert said.startswith("✓ 1.2 Lớp học sạch, sáng: 8/10\n")
    assert "Tự chấm: 8/50 điểm (16%), còn 3 tiêu chí chưa chấm\nChưa chấm: 1.1, 2.1, 2.2" in said
    assert await here.says("huong", "tự chấm 1.1: 9, 1.2: 11") == (
        "Tiêu chí 1.2 tối đa 10 điểm. Tôi chưa ghi điểm nào, thầy/cô gõ lại giúp tôi."
    )
    assert "còn 3 tiêu chí" in await here.says("huong", "tự chấm")  # 1.1 was not written either
    assert await here.says("huong", "tự chấm 1.1 đạt") == (
        "Tiêu chí 1.1 chấm bằng điểm (tối đa 10). Tôi chưa ghi điểm nào."
    )
    said = await here.says("huong", "tự chấm 1.1: 9,5; 1.2: 10 điểm\n2.1: 18/20, 2.2 = 7")
    assert "✓ 1.2 Lớp học sạch, sáng: 10/10 (trước: 8/10)" in said
    assert "Tự chấm: 44,5/50 điểm (89%). Đã chấm đủ" in said
    assert "Chưa có minh chứng: 1.1, 1.2, 2.1, 2.2" in said
    assert await here.says("huong", "tự chấm 1.1: bảy") == texts.SCORE_UNCLEAR.format("1.1: bảy")
    assert await here.says("huong", "tự chấm 7.7: 1") == texts.no_such_number("7.7")


async def test_where_a_set_has_no_points_it_is_met_or_not(here: CriteriaStage) -> None:
    await here.gives_set(SAFE, SAFE_LINES)
    assert await here.says("huong", "tự chấm 1: 5") == (
        "Tiêu chí 1 không có điểm, thầy/cô chấm đạt hoặc không đạt. Tôi chưa ghi gì."
    )
    said = await here.says("huong", "tự chấm 1 đạt, 2 chưa đạt")
    assert "✓ 1 Theo dõi cân đo, biểu đồ tăng trưởng: đạt" in said
    assert "Tự chấm: 1/2 tiêu chí đạt (50%). Đã chấm đủ" in said
    assert "(trước: không đạt)" in await here.says("huong", "tự chấm 2 đạt")


async def test_of_two_sets_with_the_same_number_one_is_named_or_picked(here: CriteriaStage) -> None:
    await here.gives_set()
    await here.gives_set("Trường xanh", "1.1 Cây xanh (10 điểm)\n1.2 Rác thải (10 điểm)")
    assert await here.says("huong", "tự chấm 1.2: 8") == texts.WHICH_SET
    assert "✓ 1.2 Rác thải: 8/10" in await here.taps("huong", "Trường xanh")
    assert "✓ 1.1 Cây xanh: 9/10" in await here.says("huong", "tự chấm bộ trường xanh 1.1: 9")
    assert "✓ 1.1 Sân chơi ngoài trời an toàn: 7/10" in await here.says("huong", "tự chấm 1.1: 7 bộ hạnh phúc")
    assert "✓ 2.2 Bữa ăn đủ chất: 7/10" in await here.says("huong", "tự chấm 2.2: 7")  # only one has it


async def test_the_office_sees_its_schools_in_order_and_who_has_not_finished(here: CriteriaStage) -> None:
    await here.gives_set()
    await here.says("mai", "tự chấm 1.1: 9, 1.2: 9, 2.1: 20, 2.2: 10")
    await here.says("huong", "tự chấm 1.1: 9")
    said = await here.says("hanh", "xếp loại hạnh phúc")
    assert said == (
        f"Xếp loại theo “{NAME}”: 1/2 trường tự chấm xong\n"
        "1. Lớp MN độc lập tư thục Ánh Dương: 48/50 (96%), minh chứng 0/4\n\n"
        "Chưa xong:\n• MN Hoa Phượng: còn 3/4 tiêu chí"
    )
    await here.says("huong", "tự chấm 1.2: 9, 2.1: 20, 2.2: 10")
    said = await here.says("hanh", "/xeploai")
    assert "1. Lớp MN độc lập tư thục Ánh Dương: 48/50 (96%)" in said
    assert "1. MN Hoa Phượng: 48/50 (96%)" in said  # as many: the same rank
    assert "Chưa xong" not in said
    for who in ("huong", "lan"):
        assert await here.says(who, "xếp loại hạnh phúc") == texts.ONLY_OFFICES
    assert await here.says("ngoc", "/xeploai") == texts.NONE_YET


async def test_the_form_is_sent_as_a_file_once(here: CriteriaStage) -> None:
    await here.gives_set()
    await weighed(here)
    await here.taps("huong", GROWTH)
    await here.says("huong", "tự chấm 2.1: 18")
    assert await here.says("huong", "phiếu tự đánh giá") == texts.FORM_COMING
    before = len(here.read_by("huong"))
    assert await here.forms().work() == 1
    assert await here.forms().work() == 0
    await here.school.works()
    [told] = here.read_by("huong")[before:]
    assert told.startswith(f"Phiếu tự đánh giá theo bộ tiêu chí “{NAME}”.")
    [[file]] = [row.files for row in await here.all(OutboxRow) if row.files]
    assert file["name"] == f"Phiếu tự đánh giá {NAME} - MN Hoa Phượng.xlsx"
    sheet = load_workbook(BytesIO(here.store.path(file["sha256"]).read_bytes()))[form_texts.SHEET]
    lines = [[*row] for row in sheet.iter_rows(values_only=True)]
    assert [*form_texts.COLUMNS] in lines
    assert ["1.1", "Sân chơi ngoài trời an toàn", 10, None, None] in [[x or None for x in line] for line in lines]
    [weighing] = [line for line in lines if line[0] == "2.1"]
    assert weighing[2:4] == [20, 18]
    assert str(weighing[4]).startswith(f"{await code_of(here)}: Tổ chức cân - đo")
    assert [None, form_texts.TOTAL, 50, 18, "Tự chấm: 18/50 điểm (36%), còn 3 tiêu chí chưa chấm"] in lines
    assert await here.says("lan", "phiếu tự đánh giá") == texts.ONLY_HEADS


async def test_the_form_is_sent_again_when_it_is_asked_for_again(here: CriteriaStage) -> None:
    await here.gives_set()
    for day in (1, 2):
        await here.says("huong", "phiếu tự đánh giá")
        assert await here.forms().work() == 1
        await here.school.works()
        assert len([row for row in await here.all(OutboxRow) if row.files]) == day
        here.clock.move(timedelta(days=1))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_where_the_channel_carries_no_file_the_form_lies_behind_a_link(here: CriteriaStage) -> None:
    await here.gives_set()
    here.school.platform.limits = replace(here.limits, files_out=Carries.NO)
    said = await here.says("huong", "phiếu tự đánh giá")
    assert f"Hồ sơ minh chứng của MN Hoa Phượng, huyện Vĩnh Bảo, Hải Phòng, theo bộ tiêu chí {NAME}:" in said
    assert "0/4 tiêu chí có minh chứng (0%)." in said
    assert await here.forms().work() == 0


async def test_in_a_group_it_is_told_in_private_and_to_members_alone(here: CriteriaStage) -> None:
    await here.gives_set()
    async with here.begin() as session:
        await groups.bind(session, Address(here.name, "-9"), UNIT)
    await here.school.says_in("-9", "nobody", "/tieuchi", "g1")
    assert here.read_by("-9") == [texts.ONLY_MEMBERS]
    await here.school.says_in("-9", "mai", "/tieuchi", "g2")
    assert here.read_by("mai")[-1].startswith(NAME)


async def test_a_deputy_speaks_for_the_school(here: CriteriaStage) -> None:
    await here.gives_set()
    await here.says("huong", "uỷ quyền cho cô Lan đến 10/12")
    assert "8/10" in await here.says("lan", "tự chấm 1.2: 8")
    assert here.labels("lan") == [texts.FORM]  # to open the dossier to others stays the principal's


async def test_on_zalo_all_of_it_goes_by_typed_words_and_numbers(
    begin: Begin, clock: StillClock, tmp_path: Path
) -> None:
    here = await CriteriaStage(begin, clock, tmp_path / "files", "zalo_bot", replace(ZALO_BOT, users=0)).opens()
    await here.says("hanh", f"thêm bộ tiêu chí {NAME}")
    await here.says("hanh", LINES)
    clock.move(timedelta(seconds=1))  # the newest list counts
    assert "1. Lưu bộ này\n2. Gõ lại từ đầu\n3. Bỏ" in await here.says("hanh", "xong")
    assert (await here.says("hanh", "1")).startswith(f"Đã lưu bộ tiêu chí “{NAME}”")
    await here.gives_set(SAFE, SAFE_LINES)
    receipt = await weighed(here)
    assert "1. Tiêu chí 1 Theo dõi" in receipt
    assert "2. Tiêu chí 2.1 Cân đo" in receipt
    assert f"3. {texts.FITS_NONE}" in receipt
    assert (await here.says("huong", "1 2")).startswith("Đã gắn ")
    clock.move(timedelta(seconds=1))
    listed = await here.says("huong", "tieu chi")
    assert f"1. {SAFE} ▰▰▰▰▰▱▱▱▱▱ 1/2\n2. {NAME} ▰▰▱▱▱▱▱▱▱▱ 1/4" in listed
    assert "✓ 2.1 Cân đo" in await here.says("huong", "số 2")
    assert "Tự chấm: 8/50 điểm" in await here.says("huong", "tu cham 1.2: 8")
    form = await here.says("huong", "phieu tu danh gia hanh phuc")
    assert "https://nhacviec.example.vn/dossier/" in form
    assert all(len(text) <= 2000 for text in (receipt, listed, form))


async def test_who_is_forgotten_leaves_no_half_typed_list(here: CriteriaStage) -> None:
    await here.says("hanh", f"thêm bộ tiêu chí {NAME}")
    await here.says("hanh", "1.1 Sân chơi (10 điểm)")
    async with here.begin() as session:
        [person] = [one.person_id for one in await session.scalars(select(CriteriaDraftRow))]
        await erase(session, person, here.clock())
        assert (await session.scalars(select(CriteriaDraftRow))).all() == []
