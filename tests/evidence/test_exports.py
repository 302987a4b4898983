"""The board as Excel, CSV and Word: the same figures, real days and numbers, and words that stay words."""

import csv
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from core.clock import VIETNAM
from core.evidence import State
from core.people import Level, Unit
from core.texts import exports as texts
from core.texts import site as site_texts
from core.work import Due, TaskRef
from evidence.board import Board, Row, board
from evidence.board_csv import board_csv
from evidence.board_docx import report_docx, report_of
from evidence.board_xlsx import DAY, FILLS, HEAD_ROW, MOMENT, SHARE, Book, board_xlsx
from evidence.desk import Desk
from evidence.figures import Figures, Line, figures, register
from evidence.owing import Cell, Task
from knowledge.periods import whole_month
from records import people
from records.session import Begin
from tests.fakes.clock import StillClock
from tests.web.dossier_stage import JPEG, WEIGHING, DossierStage

sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

MONTH = date(2023, 12, 1)
Seen = tuple[Board, Figures, Book, bytes]


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> DossierStage:
    stage = await DossierStage(begin, clock, tmp_path / "files").opens()
    assert isinstance(stage, DossierStage)
    await stage.gives(WEIGHING, {"a.jpg": JPEG}, State.ACCEPTED)
    await stage.gives(WEIGHING, {"b.jpg": JPEG}, State.RETURNED, "VB-ANHDUONG")
    return stage


async def seen_by(here: DossierStage, who: str) -> Seen:
    """The board, what is told of it, and the report of it."""
    async with here.begin() as session:
        person = await people.find_person(session, here.name, who)
        assert person
        desk = Desk(session, here.school.index, here.clock())
        shown = await board(desk, person, whole_month(MONTH.year, MONTH.month))
        told = figures(desk, person, shown)
        own = register(desk, [told.own] if told.own else [])
        book = Book(desk.short_name(person.unit), MONTH, desk.now, told, [*register(desk, told.rows)], [*own])
        report = report_docx(report_of(desk, desk.index.tree.units[person.unit], MONTH, told))
        return shown, told, book, report


def as_excel(book: Book) -> dict[str, list[list[object]]]:
    out = BytesIO()
    board_xlsx(book, out)
    made = load_workbook(BytesIO(out.getvalue()))
    for sheet in made.worksheets:
        assert sheet.freeze_panes == f"C{HEAD_ROW + 1}"
        assert sheet.auto_filter.ref.startswith(f"A{HEAD_ROW}:")
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    [register] = [sheet for sheet in made.worksheets if sheet.title == texts.REGISTER]
    looks = {cell.number_format for row in register.iter_rows(min_row=HEAD_ROW + 1) for cell in row if cell.is_date}
    assert looks <= {DAY, MOMENT, texts.BEFORE_DAY}
    [totals] = [sheet for sheet in made.worksheets if sheet.title == texts.TOTALS]
    assert totals.cell(totals.max_row, 9).number_format == SHARE
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in made.worksheets}


@sqlite
async def test_the_matrix_and_the_register_hold_what_the_board_shows(here: DossierStage) -> None:
    shown, told, book, _ = await seen_by(here, "hanh")
    sheets = as_excel(book)
    assert list(sheets) == [texts.MATRIX, texts.REGISTER, texts.TOTALS, texts.OWN]
    matrix = sheets[texts.MATRIX][HEAD_ROW:]
    assert len(shown.rows) == 2
    for line, row in zip(matrix, shown.rows, strict=False):
        signs = [site_texts.sign(cell.mark, cell.late) if cell else None for cell in row.cells]
        assert line[1 : 2 + len(signs)] == [row.unit, *signs]
        assert line[-1] == (row.on_time / row.due if row.due else None)
    owed = [(row.unit, cell) for row in shown.rows for cell in row.cells if cell]
    lines = sheets[texts.REGISTER][HEAD_ROW:]
    assert len(lines) == len(owed) == told.count.all
    for line, (unit, cell) in zip(lines, owed, strict=True):
        assert line[1:3] == [unit, cell.title]
        assert line[6] == site_texts.MARKS[cell.mark][1]
        assert cell.due
        assert isinstance(line[4], datetime)
        assert line[4].date() == cell.due.day
    [given] = [line for line in lines if line[6] == site_texts.MARKS["accepted"][1]]
    assert isinstance(given[5], datetime)
    assert given[8] in [code for row in shown.rows for code in row.codes if code]
    totals = sheets[texts.TOTALS][HEAD_ROW:]
    assert totals[-1][3:5] == [told.count.all, told.count.there]
    assert sum(int(str(line[3])) for line in totals[:-1]) == told.count.all
    assert on_time(told) == by_row(shown) == (1, 1)
    here.clock.move(timedelta(days=3))
    await here.gives(WEIGHING, {"c.jpg": JPEG}, State.SUBMITTED, "VB-ANHDUONG")
    shown, told, _, _ = await seen_by(here, "hanh")
    assert on_time(told) == by_row(shown) == (1, 5)  # one was late, three have not come
    assert (told.count.there, told.count.late, told.count.behind) == (2, 1, 3)


def on_time(told: Figures) -> tuple[int, int]:
    return told.count.on_time, told.count.due


def by_row(shown: Board) -> tuple[int, int]:
    """As the board itself has it."""
    return sum(row.on_time for row in shown.rows), sum(row.due for row in shown.rows)


@sqlite
async def test_a_school_gets_its_own_alone(here: DossierStage) -> None:
    shown, _, book, report = await seen_by(here, "huong")
    sheets = as_excel(book)
    assert list(sheets) == [texts.MATRIX, texts.REGISTER, texts.TOTALS]
    assert {line[1] for line in sheets[texts.REGISTER][HEAD_ROW:]} == {shown.own.unit}
    assert "Ánh Dương" not in words_of(report)


def words_of(report: bytes) -> str:
    paper = Document(BytesIO(report))
    said = [one.text for one in paper.paragraphs]
    for table in paper.tables:
        said += ["\t".join(cell.text for cell in row.cells) for row in table.rows]
    return "\n".join(said)


@sqlite
async def test_the_report_has_the_official_form_and_the_boards_figures(here: DossierStage) -> None:
    _, told, _, report = await seen_by(here, "hanh")
    said, now = words_of(report), here.clock().astimezone(VIETNAM)
    for part in (
        "UBND HUYỆN VĨNH BẢO",
        "PHÒNG GDĐT HUYỆN VĨNH BẢO",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số:          /BC-PGDĐT",
        f"Vĩnh Bảo, ngày {now.day:02d} tháng 12 năm 2023",
        texts.REPORT,
        "Kết quả thực hiện các việc đến hạn trong tháng 12/2023",
        f"đã nộp {told.count.there}/{told.count.all} lượt",
        "TRƯỞNG PHÒNG",
        "- Lưu: VT.",
    ):
        assert part in said
    for unit, cells in told.behind:
        assert f"\t{unit}\t{len(cells)}\t" in said
    assert f"\t{texts.TOTAL}\t\t{told.count.all}\t{told.count.there}\t" in said


@pytest.mark.parametrize("begins", ["=1+1", "+84", "-x", "@SUM(A1)"])
def test_what_begins_as_a_formula_stays_text(begins: str) -> None:
    book = made_up(1, [begins], begins)
    assert as_excel(book)[texts.REGISTER][HEAD_ROW][1:3] == [begins, begins]
    rows = [*csv.reader(StringIO(b"".join(board_csv(book.lines)).decode("utf-8-sig")))]
    assert rows[0] == list(texts.REGISTER_COLUMNS)
    assert rows[1][1:5] == [f"'{begins}", f"'{begins}", "12/KH", "2023-12-05"]
    assert rows[1][6:8] == [site_texts.MARKS["in"][1], "3"]


@pytest.mark.parametrize(
    ("name", "level", "above", "number"),
    [
        ("Phòng GDĐT huyện Vĩnh Bảo, Hải Phòng", Level.DISTRICT, "UBND huyện Vĩnh Bảo", "PGDĐT"),
        ("Sở Giáo dục và Đào tạo Hải Phòng", Level.DEPARTMENT, "UBND thành phố Hải Phòng", "SGDĐT"),
        ("Sở Giáo dục và Đào tạo Quảng Ninh", Level.DEPARTMENT, "UBND tỉnh Quảng Ninh", "SGDĐT"),
        ("UBND phường Vỹ Dạ, Huế", Level.COMMUNE, "", "UBND"),
        ("MN Hoa Phượng, huyện Vĩnh Bảo, Hải Phòng", Level.SCHOOL, "Phòng", "MNHP"),
        ("Trường Mầm non Đông Hải", Level.SCHOOL, "Phòng", "MNĐH"),
    ],
)
def test_papers_are_headed_as_offices_head_them(name: str, level: Level, above: str, number: str) -> None:
    unit = Unit("X", name, level)
    assert (texts.above(unit, "Phòng"), texts.number(unit)) == (above, f"Số:          /BC-{number}")


def test_days_are_written_as_the_decree_has_it() -> None:
    assert texts.place_and_day("Vĩnh Bảo", date(2024, 2, 5)) == "Vĩnh Bảo, ngày 05 tháng 02 năm 2024"
    assert texts.place_and_day("", date(2023, 12, 25)) == "..., ngày 25 tháng 12 năm 2023"


def made_up(units: int, tasks: Sequence[str], unit: str = "") -> Book:
    """So many units that all have handed in, three days late."""
    due = Due(date(2023, 12, 5))
    rows = []
    for number in range(units):
        name = unit or f"MN {number}"
        ones = [Task(TaskRef(1, place), task, due.day, due, None, plainly=True) for place, task in enumerate(tasks)]
        cells, many = [Cell(one, due, "in", 3, past=True) for one in ones], len(tasks)
        rows.append(Row(name, name, cells, [""] * many, [None] * many, 0, many, 0))
    told = Figures([(task, due) for task in tasks], rows, below=True, schools=True, own=None)
    at = datetime(2023, 12, 8, 1, tzinfo=UTC)

    lines = [
        Line(row.unit, cell.title, "12/KH", due, None, cell.mark, 3, "") for row in rows for cell in row.cells if cell
    ]
    return Book("PGD", MONTH, at, told, lines, ())


def test_every_state_has_a_colour() -> None:
    assert set(FILLS) == set(site_texts.MARKS)
