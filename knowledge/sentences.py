"""Literal runs of a passage, sentence by sentence, and how they are shown."""

import re

_MARKUP = re.compile(r"<[^<>\n]{1,80}>")
_BLOCK = re.compile(r"</?(?:p|ul|ol|li|br|div|table|tr|td|th|h\d)\b[^<>\n]{0,80}>", re.IGNORECASE)
_END = re.compile(r"(?<=[.;!?])\s+(?=[A-ZĐÀ-Ỹ“\"'*+\-–(•·0-9])|(?<=[.;:!?)…])\s+(?=[-+•·]\s+[A-ZĐÀ-Ỹ“\"])|\n+")
_ABBREVIATED = re.compile(r"(?:\b[A-ZĐ]|\b(?:TP|Tp|ThS|TS|Đ/c|PGS|GS|KT|TM|TL|v\.v|VD|St))\.$")
_BULLET = re.compile(r"^\s*(?:[-+*•·–]\s+|[a-zđ]\)\s+)+")
_SPACE = re.compile(r"\s+")


def runs(text: str) -> list[str]:
    """The sentences of a passage, each a literal run, cut at the tags of blocks; no run is empty."""
    found: list[str] = []
    for piece in _BLOCK.split(text):
        held = ""
        at = 0
        for match in _END.finditer(piece):
            if _ABBREVIATED.search(piece[at : match.start()]):
                continue
            held = piece[at : match.start()].strip()
            if held:
                found.append(held)
            at = match.end()
        held = piece[at:].strip()
        if held and any(c.isalnum() for c in held):
            found.append(held)
    return found


def bare(run: str) -> str:
    """A literal run without its tags."""
    return _MARKUP.sub(" ", run) if "<" in run else run


def shown(run: str) -> str:
    """A literal run as a person reads it: no markup, no stars of emphasis, cells of a row apart by " · "."""
    text = _MARKUP.sub(" ", run).strip().replace("\t", " · ").replace("*", "")
    return _SPACE.sub(" ", _BULLET.sub("", text)).strip(" ·")


def shortened(text: str, limit: int) -> str:
    """The text up to `limit` characters, cut between words."""
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
