"""Other papers, addresses and systems that a document names."""

import re

from core.work import Contact
from knowledge.fold import fold

_PAPER = re.compile(
    r"(?<![\w/.])(\d{1,5}(?:/(?:19|20)\d\d)?)\s*/\s*((?:[A-ZĐ][A-Za-zĐđ]*)(?:\s?-\s?[A-ZĐ][A-Za-zĐđ]+|&[A-ZĐ]+)*)"
)
_TARGETS = r"(?:[Cc]ông văn|[Kk]ế hoạch|[Tt]hông báo|[Qq]uyết định|[Hh]ướng dẫn|[Vv]ăn bản|CV|KH|TB|QĐ)"
_REPLACES = re.compile(
    r"\b(?:thay thế|bãi bỏ|hủy bỏ|huỷ bỏ|đính chính)\b(?P<rest>[^.]*?(?:\.(?!\s)[^.]*?)*)(?:\.(?:\s|$)|$)",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_WEB = re.compile(r"https?://[^\s<>\"”),;]+|(?<![@\w.])(?:www\.)[\w\-.]+\.\w{2,}(?:/[^\s<>\"”),;]*)?")
_PHONE = re.compile(r"(?<![\w/.\-])(?:\(?0\d{1,3}\)?[ .\-]?)\d{3}[ .\-]?\d{3,4}(?![\w/])")
_ZALO = re.compile(r"nhóm\s+zalo\s*[“\"']([^”\"']{2,60})[”\"']", re.IGNORECASE)
_SYSTEM = re.compile(
    r"(?:phần mềm|hệ thống)\s+(?:[^\s,.;()]+\s+){0,6}?((?:[A-Z][A-Za-z]*-)?[A-Za-z]*(?:Office|office|OFFICE|QLVB|"
    r"SMAS|vnEdu|VNPT)\w*)"
)
_BORING = {"Số", "Ngày"}


def cited(text: str) -> tuple[str, ...]:
    """The numbers of the papers that the text names, in order, each once."""
    found = [f"{m[1]}/{m[2]}".replace(" ", "") for m in _PAPER.finditer(text) if _is_code(m[2])]
    return tuple(dict.fromkeys(found))


def replaced(text: str) -> tuple[str, ...]:
    """The numbers of the papers that this one replaces, moves or corrects."""
    found: list[str] = []
    for line in text.splitlines():
        if re.match(r"\W*(?:căn cứ)", line, re.IGNORECASE):
            continue
        for match in _REPLACES.finditer(line):
            named = re.search(rf"{_TARGETS}\s+(?:số\s*:?\s*)?(?=\d)", match["rest"])
            found += cited(match["rest"][named.start() :]) if named else ()
    return tuple(dict.fromkeys(found))


def contacts(text: str) -> tuple[Contact, ...]:
    """Addresses, telephones, chat groups and systems, each once."""
    kinds = (
        ("web", [m.group().rstrip(".") for m in _WEB.finditer(text)]),
        ("email", [m.group() for m in _EMAIL.finditer(text)]),
        ("phone", [m.group() for m in _PHONE.finditer(text)]),
        ("zalo-group", [m[1] for m in _ZALO.finditer(text)]),
        ("system", [m[1] for m in _SYSTEM.finditer(text)]),
    )
    return tuple(Contact(kind, value) for kind, values in kinds for value in dict.fromkeys(values))


def _is_code(code: str) -> bool:
    """Codes are capitals: "KH-SGDĐT", "QĐ-TTg"; "2 buổi/Ngày" is none."""
    return sum(c.isupper() for c in code) >= 2 and code not in _BORING and bool(fold(code))
