"""An activity as a school types it: what, at which level, when."""

import re

from core.activities import Activity, Scale
from knowledge.fold import fold

LONGEST = 200  # characters of a title; of a time half as many
_LEVELS = {
    **dict.fromkeys(("truong", "nha truong", "co so"), Scale.SCHOOL),
    **dict.fromkeys(("huyen", "quan", "thi xa", "xa", "phuong", "phong"), Scale.DISTRICT),
    **dict.fromkeys(("thanh pho", "tp", "tinh", "so"), Scale.CITY),
}
_NAMES = "|".join(sorted(_LEVELS, key=len, reverse=True))
_LEVEL = re.compile(rf"(?:,? ?\(?\b(?:quy mo |o |to chuc )?cap:? (?P<level>{_NAMES})\b\)?)")
_BARE_LEVEL = re.compile(rf"(?:cap |quy mo )?(?P<level>{_NAMES})")
_LABEL = re.compile(r"(?:ten )?(?:hoat dong|noi dung|thoi gian|thoi diem|quy mo|cap) ?: ?")
_TIME = (
    r"(?:(?:du kien|vao|trong|tu|khoang|dip)(?: khoang)? )*(?:thang (?:\d|nay|sau|toi)|ngay \d"
    r"|tuan (?:\d|dau|cuoi|thu|sau)|quy (?:\d|i)|hoc ky|hk ?\d|ca nam|nam hoc|(?:hang|moi) (?:ngay|tuan|thang|quy|nam)"
    r"|(?:dau|giua|cuoi) (?:thang|nam|hoc)|\d{1,2}[/.]\d|\d{1,2}h)"
)
_WHEN = re.compile(rf"{_TIME}.*")
_ENDS_WITH_TIME = re.compile(rf"[ ,]+(?P<when>{_TIME}[^,;]*)$")
_SEPARATORS = re.compile(r"\s*[;\n|]\s*|\s*,\s+|\s+[-–]\s+")


def read_activity(text: str) -> Activity:
    """As far as it is said; what is neither a level nor a time is the title."""
    title, scale, when = list[str](), None, ""
    for part in filter(None, (_bare(one) for one in _SEPARATORS.split(text))):
        folded = fold(part)
        level = _BARE_LEVEL.fullmatch(folded)
        if level and scale is None:
            scale = _LEVELS[level["level"]]
        elif not when and _WHEN.fullmatch(folded):
            when = part
        else:
            title.append(part)
    return _from_title(", ".join(title), scale, when)


def corrected(before: Activity, said: str) -> Activity:
    """With what is typed next: what was asked for, or what is to be otherwise."""
    if before.title and before.scale and not before.when:
        return Activity(before.title, before.scale, _tidy(said, LONGEST // 2))
    new = read_activity(said)
    waits = bool(before.title) and before.scale is None
    return Activity(
        before.title if waits or not new.title else new.title, new.scale or before.scale, new.when or before.when
    )


def _from_title(title: str, scale: Scale | None, when: str) -> Activity:
    """What the title still says of level and time is taken out of it."""
    if scale is None and (found := _LEVEL.search(fold(title))):
        scale = _LEVELS[found["level"]]
        title = f"{title[: found.start()].rstrip()} {title[found.end() :].lstrip(' ,')}".strip()
    if not when and (found := _ENDS_WITH_TIME.search(fold(title))):
        start, _ = found.span("when")
        title, when = title[: found.start()], title[start:]
    return Activity(_tidy(title, LONGEST), scale, _tidy(when, LONGEST // 2))


def _bare(part: str) -> str:
    """Without "Hoạt động:" before it."""
    label = _LABEL.match(fold(part))
    return part[label.end() if label else 0 :].strip(" .")


def _tidy(text: str, most: int) -> str:
    """Without the marks by which what was typed is carried from one answer to the next."""
    return " ".join(text.replace("|", " ").replace("+", " ").split()).strip(" ,.;")[:most]
