"""What is handed in is looked at: others see a picture without place and device, and hear what came before."""

import json
import shutil
from dataclasses import asdict
from datetime import timedelta
from errno import ENOSPC
from pathlib import Path

import pytest

from core.media import Looked
from core.texts.files import TAKEN
from media import process
from records import facts, files
from records.files import FileStore, Kept
from records.session import Begin
from scheduler import looking
from scheduler.fetch import not_at_all
from scheduler.looking import Looker
from scheduler.looking_again import LookingAgain
from scheduler.receipts import Receipts
from tests.evidence.stage import District
from tests.fakes.bucket import Cloud
from tests.fakes.clock import StillClock
from tests.media.films import NOTES, telling, told_by
from tests.media.made import TELLING, box, film, photo, saved, telling_jpeg
from tests.media.test_recordings import SOUND

WEIGHING = "Tổ chức cân - đo, theo dõi biểu đồ tăng trưởng của trẻ lần 2"


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    district = District(begin, clock, tmp_path / "files")
    district.contents |= {
        "telling": telling_jpeg(),
        "smaller": saved(photo(1).resize((320, 240)), "JPEG", quality=60),
        "other": saved(photo(2), "JPEG"),
        "broken": b"\xff\xd8\xff\xe1" + b"GPSLatitude" * 9,
        "film": telling(box(b"udta", NOTES["apple"])),
        "plain film": film(12.5),
        "torn film": telling()[:-40],
        "stream": (b"G" + bytes(187)) * 9,
        "recording": SOUND["mp3"],
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


@pytest.mark.parametrize("kind", ["film", "recording"])
async def test_the_office_sees_a_film_that_tells_no_place_and_no_device(kind: str, here: District) -> None:
    whole = here.contents[kind]
    await here.hands_in("huong", kind, text="cân đo lần 2")
    [seen] = await shown_to_the_office(here)
    assert told_by(whole)
    assert (told_by(seen), len(seen)) == ([], len(whole))
    assert whole in [path.read_bytes() for path in here.folder.rglob("*") if path.is_file()]


async def test_a_film_that_tells_nothing_is_shown_as_it_came(here: District) -> None:
    await here.hands_in("huong", "plain film", text="cân đo lần 2")
    assert await shown_to_the_office(here) == [here.contents["plain film"]]
    assert len([path for path in here.folder.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize("kind", ["torn film", "stream"])
async def test_a_film_that_was_not_read_to_its_end_is_shown_to_nobody(kind: str, here: District) -> None:
    await here.hands_in("huong", kind, text="cân đo lần 2")
    assert await shown_to_the_office(here) == []


async def test_a_film_that_was_found_to_tell_a_place_and_has_no_copy_is_shown_to_nobody(here: District) -> None:
    async def as_before_there_were_copies(kept: Kept) -> None:
        async with here.begin() as session:
            await files.note(session, kept, here.clock())
            await facts.note(session, kept.sha256, Looked(kept.mime, located=True), None, None)

    here.look = as_before_there_were_copies
    here.starts_anew()
    await here.hands_in("huong", "film", text="cân đo lần 2")
    assert await shown_to_the_office(here) == []


@pytest.mark.parametrize("said", ["[[0, 99999999, '']]", "[[0, 9]]", "free"])
async def test_a_film_whose_look_was_in_its_hands_is_shown_to_nobody(
    said: str, here: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = json.dumps(asdict(Looked("video/mp4")))
    out = "p = pathlib.Path(sys.argv[3]); p.mkdir(); (p / 'blanks.json').write_text(" + repr(said) + ")"
    monkeypatch.setattr(process, "_START", f"import pathlib, sys; {out}; print({looked!r})")
    await here.hands_in("huong", "film", text="cân đo lần 2")
    assert await shown_to_the_office(here) == []


async def test_a_film_whose_copy_does_not_fit_on_the_disk_is_shown_to_nobody(
    here: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, out: Path) -> None:
        raise OSError(ENOSPC, "full")

    monkeypatch.setattr(looking, "make_copy", full)
    receipt = await here.hands_in("huong", "film", text="cân đo lần 2")
    assert receipt.startswith("Đã nhận")
    assert await shown_to_the_office(here) == []


UNCLEAN = "tôi không bỏ được vị trí trong tệp nên người duyệt sẽ không xem được. Thầy/cô gửi bản khác giúp tôi, ví dụ"
UNREAD = "tôi không đọc được nên người duyệt sẽ không xem được. Thầy/cô gửi bản khác giúp tôi."


@pytest.mark.parametrize(
    ("kind", "to_giver", "to_office"),
    [
        ("stream", f"⚠️ ảnh.ts: {UNCLEAN} quay bằng điện thoại rồi gửi MP4.", "ảnh.ts (không bỏ được vị trí)"),
        ("torn film", f"⚠️ ảnh.mp4: {UNREAD}", "ảnh.mp4 (không đọc được)"),
        ("broken", f"⚠️ ảnh.jpg: {UNREAD}", "ảnh.jpg (không đọc được)"),
    ],
)
async def test_what_nobody_is_shown_is_told_to_giver_and_office(
    kind: str, to_giver: str, to_office: str, here: District
) -> None:
    receipt = await here.hands_in("huong", "telling", kind, text="cân đo lần 2")
    assert to_giver in receipt.split("\n")
    seen = await here.says("hanh", f"/xemnop {(await here.rows())[-1].code}")
    assert f"⚠️ 1 tệp chưa cho xem được: {to_office}." in seen


async def test_of_what_waits_for_its_look_the_office_alone_is_told(here: District) -> None:
    here.look = not_at_all
    here.starts_anew()
    receipt = await here.hands_in("huong", *["telling"] * 7, text="cân đo lần 2")
    assert "⚠️" not in receipt
    seen = await here.says("hanh", f"/xemnop {(await here.rows())[-1].code}")
    assert "⚠️ 7 tệp chưa cho xem được: " + "ảnh.jpg (đang chờ kiểm tra)." in seen


async def test_of_what_is_shown_no_warning_is_given(here: District) -> None:
    assert "⚠️" not in await here.hands_in("huong", "telling", "film", "plain film", text="cân đo lần 2")
    assert "⚠️" not in await here.says("hanh", f"/xemnop {(await here.rows())[-1].code}")


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


async def test_what_waits_within_a_school_is_compared_with_for_no_other_school_and_no_office(here: District) -> None:
    await here.hands_in("lan", "telling", "other", text="cân đo lần 2")  # waits for huong
    held = (await here.rows())[0].code
    assert "⚠️" not in await here.hands_in("mai", "telling", text="cân đo lần 2")
    assert "⚠️" not in await here.says("hanh", f"/xemnop {(await here.rows())[-1].code}")
    said = await here.hands_in("huong", "other", text="số liệu học kỳ 1")
    assert f"(mã {held}, việc: {WEIGHING})." in said
    assert held not in await here.says("hanh", f"/xemnop {(await here.rows())[-1].code}")


async def test_a_principal_who_decides_is_not_told_which_school_it_was(here: District) -> None:
    await here.hands_in("mai", "telling", text="cân đo lần 2")
    await here.hands_in("lan", "telling", text="cân đo lần 2")
    seen = await here.says("huong", f"/xemnop {(await here.rows())[-1].code}")
    assert "⚠️ 1 tệp trùng với tệp mà đơn vị khác đã nộp." in seen
    assert "Ánh Dương" not in seen


@pytest.mark.parametrize("kind", ["telling", "film", "plain film", "recording"])
async def test_what_was_not_looked_at_is_shown_to_nobody(kind: str, here: District) -> None:
    here.look = not_at_all  # the disk was full, say
    here.starts_anew()
    await here.hands_in("huong", kind, text="cân đo lần 2")
    assert await shown_to_the_office(here) == []


async def test_what_could_not_be_looked_at_when_it_came_is_looked_at_later(
    here: District, begin: Begin, clock: StillClock, cloud: Cloud
) -> None:
    here.home, here.look = cloud.home(), not_at_all  # the bucket went away between the two
    here.starts_anew()
    await here.hands_in("huong", "telling", text="cân đo lần 2")
    shutil.rmtree(here.folder)
    looker = Looker(begin, FileStore(here.folder, here.home), clock)
    receipts = Receipts(begin, lambda: here.school.index, clock, here.school.deliverer.wake)
    again = LookingAgain(looker, receipts)
    cloud.wire.cut()
    await again.round()
    assert await shown_to_the_office(here) == []
    cloud.wire.mend()
    await again.round()
    [seen] = await shown_to_the_office(here)
    assert [word for word in TELLING if word in seen] == []
    assert len(cloud.objects()) == 3  # the original, the copy that is shown, a small one
    cloud.wire.cut()
    await again.round()  # nothing is left to do


async def test_the_same_picture_sent_twice_at_once_is_looked_at_in_peace(here: District) -> None:
    await here.hands_in("huong", *["telling"] * 4, text="cân đo lần 2")
    assert len(await shown_to_the_office(here)) == 4


@pytest.mark.parametrize(
    ("name", "content"), [("trang.html", b"<script>"), ("báo cáo.pdf", b"MZ" + bytes(90))], ids=["name", "content"]
)
async def test_a_program_sent_in_chat_is_refused_with_what_is_taken(here: District, name: str, content: bytes) -> None:
    here.contents["program"] = content
    await here.sends_one("huong", "program", "cân đo lần 2", name=name)
    await here.school.works()
    await here.passes()
    assert here.read_by("huong")[-1] == f"{name} là chương trình hoặc trang web nên tôi không nhận. {TAKEN}"
    assert [path for path in here.folder.rglob("*") if path.is_file()] == []
