"""The report of a notice as an Excel file: every recipient with real moments, and the counts."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from core.clock import VIETNAM
from core.notices import Recipient
from core.texts import notice_reports as texts
from evidence.contents import clean, timeless
from evidence.desk import Desk

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTHS = (44, 26, 14, 22, 17, 36, 17, 26)
_HEAD = PatternFill("solid", fgColor="DCECEA")
_MOMENT = "dd/mm/yyyy hh:mm"

Value = str | int | datetime | None


def report_xlsx(desk: Desk, found: Sequence[Recipient], about: Sequence[tuple[str, str]]) -> bytes:
    """The file; `about`: what stands on the second sheet, each with its name."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = texts.SHEET
    _row(sheet, 1, texts.COLUMNS)
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    for number, one in enumerate(found, 2):
        _row(sheet, number, _values(desk, one))
    for number, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    counts: Any = book.create_sheet(texts.COUNTS_SHEET)
    for number, pair in enumerate(about, 1):
        _row(counts, number, pair)
    counts.column_dimensions["A"].width, counts.column_dimensions["B"].width = 30, 90
    out = BytesIO()
    book.save(out)
    return timeless(out.getvalue())


def _values(desk: Desk, one: Recipient) -> Sequence[Value]:
    place = one.place
    return (
        desk.unit_name(place.unit),
        one.name or texts.GROUP,
        texts.channel(place.address.platform) if place.address else None,
        texts.FATES[one.fate],
        _local(one.sent_at),
        texts.why(one) if one.reason else None,
        _local(one.acked_at),
        one.acked_by or None,
    )


def _local(instant: datetime | None) -> datetime | None:
    """As Excel takes it: without a zone, by Vietnam's clock."""
    return instant.astimezone(VIETNAM).replace(tzinfo=None) if instant else None


def _row(sheet: Any, number: int, values: Sequence[Value]) -> None:
    for column, value in enumerate(values, 1):
        cell = sheet.cell(number, column)
        cell.value = clean(value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"  # a name that begins with "=" is no formula
        elif isinstance(value, datetime):
            cell.number_format = _MOMENT
        cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
