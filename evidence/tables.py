"""Tables as an Excel file: real moments, a head that stays, a filter."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from evidence.contents import clean, timeless
from evidence.desk import Desk

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEAD = PatternFill("solid", fgColor="DCECEA")
_MOMENT = "dd/mm/yyyy hh:mm"

Value = str | int | datetime | None
MakeTable = Callable[[Desk, str], Awaitable[tuple[bytes, str, int]]]
"""Of a unit: the file, what is said of it, how many things it lists."""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet; moments are Vietnam's, without a zone. `widths`: of the columns, in characters."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]
    widths: Sequence[int]


def xlsx(tables: Sequence[Table]) -> bytes:
    """The file; the same tables give the same bytes."""
    book = Workbook()
    book.remove(book.active)
    for table in tables:
        _sheet(book.create_sheet(table.name), table)
    out = BytesIO()
    book.save(out)
    return timeless(out.getvalue())


def _sheet(sheet: Any, table: Table) -> None:
    for number, values in enumerate((table.columns, *table.rows), 1):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(number, column)
            cell.value = clean(value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"  # a name that begins with "=" is no formula
            elif isinstance(value, datetime):
                cell.number_format = _MOMENT
            cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), _HEAD
    for column, width in enumerate(table.widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
