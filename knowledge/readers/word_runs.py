"""The runs of a Word paragraph -> its words: changes as accepted, fields by their result, old fonts in Unicode."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from knowledge.old_fonts import encoding_of, modern
from knowledge.readers.safe_xml import Element, attr, child, flag, local
from knowledge.readers.word_styles import Style, Styles, font_of

_INSIDE = (
    "ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple", "dir", "bdo",
    "oMath", "oMathPara", "ruby", "rubyBase",
)  # fmt: skip
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_NOTES = ("footnoteReference", "endnoteReference")
_DRAWN = ("drawing", "pict", "object")
_MOST_BOXES = 2000


@dataclass(slots=True)
class Said:
    """A paragraph's words, the text boxes that hang on it, and the notes it refers to as (kind, id)."""

    text: str = ""
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


class Runs:
    """Reads paragraph after paragraph; a field may reach over several."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.fields: list[bool] = []  # the open ones; whether the result has begun

    def of(self, paragraph: Element, style: Style) -> Said:
        """What the paragraph says; `style`: its own."""
        said = Said()
        for run in _runs(paragraph):
            if local(run) == "AlternateContent":
                _boxes(run, said)
            elif not self._hidden(run, style):
                said.text += self._words(run, style, said)
        self.fields = [True for _ in self.fields]  # no instruction goes on in the next paragraph
        return said

    def _hidden(self, run: Element, style: Style) -> bool:
        own = flag(child(run, "rPr"), "vanish")
        return bool(self._style(run, style).hidden if own is None else own)

    def _style(self, run: Element, style: Style) -> Style:
        named = child(run, "rPr", "rStyle")
        return style if named is None else self.styles.of(attr(named, "val"))

    def _words(self, run: Element, style: Style, said: Said) -> str:
        properties = child(run, "rPr")
        font = font_of(properties) or self._style(run, style).font or style.font
        text = "".join(self._pieces(run, said))
        if text and (old := encoding_of(font)):
            text = modern(_low(text), old)
            text = text.upper() if font.lower().rstrip().endswith("h") else text
        caps = flag(properties, "caps")
        return text.upper() if (self._style(run, style).caps if caps is None else caps) else text

    def _pieces(self, run: Element, said: Said) -> Iterator[str]:
        for one in run:
            name = local(one)
            if name == "fldChar":
                self._field(attr(one, "fldCharType"))
            elif name in _DRAWN or name == "AlternateContent":
                _boxes(one, said)
            elif name in _NOTES:
                said.notes.append((name, attr(one, "id")))
            elif all(self.fields):
                yield _piece(one, name)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(False)
        elif kind == "separate" and self.fields:
            self.fields[-1] = True
        elif kind == "end" and self.fields:
            self.fields.pop()


def _runs(element: Element) -> Iterator[Element]:
    for one in element:
        name = local(one)
        if name in ("r", "AlternateContent"):
            yield one
        elif name in _INSIDE:
            yield from _runs(one)


def _piece(element: Element, name: str) -> str:
    if name == "t":
        return element.text or ""
    return _symbol(attr(element, "char")) if name == "sym" else _SIGNS.get(name, "")


def _boxes(drawn: Element, said: Said) -> None:
    """The text boxes in a drawing: of what is offered to newer and older readers, one."""
    if local(drawn) == "AlternateContent":
        choice = child(drawn, "Choice")
        drawn = child(drawn, "Fallback") if choice is None else choice
    for one in () if drawn is None else drawn:
        if local(one) == "txbxContent":
            if len(said.boxes) < _MOST_BOXES:
                said.boxes.append(one)
        elif local(one) != "p":
            _boxes(one, said)


def _symbol(code: str) -> str:
    """A character of a font of signs, by its hexadecimal code."""
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return {"\uf0b7": "•", "\uf02d": "-", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0e0": "→"}.get(char, "")


def _low(text: str) -> str:
    """Some programs keep the letters of an old font in Unicode's private part."""
    return "".join(chr(ord(char) - 0xF000) if "\uf020" <= char <= "\uf0ff" else char for char in text)
