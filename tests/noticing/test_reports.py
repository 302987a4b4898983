"""The report as Excel and as a picture: the same counts as the chat's, every recipient by name."""

from datetime import datetime
from io import BytesIO

from openpyxl import load_workbook
from PIL import Image
from sqlalchemy import select

from core.clock import VIETNAM
from core.texts import notice_reports as reports
from core.texts import notices as texts
from records import notices
from records.files import FileStore, Kept
from records.tables import OutboxRow
from scheduler.notice_reports import NoticeReports
from tests.noticing.stage import GROUP_A, OFFICER, Board

WORDS = "=Họp giao ban 8h"


async def made(board: Board, label: str) -> tuple[str, bytes]:
    """The name and the bytes of the report that the officer gets after this button."""
    assert await board.taps(OFFICER, label) == reports.REPORT_COMING
    store = FileStore(board.folder)
    worker = NoticeReports(board.begin, store, lambda: board.school.index, board.clock, lambda: None)
    assert await worker.work() == 1
    assert await worker.work() == 0
    await board.school.works()
    async with board.begin() as session:
        row = (await session.scalars(select(OutboxRow).order_by(OutboxRow.id.desc()).limit(1))).one()
    [file] = row.files
    assert (row.chat, row.state) == (OFFICER, "sent")
    return file["name"], store.path(file["sha256"]).read_bytes()


async def test_the_excel_report_names_every_recipient_with_what_came_of_it(board: Board) -> None:
    await board.sends_notice(OFFICER, WORDS, "các trường")
    await board.taps_on(GROUP_A, "lan", 0, texts.ACK)
    await board.says(OFFICER, "tiến độ thông báo")
    name, data = await made(board, reports.EXCEL)
    assert name == f"bao-cao-thong-bao-{await board.code()}.xlsx"
    book = load_workbook(BytesIO(data))
    rows = [[cell.value for cell in row] for row in book[reports.SHEET].iter_rows()]
    assert rows[0] == list(reports.COLUMNS)
    [school] = [row for row in rows if str(row[0]).startswith("MN Hoa Phượng")]
    assert school[1:4] == [reports.GROUP, "Telegram", "đã gửi"]
    assert isinstance(school[4], datetime)
    assert school[6].date() == board.clock().astimezone(VIETNAM).date()
    assert school[7] == "Nguyễn Thị Lan"
    counts = {row[0].value: row[1].value for row in book[reports.COUNTS_SHEET].iter_rows()}
    assert (counts["đã gửi"], counts["báo đã nhận"], counts["Nội dung"]) == ("2", "1/2", WORDS)


async def test_the_picture_can_be_read_by_every_chat(board: Board) -> None:
    await board.sends_notice(OFFICER, WORDS, "các trường")
    name, data = await made(board, reports.PICTURE)
    assert name.endswith(".png")
    with Image.open(BytesIO(data)) as picture:
        picture.load()
        assert (picture.format, picture.width) == ("PNG", 1080)


async def test_one_that_cannot_be_made_holds_up_no_other(board: Board) -> None:
    await board.sends_notice(OFFICER, WORDS, "các trường")
    async with board.begin() as session:
        await notices.want_report(session, 1, "excel:nobody", board.clock())
    await board.says(OFFICER, f"/baocaotb {await board.code()} excel")
    worker = NoticeReports(board.begin, FileStore(board.folder), lambda: board.school.index, board.clock, lambda: None)
    await worker.work()
    await board.school.works()
    assert board.read_by(OFFICER)[-1].startswith(f"Báo cáo thông báo {await board.code()}")


async def test_one_that_cannot_be_made_is_said_so_and_not_tried_for_ever(board: Board) -> None:
    class Full(FileStore):
        def keep(self, *_: object, **__: object) -> Kept:
            raise OSError("no space left")

    await board.sends_notice(OFFICER, WORDS, "các trường")
    await board.taps(OFFICER, reports.EXCEL)
    worker = NoticeReports(board.begin, Full(board.folder), lambda: board.school.index, board.clock, lambda: None)
    assert (await worker.work(), await worker.work()) == (1, 0)
    await board.school.works()
    assert board.read_by(OFFICER)[-1] == reports.NO_REPORT
