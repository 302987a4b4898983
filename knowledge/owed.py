"""Who owes whom: from the clause's own words, the lines above it, the recipient, and whose paper it is."""

import re
from dataclasses import dataclass

from core.people import Level
from knowledge.actors import Side, actors, over, tier, under
from knowledge.fold import fold
from knowledge.items import starts_with_verb

_SENDS = re.compile(r"\b(?:gui|nop|bao\s+cao|dang\s+ky|trinh|de\s+xuat|cung\s+cap|chuyen|cap\s+nhat)\b")
_OFFICIAL = re.compile(
    r"\W*(?:to\s+chuc\s+)?(?:kiem\s+tra|thanh\s+tra|duyet|phe\s+duyet|tham\s+dinh|ban\s+hanh|huong\s+dan|"
    r"giao\s+ban|tap\s+huan|boi\s+duong|"
    r"hoi\s+(?:nghi|thao|thi)|khao\s+sat|cham|cong\s+bo|xet|kien\s+toan|phat\s+dong|tong\s+hop|thong\s+bao|"
    r"cong\s+nhan|nghiem\s+thu|tu\s+van|"
    r"gop\s+y|giam\s+sat|danh\s+gia\s+ngoai|hop|thi|tong\s+ket|trao\s+giai|so\s+khao|chung\s+khao)\b"
)
_TOLD = re.compile(r"\b(?:chi\s+dao|huong\s+dan|don\s+doc|nhac|trien\s+khai\s+(?:toi|den))\s+")
_SOON = re.compile(rf"[^,.;:]{{0,30}}?{_SENDS.pattern}")
_ACTS = re.compile(r"[^,.;:]{0,40}?\b(?:se|phai|can|tien\s+hanh|co\s+trach\s+nhiem|chiu|tu|chu\s+dong|tich\s+cuc)\b")
_GATHERS = re.compile(
    r"\b(?:thi|hoi\s+(?:thi|thao|nghi|giang)|chuyen\s+de|tap\s+huan|tong\s+ket|so\s+ket|giao\s+luu|sinh\s+hoat)\b"
)
_CEREMONIES = re.compile(
    r"\b(?:khai\s+giang|be\s+giang|ngay\s+hoi\s+(?:den|toan)|le\s+ra\s+truong|trung\s+thu|vien\s+chuc|tua?u\s+truong)\b"
)
_CHILDREN = re.compile(
    r"\b(?:cho\s+(?:tre|be|hoc\s+sinh)|cua\s+tre|tai\s+truong|cap\s+truong|lien\s+truong|kham\s+suc\s+khoe|"
    r"ngay\s+hoi\s+den\s+truong|"
    r"tai\s+don\s+vi|nguoi\s+lao\s+dong|khai\s+giang|be\s+giang|le\s+ra\s+truong|phu\s+huynh|trang\s+thiet\s+bi|"
    r"lop\s+hoc)\b"
)
_ABOVE_HEAD = re.compile(
    r"\W*(?:(?:doi\s+voi|trach\s+nhiem\s+(?:cua)?|giao|de\s+nghi|yeu\s+cau|"
    r"phan\s+cong)\s+)?(?:nhiem\s+vu\s+cua\s+)?(?:cac\s+)?"
)


@dataclass(frozen=True, slots=True)
class Owed:
    """From whom to whom; `explicit`: the words name who does it."""

    source: Level | None
    target: Level | None
    explicit: bool


def heading_actor(text: str, side: Side) -> Level | None:
    """The actor of a heading or list lead that is little more than its name: "2. Đối với các cơ sở GDMN", "Cấp "
    "trường:"."""
    folded = fold(text).strip(" :.-")
    if len(folded.split()) > 14:
        return None
    named = actors(text, side)
    opening = _ABOVE_HEAD.match(folded)
    at = opening.end() if opening else 0
    first = next((one for one in named if one.start <= len(text) - len(text.lstrip(" -+*·•")) + at + 1), None)
    if first and (opening and opening.group().strip() or len(folded.split()) <= 9):
        return first.level
    level = tier(text)
    return level if level and re.match(r"\W*(?:o\s+)?cap\b", folded) else None


def who_owes(clause: str, around: str, above: Level | None, side: Side, *, event: bool = False) -> Owed:
    """Both ends of an obligation. `around`: the item's other words; `above`: the actor of its headings."""
    target = _target(clause, side)
    if target is None and _SENDS.search(fold(clause)):
        target = _target(around, side)
    doer, explicit = _doer(clause, around, above, side)
    if doer is not None and doer is target and not _subject(clause, side):
        doer, explicit = (under(target) if side.below() is target else side.below(), False)
        doer = doer if doer is not target else under(target)
    if doer is None:
        doer = _silent(clause, around, target, side, event)
    if target is None and not event:
        target = _default_target(clause, doer, side)
    return Owed(doer, _named_above(clause, target, doer), explicit)


def _named_above(clause: str, target: Level | None, doer: Level | None) -> Level | None:
    """ "gửi về GDĐT": a receiver cut short stands above the sender."""
    if re.search(r"\b(?:ve|gui|len)\s+(?:gd\s*(?:&|va)?\s*d{1,2}t|cap\s+tren)\b", fold(clause)):
        return over(doer) or target
    return target


def _target(text: str, side: Side) -> Level | None:
    folded = fold(text)
    got: list[Level] = []
    last = 0
    for named in actors(text, side):
        before = folded[: named.start]
        sent = re.search(r"\b(?:ve(?: bo phan)?|noi (?:nhan|nop|gui)\s*:?)\s+$", before) or _SENDS.search(before)
        joins = bool(got) and re.fullmatch(r"\s*(?:,|va|&|;)\s*", folded[last : named.start]) is not None
        if (named.role == "gets" and sent or joins) and named.level is not Level.TEACHER:
            got.append(named.level)
            last = named.end
    if got:
        doer = _subject(text, side)
        return next((level for level in got if level is not doer), got[0])
    return next((n.level for n in actors(text, side) if folded[: n.start].endswith("de ")), None)


def _doer(clause: str, around: str, above: Level | None, side: Side) -> tuple[Level | None, bool]:
    own = _subject(clause, side)
    if own:
        return own, True
    outer = _subject(around, side)
    if outer:
        return outer, True
    return (above, True) if above else (None, False)


def _subject(text: str, side: Side) -> Level | None:
    """The actor that does something: at the start of the words, or after a comma, with a verb behind it."""
    folded = fold(text)
    told = _TOLD.search(folded)
    for named in actors(text, side):
        if told and named.start == told.end() and _SOON.match(folded[named.end :]):
            return named.level
    for named in actors(text, side):
        before = folded[: named.start].rstrip()
        inside = before.endswith((",", ";"))  # there, only a verb behind it tells a subject from a list
        opens = not before.strip(' -+*·•(“"') or before.endswith(
            (",", ";", ":", ".", "(", "de nghi", "yeu cau", "giao", " do")
        )
        acts = starts_with_verb(text[named.end :]) or _ACTS.match(folded[named.end :])
        if named.role == "does" and opens and (acts or not inside):
            return named.level
        if before.endswith(" do") and named.role != "gets":
            return named.level
    return None


def _silent(clause: str, around: str, target: Level | None, side: Side, event: bool) -> Level | None:
    """Nobody is named: told from the recipient, else from what is done and whose paper it is."""
    if target is not None and target is not Level.OTHER:
        if target is side.issuer:
            return side.below()
        lower = under(target)
        if lower is Level.DISTRICT and side.issuer in (Level.COMMUNE, Level.SCHOOL):
            return side.issuer
        if target is Level.DEPARTMENT and side.issuer is Level.DEPARTMENT:
            return side.below()
        return lower
    level = tier(clause) or tier(around)
    if level and _GATHERS.search(fold(f"{clause} {around}")):
        return level
    if side.issuer is Level.SCHOOL:
        return Level.TEACHER if _SENDS.search(fold(clause)) and not event else Level.SCHOOL
    words = fold(around or clause)
    if _CEREMONIES.search(words) or (_CHILDREN.search(words) and not event):
        return side.below()
    official = _OFFICIAL.match(words) or _OFFICIAL.match(fold(clause))
    return side.issuer if event or official else side.below()


def _default_target(clause: str, doer: Level | None, side: Side) -> Level | None:
    """What is handed in goes to whoever asks for it, where no other receiver is named."""
    hands_in = re.search(r"\b(?:gui|nop)\b", fold(clause)) or re.match(
        r"\W*(?:[\w&]+\s+){0,6}?(?:bao\s+cao|dang\s+ky)\b", fold(clause)
    )
    return side.issuer if hands_in and doer is not side.issuer else None
