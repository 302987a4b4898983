"""Names of offices and people as papers print them: capitals brought to ordinary writing."""

import re

from core.people import Level
from knowledge.fold import fold

_KEPT = {
    "ủy ban nhân dân": "Ủy ban nhân dân",
    "uỷ ban nhân dân": "Ủy ban nhân dân",
    "ubnd": "UBND",
    "giáo dục và đào tạo": "Giáo dục và Đào tạo",
    "giáo dục & đào tạo": "Giáo dục và Đào tạo",
    "gd&đt": "GD&ĐT",
    "gdđt": "GDĐT",
    "văn hóa - xã hội": "Văn hóa - Xã hội",
    "văn hoá - xã hội": "Văn hóa - Xã hội",
    "mầm non": "Mầm non",
}
_SHORT = {"GDMN", "GDĐT", "GD&ĐT", "UBND", "MN", "CBGVNV", "CBQL", "STEAM", "PCGD", "XMC", "I", "II", "TP", "BGH"}
_INITIALS = re.compile(r"[bcdđghklmnpqrstvx]{2,4}")  # no vowel: "GD", "ĐT", "MN", "TP"
_COMMON = {"huyện", "quận", "phường", "xã", "tỉnh", "thành", "phố", "thị", "trấn", "đặc", "khu", "và", "nhóm", "lớp"}
_NAME = re.compile(r"[^\W\d_]+(?:\s+[^\W\d_]+){1,4}")
_GAP = re.compile(r"(?<=\S)(?<![Ss]ố:)(?<![Ss]ố)(?<!ngày)(?<!tháng)(?<!năm)(?<!,)\s{6,}(?=\S)(?!/|tháng|năm)")
_TITLES = (
    ("giam doc", "Giám đốc"),
    ("truong phong", "Trưởng phòng"),
    ("hieu truong", "Hiệu trưởng"),
    ("chu tich", "Chủ tịch"),
    ("chanh van phong", "Chánh Văn phòng"),
)
_ORG = re.compile(r"(?:ubnd|uy ban nhan dan|so|phong|truong|bo|vu|trung tam|co so|lop|nhom)\b(?!\s*:)")

_SURNAME = re.compile(r"V[ũŨ]\s")  # folded it looks like "Vụ"


def ordinary(text: str) -> str:
    """ "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO HUYỆN A" -> "Phòng Giáo dục và Đào tạo huyện A"; other writing is kept."""
    text = " ".join(text.split()).strip(" .,-_")
    if not text.isupper():
        return text
    low = text.lower()
    marks: list[str] = []
    for words, kept in _KEPT.items():
        if words in low:
            low = low.replace(words, f"\x00{len(marks)}\x00")
            marks.append(kept)
    done = " ".join(
        w.upper() if _INITIALS.fullmatch(w) else w if w in _COMMON or "\x00" in w else w.capitalize()
        for w in low.split()
    )
    for number, kept in enumerate(marks):
        done = done.replace(f"\x00{number}\x00", kept)
    return done[:1].upper() + done[1:]


def sentence_case(title: str) -> str:
    """A title in capitals as a sentence; short forms such as GDMN stay."""
    if not title.isupper():
        return title
    words = [w if w.strip("().,:") in _SHORT or re.search(r"[\d&]", w) else w.lower() for w in title.split()]
    return " ".join(words)[:1].upper() + " ".join(words)[1:]


def is_office(text: str) -> bool:
    """Whether a line of the head is the name of an office or school."""
    return (
        bool(_ORG.match(fold(text)))
        and not _SURNAME.match(text)
        and (text.isupper() or len(text.split()) <= 12)
        and not re.search(r"\d{3}", text)
    )


def level_of(office: str) -> Level | None:
    """The level that an office's own name tells."""
    name = " ".join(fold(office).split())
    if re.match(r"bo\b", name):
        return Level.MINISTRY
    if re.match(r"so\b", name):
        return Level.DEPARTMENT
    if re.match(r"(?:truong|nhom|lop|co so)\b", name):
        return Level.SCHOOL
    if re.search(r"(?<!thi )\b(?:xa|phuong|thi tran|dac khu)\b", name) or re.match(r"phong (?:van hoa|vh)", name):
        return Level.COMMUNE
    if re.match(r"phong\b", name) or re.search(r"\b(?:huyen|quan|thi xa)\b", name):
        return Level.DISTRICT
    return Level.DEPARTMENT if re.match(r"(?:ubnd|uy ban nhan dan) \w", name) else None


def is_person(text: str) -> bool:
    """Whether a line is a person's name: two to five capitalised words."""
    words = text.strip(" *.")
    return (
        bool(_NAME.fullmatch(words))
        and all(w[0].isupper() for w in words.split())
        and not (words.isupper() and _ORG.match(fold(words)))
    )


def office_title(lines: list[str]) -> str | None:
    """ "KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG" -> "KT. Trưởng phòng, Phó Trưởng phòng"; None where no line is a "
    "title."""
    found: list[str] = []
    for line in lines:
        folded = fold(line)
        known = next((kept for words, kept in _TITLES if words in folded), None)
        if known and len(line) < 60:
            deputy = "Phó " if re.search(r"\bpho\b", folded) else ""
            found.append(("KT. " if re.match(r"\W*kt\b", folded) else "") + deputy + known)
    return ", ".join(found) or None


def apart(text: str) -> list[str]:
    """The two sides of a letterhead or signature that blanks keep apart; "Số:      /KH" is one side."""
    return [side.strip() for side in _GAP.split(text.strip())]
