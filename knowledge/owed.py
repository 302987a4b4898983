"""Who owes whom: from the clause's own words, the lines above it, the recipient, and whose paper it is."""

import re
from dataclasses import dataclass

from core.people import Level
from knowledge.actors import Named, Side, actors, over, tier, under
from knowledge.blocks import mask
from knowledge.fold import fold
from knowledge.items import starts_with_verb

_SENDS = re.compile(
    r"\b(?:gui|nop|bao\s+cao|dang\s+ky|(?<!chuong )(?<!qua )trinh|de\s+xuat|cung\s+cap|chuyen\s+(?:ve|cho|den)|"
    r"ke\s+khai|cap\s+nhat)\b"
)
_OFFICIAL = re.compile(
    r"\W*(?:to\s+chuc\s+)?(?:kiem\s+tra|thanh\s+tra|duyet|phe\s+duyet|tham\s+dinh|ban\s+hanh|huong\s+dan|"
    r"giao\s+ban|tap\s+huan|boi\s+duong|"
    r"hoi\s+(?:nghi|thao|thi)|khao\s+sat|cham|cong\s+bo|xet|kien\s+toan|phat\s+dong|tong\s+hop|thong\s+bao|"
    r"cong\s+nhan|nghiem\s+thu|tu\s+van|"
    r"gop\s+y|giam\s+sat|danh\s+gia\s+ngoai|hop|thi|tong\s+ket|trao\s+giai|so\s+khao|chung\s+khao)\b"
)
_TOLD = re.compile(r"\b(?:(?P<orders>chi\s+dao|don\s+doc)|huong\s+dan|nhac|trien\s+khai\s+(?:toi|den))\s+")
_OPENERS = (",", ";", ":", ".", "(", "de nghi", "yeu cau", "giao")
_SOON = re.compile(rf"[^,.;:]{{0,30}}?{_SENDS.pattern}")
_ACTS = re.compile(r"[^,.;:]{0,40}?\b(?:se|phai|can|tien\s+hanh|co\s+trach\s+nhiem|chiu|tu|chu\s+dong|tich\s+cuc)\b")
_GATHERS = re.compile(
    r"\b(?:thi|hoi\s+(?:thi|thao|nghi|giang)|chuyen\s+de|tap\s+huan|tong\s+ket|so\s+ket|giao\s+luu|sinh\s+hoat)\b"
)
_ASKS = re.compile(r"\b(?:đề nghị|yêu cầu|giao)\s+", re.IGNORECASE)
_SIGNS_UP = re.compile(r"\W*(?:thoi\s+)?han\s+(?:cuoi\s+)?(?:dang\s+ky|nop|gui)\b")
_RECEIVES = re.compile(r"\W*(?:tiep\s+)?nhan\s+(?:bai|ho\s+so|dang\s+ky|san\s+pham|bao\s+cao|phieu)\b")
_CEREMONIES = re.compile(
    r"\b(?:khai\s+giang|be\s+giang|ngay\s+hoi\s+(?:den|toan)|le\s+ra\s+truong|trung\s+thu|vien\s+chuc|tuu\s+truong)\b"
)
_CHILDREN = re.compile(
    r"\b(?:cho\s+(?:tre|be|hoc\s+sinh)|cua\s+tre|^\W*tre|tai\s+(?:cac\s+truong|truong\b(?=\s*(?:[.,;:]|$)))|"
    r"tuyen\s+sinh|ban\s+giao\s+tre|"
    r"cap\s+truong|lien\s+truong|kham\s+suc\s+khoe|"
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
    asked = _ASKS.search(text)
    if asked and actors(text[asked.end() :], side):
        return None  # "UBND xã đề nghị các trường thực hiện:" tells neither's work from the other's
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
    clause = _asked(clause)
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


def _asked(clause: str) -> str:
    """What is asked for, without the reason before it: "Để kịp báo cáo Sở, Phòng đề nghị các trường …"."""
    found = re.search(r"\b(?:đề nghị|yêu cầu|giao)\s", clause, re.IGNORECASE)
    return clause[found.start() :] if found and _SENDS.search(fold(clause[found.end() :])) else clause


def _named_above(clause: str, target: Level | None, doer: Level | None) -> Level | None:
    """ "gửi về GDĐT": a receiver cut short stands above the sender."""
    if re.search(r"\b(?:ve|gui|len)\s+(?:gd\s*(?:&|va)?\s*d{1,2}t|cap\s+tren)\b", fold(clause)):
        return over(doer) or target
    return target


def receiver(text: str, side: Side) -> Level | None:
    """Who these words say something is sent to."""
    return _target(mask(text), side)


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
    """The actor that does something: whoever is made to do it, else who opens the words or follows a comma."""
    folded = fold(text)
    named = actors(text, side)
    told = _TOLD.search(folded)
    for one in named:
        if told and one.start == told.end() and (told["orders"] or _SOON.match(folded[one.end :])):
            return one.level
    return next((one.level for one in named if _does(one, text, folded)), None)


def _does(named: Named, text: str, folded: str) -> bool:
    before = folded[: named.start].rstrip()
    if named.role == "gets":
        return False
    if before.endswith(" do"):
        return True
    if named.role != "does" or before.strip(' -+*·•(“"') and not before.endswith(_OPENERS):
        return False
    acts = starts_with_verb(text[named.end :]) or _ACTS.match(folded[named.end :])
    return bool(acts) or not before.endswith((",", ";"))  # there, only a verb behind it tells a subject from a list


def _silent(clause: str, around: str, target: Level | None, side: Side, event: bool) -> Level | None:
    """Nobody is named: told from the recipient, else from what is done and whose paper it is."""
    if target is not None and target is not Level.OTHER:
        return _sender(target, side)
    both = fold(f"{clause} {around}")
    level = tier(clause) or tier(around)
    if level and _GATHERS.search(both) and not _SIGNS_UP.match(fold(clause)):
        return level
    if side.issuer is Level.SCHOOL:
        return Level.TEACHER if _SENDS.search(fold(clause)) and not event else Level.SCHOOL
    if _RECEIVES.match(fold(clause)) or _SIGNS_UP.match(fold(clause)):
        return side.below()
    official = _OFFICIAL.match(fold(around or clause)) or _OFFICIAL.match(fold(clause))
    if _CEREMONIES.search(both) or (_CHILDREN.search(both) and not official):
        return Level.SCHOOL
    return side.issuer if event or official else side.below()


def _sender(target: Level, side: Side) -> Level | None:
    """Who sends something to this level: the one below it, in the order that the paper speaks for."""
    if target is side.issuer:
        return side.below()
    lower = under(target)
    return side.issuer if lower is Level.DISTRICT and side.issuer in (Level.COMMUNE, Level.SCHOOL) else lower


def _default_target(clause: str, doer: Level | None, side: Side) -> Level | None:
    """What is handed in goes to whoever asks for it, where no other receiver is named."""
    if _RECEIVES.match(fold(clause)):
        return side.issuer
    hands_in = re.search(r"\b(?:gui|nop)\b", fold(clause)) or re.match(
        r"\W*(?:[\w&]+\s+){0,6}?(?:bao\s+cao|dang\s+ky)\b", fold(clause)
    )
    return side.issuer if hands_in and doer is not side.issuer else None
