"""Old Word and Excel files, OpenDocument and RTF by LibreOffice itself: they ask for what the texts ask for."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from knowledge.extract import extract
from knowledge.readers import office, read_file
from scheduler.reading import read_document
from tests.knowledge.test_old_fonts import TCVN3, UNICODE
from tests.knowledge.test_read_xlsx import rows_of, saved, sheet
from tests.made_documents.agree import differences
from tests.made_documents.blocks import PLANS, paper
from tests.made_documents.office import converted
from tests.made_documents.word import word_of
from tests.made_documents.xlsx import book

pytestmark = pytest.mark.skipif(
    office.program() is None,
    reason="no LibreOffice; apt-get install libreoffice-writer-nogui libreoffice-calc-nogui",
)
PAPERS = PLANS[1:3]  # of the five, those that ask for most; each file takes the program a second or two
HEAD = ("doc_type", "number", "number_blank", "level", "place", "date", "date_precision", "school_year", "signer")


@pytest.mark.parametrize("ending", ["doc", "odt", "rtf", "xls"])
async def test_the_founding_papers_ask_for_the_same_as_their_texts(ending: str, tmp_path: Path) -> None:
    made = {path.stem: book(paper(path)) if ending == "xls" else word_of(path.read_text("utf-8")) for path in PAPERS}
    files = converted(made, ending, tmp_path)
    asked = differing = 0
    for path in PAPERS:
        (tmp_path / "sent").write_bytes(files[path.stem])
        plan = extract(await read_document(tmp_path / "sent", f"a.{ending}"))
        in_text = extract(read_file(path.name, path.read_bytes()))
        lost, added, count = differences(in_text, plan)
        asked, differing = asked + count, differing + max(len(lost), len(added))
        assert [getattr(plan.head, field) for field in HEAD] == [getattr(in_text.head, field) for field in HEAD]
    assert asked == 127
    assert differing <= 0.02 * asked


def test_an_old_workbook_keeps_days_merged_cells_and_what_is_hidden(tmp_path: Path) -> None:
    made = _workbook()
    new = read_file("a.xlsx", saved(made))
    old = read_file("a.xls", converted({"a": saved(made)}, "xls", tmp_path)["a"])
    assert rows_of(old) == [
        ("STT", "Nội dung", "Hạn", "Tháng", "Tỷ lệ"),
        ("1", "Nộp báo cáo", "05/12/2025", "09/2025", "85%"),
        ("2", "Nộp biểu mẫu", "05/12/2025", "", ""),
    ]
    assert (old.blocks, old.notes) == (new.blocks, new.notes)


def _workbook() -> Workbook:
    made = sheet([["STT", "Nội dung", "Hạn", "Tháng", "Tỷ lệ"],
                  [1, "Nộp báo cáo", date(2025, 12, 5), date(2025, 9, 1), 0.85],
                  [2, "Nộp biểu mẫu"]], "Tháng 12")  # fmt: skip
    first = made.worksheets[0]
    first["D2"].number_format, first["E2"].number_format = "mm/yyyy", "0%"
    first.merge_cells("C2:C3")
    first.row_dimensions[3].hidden = True
    made.create_sheet("Tháng 1").append(["Họp giao ban ngày 10/01/2026"])
    made.worksheets[1].sheet_state = "hidden"
    return made


@pytest.mark.parametrize("ending", ["doc", "rtf"])
def test_the_fonts_of_before_unicode_are_known_in_old_files(ending: str, tmp_path: Path) -> None:
    made, out = Document(), BytesIO()
    made.add_paragraph().add_run(TCVN3).font.name = ".VnTime"
    made.save(out)
    files = converted({"a": out.getvalue()}, ending, tmp_path)
    assert read_file(f"a.{ending}", files["a"]).blocks[0].text == UNICODE
