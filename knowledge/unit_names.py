"""How units are called: found by code, name or alias, and the proper name inside a long one."""

import re

from core.people import Unit, UnitTree
from knowledge.fold import fold, nfc

# "Phòng GD&ĐT", "PGDĐT", "Sở Giáo dục và Đào tạo" are one and the same however they are written.
_SAME = (
    (re.compile(r"\bgiao duc (?:va|&)? ?dao tao\b|\bgd ?(?:&|-|va)? ?dt\b"), "gddt"),
    (re.compile(r"\bpgd(?:dt)?\b"), "phong gddt"),
    (re.compile(r"\bsgd(?:dt)?\b"), "so gddt"),
    (re.compile(r"\b(?:truong )?(?:mam non|mn)\b"), "mn"),
    (re.compile(r"\buy ban nhan dan\b"), "ubnd"),
    (re.compile(r"[^\w/]+"), " "),
)

_AREA = r"(?:(?:quận|quan|huyện|huyen|thị xã|thi xa|tx\.?|thành phố|thanh pho|tp\.?|tỉnh|tinh)\s+)?"
_EDUCATION = r"(?:giáo dục(?:\s*(?:và|&)?\s*đào tạo)?|gd\s*(?:&|-|và)?\s*[đd]t|gd)"
_OFFICE = re.compile(rf"^(?:phòng|phong|sở|so)\s+{_EDUCATION}\s*{_AREA}|^[ps]gd[đd]?t?\s+{_AREA}|^{_AREA}")
_COMMUNE = re.compile(
    r"^(?:(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\s+)?(?:(?:xã|xa|phường|phuong|thị trấn|đặc khu)\s+)?"
)
_KIND = r"(?:(?:mầm non|mam non|mn|mẫu giáo|mg)\s+)"
_SCHOOL = re.compile(
    rf"^(?:(?:trường|truong)\s+{_KIND}|(?:lớp|lop|nhóm lớp|nhóm trẻ|cơ sở)\s+{_KIND}?|{_KIND})"
    r"(?:(?:độc lập|tư thục|công lập|dân lập)\s+)*"
)
_END = re.compile(r"[,;(\n]|\s[-–]\s|\s(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã)\s")


def units_named(tree: UnitTree, words: str) -> tuple[Unit, ...]:
    """The units with this code, else this name or alias, whatever marks and short forms are used.

    Empty: nobody is called so. More than one: the words do not tell them apart.
    """
    if unit := _by_code(tree, words):
        return (unit,)
    for key in (folded, canonical):
        wanted = key(words)
        if found := tuple(u for u in tree.units.values() if wanted in map(key, (u.name, *u.aliases))):
            return found
    return ()


def proper_name(text: str) -> str:
    """The name itself, folded: "Phòng GD&ĐT huyện Vĩnh Bảo, Hải Phòng" -> "vinh bao"; empty where there is none.

    Reads the diacritics before it folds: "Phòng" opens an office's name, and ends that of "Hải Phòng".
    """
    head = nfc(text).strip().lower()
    for opening in (_OFFICE, _COMMUNE, _SCHOOL):
        rest = opening.sub("", head + " ", count=1)
        if rest != head + " ":
            head = rest.strip()
            break
    return folded(_END.split(head + " ", maxsplit=1)[0])


def _by_code(tree: UnitTree, words: str) -> Unit | None:
    code = words.strip().casefold()
    return next((unit for unit in tree.units.values() if unit.code.casefold() == code), None)


def folded(text: str) -> str:
    """Without marks, in small letters, with single blanks."""
    return " ".join(fold(nfc(text)).split())


def canonical(text: str) -> str:
    """The same with its short forms made one: "PGDĐT", "Phòng GD&ĐT" -> "phong gddt"."""
    text = folded(text)
    for pattern, same in _SAME:
        text = pattern.sub(same, text)
    return text.strip()
