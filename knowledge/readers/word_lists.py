"""The numbers and bullets that Word writes by itself, as the reader of the paper sees them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from knowledge.readers.safe_xml import Element, attr, child, flag, local, number

_LEVELS = 9
_GLYPHS = {  # of the fonts Symbol and Wingdings, which have a place of their own in Unicode
    "\uf0b7": "•", "\uf02d": "-", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf076": "❖", "\uf06f": "o",
    "\uf0a8": "○", "\uf06e": "■",
}  # fmt: skip
_SIGNS = "-–—+*•·●○▪■❖✓➢o"


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = " "
    plain: bool = False  # numbers of outer levels as 1, 2, 3 whatever their form
    restarts: bool = True
    style: str = ""


@dataclass(slots=True)
class _List:
    abstract: int
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)  # numbers at which this list begins anew
    begun: bool = False


class Lists:
    """The lists of a document; counts as the paragraphs come."""

    def __init__(self, root: Element | None) -> None:
        abstracts: dict[int, dict[int, _Level]] = {}
        self._root = root
        self._lists: dict[int, _List] = {}
        self._counts: dict[int, list[int | None]] = {}
        for element in () if root is None else root:
            if local(element) == "abstractNum":
                levels = [one for one in element if local(one) == "lvl"]
                abstracts[number(element, "abstractNumId")] = {number(one, "ilvl"): _level(one) for one in levels}
        for element in () if root is None else root:
            if local(element) == "num":
                self._lists[number(element, "numId")] = _list(element, abstracts)

    def again(self) -> "Lists":
        """The same lists, not yet begun."""
        return Lists(self._root)

    def level_of(self, list_id: int, style: str) -> int:
        """The level that stands for this style of paragraphs."""
        known = self._lists.get(list_id)
        return next((at for at, level in known.levels.items() if level.style == style), 0) if known and style else 0

    def label(self, list_id: int, level: int) -> str:
        """What stands before the next paragraph of this list, with the blank after it; "": nothing."""
        known = self._lists.get(list_id)
        shape = known.levels.get(level) if known else None
        if known is None or shape is None:
            return ""
        if shape.form == "bullet":
            return f"{_glyph(shape.text)} "
        counts = self._next(known, level)
        if shape.form == "none" and "%" not in shape.text:
            return f"{shape.text}{shape.suffix}" if shape.text.strip() else ""
        shown = re.sub(r"%([1-9])", lambda found: self._shown(known, shape, counts, int(found[1]) - 1), shape.text)
        return f"{shown}{shape.suffix}" if shown.strip() else ""

    def _next(self, known: _List, level: int) -> list[int | None]:
        counts = self._counts.setdefault(known.abstract, [None] * _LEVELS)
        if not known.begun:
            known.begun = True
            for at in known.starts:
                counts[at] = None
        starts = [known.starts.get(at, known.levels.get(at, _Level()).start) for at in range(_LEVELS)]
        for at in range(level):
            counts[at] = starts[at] if counts[at] is None else counts[at]
        now = counts[level]
        counts[level] = starts[level] if now is None else now + 1
        for at in range(level + 1, _LEVELS):
            if known.levels.get(at, _Level()).restarts:
                counts[at] = None
        return counts

    @staticmethod
    def _shown(known: _List, shape: _Level, counts: list[int | None], at: int) -> str:
        form = known.levels.get(at, _Level()).form
        return _FORMS.get("decimal" if shape.plain else form, str)(counts[at] or 0)


def _list(element: Element, abstracts: dict[int, dict[int, _Level]]) -> _List:
    abstract = number(child(element, "abstractNumId"), "val", -1)
    found = _List(abstract, dict(abstracts.get(abstract, {})))
    for change in element:
        if local(change) != "lvlOverride":
            continue
        level = number(change, "ilvl")
        own, start = child(change, "lvl"), child(change, "startOverride")
        if own is not None:
            found.levels[level] = _level(own)
        if start is not None and level < _LEVELS:
            found.starts[level] = number(start, "val")
    return found


def _level(element: Element) -> _Level:
    form, text, suffix, restart = (child(element, name) for name in ("numFmt", "lvlText", "suff", "lvlRestart"))
    style = child(element, "pStyle")
    return _Level(
        number(child(element, "start"), "val", 1),
        "decimal" if form is None else attr(form, "val"),
        "" if text is None else attr(text, "val"),
        "" if suffix is not None and attr(suffix, "val") == "nothing" else " ",
        bool(flag(element, "isLgl")),
        restart is None or attr(restart, "val") != "0",
        "" if style is None else attr(style, "val"),
    )


def _glyph(text: str) -> str:
    glyph = _GLYPHS.get(text[:1], text[:1])
    return glyph if glyph and glyph in _SIGNS else "-"


def _roman(count: int) -> str:
    found = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "M CM D CD C XC L XL X IX V IV I".split(),
        strict=True,
    ):
        times, count = divmod(count, value)
        found += sign * min(times, 9)
    return found


def _letter(count: int) -> str:
    """a to z, then aa, bb, as Word goes on."""
    times, at = divmod(max(count, 1) - 1, 26)
    return chr(ord("a") + at) * min(times + 1, 9)


_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda count: f"{count:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperLetter": lambda count: _letter(count).upper(),
    "lowerLetter": _letter,
}
