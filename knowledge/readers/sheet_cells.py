"""What a cell of a sheet shows: days as days, whole numbers without ".0"."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from knowledge.fold import nfc

_BLANK = re.compile(r"[ \t\u00a0]+")
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def shown(cell: dict[str, Any], book: Any) -> str:
    """The words of a cell as openpyxl's parser gives it; "" for an error or nothing."""
    value = cell["value"]
    if cell["data_type"] == "e" or value is None:
        return ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, datetime | date):
        return _day(value, _format(cell, book))
    if isinstance(value, time | timedelta):
        return _hours(value)
    if isinstance(value, int | float):
        return _number(value, _format(cell, book))
    lines = (_BLANK.sub(" ", line).strip() for line in nfc(str(value).replace("\r", "\n")).split("\n"))
    return "\n".join(line for line in lines if line)


def _format(cell: dict[str, Any], book: Any) -> str:
    """The cell's number format, in small letters, without words and colours."""
    styles = book._cell_styles
    at = int(cell["style_id"] or 0)
    number = styles[at].numFmtId if at < len(styles) else 0
    custom = book._number_formats
    written = custom[number - 164] if 0 <= number - 164 < len(custom) else _BUILT_IN.get(number, "")
    return _QUOTED.sub("", written).lower()


_BUILT_IN = {9: "0%", 10: "0.00%", 17: "mmm-yy"}


def _day(value: date, form: str) -> str:
    """ "09/2023" where the sheet shows month and year alone: Excel makes a day of what was typed so."""
    if "m" in form and "y" in form and "d" not in form:
        return f"{value:%m/%Y}"
    if isinstance(value, datetime) and (value.hour or value.minute):
        return f"{value:%Hh%M} ngày {value:%d/%m/%Y}"
    return f"{value:%d/%m/%Y}"


def _hours(value: time | timedelta) -> str:
    if isinstance(value, time):
        return f"{value:%Hh%M}"
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60:02}h{minutes % 60:02}"


def _number(value: float, form: str) -> str:
    if "%" in form:
        return f"{_plain(round(value * 100, 6))}%"
    return _plain(value)


def _plain(value: float) -> str:
    """With a comma, as one writes in Vietnam."""
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}".replace(".", ",")
