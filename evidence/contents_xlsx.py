"""The contents of a dossier as an Excel file: real days, a head that stays, a filter, links to the files beside it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from urllib.parse import quote

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from core.dossier import Dossier
from core.texts import dossier as texts
from core.texts import dossier_criteria as by_texts
from core.texts.criteria import MET, NOT_MET
from core.texts.privacy import EXPIRED
from evidence.contents import Place, Row, clean, rows, timeless

_WIDTHS = (38, 8, 60, 12, 16, 18, 10, 12, 44, 14)
_BY_CRITERIA_WIDTHS = (26, 8, 50, 10, 10, 18, 44, 18, 12, 44, 14)
_HEAD = PatternFill("solid", fgColor="DCECEA")
_DAY, _MOMENT, _SIZE, _SHARE = "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "#,##0", "0%"
_LONGEST_LINK = 2000  # characters; Excel takes 2079

Value = str | int | float | date | datetime | None


def contents_xlsx(dossier: Dossier, places: Mapping[Place, str]) -> bytes:
    """The file; `places`: where each file that is there stands beside it."""
    book = Workbook()
    _list(book.active, dossier, places)
    _summary(book.create_sheet(texts.SUMMARY_SHEET), dossier)
    out = BytesIO()
    book.save(out)
    return timeless(out.getvalue())


def _list(sheet: Any, dossier: Dossier, places: Mapping[Place, str]) -> None:
    sheet.title = texts.CONTENTS_SHEET
    by = bool(dossier.by)
    names, widths = (by_texts.COLUMNS, _BY_CRITERIA_WIDTHS) if by else (texts.COLUMNS, _WIDTHS)
    file = names.index(texts.FILE_COLUMN) + 1
    _head(sheet, 1, names)
    for number, row in enumerate(rows(dossier), 2):
        path = places.get(row.place) if row.exhibit else None
        day = texts.BEFORE_DAY if row.item.due and row.item.due.before else _DAY
        formats = {8: _MOMENT, 11: _SIZE} if by else {4: day, 6: _MOMENT, 10: _SIZE}
        _fill(sheet, number, _by_criteria(row, path) if by else _values(row, path), formats)
        link = quote(path) if path else ""
        if link and len(link) <= _LONGEST_LINK:
            cell = sheet.cell(number, file)
            cell.hyperlink = link
            cell.font = Font(color="0F5A5C", underline="single")
        for column in (1, 3, file):
            sheet.cell(number, column).alignment = Alignment(wrap_text=True, vertical="top")
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _by_criteria(row: Row, path: str | None) -> Sequence[Value]:
    item, proof, exhibit = row.item, row.proof, row.exhibit
    return (
        row.programme.name,
        item.mark,
        item.title,
        None if item.most is None else float(item.most),
        own_score(item.score, item.most),
        texts.standing(item),
        proof.title if proof else None,
        texts.on(proof.at) if proof else None,
        proof.code if proof else None,
        _name(row, path),
        exhibit.file.size if exhibit else None,
    )


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


def own_score(score: Decimal | None, most: Decimal | None) -> float | str | None:
    """Points as a number, else a word; None: not yet."""
    if score is None:
        return None
    return float(score) if most is not None else (MET if score else NOT_MET)


def _summary(sheet: Any, dossier: Dossier) -> None:
    about: list[tuple[str, Value]] = [(texts.UNIT, dossier.unit), (texts.ON, dossier.day)]
    about += [(texts.MONTH, dossier.cut.month)] if dossier.cut.month else []
    about += [(texts.SET, dossier.by)] if dossier.by else []
    for number, values in enumerate(about, 1):
        _fill(sheet, number, values, {2: _DAY})
    first = len(about) + 2
    sheet.column_dimensions["A"].width = 70
    if dossier.by:
        _summary_by_criteria(sheet, dossier, first)
        return
    _head(sheet, first, texts.SUMMARY_COLUMNS)
    counted = [(one.name, len(one.items), one.due, one.given) for one in dossier.programmes]
    counted.append((texts.TOTAL, len(dossier.items), dossier.due, dossier.given))
    for number, (name, items, due, given) in enumerate(counted, first + 1):
        _fill(sheet, number, (name, items, due, given, given / due if due else None), {5: _SHARE})


def _summary_by_criteria(sheet: Any, dossier: Dossier, first: int) -> None:
    """Groups, how many criteria something serves, and points."""
    _head(sheet, first, by_texts.SUMMARY_COLUMNS)
    groups = [(one.name, [*one.items]) for one in dossier.programmes]
    for number, (name, items) in enumerate([*groups, (texts.TOTAL, [*dossier.items])], first + 1):
        given, most = sum(one.given for one in items), sum((one.most or 0 for one in items), Decimal(0))
        own = [one.score for one in items if one.score is not None]
        values = name, len(items), given, given / len(items) if items else None, float(most) or None
        _fill(sheet, number, (*values, float(sum(own)) if own else None), {4: _SHARE})


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
