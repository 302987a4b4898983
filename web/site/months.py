"""The month that an address of the staff site names: `?thang=2023-12`."""

import re
from datetime import date

from knowledge.periods import Period, whole_month

_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


def month_in(said: str, today: date) -> Period | None:
    """The month that it is, where none is said; None: that is no month."""
    found = _MONTH.fullmatch(said or f"{today:%Y-%m}")
    return whole_month(int(found[1]), int(found[2])) if found else None
