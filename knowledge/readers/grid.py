"""The columns of a table whose cells are merged: a header of two lines made one, days carried down."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_DAY = re.compile(
    r"(?<!\d)\d{1,2}\s*[/.-]\s*\d{1,2}(?!\d)|\d{1,2}\s+tháng\s+\d|\bthứ\b|\btuần\s+\d|\bquý\s", re.IGNORECASE
)
_ONE_DAY = re.compile(r"\D*\d{1,2}\s*[/.-]\s*\d{1,2}(?:[/.-]\d{4})?\D*")
LABEL = 40  # characters; the second line of a header is short


@dataclass(frozen=True, slots=True)
class Square:
    """One column of one row."""

    text: str
    merged: bool = False  # with the one above
    spanned: bool = False  # the right part of a wide cell


def evened(rows: list[list[Square]]) -> list[list[Square]]:
    """The rows, as wide as the widest; a header of two lines is one, a day written once for several rows in each."""
    width = max(map(len, rows), default=0)
    rows = [row + [Square("")] * (width - len(row)) for row in rows]
    if len(rows) > 1 and _is_second(rows[0], rows[1]):
        rows[1] = _together(rows[0], rows[1])
        rows[0] = [Square("")] * width
    for above, row in zip(rows, rows[1:], strict=False):
        _carry_days(above, row)
    return rows


def _is_second(first: Sequence[Square], second: Sequence[Square]) -> bool:
    wide = [at for at, square in enumerate(first) if square.spanned]
    under = {at for start in wide for at in (start - 1, start)}
    return bool(wide) and all(
        0 < len(two.text) < LABEL and not two.text.isdecimal() if at in under else two.merged or not two.text
        for at, two in enumerate(second)
    )


def _together(first: Sequence[Square], second: Sequence[Square]) -> list[Square]:
    found: list[Square] = []
    label = ""
    for one, two in zip(first, second, strict=True):
        label = label if one.spanned else one.text
        found.append(Square(f"{label} {two.text}".strip().replace("\n", " ")))
    return found


def _carry_days(above: Sequence[Square], row: list[Square]) -> None:
    """What is merged beside words of the row's own; of the first column the rows below know."""
    for at, square in enumerate(row):
        day = above[at].text
        if at and square.merged and not square.spanned and len(day) < LABEL and _DAY.search(day):
            words = [place for place, one in enumerate(row) if not one.merged and len(one.text.split()) > 1]
            if any(0 < place < at for place in words) or words and _ONE_DAY.fullmatch(day):
                row[at] = Square(day, True)
