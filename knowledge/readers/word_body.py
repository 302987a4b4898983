"""The body of a Word document -> paragraphs and tables, as they would stand on paper."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.readers.layout import MOST_COLUMNS, Cell, Content, Table, Words
from knowledge.readers.safe_xml import Element, attr, child, flag, local, number
from knowledge.readers.word_lists import Lists
from knowledge.readers.word_runs import Runs, Said
from knowledge.readers.word_styles import Styles, centered, list_of

WRAPPERS = ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "dir", "bdo")


@dataclass(frozen=True, slots=True)
class Parts:
    """What the body refers to; footnotes and endnotes by their id."""

    styles: Styles
    lists: Lists
    footnotes: dict[str, Element]
    endnotes: dict[str, Element]

    def again(self) -> "Parts":
        """The same, with the lists not yet begun."""
        return replace(self, lists=self.lists.again())


class Body:
    """Walks a part once, top to bottom."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.runs = Runs(parts.styles)
        self.cells = 0  # how deep in tables
        self.torn = ""  # the words of a paragraph whose end was deleted

    def content(self, element: Element) -> Iterator[Content]:
        """What the element holds, in order."""
        for one in element:
            name = local(one)
            if name == "p":
                yield from self._paragraph(one)
            elif name == "tbl":
                yield self._table(one)
            elif name in WRAPPERS:
                yield from self.content(one)
            elif name == "AlternateContent" and (chosen := _chosen(one)) is not None:
                yield from self.content(chosen)

    def _paragraph(self, element: Element) -> Iterator[Content]:
        properties = child(element, "pPr")
        named = child(properties, "pStyle")
        style_id = self.parts.styles.default if named is None else attr(named, "val")
        style = self.parts.styles.of(style_id)
        said = self.runs.of(element, style)
        text = self.torn + said.text
        self.torn = ""
        if child(properties, "rPr", "del") is not None:
            self.torn = text
        elif not style.name.startswith("toc "):
            label = self._label(properties, style_id)
            middle = centered(properties)
            if text.strip():
                yield Words(
                    f"{label}{text.lstrip()}" if label else text, bool(style.centered) if middle is None else middle
                )
            elif self.cells and any(map(str.isalnum, label)):
                yield Words(label)  # the number of a row
            elif "\n" in text:
                yield Words(text)
        yield from self._hanging(said)

    def _hanging(self, said: Said) -> Iterator[Content]:
        """The text boxes and footnotes of a paragraph."""
        for box in said.boxes:
            yield from self.content(box)
        for kind, note in said.notes:
            known = self.parts.footnotes if kind == "footnoteReference" else self.parts.endnotes
            if (found := known.get(note)) is not None:
                yield from Body(replace(self.parts, footnotes={}, endnotes={})).content(found)

    def _label(self, properties: Element | None, style_id: str) -> str:
        list_id, level = list_of(properties)
        style = self.parts.styles.of(style_id)
        if list_id is None:
            list_id = style.list_id
            level = style.level if level is None else level
            if list_id and level is None:
                level = self.parts.lists.level_of(list_id, style_id)
        hidden = flag(child(properties, "rPr"), "vanish")
        return self.parts.lists.label(list_id, level or 0) if list_id and not hidden else ""

    def _table(self, element: Element) -> Table:
        rows: list[tuple[Cell, ...]] = []
        self.cells += 1
        for row in _inside(element, "tr"):
            properties = child(row, "trPr")
            if child(properties, "del") is not None or flag(properties, "hidden"):
                continue
            rows.append(tuple(self._cells(row, properties)))
        self.cells -= 1
        return Table(tuple(rows))

    def _cells(self, row: Element, properties: Element | None) -> Iterator[Cell]:
        before, after = (number(child(properties, name), "val") for name in ("gridBefore", "gridAfter"))
        if before:
            yield Cell(span=min(before, MOST_COLUMNS))
        for cell in _inside(row, "tc"):
            own = child(cell, "tcPr")
            if child(own, "cellDel") is not None:
                continue
            merge = child(own, "vMerge")
            merged = merge is not None and attr(merge, "val", "continue") == "continue"
            beside = child(own, "hMerge")
            if beside is not None and attr(beside, "val", "continue") == "continue":
                yield Cell()
                continue
            span = min(max(number(child(own, "gridSpan"), "val", 1), 1), MOST_COLUMNS)
            yield Cell(() if merged else tuple(self.content(cell)), span, merged)
        if after:
            yield Cell(span=min(after, MOST_COLUMNS))


def _inside(element: Element, name: str) -> Iterator[Element]:
    """The rows or cells, also those that a form or a note around them wraps."""
    for one in element:
        if local(one) == name:
            yield one
        elif local(one) in WRAPPERS:
            yield from _inside(one, name)


def _chosen(element: Element) -> Element | None:
    """Of what Word offers to newer and older readers, one."""
    choice = child(element, "Choice")
    return child(element, "Fallback") if choice is None else choice
