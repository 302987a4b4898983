"""Pictures and files go with a notice as others are shown them, and not before they are here."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from core.errors import SendFailed
from core.scan import Scan
from core.texts import notice_reports as reports
from core.texts import notices as texts
from records.file_tables import FactRow
from records.files import FileStore
from records.session import Begin
from records.tables import OutboxRow
from scheduler.looking import Looker
from tests.fakes.clock import StillClock
from tests.media.made import TELLING, telling_jpeg
from tests.noticing.stage import GROUP_A, OFFICER, Board

WORDS = "Mẫu báo cáo kèm theo."


@pytest.fixture
async def board(begin: Begin, clock: StillClock, tmp_path: Path) -> Board:
    """What is sent is really looked at."""
    folder = tmp_path / "files"
    look = Looker(begin, FileStore(folder), clock).look
    here = Board(begin, clock, folder, contents={"a": telling_jpeg()}, look=look)
    await here.opens()
    return here


async def test_a_picture_with_words_is_a_notice_with_a_picture(board: Board) -> None:
    await board.says(OFFICER, "thông báo")
    await board.sends(OFFICER, "a", text=WORDS)
    shown = await board.says(OFFICER, "các trường")
    assert "Kèm: 1 tệp đang tải về" in shown
    assert await board.taps(OFFICER, texts.SEND) == texts.FILES_COMING
    await board.fetcher.fetch_ready()
    shown = await board.says(OFFICER, f"/xemtb {await board.code()}")
    assert WORDS in shown
    assert "tệp đang tải" not in shown
    await board.taps(OFFICER, texts.SEND)
    await board.rounds()
    async with board.begin() as session:
        rows = await session.scalars(select(OutboxRow).where(OutboxRow.chat == GROUP_A, OutboxRow.state == "sent"))
        [row] = [one for one in rows if one.text.startswith("📢")]
    [file] = row.files
    data = FileStore(board.folder).path(file["sha256"]).read_bytes()
    assert data.startswith(b"\xff\xd8\xff")
    assert [word for word in TELLING if word in data] == []


async def test_what_is_sent_for_a_notice_is_no_evidence(board: Board) -> None:
    await board.says(OFFICER, "thông báo")
    await board.sends(OFFICER, "a", text=WORDS)
    await board.passes()
    assert await board.rows() == []


async def test_an_album_goes_with_it_whole(board: Board) -> None:
    board.contents |= {"b": telling_jpeg(seed=2)}
    await board.says(OFFICER, "thông báo")
    await board.sends(OFFICER, "a", "b", text=WORDS, album="7")
    await board.fetcher.fetch_ready()
    shown = await board.says(OFFICER, "các trường")
    assert shown.count(".jpg") == 2


async def test_what_the_service_passes_on_to_no_bot_is_said_so(board: Board) -> None:
    await board.says(OFFICER, "thông báo")
    assert await board.says(OFFICER, "", kind="withheld") == texts.NO_FILES_HERE
    assert (await board.says(OFFICER, WORDS)).startswith(texts.WHOM)


async def turns_bad(board: Board) -> None:
    """A later look finds malware in every file."""
    async with board.begin() as session:
        await session.execute(update(FactRow).values(scan=Scan.FOUND))


async def with_picture(board: Board, whom: str) -> None:
    """A notice with a picture, about to be confirmed."""
    await board.says(OFFICER, "thông báo")
    await board.sends(OFFICER, "a", text=WORDS)
    await board.fetcher.fetch_ready()
    await board.says(OFFICER, whom)


async def test_of_a_file_that_turns_bad_before_it_goes_the_author_hears_and_nobody_reads_of_it(board: Board) -> None:
    await with_picture(board, "các trường")
    await board.taps(OFFICER, texts.LATER)
    await board.says(OFFICER, "14h chiều nay")
    await board.taps(OFFICER, "Gửi lúc 14:00")
    await turns_bad(board)
    board.clock.move(timedelta(hours=7))
    await board.rounds()
    assert board.notices_in(GROUP_A) == board.notices_in("mai") == []
    told = board.read_by(OFFICER)[-1]
    assert told.startswith(reports.files_bad(["ảnh.jpg"]))
    assert ": dừng vì có tệp không gửi được.\n• đã gửi: 0/2" in told
    assert (await board.says(OFFICER, "gửi tiếp thông báo")).startswith(reports.files_bad(["ảnh.jpg"]))
    await board.taps(OFFICER, reports.RESUME_WITHOUT)
    await board.rounds()
    [one] = board.notices_in(GROUP_A)
    assert texts.without_files(WORDS, ["ảnh.jpg"]) in one.text
    assert await board.stage() == "done"


async def test_what_waits_in_the_outbox_stops_too_and_may_be_cancelled(board: Board) -> None:
    await board.binds("nhóm A2", "VB-HOAPHUONG")
    await with_picture(board, "Hoa Phượng")
    await board.taps(OFFICER, texts.SEND)
    board.school.platform.failures = [SendFailed("trouble", timedelta(hours=1))] * 2
    await board.worker.work()
    await board.school.works()
    await turns_bad(board)
    await board.worker.work()
    assert await board.queued() == []
    await board.school.works()
    assert (await board.taps(OFFICER, reports.CANCEL)).startswith("Đã huỷ: 2 nơi")
