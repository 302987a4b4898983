"""A day that somebody types in answer to "until when?"."""

import re
from datetime import date

DAY = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?(?!\d)")


def day_in(said: str, today: date) -> date | None:
    """The day that is named, today or later; without a year the next one. None: none is."""
    found = DAY.search(said)
    if found is None:
        return None
    day, month, year = int(found[1]), int(found[2]), int(found[3] or 0)
    for candidate in (year,) if year else (today.year, today.year + 1):
        try:
            named = date(candidate, month, day)
        except ValueError:
            continue
        if named >= today:
            return named
    return None
