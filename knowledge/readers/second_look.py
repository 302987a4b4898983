"""Figures in a picture looked at a second time, apart from the page: where two looks differ, nobody knows them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PIL import Image, ImageFilter

from knowledge.readers.tesseract import Seen

_FIGURE = re.compile(r"\d+")
_BEFORE, _AFTER = (
    2,
    1,
)  # words beside a figure that are looked at with it: a figure that was not seen at all may be there
_APART = 3.0  # heights of a word; what stands farther apart is not one run
_OVERLAP = 0.5  # share of the lower word's height that words of one run have in common
_PAD = 8  # pixels around a run
_GAP = 34  # pixels of paper between runs
_SOFT = 1.5  # pixels of blur: other shapes of the same letters, without the grain
_BLOCK = 6  # Tesseract's page segmentation: one even block
_UNKNOWN = re.compile(r"(\d+(?=\s*(?:h|g|:)))|\d", re.IGNORECASE)

Read = Callable[[Image.Image, int], list[Seen]]


@dataclass(frozen=True, slots=True)
class _Run:
    """Words beside each other, by their numbers, and their place on the page and in the stack, in pixels."""

    words: tuple[int, ...]
    box: tuple[int, int, int, int]
    down: int


def looked_again(page: Image.Image, seen: Sequence[Seen], sure: float, read: Read) -> list[str]:
    """For each word what the second look makes of it: the same where both see the same figures.

    `sure`: of 100; a figure of which the first look is less sure is not known, whatever the second sees.
    """
    texts = [word.text for word in seen]
    runs = list(_runs(seen, page.size))
    if not runs:
        return texts
    found = read(_stack(page, runs), _BLOCK)
    for run in runs:
        again = sorted((word for word in found if _is_in(word, run)), key=lambda word: word.left)
        for number, text in zip(run.words, _told(run, seen, again, sure), strict=True):
            texts[number] = text
    return texts


def unknown(text: str) -> str:
    """The word with figures that nobody knows: still figures, but such as are no day, month, year or hour."""
    return _UNKNOWN.sub(lambda found: "99" if found[1] else "0", text)


def _told(run: _Run, seen: Sequence[Seen], again: Sequence[Seen], sure: float) -> list[str]:
    """The words of a run as the second look reads them; of others than figures the first look is believed."""
    first = [seen[number] for number in run.words]
    one, other = _figures([word.text for word in first]), _figures([word.text for word in again])
    if one == other:
        return [unknown(word.text) if word.sure < sure else word.text for word in first]
    with_figures = iter([word.text for word in again if _FIGURE.search(word.text)])
    if sum(bool(_FIGURE.search(word.text)) for word in again) == sum(bool(_FIGURE.search(w.text)) for w in first):
        return [next(with_figures) if _FIGURE.search(word.text) else word.text for word in first]
    return [unknown(word.text) for word in first]


def _figures(texts: Sequence[str]) -> list[str]:
    return [figure for text in texts for figure in _FIGURE.findall(text)]


def _lines(seen: Sequence[Seen]) -> Iterator[list[int]]:
    """Words that follow each other on one line, by their numbers."""
    line: list[int] = []
    for number, word in enumerate(seen):
        if line and not _follows(seen[line[-1]], word):
            yield line
            line = []
        line.append(number)
    if line:
        yield line


def _follows(one: Seen, other: Seen) -> bool:
    common = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    beside = common >= _OVERLAP * min(one.height, other.height)
    return beside and 0 < other.left - one.left < one.width + _APART * max(one.height, other.height)


def _runs(seen: Sequence[Seen], size: tuple[int, int]) -> Iterator[_Run]:
    down = _GAP
    for line in _lines(seen):
        near = {
            other
            for at, number in enumerate(line)
            if _FIGURE.search(seen[number].text)
            for other in line[max(0, at - _BEFORE) : at + _AFTER + 1]
        }
        for numbers in _neighbours(sorted(near)):
            box = _box([seen[number] for number in numbers], size)
            yield _Run(tuple(numbers), box, down)
            down += box[3] - box[1] + _GAP


def _neighbours(numbers: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _box(words: Sequence[Seen], size: tuple[int, int]) -> tuple[int, int, int, int]:
    return (
        max(0, min(word.left for word in words) - _PAD),
        max(0, min(word.top for word in words) - _PAD),
        min(size[0], max(word.left + word.width for word in words) + _PAD),
        min(size[1], max(word.top + word.height for word in words) + _PAD),
    )


def _stack(page: Image.Image, runs: Sequence[_Run]) -> Image.Image:
    width = max(run.box[2] - run.box[0] for run in runs) + 2 * _GAP
    last = runs[-1]
    stack = Image.new("L", (width, last.down + last.box[3] - last.box[1] + _GAP), 255)
    for run in runs:
        stack.paste(page.crop(run.box).filter(ImageFilter.GaussianBlur(_SOFT)), (_GAP, run.down))
    return stack


def _is_in(word: Seen, run: _Run) -> bool:
    middle = word.top + word.height / 2
    return run.down - _GAP / 2 <= middle < run.down + run.box[3] - run.box[1] + _GAP / 2
