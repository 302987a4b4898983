"""Whose paper it is: from the letterhead or, without one, from code, signature and words."""

import re
from dataclasses import replace

from core.people import Level
from core.work import Head
from knowledge.fold import fold
from knowledge.names import apart, is_office, is_person, office_title, ordinary

_SELF = (
    (Level.DEPARTMENT, r"\bS[ởỞ]\s+(?:GD|Giáo|GIÁO)", "Sở Giáo dục và Đào tạo"),
    (Level.DISTRICT, r"\bP(?:hòng|HÒNG)\s+(?:GD|Giáo|GIÁO)", "Phòng Giáo dục và Đào tạo"),
    (Level.COMMUNE, r"\bPhòng\s+V(?:ăn|H)|UBND\s+(?:xã|phường)", "UBND"),
    (Level.SCHOOL, r"\b(?:N|n)hà\s+trường|Trường\s+(?:mầm|MN|Mầm)", "Trường Mầm non"),
)
_CODES = (
    (Level.DEPARTMENT, r"SGD|^SO"), (Level.DISTRICT, r"PGD"), (Level.COMMUNE, r"VHXH|UBND"),
    (Level.SCHOOL, r"^MN|TMN|\bMN[A-Z]"),
    (Level.DISTRICT, r"GDDT|GD-?DT"),
)  # fmt: skip
_SIGNERS = (
    (Level.DEPARTMENT, "Giám đốc"),
    (Level.DISTRICT, "Trưởng phòng"),
    (Level.COMMUNE, "Chủ tịch"),
    (Level.SCHOOL, "Hiệu trưởng"),
)
_ASKS = re.compile(r"(?:yêu cầu|đề nghị|xây dựng [Kk]ế hoạch|hướng dẫn|ban hành)")


def issued_by(head: Head, whole: str) -> Head:
    """Level, office, district and province, from the letterhead or, without one, from code, signature and words."""
    level = head.level or _level(head, whole)
    body = head.issuing_body
    known = next((name for at, _, name in _SELF if at is level), None)
    if body is None and known and head.place:
        between = {Level.DISTRICT: " huyện ", Level.COMMUNE: " ", Level.SCHOOL: " "}.get(level or Level.OTHER, " ")
        body = known + (between if _is_district(head.place, whole) or between == " " else " ") + head.place
    if body and level is Level.DEPARTMENT:
        return replace(head, issuing_body=body, level=level, province=_province(whole) or head.place, district=None)
    district = _district(body or "", level) or (head.place if level in (Level.DISTRICT, Level.COMMUNE) else None)
    return replace(head, issuing_body=body, level=level, province=_province(whole), district=district)


def _is_district(place: str, whole: str) -> bool:
    return not re.search(rf"(?:quận|thị xã|thành phố)\s+{re.escape(place)}", whole)


def _level(head: Head, whole: str) -> Level | None:
    code = fold((head.number_as_written or "").rpartition("/")[2]).upper()
    by_signer = next((at for at, words in _SIGNERS if words in (head.signer_title or "")), None)
    by_code = next((at for at, words in _CODES if re.search(words, code)), None)
    if by_code and by_code is not Level.DISTRICT:
        return by_code
    asking = next((at for at, words, _ in _SELF if re.search(words + r"[^.;:]{0,60}?" + _ASKS.pattern, whole)), None)
    return by_code or by_signer or asking


def _district(body: str, level: Level | None) -> str | None:
    found = re.search(r"(?:huyện|quận|phường|xã|thị xã|thị trấn|đặc khu)\s+((?:[^\W\d_]+\s*){1,4})$", body)
    return found[1].strip() if found and level is not Level.DEPARTMENT else None


def _province(whole: str) -> str | None:
    """The province or city that the document names most."""
    names: dict[str, int] = {}
    for found in re.finditer(
        r"(?:[Tt]ỉnh|[Tt]hành phố|TP\.?)\s+((?:[A-ZĐÀ-Ỹ][a-zà-ỹ]+\s?){1,4})|(?:TỈNH|"
        r"THÀNH PHỐ)\s+((?:[A-ZĐÀ-Ỹ]+ ?){1,4})",
        whole,
    ):
        name = ordinary(found[1] or found[2])
        names[name] = names.get(name, 0) + 1
    return max(names, key=lambda name: names[name]) if names else None


def signed(head: Head, body: list[str]) -> Head:
    """The name under the last office title."""
    cells = [part for text in body[-25:] for part in text.split("\t")]
    lines = [side.strip(" *") for part in cells for side in apart(part) if side.strip(" *")]
    titles = [
        i for i, line in enumerate(lines) if office_title([line]) and (line.isupper() or line[:3] in ("KT.", "TM."))
    ]
    if not titles:
        return head
    names = [line for line in lines[titles[-1] + 1 :] if is_person(line) and not is_office(line)]
    return replace(head, signer=names[-1] if names else None, signer_title=office_title([lines[i] for i in titles]))
