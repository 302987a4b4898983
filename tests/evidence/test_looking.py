"""What is handed in is looked at: others see a picture without place and device, and hear what came before."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from records import facts
from records.files import FileStore
from records.session import Begin
from scheduler.fetch import not_at_all
from scheduler.looking import Looker
from tests.evidence.stage import District
from tests.fakes.bucket import Cloud
from tests.fakes.clock import StillClock
from tests.media.made import TELLING, photo, saved, telling_jpeg

WEIGHING = "Tổ chức cân - đo, theo dõi biểu đồ tăng trưởng của trẻ lần 2"


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    district = District(begin, clock, tmp_path / "files")
    district.contents |= {
        "telling": telling_jpeg(),
        "smaller": saved(photo(1).resize((320, 240)), "JPEG", quality=60),
        "other": saved(photo(2), "JPEG"),
        "broken": b"\xff\xd8\xff\xe1" + b"GPSLatitude" * 9,
    }
    district.look = Looker(begin, FileStore(district.folder), clock).look
    return await district.opens()


async def shown_to_the_office(here: District) -> list[bytes]:
    code = (await here.rows())[-1].code
    await here.says("hanh", f"/xemnop {code}")
    async with here.begin() as session:
        found = await facts.shown(session, [(await here.rows())[-1].id])
    return [FileStore(here.folder).path(file.sha256).read_bytes() for _, _, file in found]


async def test_the_office_sees_a_picture_that_tells_no_place_and_no_device(here: District) -> None:
    await here.hands_in("huong", "telling", text="cân đo lần 2")
    [seen] = await shown_to_the_office(here)
    assert seen.startswith(b"\xff\xd8\xff")
    assert [word for word in TELLING if word in seen] == []
    kept = [path.read_bytes() for path in here.folder.rglob("*") if path.is_file()]
    assert here.contents["telling"] in kept  # the original is sealed, not lost


async def test_a_picture_that_cannot_be_cleaned_is_shown_to_nobody(here: District) -> None:
    receipt = await here.hands_in("huong", "broken", text="cân đo lần 2")
    assert receipt.startswith("Đã nhận ảnh.jpg")
    assert await shown_to_the_office(here) == []


async def test_what_was_handed_in_before_is_told_to_giver_and_office(here: District) -> None:
    await here.hands_in("huong", "telling", text="cân đo lần 2")
    first = (await here.rows())[0].code
    here.clock.move(timedelta(days=1))
    said = await here.hands_in("huong", "telling", text="số liệu học kỳ 1")
    assert f"⚠️ 1 tệp đã nộp ngày 04/12/2023 (mã {first}, việc: {WEIGHING})." in said
    said = await here.hands_in("mai", "smaller", text="cân đo lần 2")
    assert "⚠️ 1 tệp rất giống tệp mà đơn vị khác đã nộp." in said
    assert "Hoa Phượng" not in said
    seen = await here.says("hanh", f"/xemnop {(await here.rows())[-1].code}")
    assert f"⚠️ 1 tệp rất giống tệp trong lần nộp {first} của MN Hoa Phượng" in seen
    assert "⚠️" not in await here.hands_in("huong", "other", text="bổ sung cân đo lần 2")


async def test_a_picture_that_was_not_looked_at_is_shown_to_nobody(here: District) -> None:
    here.look = not_at_all  # the disk was full, say
    here.starts_anew()
    await here.hands_in("huong", "telling", text="cân đo lần 2")
    assert await shown_to_the_office(here) == []


async def test_what_could_not_be_looked_at_when_it_came_is_looked_at_later(
    here: District, begin: Begin, clock: StillClock, cloud: Cloud
) -> None:
    here.home, here.look = cloud.home(), not_at_all  # the bucket went away between the two
    here.starts_anew()
    await here.hands_in("huong", "telling", text="cân đo lần 2")
    shutil.rmtree(here.folder)
    looker = Looker(begin, FileStore(here.folder, here.home), clock)
    cloud.wire.cut()
    await looker.catch_up()
    assert await shown_to_the_office(here) == []
    cloud.wire.mend()
    await looker.catch_up()
    [seen] = await shown_to_the_office(here)
    assert [word for word in TELLING if word in seen] == []
    assert len(cloud.objects()) == 3  # the original, the copy that is shown, a small one
    cloud.wire.cut()
    await looker.catch_up()  # nothing is left to do


async def test_the_same_picture_sent_twice_at_once_is_looked_at_in_peace(here: District) -> None:
    await here.hands_in("huong", *["telling"] * 4, text="cân đo lần 2")
    assert len(await shown_to_the_office(here)) == 4
