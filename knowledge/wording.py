"""The words of an obligation: its literal snippet, and a task line that can be read alone."""

import re

from knowledge.blocks import mask, runs
from knowledge.numbering import marker

_SPACE = re.compile(r"\s+")
_EDGE = " \t\n-–+•·*,;:"
_TASK = 260  # characters; a task line, not the paragraph
_EMPTY = re.compile(r"\(\s*\)|\[\s*\]|“\s*”")
_ENDS = re.compile(r"(?:\s+(?:và|vào|là|từ|trong|hoàn thành|xong|thời gian|hạn|về))+$", re.IGNORECASE)


def snippet(raw: str, start: int, end: int, keep: tuple[int, int] | None = None) -> str:
    """raw[start:end] without the blanks and tags at its ends; where tags cut it, the run that holds `keep`."""
    pieces = list(runs(raw, start, end))
    if len(pieces) > 1:
        whole = [piece for piece in pieces if keep and piece[0] <= keep[0] and keep[1] <= piece[1]]
        if keep and not whole:
            pieces = [(pieces[0][0], pieces[-1][1])]
        else:
            pieces = whole or [max(pieces, key=lambda piece: piece[1] - piece[0])]
    if not pieces:
        return raw[start:end].strip()
    first, last = pieces[0]
    return _balanced(raw[first:last].strip(" \t\n"))


def _balanced(words: str) -> str:
    """Without a bracket that opens at the end or closes at the start."""
    if words.endswith("("):
        words = words[:-1].rstrip()
    if words.startswith(")"):
        words = words[1:].lstrip(" .")
    return words


def plain(raw: str, start: int = 0, end: int | None = None) -> str:
    """The words of raw[start:end] without markup, number or bullet."""
    shown = mask(raw)[start:end]
    found = marker(shown)
    words = shown[found.end :] if found else shown
    return _SPACE.sub(" ", words).strip(_EDGE)


def task_line(words: str) -> str:
    """One line that reads well: no time, no empty bracket, first letter a capital, at most one paragraph's start."""
    words = _EMPTY.sub(" ", _SPACE.sub(" ", words))
    words = re.sub(r"\s+([,.;:)])|(?<=\()\s+", r"\1", words).strip(_EDGE)
    words = re.sub(r":\s+\d+(?:\s+ngày)?\s*\(?\)?$", "", words)
    words = _ENDS.sub("", words.rstrip(". ")).strip(_EDGE + " .")
    if words.count(")") > words.count("(") and words.endswith(")"):
        words = words[:-1].rstrip()
    if words.count("(") > words.count(")"):
        words = words[: words.rindex("(")].strip(_EDGE) if words.rindex("(") > len(words) // 2 else words + ")"
    if len(words) > _TASK:
        cut = max(words.rfind(stop, 80, _TASK) for stop in (". ", "; "))
        words = words[:cut] if cut > 0 else words[:_TASK].rsplit(" ", 1)[0] + "…"
    return words[:1].upper() + words[1:]
