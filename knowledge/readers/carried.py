"""A day in a merged cell is the day of every row that the cell covers; other merged words stand once."""

import re
from collections.abc import Iterable

_DAY = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}|\d{1,2}\s+tháng\s+\d|\bthứ\b|\btuần\s+\d|\bquý\s", re.IGNORECASE)
_LONG = 60  # characters; a day is told in fewer


def holds_for_each(text: str, left: Iterable[str]) -> bool:
    """Whether `text` is a day, and `left`, the row's own cells left of it, say what is due then."""
    return len(text) < _LONG and _DAY.search(text) is not None and any(len(words.split()) > 1 for words in left)
