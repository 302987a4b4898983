"""Pictures and files go with a notice as others are shown them, and not before they are here."""

from pathlib import Path

import pytest
from sqlalchemy import select

from core.texts import notices as texts
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
