"""Web pages, and what Word saves as one: paragraphs, lists and tables; nothing is fetched, nothing is run."""

import re
from collections.abc import Iterator

from lxml import etree

from core.errors import BadInput
from core.texts import reading as texts
from knowledge.blocks import Source
from knowledge.readers.layout import MOST_COLUMNS, Cell, Content, Table, Words, lay_out
from knowledge.readers.safe_xml import Element, local
from knowledge.readers.text import decode

_SKIPPED = (
    "script style head template noscript title iframe object embed svg math select button textarea nav video audio"
).split()
_BLOCKS = (
    "p div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd section article main header footer body html center blockquote "
    "form fieldset pre hr address figure figcaption caption"
).split()
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_MIDDLE = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LETTERS = {"a": 96, "A": 64}


def read(name: str, data: bytes) -> Source:
    """What a reader of the page sees. Raises BadInput."""
    text, notes = decode(name, data)
    return Source(name, lay_out(content_of(name, text)), notes)


def content_of(name: str, text: str) -> list[Content]:
    """Paragraphs and tables of a page. Raises BadInput."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_DECLARED.sub("", text).encode("utf-8", "replace"), parser)
        return [] if root is None else list(_Page().content(root))
    except (etree.XMLSyntaxError, ValueError, RecursionError) as error:
        raise BadInput(texts.broken(name)) from error


class _Page:
    """Gathers words until a block begins or ends."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.middle = False

    def content(self, root: Element) -> Iterator[Content]:
        """What the element holds, in order."""
        yield from self._inside(root)
        yield from self._flush()

    def _flush(self) -> Iterator[Content]:
        lines = [_SPACE.sub(" ", line).strip() for line in "".join(self.words).split("\n")]
        self.words = []
        if any(lines):
            yield Words("\n".join(lines), self.middle)

    def _inside(self, element: Element) -> Iterator[Content]:
        self._say(element.text)
        count = _whole(element.get("start"), 1)
        for one in element:
            name = local(one)
            if name == "li":
                count = _whole(one.get("value"), count)
                yield from self._flush()
                self.words.append(_label(element, count))
                count += 1
            yield from self._one(one, name)
            self._say(one.tail)

    def _one(self, element: Element, name: str) -> Iterator[Content]:
        if name in _SKIPPED or not name or _hidden(element):
            return
        if name == "br":
            self.words.append("\n")
        elif name == "table":
            yield from self._flush()
            yield Table(_rows(element))
        elif name in _BLOCKS:
            yield from self._block(element, name)
        else:
            yield from self._inside(element)

    def _block(self, element: Element, name: str) -> Iterator[Content]:
        if name != "li" and not (self.words and name == "p" and local(element.getparent()) == "li"):
            yield from self._flush()
        before = self.middle
        self.middle = _centered(element, before)
        yield from self._inside(element)
        yield from self._flush()
        self.middle = before

    def _say(self, text: str | None) -> None:
        if text:
            self.words.append(_SPACE.sub(" ", text))


def _rows(table: Element) -> tuple[tuple[Cell, ...], ...]:
    """Cells that reach down are the rest of the cell above in the rows that they reach into."""
    rows: list[tuple[Cell, ...]] = []
    reach: dict[int, tuple[int, int]] = {}  # column -> rows still to come, columns wide
    for row in _rows_of(table):
        cells: list[Cell] = []
        at = 0
        for element in [one for one in row if local(one) in ("td", "th")]:
            at = _below(reach, cells, at)
            span = min(max(_whole(element.get("colspan"), 1), 1), MOST_COLUMNS)
            down = min(max(_whole(element.get("rowspan"), 1), 1), 1000)
            cells.append(Cell(() if _hidden(element) else tuple(_Page().content(element)), span))
            if down > 1:
                reach[at] = (down, span)
            at += span
        _below(reach, cells, at)
        reach = {column: (left - 1, span) for column, (left, span) in reach.items() if left > 1}
        rows.append(tuple(cells))
    return tuple(rows)


def _below(reach: dict[int, tuple[int, int]], cells: list[Cell], at: int) -> int:
    """Puts in the cells that reach into this row from above, as far as they follow on each other."""
    while at in reach and at < MOST_COLUMNS and len(cells) < MOST_COLUMNS:
        span = reach[at][1]
        cells.append(Cell((), span, True))
        at += span
    return at


def _rows_of(table: Element) -> Iterator[Element]:
    for one in table:
        if local(one) == "tr" and not _hidden(one):
            yield one
        elif local(one) in ("thead", "tbody", "tfoot"):
            yield from _rows_of(one)


def _hidden(element: Element) -> bool:
    return element.get("hidden") is not None or bool(_UNSEEN.search(element.get("style", "")))


def _centered(element: Element, inherited: bool) -> bool:
    if local(element) == "center" or element.get("align", "").lower() == "center":
        return True
    style = element.get("style", "")
    return bool(_MIDDLE.search(style)) or (inherited and "text-align" not in style and element.get("align") is None)


def _label(group: Element, count: int) -> str:
    if local(group) != "ol":
        return "- "
    first = _LETTERS.get(group.get("type", "1"))
    return f"{chr(first + min(count, 26))}. " if first and count > 0 else f"{count}. "


def _whole(text: str | None, default: int) -> int:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else default
