"""Words that say whom a notice is for: "các trường công lập huyện An Lão chưa nộp cân đo lần 2, trừ Hoa Phượng"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from core.notices import Audience
from core.people import Level, Ownership, Role, Unit
from knowledge.fold import fold

_WITHOUT = re.compile(r"[,;]?\s*\b(?:(?:ngoai )?tru|loai tru|khong gui(?: cho)?)\b\s+(?:ra )?")
_MISSING = re.compile(r"\b(?:ma )?(?:con )?(?:chua|thieu) nop\b(?: viec)?:?\s*(?P<task>.+)")
_PRIVATE, _INDEPENDENT, _PUBLIC = Ownership.PRIVATE, Ownership.INDEPENDENT, Ownership.PUBLIC
_OWNERSHIP = (
    (re.compile(r"\b(?:khoi )?(?:ngoai|khong) cong lap\b"), (_PRIVATE, _INDEPENDENT)),
    (re.compile(r"\b(?:khoi )?cong lap\b"), (_PUBLIC,)),
    (re.compile(r"\b(?:lop|nhom(?: lop| tre)?)?\s*doc lap(?: tu thuc)?\b"), (_INDEPENDENT,)),
    (re.compile(r"\b(?:tu thuc|dan lap)\b"), (_PRIVATE, _INDEPENDENT)),
)
_ROLES = (
    (re.compile(r"\b(?:cac )?(?:thay co )?hieu truong\b"), Role.PRINCIPAL),
    (re.compile(r"\b(?:cac )?(?:thay co )?(?:giao vien|gv)\b"), Role.TEACHER),
    (re.compile(r"\b(?:cac )?(?:can bo|chuyen vien|lanh dao)\b"), Role.STAFF),
)
_MANY = r"(?:tat ca|toan bo|moi|het)(?: cac)?|cac|nhung|nhom(?: cac)?"
_KIND = r"(?: (?:mam non|mn))?"
_LEVELS = (
    (re.compile(rf"\b(?:{_MANY}) (?:truong|co so|don vi truong|cs){_KIND}\b"), Level.SCHOOL),
    (
        re.compile(rf"^\s*(?:truong|co so){_KIND}(?=\s*(?:$|[,;]|(?:thuoc|o|huyen|quan|thi xa|tinh|thanh pho)\b))"),
        Level.SCHOOL,
    ),
    (
        re.compile(rf"\b(?:{_MANY}) (?:phong(?: (?:gd&dt|gddt|gd|giao duc(?: va dao tao)?))?)(?=\s*(?:$|[,;]))"),
        Level.DISTRICT,
    ),
    (re.compile(rf"\b(?:{_MANY}) (?:ubnd )?(?:xa(?:,? phuong)?|phuong)(?=\s*(?:$|[,;]))"), Level.COMMUNE),
    (re.compile(rf"\b(?:{_MANY}) so(?: (?:gd&dt|gddt|gd))?(?=\s*(?:$|[,;]))"), Level.DEPARTMENT),
)
_ALL = re.compile(
    r"\b(?:(?:tat ca|toan bo|moi|cac)(?: cac)? don vi(?: truc thuoc)?|tat ca|toan bo|moi nguoi|toan nganh)\b"
)
_OWN = re.compile(r"\b(?:nhom(?: cua)? truong(?: (?:toi|minh|em|nha))?|truong (?:toi|minh|em|nha)|(?:ca )?truong ta)\b")
_LIST = re.compile(r"^\s*(?:danh sach|ds)\s+(?P<name>.+)")
_FILLER = re.compile(r"^(?:gui|den|toi|cho|cua|thuoc|o|tai|trong|va|voi|rieng|nhom|cac|tat ca|toan bo|truong)$")
_GLUE = re.compile(r"^(?:(?:gui|den|toi|cho|cua|thuoc|o|tai|trong|va|voi|rieng|trong)\s+)+")
_AT_SCHOOL = {Role.PRINCIPAL, Role.TEACHER}
_EVERY = [Level.DEPARTMENT, Level.DISTRICT, Level.COMMUNE, Level.SCHOOL]
_BETWEEN = re.compile(r"\s*(?:[,;+]|&(?! ?dt)|\bva\b(?! dao tao))\s*")


@dataclass(frozen=True, slots=True)
class Understood:
    """What the words say. `task`: the words of what was not handed in; `unclear`: what nobody is called, as written.

    `kept`: the name of a list; nothing else is then said.
    """

    audience: Audience = Audience()
    task: str = ""
    unclear: tuple[str, ...] = ()
    kept: str = ""
    empty: bool = False  # nothing was said


Find = Callable[[str], Sequence[Unit]]  # the units that words name, of those that may be written to


def understand(words: str, find: Find, own: str, *, alone: bool = False) -> Understood:
    """What each of the words says; nothing is guessed: what is left over is unclear.

    `own`: the code of the own unit; `alone`: there is none below it, so that it is meant where none is named.
    """
    text = words.strip(" \n.!?:")
    if found := _LIST.match(fold(text)):
        return Understood(kept=text[found.start("name") :].strip())
    wanted, without = _parted(text, _WITHOUT)
    wanted, task = _parted(wanted, _MISSING, "task")
    understood = _conditions(wanted, find, own, alone)
    excluded, unclear = _units(without, find)
    audience = replace(understood.audience, without=excluded)
    return replace(understood, audience=audience, task=task, unclear=(*understood.unclear, *unclear), empty=not text)


def _conditions(text: str, find: Find, own: str, alone: bool) -> Understood:
    levels, roles, ownership = list[Level](), list[Role](), list[Ownership]()
    text, mine = _cut(text, _OWN)
    for pattern, role in _ROLES:
        text, said = _cut(text, pattern)
        roles += [role] * said
    for pattern, level in _LEVELS:
        text, said = _cut(text, pattern)
        levels += [level] * said
    for pattern, kinds in _OWNERSHIP:
        text, said = _cut(text, pattern)
        ownership += [kind for kind in kinds if said]
    text, all_ = _cut(text, _ALL)
    units, unclear = _units(text, find)
    if not (levels or roles or ownership or units or all_ or mine or unclear):
        unclear = (text.strip(),)
    of_schools = ownership or (set(roles) & _AT_SCHOOL and not (mine or alone))
    if not levels:
        levels += [Level.SCHOOL] if of_schools else _EVERY if all_ else []
    units = (*units, own) if mine or (alone and not units) else units
    return Understood(Audience(units, tuple(levels), tuple(dict.fromkeys(ownership)), tuple(roles)), unclear=unclear)


def _cut(text: str, pattern: re.Pattern[str]) -> tuple[str, bool]:
    """The text without what the pattern finds, which leaves a gap; whether it found any."""
    said = False
    while found := pattern.search(fold(text)):
        text, said = f"{text[: found.start()]} , {text[found.end() :]}", True
    return text, said


def _parted(text: str, pattern: re.Pattern[str], group: str | int = 0) -> tuple[str, str]:
    """What stands before the pattern and what after it, or in its group."""
    found = pattern.search(fold(text))
    if found is None:
        return text, ""
    begin = found.start(group) if group else found.end()
    return text[: found.start()], text[begin:].strip(" .,;:")


def _units(text: str, find: Find) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes of the units that are named, and what names none, or several."""
    codes, unclear = dict[str, None](), list[str]()
    for name in _names(text):
        found = find(name)
        if len(found) == 1:
            codes[found[0].code] = None
        else:
            unclear.append(name)
    return tuple(codes), tuple(unclear)


def _names(text: str) -> list[str]:
    names, at = [], 0
    folded = fold(text)
    for cut in (*_BETWEEN.finditer(folded), None):
        name = text[at : cut.start() if cut else len(text)].strip(" .")
        at = cut.end() if cut else len(text)
        glue = _GLUE.match(fold(name))
        name = name[glue.end() :] if glue else name
        if name and not _FILLER.match(fold(name)):
            names.append(name)
    return names
