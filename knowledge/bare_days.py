"""Days written without their month, in a column or under a heading that is the month: "25", "03-07", "trước 15"."""

import re

from knowledge.fold import fold

_DAYS = re.compile(
    r"(?P<cue>(?:(?:truoc|cham nhat|han|het|den het|den|ngay|cac ngay|tu|sang|chieu|du kien)\s+)*)"
    r"(?P<first>\d{1,2})(?:\s*(?P<join>[-–,]|den|va)\s*(?P<last>\d{1,2}))?"
)


def with_month(text: str, months: tuple[str, ...]) -> str:
    """The text with the month that its days lack; as it is where it has one, is no day, or several months are meant.

    "05-11" under November may be the fifth of November and stays.
    """
    found = _DAYS.fullmatch(fold(text).strip(" ."))
    if len(months) != 1 or not found:
        return text
    month, first, last = int(months[0][5:]), int(found["first"]), int(found["last"] or 0)
    shown = text.strip(" .")
    if not last:
        return f"{shown}/{month}" if 1 <= first <= 31 else text
    if not first < last <= 31 or (last == month and found["join"] in "-–"):
        return text
    cue = shown[: found.end("cue")]
    if found["join"] in (",", "va"):
        return f"ngày {first} và {last}/{month}"
    return f"{cue}{'' if 'từ' in cue else 'từ '}{first} đến {last}/{month}"
