"""The whole path: an officer sends a plan, its doubts are settled, it is published, the schools hear of it once."""

from datetime import timedelta

from core.evidence import State
from core.texts import drafts as texts
from core.texts import evidence as evidence_texts
from core.texts.dates import DAY_BY_HAND
from tests.drafting.stage import Desks
from tests.noticing.stage import GROUP_A

QUESTION = "hạn nộp danh sách trẻ học hè tình nguyện?"
TREES = "hạn gửi báo cáo trang trí cây thông?"


async def test_a_plan_is_sent_checked_published_and_answers_the_schools(here: Desks) -> None:
    before = await here.says("lan", QUESTION)
    assert "15/12" not in before
    receipt = await here.sends_file("hanh")
    assert "Đã nhận" in receipt
    assert here.labels()[0] == texts.READ_IT
    assert evidence_texts.NO_EVIDENCE in here.labels()
    said = await here.taps("hanh", texts.READ_IT)
    assert said.startswith("Đang đọc kế hoạch tháng 12.txt")
    assert (await here.rows())[0].state == State.WITHDRAWN
    assert await here.reads() == 1
    result = here.read_by("hanh")[-1]
    assert "5 việc, 4 dòng có hạn, 1 mốc hai cấp, 4 chỗ nghi ngờ" in result
    assert here.labels() == ["Soát 4 chỗ nghi ngờ", texts.REVIEW, texts.PUBLISH, texts.DROP]

    asked = await here.taps("hanh", "Soát")
    assert "Mục 3: " in asked
    assert "là thứ Tư, văn bản lại ghi thứ Ba" in asked
    asked = await here.says("hanh", "chậm nhất 19/12")
    assert asked.startswith("Đã sửa mục 3: ")
    assert "chậm nhất 19/12/2023 (thứ Ba)" in asked
    assert "Mục 5: " in asked
    asked = await here.taps("hanh", texts.DROP_ITEM)
    assert asked.startswith("Đã bỏ mục 5.")
    assert "Mục 2: " in asked
    asked = await here.says("hanh", "trước 23/12")
    assert "Đã sửa mục 2: " in asked
    done = await here.taps("hanh", texts.KEEP)
    assert done == f"Đã giữ mục 4 như đã đọc.\n{texts.ALL_SETTLED}"

    await here.reindexes()
    assert await here.says("lan", QUESTION) == before  # a draft is seen by nobody
    assert "trang trí" not in await here.says("hanh", TREES)

    preview = await here.says("hanh", "công bố")
    assert "4 việc?" in preview
    assert "Tôi báo cho 2 đơn vị: " in preview
    assert "2 tin, mỗi nơi một tin: 1 nhóm, 1 người." in preview
    assert await here.told() == []
    said = await here.taps("hanh", texts.PUBLISH)
    assert said.startswith("Đã công bố ")
    assert "Tôi gửi 2 tin báo." in said
    assert here.read_by(GROUP_A) == []  # not before every process can answer
    await here.goes_out()
    [told] = here.read_by(GROUP_A)
    assert told.startswith("Phòng GDĐT huyện Vĩnh Bảo có văn bản mới:\nCông tác giáo dục mầm non tháng 12")
    assert "trước ngày 15/12/2023" in told
    assert "chậm nhất 19/12/2023" in told
    assert "trước ngày 23/12/2023" in told
    assert "28/12" not in told  # dropped
    assert len(told) <= 1900
    assert here.read_by("mai")[-1].startswith("Phòng GDĐT huyện Vĩnh Bảo có văn bản mới")
    assert here.read_by("nhóm B") == []

    await here.reindexes()
    assert "15/12/2023" in await here.says("lan", QUESTION)
    answer = await here.says("mai", TREES)
    assert "trước ngày 23/12/2023" in answer.lower()
    assert DAY_BY_HAND in answer  # the quoted words say 24/12


async def test_a_plan_is_published_once_however_often_that_is_pressed(here: Desks) -> None:
    code = await here.sent_and_read()
    await here.says("hanh", f"/congbo {code} van")
    mark = next(one.value for one in here.last("hanh").choices if one.label == texts.PUBLISH)
    assert (await here.says("hanh", mark, pressed=True)).startswith("Đã công bố")
    again = await here.says("hanh", mark, pressed=True)
    assert "đã công bố rồi" in again
    await here.goes_out()
    assert len(await here.told()) == 2
    assert len(here.read_by(GROUP_A)) == 1


async def test_at_night_it_is_published_at_once_and_told_in_the_morning(here: Desks) -> None:
    code = await here.sent_and_read()
    here.clock.move(timedelta(hours=14))
    await here.says("hanh", f"/congbo {code} van")
    said = await here.taps("hanh", texts.PUBLISH)
    assert "Tôi gửi 2 tin báo lúc 06:30 05/12." in said
    assert here.read_by(GROUP_A) == []
    here.clock.move(timedelta(hours=8.5))
    await here.goes_out()
    assert len(here.read_by(GROUP_A)) == 1


async def test_open_doubts_are_named_before_it_is_published_anyway(here: Desks) -> None:
    await here.sent_and_read()
    said = await here.says("hanh", "công bố")
    assert said.startswith("Còn 4 chỗ nghi ngờ chưa soát:\n• Mục 3: ")
    assert said.endswith("Vẫn công bố?")
    assert "Tôi báo cho 2 đơn vị" in await here.taps("hanh", texts.ANYWAY)


async def test_what_changed_after_the_preview_is_shown_before_it_is_published(here: Desks) -> None:
    code = await here.sent_and_read()
    await here.says("hanh", f"/congbo {code} van")
    mark = next(one.value for one in here.last("hanh").choices if one.label == texts.PUBLISH)
    await here.says("hanh", "bỏ mục 1")
    said = await here.says("hanh", mark, pressed=True)
    assert said.startswith(texts.changed())
    assert await here.told() == []


async def test_a_caption_that_says_so_has_it_read_at_once(here: Desks) -> None:
    receipt = await here.sends_file("hanh", "kế hoạch cần đọc")
    assert "Đang đọc kế hoạch tháng 12.txt" in receipt
    await here.reads()
    assert "tôi đọc được 5 việc" in here.read_by("hanh")[-1]


async def test_who_asks_how_gets_the_upload_link_and_what_comes_next_is_read(here: Desks) -> None:
    said = await here.says("hanh", "van ban moi")
    assert said.startswith(texts.HOW)
    assert "/upload/" in said
    assert "Đang đọc" in await here.sends_file("hanh")
