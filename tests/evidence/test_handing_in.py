"""Photos become a submission for a task: by a reply, a caption, a pick, /nop; the principal's word; taking back."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.capabilities import ZALO_BOT
from core.texts import chat, joining
from core.texts import evidence as texts
from handlers.awaited import FOR
from handlers.context import House
from records.session import Begin
from tests.evidence.stage import District
from tests.fakes.clock import StillClock

WEIGHING = "Tổ chức cân - đo, theo dõi biểu đồ tăng trưởng của trẻ lần 2"
FIGURES = "Tổng hợp báo cáo kết quả và thống kê số liệu"
OFFICE = "Phòng GDĐT huyện Vĩnh Bảo"


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    return await District(begin, clock, tmp_path / "files").opens()


async def test_a_principals_photos_with_a_caption_are_handed_in_for_the_task_it_names(here: District) -> None:
    receipt = await here.hands_in("huong", "a", "b", "c", text="cân đo lần 2 xong rồi")
    [row] = await here.rows()
    assert receipt == (
        f"Đã nhận 3 ảnh (15 byte) lúc 08:00 ngày 04/12/2023. Mã: {row.code}.\n"
        f"Việc: {WEIGHING} (trước 05/12/2023)\nĐã ghi là nộp. {OFFICE} sẽ xem."
    )
    assert (row.state, row.title, await here.files_of(row.id)) == ("submitted", WEIGHING, ["a", "b", "c"])


async def test_without_a_word_it_is_asked_once_and_picked(here: District) -> None:
    receipt = await here.hands_in("huong", "a")
    assert receipt.endswith(texts.WHICH_TASK)
    labels = [choice.label for choice in here.last("huong").choices]
    assert [label[:10] for label in labels[:2]] == [WEIGHING[:10], FIGURES[:10]]
    assert labels[-2:] == [texts.OTHER_TASK, texts.NO_EVIDENCE]
    said = await here.taps("huong", FIGURES)
    [row] = await here.rows()
    assert said.startswith(f"Mã {row.code}.\nViệc: {FIGURES}")
    assert said.endswith(f"Đã ghi là nộp. {OFFICE} sẽ xem.")
    assert row.state == "submitted"
    again = await here.hands_in("huong", "b")  # what is in is not offered again
    assert FIGURES not in " ".join(choice.label for choice in here.last("huong").choices), again


async def test_another_task_is_named_in_words(here: District) -> None:
    await here.hands_in("huong", "a")
    [row] = await here.rows()
    while here.last("huong").choices:  # page after page, until none is left
        await here.taps("huong", texts.OTHER_TASK)
    assert f"minh chứng {row.code} cân đo" in here.last("huong").text
    await here.says("huong", f"minh chứng {row.code.lower()} số liệu học kỳ 1")
    await here.taps("huong", FIGURES)
    assert [state for _, state in await here.states()] == ["submitted"]


async def test_what_is_no_evidence_is_kept_and_counts_for_nothing(here: District) -> None:
    await here.hands_in("huong", "a")
    assert await here.taps("huong", texts.NO_EVIDENCE) == texts.KEPT
    assert await here.states() == [("", "kept")]


async def test_a_reply_to_an_answer_names_the_task(here: District) -> None:
    await here.says("huong", "hạn gửi số liệu học kỳ 1 là ngày nào")
    receipt = await here.hands_in("huong", "a", reply_to=here.id_of_last("huong"))
    assert f"Việc: {FIGURES}" in receipt
    assert [state for _, state in await here.states()] == ["submitted"]


async def test_a_reply_to_an_answer_with_several_tasks_offers_those(here: District) -> None:
    await here.says("huong", "tháng này nộp gì")
    receipt = await here.hands_in("huong", "a", reply_to=here.id_of_last("huong"))
    assert receipt.endswith(texts.WHICH_TASK)
    labels = [choice.label[:10] for choice in here.last("huong").choices]
    assert sorted(labels[:-2]) == sorted([WEIGHING[:10], FIGURES[:10]])


async def test_a_task_picked_from_nop_is_meant_by_what_follows_for_half_an_hour(here: District) -> None:
    said = await here.says("huong", "/nop")
    assert said.startswith(texts.PICK)
    assert "/upload/" in said
    assert (await here.taps("huong", FIGURES)).startswith(texts.send_for("", None)[:30])
    here.clock.move(FOR - timedelta(minutes=1))
    assert f"Việc: {FIGURES}" in await here.hands_in("huong", "a")
    here.clock.move(timedelta(minutes=2))
    assert "Việc: " not in await here.hands_in("huong", "b")


async def test_a_sticker_in_between_is_thanked_for_and_no_evidence(here: District) -> None:
    await here.says("huong", "/nop")
    await here.taps("huong", FIGURES)
    assert await here.says("huong", "", kind="sticker") == chat.STICKER
    assert await here.rows() == []
    assert f"Việc: {FIGURES}" in await here.hands_in("huong", "a")


async def test_nop_with_the_tasks_name_goes_straight_to_it(here: District) -> None:
    assert WEIGHING in await here.says("huong", "/nop cân đo lần 2")
    assert f"Việc: {WEIGHING}" in await here.hands_in("huong", "a")


class TestTheTeachersPhotos:
    async def test_they_wait_for_the_principal_who_is_asked_once(self, here: District) -> None:
        receipt = await here.hands_in("lan", "a", text="can do lan 2")
        assert "Chờ hiệu trưởng xác nhận" in receipt
        [row] = await here.rows()
        assert row.state == "held"
        [asked] = here.read_by("huong")
        assert asked.startswith(f"Nguyễn Thị Lan gửi 1 ảnh cho việc: {WEIGHING} (trước 05/12/2023). Mã: {row.code}.")
        said = await here.taps("huong", texts.CONFIRM)
        assert said.endswith(f"{OFFICE} sẽ xem.")
        assert here.read_by("lan")[-1] == said
        assert await here.states() == [(WEIGHING, "submitted")]
        assert await here.says("huong", f"/dongynop {row.code}") == texts.ALREADY

    async def test_the_principal_may_say_no(self, here: District) -> None:
        await here.hands_in("lan", "a", text="can do lan 2")
        [row] = await here.rows()
        assert await here.taps("huong", texts.NOT_YET) == texts.NOT_YET_DONE
        assert f"Hiệu trưởng chưa nộp {row.code}" in here.read_by("lan")[-1]
        assert await here.states() == [(WEIGHING, "withdrawn")]

    async def test_a_teacher_gives_no_word_for_the_school(self, here: District) -> None:
        await here.hands_in("lan", "a", text="can do lan 2")
        [row] = await here.rows()
        assert await here.says("lan", f"/dongynop {row.code}") == texts.ONLY_PRINCIPALS
        assert await here.says("mai", f"/dongynop {row.code}") == texts.NOT_FOUND  # of another school
        assert await here.states() == [(WEIGHING, "held")]

    async def test_where_the_setting_says_so_they_are_in_at_once(
        self, begin: Begin, clock: StillClock, tmp_path: Path
    ) -> None:
        house = House("https://nhacviec.example.vn", confirm_evidence=False)
        here = await District(begin, clock, tmp_path / "files", house=house).opens()
        await here.hands_in("lan", "a", text="can do lan 2")
        assert await here.states() == [(WEIGHING, "submitted")]
        assert here.read_by("huong") == []


async def test_the_giver_takes_it_back(here: District) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    [row] = await here.rows()
    assert await here.says("mai", f"rút lại {row.code}") == texts.NOT_FOUND
    assert await here.says("huong", f"Rút lại {row.code}") == texts.taken_back(row.code)
    assert await here.states() == [(WEIGHING, "withdrawn")]
    assert await here.says("huong", f"rút {row.code}") == texts.ALREADY


async def test_after_the_due_day_it_is_late_and_says_so(here: District) -> None:
    here.clock.move(timedelta(days=3))
    assert "Đã ghi là nộp, trễ 2 ngày." in await here.hands_in("huong", "a", text="cân đo lần 2")


async def test_a_stranger_hands_nothing_in(here: District) -> None:
    await here.sends("stranger", "a", text="cân đo lần 2")
    await here.passes()
    assert (await here.rows(), here.read_by("stranger")) == ([], [joining.unknown_sender(phone=True)])


async def test_on_zalo_photos_one_by_one_are_one_submission_and_a_number_picks(
    begin: Begin, clock: StillClock, tmp_path: Path
) -> None:
    here = await District(begin, clock, tmp_path / "files", "zalo_bot", replace(ZALO_BOT, users=0)).opens()
    for file in "abc":
        await here.sends("huong", file)
        here.clock.move(timedelta(seconds=11))
    await here.passes()
    [receipt] = here.read_by("huong")
    assert receipt.startswith("Đã nhận 3 ảnh")
    number = next(line[0] for line in receipt.split("\n") if FIGURES in line)
    assert f"Việc: {FIGURES}" in await here.says("huong", f"số {number}")
    assert [state for _, state in await here.states()] == ["submitted"]


@pytest.mark.parametrize("text", ["/minhchung", "/minhchung X", "/rutlai ABC", "/dongynop", "/xemnop", "/nop 99.1"])
async def test_a_wrong_code_is_said_so(here: District, text: str) -> None:
    said = await here.says("huong", text)
    assert said in (texts.NOT_FOUND, texts.WHICH, texts.TASK_GONE)
    assert said != chat.TROUBLE


async def test_a_web_address_is_handed_in_as_it_is(here: District) -> None:
    await here.says("huong", "/nop số liệu học kỳ 1")
    before = len(here.read_by("huong"))
    await here.says("huong", "https://drive.google.com/file/d/1AbC?usp=sharing")
    await here.passes()
    [receipt] = here.read_by("huong")[before:]
    assert receipt.startswith("Đã nhận liên kết drive.google.com lúc ")
    assert f"Việc: {FIGURES}" in receipt
    assert [path.read_text() for path in (here.folder).rglob("*") if path.is_file()] == [
        "https://drive.google.com/file/d/1AbC?usp=sharing"
    ]


async def test_who_asks_is_told_what_is_kept_and_who_looked(here: District) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    [row] = await here.rows()
    await here.says("hanh", f"/xemnop {row.code}")
    said = await here.says("huong", "dữ liệu của tôi")
    assert "• Tên: Phạm Thị Hương" in said
    assert f"– {row.code}, 08:00 ngày 04/12/2023, {WEIGHING}, 1 lượt xem" in said
    assert row.code not in await here.says("mai", "xem dữ liệu của tôi")


async def test_a_colleague_does_not_say_what_somebody_elses_files_are_for(here: District) -> None:
    await here.hands_in("huong", "a")
    [row] = await here.rows()
    for words in (f"minh chứng {row.code} cân đo lần 2", f"/minhchung {row.code} khong", f"/vannop {row.code}"):
        assert await here.says("lan", words) == texts.NOT_FOUND
    assert [state for _, state in await here.states()] == ["unplaced"]
