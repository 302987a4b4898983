"""A unit's self-assessment by a criteria set as an Excel file, to be printed and signed."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from core.criteria import Assessment
from core.evidence import Submission
from core.texts import criteria_form as texts
from core.texts.criteria import summed
from evidence.contents import clean, timeless
from evidence.contents_xlsx import own_score

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTHS = (8, 52, 10, 12, 50)
_HEAD = PatternFill("solid", fgColor="DCECEA")
_EDGE = Border(*[Side(style="thin", color="999999")] * 4)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)

Cell = str | float | None


def criteria_form(
    found: Assessment, unit: str, office: str, day: str, pieces: Mapping[int, Sequence[Submission]]
) -> bytes:
    """The file; `pieces`: what serves each criterion, by its id. `day`: as it is printed."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = texts.SHEET
    for number, (text, bold) in enumerate(texts.above(found.set.name, unit, office, day), 1):
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=len(_WIDTHS))
        _put(sheet, number, 1, text, bold=bold).alignment = _CENTRED
    first = sheet.max_row + 2
    _line(sheet, first, texts.COLUMNS, bold=True)
    sheet.print_title_rows = f"{first}:{first}"
    sheet.freeze_panes = sheet.cell(first + 1, 1)
    number = _criteria(sheet, first + 1, found, pieces)
    total = float(found.total) if found.scores else None
    _line(sheet, number, ("", texts.TOTAL, float(found.set.most), total, summed(found)), bold=True)
    for at, text in enumerate(texts.SIGNED):
        _put(sheet, number + 2, (2, 5)[at], text, bold=True).alignment = _CENTRED
    _page(sheet)
    out = BytesIO()
    book.save(out)
    return timeless(out.getvalue())


def _criteria(sheet: Any, number: int, found: Assessment, pieces: Mapping[int, Sequence[Submission]]) -> int:
    """The number of the row below."""
    heading = ""
    for one in found.set.criteria:
        if one.heading != heading:
            heading = one.heading
            _line(sheet, number, ("", heading, None, None, ""), bold=True)
            number += 1
        most = None if one.most is None else float(one.most)
        evidence = "\n".join(texts.piece(piece) for piece in pieces.get(one.id, ()))
        own = own_score(found.scores.get(one.id), one.most)
        _line(sheet, number, (one.number, one.title, most, own, evidence))
        number += 1
    return number


def _line(sheet: Any, number: int, values: Sequence[Cell], *, bold: bool = False) -> None:
    for column, value in enumerate(values, 1):
        cell = _put(sheet, number, column, value, bold=bold)
        cell.border, cell.alignment = _EDGE, _WRAPPED
        if bold and values == texts.COLUMNS:
            cell.fill = _HEAD


def _put(sheet: Any, number: int, column: int, value: Cell, *, bold: bool = False) -> Any:
    cell = sheet.cell(number, column)
    cell.value = clean(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"  # a name that begins with "=" is no formula
    cell.font = Font(bold=bold)
    return cell


def _page(sheet: Any) -> None:
    for number, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
