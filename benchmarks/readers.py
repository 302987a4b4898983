"""Documents read, in pages or rows a second, each format beside its bare library on the same file."""

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from itertools import repeat

import pdfplumber
import pypdfium2
from docx import Document
from openpyxl import Workbook, load_workbook

from knowledge.readers import read_file, scan, tesseract
from tests.made_documents.blocks import PLANS, paper
from tests.made_documents.pdf import browser, html, printed
from tests.made_documents.scan import as_pdf, pages
from tests.made_documents.word import word_of

ROUNDS = 5
ROWS = 5000
SCANNED = 2  # pages

Compared = tuple[str, str, int, Callable[[], object], Callable[[], object]]


def run() -> None:
    """Print the figures; what is not installed is left out, with a word."""
    for name, unit, count, ours, bare in _formats():
        best = [
            min(took) for took in zip(*[(_timed(ours), _timed(bare)) for _ in range(ROUNDS)], strict=True)
        ]  # in turns
        print(
            f"{name}: {count / best[0]:,.1f} {unit} a second; bare {count / best[1]:,.1f}; "
            f"{best[1] / best[0]:.2f} of it (best of {ROUNDS})"
        )


def _formats() -> Iterator[Compared]:
    book = _book()
    yield ".xlsx", "rows", ROWS, lambda: read_file("a.xlsx", book), lambda: _bare_xlsx(book)
    words = [word_of(path.read_text(encoding="utf-8")) for path in PLANS]
    yield (
        ".docx",
        "papers",
        len(words),
        lambda: [read_file("a.docx", one) for one in words],
        lambda: list(map(_bare_docx, words)),
    )
    if browser() is None:
        print(".pdf: no Chromium to print the samples with")
        return
    made = [printed(html(paper(path))) for path in PLANS[:3]]
    count = sum(len(pypdfium2.PdfDocument(data)) for data in made)
    yield ".pdf", "pages", count, lambda: [read_file("a.pdf", one) for one in made], lambda: list(map(_bare_pdf, made))
    if not scan.is_there():
        print("scans: no Tesseract with Vietnamese")
        return
    scanned = as_pdf(pages(made[1], SCANNED))
    yield "scans", "pages", SCANNED, lambda: read_file("a.pdf", scanned), lambda: _bare_scan(scanned)


def _book() -> bytes:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.append(["STT", "Nội dung", "Đơn vị thực hiện", "Hạn"])
    for at, day in zip(range(1, ROWS), repeat(date(2025, 9, 1)), strict=False):
        sheet.append([at, f"Các trường gửi báo cáo số {at} về Phòng GDĐT", "Các trường", day + timedelta(at % 300)])
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _bare_xlsx(data: bytes) -> int:
    book = load_workbook(BytesIO(data), read_only=True, data_only=True)
    return sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))


def _bare_docx(data: bytes) -> int:
    """The paragraphs and the cells of the tables, as python-docx gives them."""
    document = Document(BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return sum(map(len, cells)) + sum(len(paragraph.text) for paragraph in document.paragraphs)


def _bare_pdf(data: bytes) -> int:
    """The words and the tables, as whoever uses pdfplumber would ask for them."""
    with pdfplumber.open(BytesIO(data)) as document:
        return sum(len(page.extract_text()) + len(page.extract_tables()) for page in document.pages)


def _bare_scan(data: bytes) -> int:
    document = pypdfium2.PdfDocument(data)
    drawn = [page.render(scale=300 / 72, grayscale=True).to_pil().copy() for page in document]
    document.close()
    return sum(len(tesseract.words(picture, 4, 300, 300.0)) for picture in drawn)


def _timed(read: Callable[[], object]) -> float:
    started = time.perf_counter()
    read()
    return time.perf_counter() - started
