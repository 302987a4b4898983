"""What a cell of a sheet shows: days as days, whole numbers without ".0"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.datetime import from_excel, from_ISO8601

from knowledge.fold import nfc
from knowledge.old_fonts import KEPT
from knowledge.readers.safe_xml import Element, local

_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # ECMA-376, part 1, 22.9.2.19

Moment = date | time | timedelta


@dataclass(frozen=True, slots=True)
class Cells:
    """What all cells of a book share. `formats` by style."""

    strings: Sequence[str]
    formats: Sequence[str]
    epoch: datetime

    def shown(self, cell: Element) -> tuple[str, bool]:
        """Its words, "" for an error or nothing; whether it is a formula whose value was never kept.

        Raises ValueError, IndexError: no program writes such a cell.
        """
        kind, value, formula = cell.get("t", "n"), "", False
        for one in cell:
            name = local(one)
            if name == "v":
                value = one.text or ""
            elif name == "is":
                value = text_of(one)
            elif name == "f":
                formula = True
        if not value:
            return "", formula and kind != "str"
        return self._told(kind, value, int(cell.get("s", 0))), False

    def _told(self, kind: str, value: str, style: int) -> str:
        match kind:
            case "s":
                return self.strings[int(value)]
            case "inlineStr":
                return value
            case "str":
                return _words(value)
            case "b":
                return "x" if value in ("1", "true") else ""
            case "e":
                return ""
        form = self.formats[style] if style < len(self.formats) else ""
        if kind == "d":
            return _moment(from_ISO8601(value), _form(form))
        return _number(float(value), form, self.epoch)


def text_of(element: Element) -> str:
    """The words of a string and its runs, without how they are spoken; a line for each line."""
    told = [one.text or "" for one in element.iter("{*}t") if local(one.getparent()) != "rPh"]
    return _words("".join(told))


def _words(text: str) -> str:
    if "_x" in text:
        text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
    lines = [" ".join(line.split()) for line in nfc(text.replace("\r", "\n"), KEPT).split("\n")]
    return "\n".join(filter(None, lines))


@dataclass(frozen=True, slots=True)
class _Form:
    """How a number is shown: `code` in small letters, without words and colours."""

    code: str
    is_moment: bool
    is_span: bool


@lru_cache(256)
def _form(written: str) -> _Form:
    return _Form(_QUOTED.sub("", written).lower(), is_date_format(written), is_timedelta_format(written))


@lru_cache(4096)  # a plan's days and counts come again and again
def _number(value: float, written: str, epoch: datetime) -> str:
    form = _form(written)
    if form.is_moment:
        try:
            return _moment(from_excel(value, epoch, timedelta=form.is_span), form)
        except (OverflowError, ValueError):
            return ""  # no day of the calendar
    if "%" in form.code:
        return f"{_plain(round(value * 100, 6))}%"
    return _plain(value)


def _moment(value: Moment, form: _Form) -> str:
    """ "09/2023" where the sheet shows month and year alone: Excel makes a day of what was typed so."""
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02}h{minutes % 60:02}"
    if isinstance(value, time):
        return f"{value:%Hh%M}"
    if "m" in form.code and "y" in form.code and "d" not in form.code:
        return f"{value:%m/%Y}"
    if isinstance(value, datetime) and (value.hour or value.minute):
        return f"{value:%Hh%M} ngày {value:%d/%m/%Y}"
    return f"{value:%d/%m/%Y}"


def _plain(value: float) -> str:
    """With a comma, as one writes in Vietnam."""
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}".replace(".", ",")
