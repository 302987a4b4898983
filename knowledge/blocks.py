"""The document model that every reader fills and extraction reads, wherever the document came from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.work import Spot

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->")
_BREAK = re.compile(r"</?(?:p|ul|ol|li|br|div|td|tr)\b[^<>]*>", re.IGNORECASE)
_MARK = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->|\*|_{2,}")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words between two line ends; `line` counts from 1, `text` is NFC and not empty.

    A file without lines counts its blocks, each as many as it has line ends and one; so `line` names one block.
    """

    line: int
    text: str
    spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; rows of one table share `table`. `text` is the row as it stands in the file.

    Every cell is a run of `text`, in reading order, so that a place in a cell is a place in the document.
    """

    line: int
    table: int
    cells: tuple[str, ...]
    text: str
    spot: Spot | None = None

    def starts(self) -> tuple[int, ...]:
        """Where each cell begins in `text`."""
        places: list[int] = []
        at = 0
        for cell in self.cells:
            at = max(self.text.find(cell, at), at)
            places.append(at)
            at += len(cell)
        return tuple(places)


Block = Paragraph | Row


@dataclass(frozen=True, slots=True)
class Source:
    """A file, read: its blocks in order, and what the reader had to guess, in Vietnamese sentences.

    `again`: the whole document as a second look reads it, where the reader is not sure of every figure; else empty.
    """

    name: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()
    again: tuple[Block, ...] = ()


def mask(text: str) -> str:
    """The text with tags and emphasis marks as blanks; every other character keeps its place."""
    if "<" not in text and "*" not in text and "__" not in text:
        return text
    return _MARK.sub(lambda found: " " * len(found.group()), text)


def readable(text: str) -> str:
    """The text for people: no markup, single spaces."""
    return _SPACE.sub(" ", _TAG.sub(" ", text).replace("*", "").replace("_", " ")).strip()


def untagged(text: str) -> str:
    """The text without the tags and blanks at its ends; still a literal run."""
    shown = mask(text)
    start = len(shown) - len(shown.lstrip())
    return text[start : len(shown.rstrip())]


def runs(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """The stretches of text[start:end] between tags, blank ones left out."""
    end = len(text) if end is None else end
    at = start
    for tag in _TAG.finditer(text, start, end):
        if text[at : tag.start()].strip():
            yield at, tag.start()
        at = tag.end()
    if text[at:end].strip():
        yield at, end


def parts(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of the text between tags that begin a new line or list item."""
    at = 0
    for tag in _BREAK.finditer(text):
        if text[at : tag.start()].strip():
            yield at, tag.start()
        at = tag.end()
    if text[at:].strip():
        yield at, len(text)
