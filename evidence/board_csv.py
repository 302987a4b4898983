"""The register of a month as CSV, for other programs and for a double click in Excel."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from core.texts import exports as texts
from core.texts import site as site_texts
from evidence.figures import Line

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PIECE = 500  # lines


def board_csv(lines: Iterable[Line]) -> Iterator[bytes]:
    """UTF-8 with its mark, so that Excel reads the letters; pieces of some hundred lines."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(texts.REGISTER_COLUMNS)
    yield b"\xef\xbb\xbf"
    for number, line in enumerate(lines, 1):
        writer.writerow(_values(number, line))
        if number % _PIECE == 0:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def _values(number: int, line: Line) -> Iterator[str]:
    """Days as 2023-12-05, which no program takes for another."""
    yield str(number)
    yield from map(_text, (line.unit, line.task, line.number))
    yield str(line.due.day) if line.due else ""
    yield f"{line.at:%Y-%m-%d %H:%M}" if line.at else ""
    yield site_texts.MARKS[line.mark][1]
    yield str(line.late or "")
    yield line.code


def _text(words: str) -> str:
    """What begins as a formula is kept from being one."""
    return f"'{words}" if words.startswith(_FORMULA) else words
