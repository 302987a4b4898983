"""Photos in a book are kept like all evidence: shown clean to their school, deleted in time; the day stays counted."""

from datetime import date, datetime, time
from pathlib import Path

import pytest
from sqlalchemy import select

from core.capabilities import ZALO_BOT
from core.clock import VIETNAM
from core.texts import daily as texts
from records import own_data, people
from records.activity_tables import AuthorsRow
from records.session import Begin
from records.tables import OutboxRow
from tests.evidence.privacy_stage import KEPT, PrivacyStage
from tests.evidence.stage import District
from tests.fakes.clock import StillClock
from tests.media.made import TELLING


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> PrivacyStage:
    """Two photos stand for Friday, 1 December 2023."""
    clock.move(datetime(2023, 12, 1, 8, 0, tzinfo=VIETNAM) - clock())
    district = await PrivacyStage(begin, clock, tmp_path / "files").opens()
    await district.says("huong", "bật sổ kiểm thực")
    await district.hands_in("lan", "a", "b", text="kiểm thực hôm nay")
    return district


async def sent(here: PrivacyStage, who: str) -> list[bytes]:
    """The bytes of the files of the last message to this person."""
    async with here.begin() as session:
        rows = select(OutboxRow.files).where(OutboxRow.chat == who).order_by(OutboxRow.id.desc()).limit(1)
        files = await session.scalar(rows) or ()
    return [here.store.path(file["sha256"]).read_bytes() for file in files]


@pytest.mark.parametrize("who", ["huong", "lan"])
async def test_the_school_is_shown_the_photos_of_a_day_without_place_and_device(here: PrivacyStage, who: str) -> None:
    said = await here.says(who, "xem sổ kiểm thực ngày 1/12")
    assert said == "Sổ kiểm thực, lưu mẫu, thứ Sáu 01/12/2023: 2 tệp."
    seen = await sent(here, who)
    assert len(seen) == 2
    assert [word for word in TELLING for one in seen if word in one] == []
    await here.says(who, "sổ tháng này")
    assert "2 tệp" in await here.taps(who, "Xem sổ kiểm thực 01/12")


async def test_nobody_else_is(here: PrivacyStage) -> None:
    for who, answer in (("hanh", texts.ONLY_SCHOOLS), ("tuan", texts.ONLY_SCHOOLS), ("mai", texts.NOTHING_SHOWN)):
        assert await here.says(who, "/xemso kiem-thuc 2023-12-01") == answer
        assert await sent(here, who) == []
    code = (await here.submission(0)).code
    assert "Tôi không thấy lần nộp nào có mã này" in await here.says("hanh", f"/xemnop {code}")


async def test_when_the_photos_are_over_they_go_and_the_day_stays(here: PrivacyStage) -> None:
    await here.after(KEPT - 10)  # told of
    await here.after(40)
    assert (await here.rows())[0].deleted_at is not None
    said = await here.says("huong", "sổ kiểm thực tháng 12/2023")
    assert "\n01\n" in said
    assert await here.says("huong", "xem sổ kiểm thực ngày 1/12/2023") == texts.NOTHING_SHOWN


async def test_what_one_has_put_down_is_ones_own_data_and_names_go_with_what_they_are_for(here: PrivacyStage) -> None:
    code = (await here.submission(0)).code
    await here.says("lan", f"tác giả {code}: Nguyễn Thị Lan, Trần Thị Mai")
    await here.says("huong", "đăng ký hoạt động: Ngày hội; cấp trường; tháng 12")
    await here.taps("huong", "Đúng")
    for who, noted in (
        ("lan", [("named authors", "Nguyễn Thị Lan, Trần Thị Mai")]),
        ("huong", [("opened", "kiem-thuc"), ("registered", "Ngày hội")]),
    ):
        async with here.begin() as session:
            person = await people.find_person(session, here.name, who)
            assert person is not None
            found = await own_data.gather(session, person.id, here.clock())
        assert [(one.what, one.text) for one in found.noted] == noted
    await here.after(KEPT - 10)  # told of
    await here.after(40)
    assert await here.all(AuthorsRow) == []


async def test_typed_words_and_numbers_are_enough(begin: Begin, clock: StillClock, tmp_path: Path) -> None:
    """A service with neither buttons nor captions: the photo first, then a number."""
    clock.move(datetime(2023, 12, 1, 8, 0, tzinfo=VIETNAM) - clock())
    here = await District(begin, clock, tmp_path / "files", "zalo-bot", ZALO_BOT).opens()
    await here.says("huong", "bat so")
    assert "1. Sổ kiểm thực, lưu mẫu\n2. Sổ giao nhận thực phẩm tay ba\n" in here.last("huong").text
    assert "Đã bật sổ giao nhận thực phẩm tay ba" in await here.says("huong", "2")
    said = await here.hands_in("lan", "a")
    assert "1. Sổ giao nhận thực phẩm tay ba\n" in said
    assert "thứ Sáu 01/12/2023: 1 ảnh." in await here.says("lan", "1")
    here.clock.move(datetime.combine(date(2023, 12, 4), time(9), VIETNAM) - here.clock())
    assert "Có 1/1 ngày:\n01\nHôm nay chưa có" in await here.says("lan", "so thang nay")
