"""Plain text and Markdown: bytes -> lines, tabs or bars -> table rows."""

import codecs
import re
from itertools import count

from charset_normalizer import from_bytes

from core.errors import BadInput
from core.texts import reading as texts
from knowledge.blocks import Block, Paragraph, Row, Source
from knowledge.fold import nfc
from knowledge.old_fonts import KEPT, modern, recognised

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_VIETNAMESE = re.compile(r"[ăâêôơưđĂÂÊÔƠƯĐ]|[\u1ea0-\u1ef9]")
_BAR_RULE = re.compile(r"^\|?[\s:|-]+\|?$")
_GOES_ON = re.compile(r"[-+•*·–]\s*\w|[a-zà-ỹđ(]")
_LEGACY = ("cp1258", "utf-16-le", "utf-16-be")  # tried before guessing: charset detectors rarely name cp1258


def read(name: str, data: bytes) -> Source:
    """The lines of a text file. Raises BadInput."""
    text, notes = decode(name, data)
    return Source(name, read_lines(text), notes)


def decode(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text, NFC, and a note where the encoding had to be guessed; BadInput where it is no text."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _clean(data.decode(encoding, "replace")), ()
    if b"\x00" not in data:
        try:
            return _clean(data.decode("utf-8")), ()
        except UnicodeDecodeError:
            pass
    text, encoding = _guess(name, data)
    return _clean(text), (texts.guessed(name, encoding),)


def read_lines(text: str) -> tuple[Block, ...]:
    """One block for each line that holds words; a line with cells is a row, as is its continuation."""
    blocks: list[Block] = []
    tables = count(1)
    table = width = 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or (line.startswith("|") and _BAR_RULE.match(line)):
            continue
        cells = _cells(line)
        last = blocks[-1] if blocks else None
        if table and isinstance(last, Row) and _in_cell(last, cells, number, width):
            blocks[-1] = _longer(last, line, cells, number)
            continue
        if len([cell for cell in cells if cell.strip()]) > 1 or (table and len(cells) > 1):
            width = width if table else len(cells)
            table = table or next(tables)
            blocks.append(Row(number, table, cells, line))
        else:
            table = 0
            blocks.append(Paragraph(number, line.strip()))
    return tuple(blocks)


def _cells(line: str) -> tuple[str, ...]:
    if line.startswith("|") and line.rstrip().endswith("|") and line.count("|") > 2:
        return tuple(cell.strip() for cell in line.strip()[1:-1].split("|"))
    return tuple(cell.strip() for cell in line.split("\t"))


def _in_cell(row: Row, cells: tuple[str, ...], line: int, width: int) -> bool:
    """Whether this line is the rest of a cell with line breaks: the row lacks cells, and a list or sentence goes on."""
    ends = row.line + row.text.count("\n")
    fits = len(row.cells) < width and len(row.cells) + len(cells) - 1 <= width
    return fits and line == ends + 1 and bool(_GOES_ON.match(cells[0]))


def _longer(row: Row, line: str, cells: tuple[str, ...], number: int) -> Row:
    text = f"{row.text}\n{line}"
    joined = text[row.starts()[-1] : len(row.text) + 1] + line.split("\t")[0].rstrip()
    return Row(row.line, row.table, (*row.cells[:-1], joined, *cells[1:]), text)


def _guess(name: str, data: bytes) -> tuple[str, str]:
    western = data.decode("cp1252", "replace")
    if old := recognised(western.split("\n")):
        return modern(western, old), old.value
    best: tuple[int, str, str] = (0, "", "")
    for encoding in _LEGACY:
        try:
            text = _clean(data.decode(encoding))
        except UnicodeDecodeError:
            continue
        best = max(best, (_likeness(text), text, encoding))
    if best[0] > 0:
        return best[1], best[2]
    found = from_bytes(data).best()
    if found is None or "\x00" in str(found):
        raise BadInput(texts.binary(name))
    return str(found), found.encoding


def _likeness(text: str) -> int:
    """How Vietnamese the text looks: its Vietnamese letters, less what no document holds; in thousandths."""
    odd = sum(not c.isprintable() and c not in "\n\t" for c in text)
    letters = len(_VIETNAMESE.findall(text))
    asian = sum("\u2e80" <= c <= "\uffff" for c in text)
    return 1000 * (letters - 5 * odd - 5 * asian) // max(1, len(text))


def _clean(text: str) -> str:
    return nfc(text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n"), KEPT)
