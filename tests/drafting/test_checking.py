"""Checking a draft: which words are understood, the pages, the log; other words go where they always went."""

import pytest

from core.texts import drafts as texts
from core.texts.chat import CANCELLED
from tests.drafting.stage import Desks


async def test_items_are_shown_a_page_at_a_time_and_corrected_by_number(here: Desks) -> None:
    code = await here.sent_and_read()
    page = await here.says("hanh", "xem lai")
    assert f"(mã {code}), trang 1/1" in page
    assert "1. Các trường nộp danh sách trẻ học hè tình nguyện về Phòng GDĐT\n– trước ngày 15/12/2023" in page
    assert "(trường → Phòng) [nghi ngờ]" in page
    assert len(page) <= 2000
    said = await here.says("hanh", "sửa mục 1: hạn chậm nhất 17h00 ngày 18/12/2023")
    assert said.startswith("Đã sửa mục 1: ")
    assert "chậm nhất 18/12/2023 (thứ Hai), 17:00" in said
    assert "[đã sửa]" in await here.says("hanh", "xem mục 1")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("sua muc 1: khong co han", "văn bản không nêu ngày (trường → Phòng)"),
        ("sửa mục 1: gửi Sở", "(trường → Sở)"),
        ("sửa mục 1: việc: Nộp danh sách trẻ 5 tuổi", "Nộp danh sách trẻ 5 tuổi – trước ngày 15/12/2023"),
        ("sửa mục 1 18/12", "trước ngày 18/12/2023"),
        ("sửa mục 1 thành từ 18/12 đến 20/12", "từ 18/12/2023 đến 20/12/2023"),
        ("Sửa mục 1: hạn 18/12, gửi Sở", "chậm nhất 18/12/2023 (thứ Hai) (trường → Sở)"),
    ],
)
async def test_a_correction_is_shown_as_it_was_understood(here: Desks, words: str, shown: str) -> None:
    await here.sent_and_read()
    assert shown in await here.says("hanh", words)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("sửa mục 1: cho đẹp hơn", texts.NOT_UNDERSTOOD),
        ("sửa mục 1: hạn 18/12, gửi ông Ba", texts.NOT_UNDERSTOOD),
        ("sửa mục 1: hạn 31/11", texts.wrong_day("Ngày 31/11 không có trong lịch; cần hỏi lại ngày đúng.")),
        ("sửa mục 1: thứ Ba 18/12", texts.wrong_day("Ngày 18/12/2023 là thứ Hai, văn bản lại ghi thứ Ba.")),
        ("sửa mục 77: hạn 18/12", texts.no_item(77, 5)),
        ("bỏ mục 0", texts.no_item(0, 5)),
        ("lấy lại mục 2", texts.already(2, gone=False)),
        ("/suavb", texts.no_item(0, 5)),
        ("/bovb x y z", texts.NOT_FOUND),
        ("/giuvb", "Chỗ nghi ngờ 1/4"),
        ("xem lại ABCDE9", texts.NOT_FOUND),
    ],
)
async def test_what_is_not_understood_changes_nothing(here: Desks, words: str, said: str) -> None:
    await here.sent_and_read()
    [before] = await here.drafted()
    assert said in await here.says("hanh", words)
    [after] = await here.drafted()
    assert (after.plan, after.settled, after.dropped, after.revision) == (before.plan, {}, [], 1)
    assert [what for what, *_ in await here.edits()] == ["sent", "read"]


async def test_a_dropped_item_comes_back_and_the_log_keeps_all(here: Desks) -> None:
    code = await here.sent_and_read()
    assert await here.says("hanh", "bo muc 1") == texts.dropped(1)
    assert "[đã bỏ]" in await here.says("hanh", "xem lại")
    assert await here.says("hanh", "bỏ mục 1") == texts.already(1, gone=True)
    assert await here.says("hanh", "lấy lại mục 1") == texts.restored(1)
    await here.says("hanh", "sửa mục 1: hạn 18/12")
    log = await here.says("hanh", f"nhật ký văn bản {code}")
    lines = log.splitlines()
    assert lines[0] == f"Nhật ký văn bản {code}:"
    assert lines[1].endswith("Vũ Thị Hạnh gửi tệp: kế hoạch tháng 12.txt")
    assert lines[2].endswith("Nhắc Việc đọc xong")
    assert "Vũ Thị Hạnh bỏ mục 1: Các trường nộp danh sách" in lines[3]
    assert "Vũ Thị Hạnh lấy lại mục 1: " in lines[4]
    assert "Vũ Thị Hạnh sửa mục 1: " in lines[5]
    assert "trước ngày 15/12/2023 (thứ Sáu) (trường → Phòng) → Các trường" in lines[5]
    assert lines[5].endswith("chậm nhất 18/12/2023 (thứ Hai) (trường → Phòng)")


async def test_a_question_in_the_middle_of_checking_is_answered(here: Desks) -> None:
    await here.sent_and_read()
    asked = await here.says("hanh", "soát")
    assert "Mục 3" in asked
    assert "Chỗ nghi ngờ" not in await here.says("hanh", "tháng này nộp gì")
    assert "Mục 3" in await here.says("hanh", "soát tiếp")
    assert await here.says("hanh", "huỷ") == CANCELLED
    assert await here.edits() == [("sent", None, "", "kế hoạch tháng 12.txt"), ("read", None, "", "")]


async def test_keeping_by_its_number_and_leaving_the_rest(here: Desks) -> None:
    """As on Zalo, where there are no buttons."""
    await here.sent_and_read()
    await here.says("hanh", "soát")
    assert "Mục 5" in await here.says("hanh", "1")  # keeps
    assert (await here.says("hanh", "huỷ văn bản")) == texts.CANCELLED
    assert (await here.says("hanh", "/soatvb")) == texts.NOTHING_OPEN


@pytest.mark.parametrize("words", ["xem lại", "bỏ mục 7", "công bố", "huỷ văn bản", "sửa mục 1: hạn 18/12", "18/12"])
async def test_the_words_are_nobodys_without_an_open_draft(here: Desks, words: str) -> None:
    before = await here.says("hanh", words)
    await here.sent_and_read("tuan", data=b"So GDDT. Nop bao cao.")
    assert await here.says("hanh", words) == before
    assert await here.says("lan", words) != texts.ONLY_OFFICES


async def test_what_is_written_for_a_notice_is_not_taken_for_a_correction(here: Desks) -> None:
    await here.sent_and_read()
    await here.says("hanh", "soát")
    await here.says("hanh", "thông báo")
    assert "Gửi cho ai" in await here.says("hanh", "công bố") or await here.edits()
    assert [what for what, *_ in await here.edits()] == ["sent", "read"]
    assert (await here.drafted())[0].stage == "read"
