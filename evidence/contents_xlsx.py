"""The contents of a dossier as an Excel file: real days, a head that stays, a filter, links to the files beside it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any
from urllib.parse import quote

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from core.dossier import Dossier
from core.texts import dossier as texts
from core.texts.privacy import EXPIRED
from evidence.contents import Row, clean, rows, timeless

_WIDTHS = (38, 8, 60, 12, 16, 18, 10, 12, 44, 14)
_HEAD = PatternFill("solid", fgColor="DCECEA")
_DAY, _MOMENT, _SIZE, _SHARE = "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "#,##0", "0%"
_LONGEST_LINK = 2000  # characters; Excel takes 2079

Value = str | int | float | date | datetime | None


def contents_xlsx(dossier: Dossier, places: Mapping[int, str]) -> bytes:
    """The file; `places`: where each file that is there stands beside it."""
    book = Workbook()
    _list(book.active, dossier, places)
    _summary(book.create_sheet(texts.SUMMARY_SHEET), dossier)
    out = BytesIO()
    book.save(out)
    return timeless(out.getvalue())


def _list(sheet: Any, dossier: Dossier, places: Mapping[int, str]) -> None:
    sheet.title = texts.CONTENTS_SHEET
    _head(sheet, 1, texts.COLUMNS)
    for number, row in enumerate(rows(dossier), 2):
        path = places.get(row.exhibit.number) if row.exhibit else None
        day = texts.BEFORE_DAY if row.item.due and row.item.due.before else _DAY
        _fill(sheet, number, _values(row, path), {4: day, 6: _MOMENT, 10: _SIZE})
        link = quote(path) if path else ""
        if link and len(link) <= _LONGEST_LINK:
            cell = sheet.cell(number, 9)
            cell.hyperlink = link
            cell.font = Font(color="0F5A5C", underline="single")
        for column in (1, 3, 9):
            sheet.cell(number, column).alignment = Alignment(wrap_text=True, vertical="top")
    for number, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _values(row: Row, path: str | None) -> Sequence[Value]:
    item, proof, exhibit = row.item, row.proof, row.exhibit
    return (
        row.programme.name,
        item.number,
        item.title,
        item.due.day if item.due else None,
        texts.standing(item),
        texts.on(proof.at) if proof else None,
        proof.late if proof else None,
        proof.code if proof else None,
        _name(row, path),
        exhibit.file.size if exhibit else None,
    )


def _name(row: Row, path: str | None) -> str | None:
    """With the reason, where the file is not in the ZIP."""
    if row.withheld:
        return f"{row.withheld.name or texts.FILE} ({texts.withheld(row.withheld)})"
    if row.exhibit is None:
        return EXPIRED if row.proof and row.proof.deleted else None
    name = row.exhibit.file.name or texts.FILE
    return name if path else f"{name} ({texts.NOT_HERE})"


def _summary(sheet: Any, dossier: Dossier) -> None:
    about: list[tuple[str, Value]] = [(texts.UNIT, dossier.unit), (texts.ON, dossier.day)]
    about += [(texts.MONTH, dossier.cut.month)] if dossier.cut.month else []
    for number, values in enumerate(about, 1):
        _fill(sheet, number, values, {2: _DAY})
    first = len(about) + 2
    _head(sheet, first, texts.SUMMARY_COLUMNS)
    counted = [(one.name, len(one.items), one.due, one.given) for one in dossier.programmes]
    counted.append((texts.TOTAL, len(dossier.items), dossier.due, dossier.given))
    for number, (name, items, due, given) in enumerate(counted, first + 1):
        _fill(sheet, number, (name, items, due, given, given / due if due else None), {5: _SHARE})
    sheet.column_dimensions["A"].width = 70


def _head(sheet: Any, number: int, names: Sequence[str]) -> None:
    _fill(sheet, number, names, {})
    for column in range(1, len(names) + 1):
        cell = sheet.cell(number, column)
        cell.font, cell.fill = Font(bold=True), _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center")


def _fill(sheet: Any, number: int, values: Sequence[Value], formats: Mapping[int, str]) -> None:
    for column, value in enumerate(values, 1):
        cell = sheet.cell(number, column)
        cell.value = clean(value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"  # a name that begins with "=" is no formula
        elif column in formats and value is not None:
            cell.number_format = formats[column]
        cell.alignment = Alignment(vertical="top")
