"""With a scanner: what holds malware is not accepted, what is not scanned is shown to nobody, and both are said."""

import hashlib
import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from core.message import StoredFile
from media.clamd import Clamd
from records import facts, scans
from records.alerts import open_alerts
from records.file_tables import FactRow, FileRow
from records.files import FileStore
from records.session import Begin
from scheduler.fetch import not_at_all
from scheduler.looking import Looker
from scheduler.looking_again import MOST_FAILURES, LookingAgain
from scheduler.receipts import Receipts
from scheduler.sweeping import sweep
from tests.evidence.stage import District
from tests.fakes.clamd import HARM, NAME, FakeClamd
from tests.fakes.clock import StillClock
from tests.media.made import film, photo, saved

REFUSED = f"có mã độc ({NAME}) nên tôi không nhận. Thầy/cô quét máy rồi gửi lại tệp sạch giúp tôi."
WEIGHING = "Tổ chức cân - đo, theo dõi biểu đồ tăng trưởng của trẻ lần 2"


@pytest.fixture
async def clamd() -> AsyncIterator[FakeClamd]:
    async with FakeClamd() as server:
        yield server


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path, clamd: FakeClamd) -> District:
    district = District(begin, clock, tmp_path / "files")
    district.contents |= {
        "clean": saved(photo(1), "JPEG"),
        "clean too": saved(photo(2), "JPEG"),
        "a paper": b"%PDF-1.4 clean",
        "infected": saved(photo(3), "JPEG") + HARM,
        "a film": film(3, media=clamd.limit),
    }
    district.look = looker(district, clamd).look
    return await district.opens()


def looker(here: District, clamd: FakeClamd | None) -> Looker:
    return Looker(here.begin, FileStore(here.folder), here.clock, Clamd(clamd.address) if clamd else None)


def again(here: District, clamd: FakeClamd | None) -> LookingAgain:
    """As a process does that has just started."""
    told = here.school.deliverer.wake
    return LookingAgain(looker(here, clamd), Receipts(here.begin, lambda: here.school.index, here.clock, told))


async def looks_again(here: District, clamd: FakeClamd | None) -> list[str]:
    """What the principal of MN Hoa Phượng is told after a round."""
    before = len(here.read_by("huong"))
    await again(here, clamd).round()
    await here.school.works()
    return here.read_by("huong")[before:]


async def shown(here: District) -> list[StoredFile]:
    async with here.begin() as session:
        return [file for _, _, file in await facts.shown(session, [(await here.rows())[-1].id])]


async def alerts(here: District) -> list[str]:
    async with here.begin() as session:
        return [alert.text for alert in await open_alerts(session)]


def kept(here: District) -> list[bytes]:
    return [path.read_bytes() for path in here.folder.rglob("*") if path.is_file()]


def ages(here: District) -> None:
    """All that lies in the store has lain there for long."""
    for path in here.folder.rglob("*"):
        os.utime(path, (path.stat().st_atime - 9000, path.stat().st_mtime - 9000))


async def starts_without_looking(here: District) -> None:
    """As where the disk was full each time, or the process killed."""
    here.look = not_at_all
    here.starts_anew()


# at once


async def test_an_infected_file_is_refused_and_the_rest_received(here: District) -> None:
    receipt = await here.hands_in("huong", "infected", "clean", text="cân đo lần 2")
    assert receipt.startswith("Đã nhận ảnh.jpg (")
    assert f"ảnh.jpg {REFUSED}" in receipt
    assert await here.states() == [(WEIGHING, "submitted")]
    assert len(await shown(here)) == 1


async def test_where_nothing_clean_is_left_nothing_is_handed_in(here: District) -> None:
    receipt = await here.hands_in("huong", "infected", text="cân đo lần 2")
    assert receipt == f"ảnh.jpg {REFUSED}"
    [row] = await here.rows()
    assert (row.state, row.title, row.handed_in_at) == ("coming", "", None)
    assert await here.says("hanh", "/duyet") == "Không có minh chứng nào đang chờ thầy/cô."


async def test_of_an_infected_picture_nothing_is_kept_and_no_copy_made(here: District) -> None:
    await here.hands_in("huong", "infected", text="cân đo lần 2")
    assert kept(here) == []


async def test_the_same_bytes_are_known_without_a_scan(here: District, clamd: FakeClamd) -> None:
    await here.hands_in("huong", "infected", text="cân đo lần 2")
    await clamd.stops()
    assert await here.hands_in("mai", "infected", text="cân đo lần 2") == f"ảnh.jpg {REFUSED}"
    assert (len(clamd.scanned), kept(here)) == (1, [])
    await clamd.starts()


async def test_the_same_infected_bytes_sent_several_times_at_once_are_refused_each_time(here: District) -> None:
    receipt = await here.hands_in("huong", *["infected"] * 4, text="cân đo lần 2")
    assert receipt == f"ảnh.jpg, ảnh.jpg, ảnh.jpg, ảnh.jpg {REFUSED}"
    assert kept(here) == []


async def test_a_file_too_large_to_scan_is_shown_and_the_office_told(here: District, clamd: FakeClamd) -> None:
    assert (await here.hands_in("huong", "a film", text="cân đo lần 2")).startswith("Đã nhận ảnh.mp4")
    assert [file.name for file in await shown(here)] == ["ảnh.mp4"]
    seen = await here.says("hanh", f"/xemnop {(await here.rows())[0].code}")
    assert "⚠️ Chưa quét mã độc vì tệp quá lớn: ảnh.mp4." in seen
    assert await looks_again(here, clamd) == []
    assert (await alerts(here), clamd.scanned) == ([], [])


# the scanner is away


@pytest.mark.parametrize("how", ["stopped", "cut", "garbage"])
async def test_unscanned_files_are_received_and_shown_to_nobody_until_they_are_scanned(
    here: District, clamd: FakeClamd, how: str
) -> None:
    await clamd.stops()
    if how != "stopped":
        clamd.cuts, clamd.says = how == "cut", "garbage"
        await clamd.starts()
    assert (await here.hands_in("huong", "clean", "a paper", text="cân đo lần 2")).startswith("Đã nhận 1 ảnh, ảnh.pdf")
    assert await shown(here) == []
    code = (await here.rows())[0].code
    await here.says("huong", f"/vannop {code}")  # a paper may hold names: until then it is not at the office
    waiting = "⚠️ 2 tệp chưa cho xem được: ảnh.jpg, ảnh.pdf (đang chờ kiểm tra)."
    assert waiting in await here.says("hanh", f"/xemnop {code}")
    assert await looks_again(here, clamd) == []
    [alert] = await alerts(here)
    assert "bot.py doctor" in alert

    if how == "stopped":
        await clamd.starts()
    clamd.cuts, clamd.says = False, ""
    assert await looks_again(here, clamd) == []
    assert len(await shown(here)) == 2
    assert await alerts(here) == []
    assert "chờ kiểm tra" not in await here.says("hanh", f"/xemnop {code}")


async def test_the_alert_is_raised_once_while_the_scanner_is_away(here: District, clamd: FakeClamd) -> None:
    await clamd.stops()
    raised = set()
    for file in ("clean", "clean too"):
        await here.hands_in("huong", file, text="cân đo lần 2")
        await looks_again(here, clamd)
        here.clock.move(timedelta(hours=1))
        async with here.begin() as session:
            raised |= {alert.raised_at for alert in await open_alerts(session)}
    assert len(raised) == 1
    await clamd.starts()


# found later


async def test_what_is_found_later_is_taken_out_and_the_giver_told_once(here: District, clamd: FakeClamd) -> None:
    await clamd.stops()
    await here.hands_in("huong", "infected", "clean", text="cân đo lần 2")
    await clamd.starts()
    code = (await here.rows())[0].code
    [told] = await looks_again(here, clamd)
    assert told.startswith(f"ảnh.jpg có mã độc ({NAME}) nên tôi đã bỏ ra khỏi lần nộp {code}.")
    assert await looks_again(here, clamd) == []
    assert await here.states() == [(WEIGHING, "submitted")]
    assert len(await shown(here)) == 1
    assert here.contents["infected"] not in kept(here)
    assert "1 ảnh" in await here.says("hanh", f"/xemnop {code}")


async def test_where_nothing_is_left_it_is_withdrawn_and_giver_and_principal_are_told_once(
    here: District, clamd: FakeClamd
) -> None:
    await clamd.stops()
    await here.hands_in("lan", "infected", text="cân đo lần 2")
    await here.taps("huong", "Nộp")
    await clamd.starts()
    gone = (
        f"Lần nộp {(await here.rows())[0].code} ({WEIGHING}) không còn tệp nào sạch, nên tôi không tính là đã nộp nữa."
    )
    before = len(here.read_by("lan"))
    assert await looks_again(here, clamd) == [gone]
    assert await looks_again(here, clamd) == []
    [told] = here.read_by("lan")[before:]
    assert told.endswith(gone)
    assert await here.states() == [(WEIGHING, "withdrawn")]
    assert await here.says("hanh", "/duyet") == "Không có minh chứng nào đang chờ thầy/cô."


async def test_files_from_before_there_was_a_scanner_stay_shown_and_are_scanned(
    here: District, clamd: FakeClamd
) -> None:
    here.look = looker(here, None).look
    here.starts_anew()
    await here.hands_in("huong", "infected", "clean", text="cân đo lần 2")
    assert await looks_again(here, None) == []
    assert len(await shown(here)) == 2
    [told] = await looks_again(here, clamd)
    assert NAME in told
    assert len(await shown(here)) == 1
    assert sorted(clamd.scanned) == sorted([here.contents["infected"], here.contents["clean"]])


async def test_with_what_is_found_later_its_copies_go_too(here: District, clamd: FakeClamd) -> None:
    here.look = looker(here, None).look
    here.starts_anew()
    await here.hands_in("huong", "infected", text="cân đo lần 2")
    assert len(kept(here)) == 3  # a clean copy and a small one
    ages(here)
    await looks_again(here, clamd)
    assert kept(here) == []
    async with here.begin() as session:
        rows = list(await session.scalars(select(FactRow)))
        names = set(await session.scalars(select(FileRow.sha256)))
    assert [(row.clean, row.thumb, row.blurred, row.malware) for row in rows] == [(None, None, None, NAME)]
    assert names == {rows[0].sha256}  # so that it is known when it comes again


async def test_what_another_machine_has_at_hand_of_it_is_swept(here: District, clamd: FakeClamd) -> None:
    here.look = looker(here, None).look
    here.starts_anew()
    await here.hands_in("huong", "infected", text="cân đo lần 2")
    await looks_again(here, clamd)
    at_hand = FileStore(here.folder).path(hashlib.sha256(here.contents["infected"]).hexdigest())
    at_hand.parent.mkdir(exist_ok=True)
    at_hand.write_bytes(here.contents["infected"])
    ages(here)
    await sweep(here.begin, FileStore(here.folder), here.clock)
    assert kept(here) == []


async def test_a_clean_file_that_is_a_copy_of_an_infected_one_stays(here: District, clamd: FakeClamd) -> None:
    here.look = looker(here, None).look
    here.starts_anew()
    await here.hands_in("huong", "infected", text="cân đo lần 2")
    async with here.begin() as session:
        [copy] = await session.scalars(select(FactRow.clean))
    here.contents["copy"] = FileStore(here.folder).path(str(copy)).read_bytes()
    await here.hands_in("mai", "copy", text="cân đo lần 2")
    ages(here)
    await looks_again(here, clamd)
    assert here.contents["copy"] in kept(here)
    assert len(await shown(here)) == 1


@pytest.mark.parametrize("decided", ["submitted", "accepted"])
async def test_the_office_that_has_it_and_the_principal_are_told_once(
    here: District, clamd: FakeClamd, decided: str
) -> None:
    await clamd.stops()
    await here.hands_in("lan", "infected", "clean", text="cân đo lần 2")
    await here.taps("huong", "Nộp")
    await clamd.starts()
    code = (await here.rows())[0].code
    if decided == "accepted":
        await here.says("hanh", f"/nhan {code}")
    before = {who: len(here.read_by(who)) for who in ("hanh", "huong", "lan", "mai")}
    said = (
        f"MN Hoa Phượng: ảnh.jpg của lần nộp {code} ({WEIGHING}) có mã độc nên tôi đã bỏ ra. "
        "Đã tải về thì thầy/cô xoá đi, đừng mở."
    )
    await looks_again(here, clamd)
    await looks_again(here, clamd)
    told = {who: here.read_by(who)[count:] for who, count in before.items()}
    assert (told["hanh"], told["huong"], told["mai"]) == ([said], [said], [])
    assert [NAME in one for one in told["lan"]] == [True]
    assert "Nhắc Việc xoá tệp “1 tệp có mã độc”" in await here.says("huong", f"nhật ký {code}")
    assert await here.states() == [(WEIGHING, decided)]


async def test_the_office_hears_too_where_nothing_is_left(here: District, clamd: FakeClamd) -> None:
    await clamd.stops()
    await here.hands_in("huong", "infected", text="cân đo lần 2")
    await clamd.starts()
    before = len(here.read_by("hanh"))
    await looks_again(here, clamd)
    [told] = here.read_by("hanh")[before:]
    assert "có mã độc nên tôi đã bỏ ra" in told
    assert told.endswith("không còn tệp nào sạch, nên tôi không tính là đã nộp nữa.")


async def test_what_was_deleted_while_it_was_looked_at_again_is_not_kept(here: District, clamd: FakeClamd) -> None:
    await clamd.stops()
    await here.hands_in("huong", "clean", text="cân đo lần 2")
    await clamd.starts()
    code = (await here.rows())[0].code
    looks = looker(here, clamd)
    async with here.begin() as session:
        [waiting] = await scans.to_look_at(session, 10, (), scanner=True)
    await here.says("huong", f"/xoaminhchung {code} het dong y")
    assert await looks.look(waiting, again=True)
    async with here.begin() as session:
        assert list(await session.scalars(select(FileRow.sha256))) == []


# looks that were not kept


async def test_what_was_never_looked_at_is_looked_at_later(here: District) -> None:
    await starts_without_looking(here)
    await here.hands_in("huong", "clean", text="cân đo lần 2")
    assert await shown(here) == []
    assert await looks_again(here, None) == []
    assert len(await shown(here)) == 1


async def test_copies_are_not_looked_at(here: District, clamd: FakeClamd) -> None:
    await here.hands_in("huong", "clean", text="cân đo lần 2")
    await looks_again(here, clamd)
    assert clamd.scanned == [here.contents["clean"]]


async def test_the_oldest_are_looked_at_first_and_those_that_fail_stand_back(here: District, clamd: FakeClamd) -> None:
    await starts_without_looking(here)
    names = [f"file{number}" for number in range(MOST_FAILURES + 1)]
    for name in names:
        here.contents[name] = saved(photo(len(name)), "JPEG") + name.encode()
        await here.hands_in("huong", name, text="cân đo lần 2")
        here.clock.move(timedelta(minutes=1))
    for name in names[:MOST_FAILURES]:  # their bytes are gone: a look fails
        FileStore(here.folder).delete(hashlib.sha256(here.contents[name]).hexdigest())
    rounds = again(here, clamd)
    await rounds.round()
    assert clamd.scanned == []
    await rounds.round()
    assert clamd.scanned == [here.contents[names[-1]]]
    async with here.begin() as session:
        waiting = await scans.to_look_at(session, 10, (), scanner=True)
    assert [one.sha256 for one in waiting] == [
        hashlib.sha256(here.contents[name]).hexdigest() for name in names[:MOST_FAILURES]
    ]
