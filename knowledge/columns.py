"""What a table's columns hold, told from the words of its header."""

import re
from dataclasses import dataclass
from enum import StrEnum

from knowledge.blocks import mask
from knowledge.fold import fold
from knowledge.months import months_in
from knowledge.years import Calendar


class Role(StrEnum):
    """What a column is for."""

    NUMBER = "number"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    OLD = "old"  # a date that no longer counts
    START = "start"
    DUE = "due"
    TIME = "time"
    TO = "to"
    WHO = "who"
    PARTNER = "partner"
    CHANNEL = "channel"
    DELIVERABLE = "deliverable"
    PLACE = "place"
    NOTE = "note"
    CONTENT = "content"
    OF_MONTH = "of month"  # a matrix: the header is a month, or a week, and the cell says what or when


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `label` as written; `months` of an OF_MONTH column."""

    role: Role
    label: str
    months: tuple[str, ...] = ()


_ROLES: tuple[tuple[Role, str], ...] = (
    (Role.NUMBER, r"^(?:stt|tt|so tt|so thu tu|no\.?|#)$"),
    (Role.MONTH, r"^thang(?:\s*[/,]?\s*nam(?: hoc)?)?$|^thoi gian \(thang\)$"),
    (Role.WEEK, r"^tuan(?: thu| le)?$|^tuan\s*/"),
    (Role.PARTNER, r"phoi hop"),
    (
        Role.OLD,
        r"\b(?:cu|truoc day|da (?:thong bao|giao|ban hanh|quy dinh)|ban dau)\b|^(?:thoi )?han (?:theo|"
        r"tai) (?:cong van|ke hoach|van ban)",
    ),
    (Role.START, r"^(?:thoi gian |ngay )?bat dau|^tu ngay$"),
    (
        Role.DUE,
        r"\bhan\b|\bhoan thanh\b|thoi (?:gian|diem) (?:nop|gui|bao cao|ket thuc)|ngay (?:nop|gui)|"
        r"^(?:ngay |thoi gian )?ket thuc|"
        r"^den ngay$|deadline|tien do|moc thoi gian",
    ),
    (Role.DAY, r"^(?:thu\s*[,/&-]?\s*)?ngay(?:\s*[,/-]?\s*(?:thang|thu))*(?:\s*/?\s*nam)?$|^thu$"),
    (Role.TIME, r"^thoi (?:gian|diem)|^gio\b|^buoi$"),
    (Role.TO, r"noi (?:nhan|gui|nop)|don vi (?:tiep )?nhan|nguoi nhan|gui ve|nop ve|cap nhan"),
    (
        Role.WHO,
        r"^ai\b|thuc hien|phan cong|don vi|nguoi|phu trach|chu tri|bo phan|trach nhiem|doi tuong|thanh phan|to chuc$",
    ),
    (Role.CHANNEL, r"hinh thuc|cach (?:thuc )?(?:gui|nop)|phuong thuc|kenh"),
    (Role.DELIVERABLE, r"san pham|ho so|minh chung|mau bieu|^ket qua"),
    (Role.PLACE, r"dia diem|^noi "),
    (Role.NOTE, r"ghi chu|luu y"),
    (
        Role.CONTENT,
        r"noi dung|cong viec|cong tac|^(?:sang|chieu|toi)$|nhiem vu|hoat dong|^ten|viec|bao cao|chuyen de|"
        r"linh vuc|mang|chu de|su kien|chuong trinh",
    ),
)
_NO_HEADER = re.compile(r"^\s*[-+•]\s|[^.]\.$|\d\s*[-–/.]\s*\d{1,2}(?!\d)|^\d{1,3}$")
_CONTENT_FIRST = re.compile(r"^(?:noi dung|cong viec|nhiem vu|hoat dong|ten )")
_MONTH_HEAD = re.compile(r"^(?:thang|t)\.?\s*(\d{1,2}(?:\s*[/+,&-]\s*\d{1,4})*)$|^(\d{1,2}\s*/\s*20\d\d)$")
_LEADING = (Role.MONTH, Role.WEEK, Role.NUMBER, Role.DAY)
_LONG = 60  # characters; a header cell is short


def header(cells: tuple[str, ...], calendar: Calendar) -> tuple[Column, ...] | None:
    """The columns that these cells name, or None where the row is no header; an unnamed cell is part of its "
    "left one."""
    texts = [mask(cell).strip() for cell in cells]
    if any(len(text) > _LONG or _NO_HEADER.search(text) for text in texts) or sum(map(bool, texts)) < 2:
        return None
    columns: list[Column | None] = [_column(text, calendar) for text in texts]
    known = [column for column in columns if column]
    led = bool(columns[0] and columns[0].role in _LEADING) and not any(re.search(r"\d", text) for text in texts)
    enough = len(known) >= 2 and len(known) * 2 >= sum(map(bool, texts))
    if not (enough or led) or all(c.role is Role.NUMBER for c in known):
        return None
    filled: list[Column] = []
    for text, column in zip(texts, columns, strict=True):
        left = filled[-1] if filled and not text else Column(Role.CONTENT, text)
        filled.append(column or left)
    return tuple(filled)


def _column(text: str, calendar: Calendar) -> Column | None:
    folded = " ".join(fold(text).split()).strip(" :.")
    month = _MONTH_HEAD.match(folded)
    if month:
        got = months_in(month[1] or month[2], calendar) if calendar.known or "20" in folded else None
        return Column(Role.OF_MONTH, text, got[0]) if got else None
    if not folded or re.fullmatch(r"[\d/.\- ]+", folded):
        return None
    if _CONTENT_FIRST.match(folded) and not re.search(r"\bhan\b|thoi gian", folded):
        return Column(Role.CONTENT, text)
    for role, words in _ROLES:
        if re.search(words, folded):
            return Column(role, text)
    return None
