"""Writes the founding texts as Excel workbooks: a row for each line or task, or a sheet for each month."""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.made_documents.blocks import PLANS, Paper, Table, paper


def book(document: Paper) -> bytes:
    """All in one sheet; months and titles merged over their rows and columns."""
    made = Workbook()
    sheet = made.worksheets[0]
    _head(sheet, document)
    for one in document.body:
        if isinstance(one, Table):
            _table(sheet, one)
        else:
            sheet.append([one])
    return _saved(made)


def by_month(document: Paper) -> bytes:
    """A sheet for each month of the paper's table, called by it; what stands above the table is on the first."""
    made = Workbook()
    made.remove(made.worksheets[0])
    at = next(n for n, one in enumerate(document.body) if isinstance(one, Table))
    table = document.body[at]
    assert isinstance(table, Table)
    for month, rows in _months(table):
        sheet = made.create_sheet(month.replace("/", "-").replace(" ", ""))
        if len(made.worksheets) == 1:
            _head(sheet, document)
            for one in document.body[:at]:
                sheet.append([one])
        sheet.append(["STT", "Nội dung"])
        for row in rows:
            sheet.append([int(row[1][0]), "\n".join(row[2])])
    for one in document.body[at + 1 :]:
        made.worksheets[-1].append([one])
    return _saved(made)


def _head(sheet: Worksheet, document: Paper) -> None:
    for at in range(max(len(document.left), len(document.right))):
        sheet.append([(side[at] if at < len(side) else None) for side in (document.left, [], document.right)])
    sheet.append([])


def _table(sheet: Worksheet, table: Table) -> None:
    sheet.append(table.header)
    if len(table.header) > 2 and not table.header[2]:
        sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=2, end_column=3)
    first = sheet.max_row + 1
    for row in table.rows:
        sheet.append([_value(lines) for lines in row])
    starts = [at for at, row in enumerate(table.rows) if row[0]] + [len(table.rows)]
    for begin, end in zip(starts, starts[1:], strict=False):
        if end - begin > 1:
            sheet.merge_cells(start_row=first + begin, end_row=first + end - 1, start_column=1, end_column=1)


def _value(lines: list[str]) -> str | int | None:
    text = "\n".join(lines)
    return int(text) if text.isdecimal() else text or None


def _months(table: Table) -> Iterator[tuple[str, list[list[list[str]]]]]:
    starts = [at for at, row in enumerate(table.rows) if row[0]] + [len(table.rows)]
    for begin, end in zip(starts, starts[1:], strict=False):
        yield " ".join(table.rows[begin][0]), table.rows[begin:end]


def _saved(made: Workbook) -> bytes:
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def main(folder: Path) -> None:
    """Writes the five into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in PLANS:
        (folder / f"{path.stem}.xlsx").write_bytes(book(paper(path)))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "made"))
