"""Counters: news items by term towards the target that a document sets, posts by month; nothing counts twice."""

from datetime import date, datetime, time
from pathlib import Path

import pytest

from core.clock import VIETNAM
from core.people import Role
from core.texts import daily as texts
from records.session import Begin
from tests.evidence.stage import District
from tests.fakes.clock import StillClock

TARGET = "“Đảm bảo ít nhất có 03 tin bài/học kỳ/cơ sở GDMN được tuyên truyền"


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    """It is the morning of Monday, 4 December 2023."""
    clock.move(datetime(2023, 12, 4, 8, 0, tzinfo=VIETNAM) - clock())
    return await District(begin, clock, tmp_path / "files").opens()


async def links(here: District, who: str, text: str) -> str:
    """What is answered to a message with web addresses."""
    before = len(here.read_by(who))
    await here.says(who, text)
    await here.passes()
    return "\n".join(here.read_by(who)[before:])


async def test_a_link_counts_one_and_the_rest_is_said(here: District) -> None:
    said = await links(here, "lan", "tin bài https://mnhoaphuong.edu.vn/ngay-hoi")
    assert "Tin bài: đã có 1/3 học kỳ này, còn 2 tin bài học kỳ này." in said
    said = await links(here, "lan", "tin bai ngày 20/11: https://mnhoaphuong.edu.vn/20-11")
    assert "Tin bài: đã có 2/3 học kỳ này, còn 1 tin bài học kỳ này." in said
    said = await here.hands_in("huong", "anh", "anh2", text="tin bài ngày hội thể thao")  # photos of one
    assert "Tin bài: đã có 3/3 học kỳ này, đủ chỉ tiêu." in said


async def test_the_same_page_or_photo_counts_once(here: District) -> None:
    await links(here, "lan", "tin bài https://www.facebook.com/mnhp/posts/1?utm_source=zalo&fbclid=abc")
    said = await links(here, "huong", "tin bài http://facebook.com/mnhp/posts/1/")
    assert f"{texts.COUNTED_BEFORE}\nTin bài: đã có 1/3 học kỳ này" in said
    await here.hands_in("lan", "anh", text="tin bài")
    assert texts.COUNTED_BEFORE in await here.hands_in("lan", "anh", text="tin bài nữa ạ")
    said = await links(here, "lan", "tin bài https://a.vn/1 https://a.vn/2 https://a.vn/1")
    assert "đã có 4/3" in said


async def test_what_is_taken_back_counts_no_more_and_may_count_again(here: District) -> None:
    await links(here, "lan", "tin bài https://a.vn/1")
    await here.says("lan", f"rút lại {(await here.submission(0)).code}")
    assert "đã có 0/3" in await here.says("lan", "tin bài")
    assert "đã có 1/3" in await links(here, "lan", "tin bài https://a.vn/1")


async def test_the_target_is_quoted_and_never_made_up(here: District) -> None:
    said = await here.says("lan", "đã có mấy tin bài rồi?")
    assert said.startswith("Tin bài: đã có 0/3 học kỳ này, còn 3 tin bài học kỳ này.\n")
    assert TARGET in said
    assert "mục II.8.a" in said
    await here.hires("sim", "Đỗ Thị Sim", "DH-HOASIM", Role.TEACHER)  # another province: its papers set none
    said = await links(here, "sim", "tin bài https://b.vn/1")
    assert "Tin bài: đã có 1 học kỳ này." in said
    said = await here.says("sim", "tin bài")
    assert said.startswith("Tin bài: đã có 1 học kỳ này.\nVăn bản tôi có không nêu chỉ tiêu.")
    assert "“" not in said


async def test_a_new_term_begins_at_none(here: District) -> None:
    await links(here, "lan", "tin bài https://a.vn/1")
    here.clock.move(datetime.combine(date(2024, 2, 1), time(9), VIETNAM) - here.clock())
    assert "đã có 0/3" in await here.says("lan", "tin bài")
    said = await links(here, "lan", "tin bài 31/01 https://a.vn/2")
    assert "Tin bài: đã có 2/3 học kỳ I năm học 2023-2024, còn 1 tin bài học kỳ I năm học 2023-2024." in said
    assert "đã có 0/3" in await here.says("lan", "tin bài")


async def test_posts_are_counted_by_month_without_a_target(here: District) -> None:
    said = await links(here, "lan", "bài đăng fanpage https://facebook.com/mnhp/posts/7")
    assert "Bài đăng: đã có 1 tháng này." in said
    here.clock.move(datetime.combine(date(2024, 1, 2), time(9), VIETNAM) - here.clock())
    said = await here.says("lan", "đếm bài đăng")
    assert said.startswith("Bài đăng: đã có 0 tháng này.")
    assert "theo tháng, theo các chủ đề" in said


async def test_the_office_reads_the_count_of_each_school(here: District) -> None:
    await links(here, "lan", "tin bài https://a.vn/1")
    said = await here.says("hanh", "tin bài")
    assert said.startswith("Tin bài:\n• Lớp MN độc lập tư thục Ánh Dương: 0/3\n• MN Hoa Phượng: 1/3\n“")
    assert "a.vn" not in said
    said = await here.says("tuan", "tin bài")
    assert "\n• Phòng GDĐT huyện Vĩnh Bảo: 1, 2 trường, 0 trường đủ chỉ tiêu\n" in said
    assert "• Phòng GD&ĐT huyện An Lão: 0, 2 trường, 0 trường đủ chỉ tiêu\n" in said


async def test_a_link_without_words_is_for_a_task_as_before(here: District) -> None:
    said = await links(here, "lan", "https://a.vn/1")
    assert "Đây là minh chứng của việc nào?" in said
    assert "đã có 0/3" in await here.says("lan", "tin bài")


async def test_questions_still_reach_the_documents(here: District) -> None:
    assert "03 tin bài/học kỳ" in await here.says("lan", "mỗi học kỳ mấy tin bài?")
    assert "ba bước" in await here.says("lan", "kiểm thực mấy bước?")
    assert "theo tháng" in await here.says("lan", "kế hoạch truyền thông theo gì?")
