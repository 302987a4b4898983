"""Notices are kept as long as evidence is: then words, files and chats go; the counts, lists and templates stay."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from core.texts import notice_reports as reports
from core.texts import notices as texts
from records import own_data
from records.file_tables import FileRow, ReceivedRow
from records.files import FileStore
from records.notice_tables import NoticeRow, RecipientRow
from records.session import Begin
from scheduler.expiring import Expiring
from scheduler.looking import Looker
from tests.fakes.clock import StillClock
from tests.media.made import telling_jpeg
from tests.noticing.stage import GROUP_A, OFFICER, Board
from tests.noticing.test_meanwhile import id_of

WORDS = "Mẫu báo cáo tháng 12 kèm theo."
KEPT = 100  # days


@pytest.fixture
async def board(begin: Begin, clock: StillClock, tmp_path: Path) -> Board:
    folder = tmp_path / "files"
    look = Looker(begin, FileStore(folder), clock).look
    here = Board(begin, clock, folder, contents={"a": telling_jpeg()}, look=look)
    await here.opens()
    return here


async def sent_with_picture(board: Board) -> None:
    await board.says(OFFICER, "thông báo")
    await board.sends(OFFICER, "a", text=WORDS)
    await board.fetcher.fetch_ready()
    await board.says(OFFICER, "các trường")
    await board.taps(OFFICER, texts.SEND)
    await board.rounds()


async def after(board: Board, days: int, kept: int = KEPT) -> None:
    """So much later, the chore of that day is done; by the disk's own clock all has lain there for long."""
    board.clock.move(timedelta(days=days))
    for path in board.folder.rglob("*"):
        os.utime(path, (path.stat().st_atime - 1e6, path.stat().st_mtime - 1e6))
    told, index = board.school.deliverer.wake, board.school.index
    await Expiring(board.begin, FileStore(board.folder), lambda: index, board.clock, kept, told).work()


def on_disk(board: Board) -> int:
    return sum(path.is_file() for path in board.folder.rglob("*"))


async def said_of(board: Board) -> str:
    """Everything that the tables of notices hold of it, as one text."""
    async with board.begin() as session:
        rows = [await session.scalars(select(table)) for table in (NoticeRow, RecipientRow, ReceivedRow)]
        return repr([vars(row) for found in rows for row in found])


async def test_words_files_and_chats_go_when_their_time_is_over_and_the_counts_stay(board: Board) -> None:
    await sent_with_picture(board)
    await board.says_in(GROUP_A, "nguoi-la", "đã nhận", sender_name="Cô Thơm")
    await board.says(OFFICER, "lưu mẫu Báo cáo")
    await board.says(OFFICER, "lưu danh sách Cả huyện")
    await after(board, KEPT - 1)
    assert WORDS in await said_of(board)
    assert on_disk(board)
    before = (await board.says(OFFICER, "tiến độ thông báo")).split("\n")
    await after(board, 2)
    await after(board, 1)
    left = await said_of(board)
    assert not any(one in left for one in (WORDS, "ảnh.jpg", GROUP_A, "Thơm"))
    assert on_disk(board) == 0
    async with board.begin() as session:
        assert (await session.scalars(select(FileRow))).all() == []
    now = (await board.says(OFFICER, "tiến độ thông báo")).split("\n")
    assert now[0].endswith(f"({texts.DELETED}): đã xong.")
    assert now[1:] == before[1:]
    assert await board.says(OFFICER, "nhắc những ai chưa nhận") == reports.TOO_OLD
    assert await board.says(OFFICER, "đính chính thông báo") == reports.TOO_OLD
    assert await board.says("mai", "đã nhận") == reports.NOTHING_TO_ACK
    assert WORDS in await board.says(OFFICER, "thông báo theo mẫu báo cáo") + await board.says(
        OFFICER, "danh sách cả huyện"
    )


async def test_a_reminder_that_is_still_young_keeps_what_it_reminds_of(board: Board) -> None:
    await sent_with_picture(board)
    await after(board, KEPT - 10)
    await board.says(OFFICER, "nhắc những ai chưa nhận")
    await board.taps(OFFICER, texts.SEND)
    await board.rounds()
    await after(board, 20)
    assert WORDS in await said_of(board)
    assert on_disk(board)
    await after(board, KEPT)
    assert WORDS not in await said_of(board)
    await after(board, 1)
    assert on_disk(board) == 0


async def test_what_is_under_way_is_kept_and_a_draft_goes(board: Board) -> None:
    await board.drafts(OFFICER, "Bản nháp.", "các trường")
    await board.drafts(OFFICER, WORDS, "các trường")
    await board.taps(OFFICER, texts.SEND)
    await board.says(OFFICER, "tạm dừng thông báo")
    await after(board, KEPT + 1)
    left = await said_of(board)
    assert WORDS in left
    assert "Bản nháp." not in left
    await board.says(OFFICER, "gửi tiếp thông báo")
    await board.rounds()
    assert len(board.notices_in(GROUP_A)) == 1


async def test_where_nothing_is_deleted_notices_are_not_either(board: Board) -> None:
    await sent_with_picture(board)
    await after(board, 3 * KEPT, kept=0)
    assert WORDS in await said_of(board)


async def test_the_files_of_a_notice_are_among_the_data_of_who_sent_them(board: Board) -> None:
    await sent_with_picture(board)
    hanh, other = await id_of(board, "Vũ Thị Hạnh"), await id_of(board, "Trần Thị Mai")
    async with board.begin() as session:
        hers = await own_data.gather(session, hanh, board.clock())
        mai = await own_data.gather(session, other, board.clock())
    [file] = hers.files
    assert file.path == f"tệp/{await board.code()}/01 ảnh.jpg"
    assert FileStore(board.folder).holds(file.sha256, file.size)
    assert mai.files == ()
