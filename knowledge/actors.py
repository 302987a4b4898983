"""Who a text names: Bộ, Sở, Phòng, xã, trường, giáo viên; as levels of the tree of units."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from core.people import Level, Ownership
from knowledge.fold import fold

_GDDT = r"g(?:d|iao\s+duc)(?:\s*(?:&amp;|&|-|va)?\s*(?:d{1,2}t\b|dao\s+tao))?"
_PRESCHOOL = r"(?:gdmn|giao\s+duc\s+mam\s+non|mam\s+non|gd\s+mam\s+non)"
_WORDS: tuple[tuple[str, str], ...] = (
    (
        "department",
        rf"phong\s+(?:chuyen\s+mon\s+)?{_PRESCHOOL}(?:\s*[-–,(]?\s*(?:cua\s+)?so\b(?:\s+{_GDDT})?)?",
    ),
    (
        "department",
        rf"(?:lanh\s+dao\s+|ld\s+|giam\s+doc\s+|ban\s+giam\s+doc\s+|"
        rf"doan\s+[\w ]{{3,30}}?\scua\s+)?(?:so\s+{_GDDT}|s\.?\s?g\.?d\s?(?:&|"
        rf"va)?\s?d{{0,2}}t\b|sgd\b)",
    ),
    ("bare_so", r"so\b(?!\s+(?:noi|tai|y|huu|thich|tu|van|khoa|lao|thu))"),
    (
        "district",
        rf"(?:lanh\s+dao\s+|ld\s+|bo\s+phan\s+chuyen\s+mon\s+|(?:truong|to)\s+)?(?:cac\s+)?phong\s+{_GDDT}|"
        rf"p\.?\s?g\.?d\s?(?:&|va)?\s?d{{0,2}}t?\b|pgdd?dt\b",
    ),
    ("commune", r"phong\s+(?:van\s+hoa|vh)\s*(?:[-–&,]|va)?\s*(?:xa\s+hoi|xh)\b|phong\s+vhxh\b"),
    (
        "commune",
        r"(?:ubnd|uy\s+ban\s+nhan\s+dan)\s+(?:cac\s+|cap\s+)?(?:xa|phuong|thi\s+tran|"
        r"dac\s+khu)\b(?:\s*,\s*(?:phuong|xa|thi\s+tran|dac\s+khu))*",
    ),
    ("commune", r"cac\s+(?:xa|phuong)\b(?:\s*,\s*(?:phuong|xa|thi\s+tran|dac\s+khu)\b)*"),
    ("district", r"(?:ubnd|uy\s+ban\s+nhan\s+dan)\s+(?:cac\s+)?(?:huyen|quan|thi\s+xa)\b"),
    ("department", r"doan\s+[\w ]{3,30}?\scua\s+tinh\b"),
    ("ministry", rf"bo\s+{_GDDT}|vu\s+{_PRESCHOOL}"),
    (
        "other",
        r"phong\s+(?:tai\s+chinh|noi\s+vu|y\s+te|kinh\s+te|tu\s+phap|lao\s+dong|"
        r"van\s+hoa)[^\s,.;()]*|hoi\s+(?:phu\s+nu|cha\s+me|khuyen\s+hoc|dong\s+y)|cong\s+an\b|(?:tram|"
        r"trung\s+tam|so|bo)\s+y\s+te|so\s+(?:noi\s+vu|tai\s+chinh|y\s+te)|"
        r"mat\s+tran|ubnd\s+(?:tinh|thanh\s+pho)|uy\s+ban\s+nhan\s+dan\s+(?:tinh|thanh\s+pho)|phu\s+huynh|"
        r"cha\s+me\s+tre",
    ),
    ("school", r"cong\s+doan\s+(?:cac\s+)?(?:co\s+so\b|(?:nha\s+)?truong\b|don\s+vi\b)"),
    ("union", r"doan\s+thanh\s+nien|cong\s+doan"),
    ("council", r"hoi\s+dong\s+(?:cham|thi|xet|sang\s+kien|tham\s+dinh|khoa\s+hoc)\b"),
    ("own", r"ban\s+(?:giam\s+khao|to\s+chuc)\b|to\s+(?:mam\s+non|mn)\b|truong\s+phong\b|chuyen\s+vien\b"),
    (
        "teacher",
        r"(?:toan\s+the\s+|cac\s+|moi\s+|100%\s+)?(?:can\s+bo\s*,\s*)?(?:giao\s+vien|gvcn|gv|cbgvnv|to\s+truong|"
        r"khoi\s+truong|truong\s+khoi|to\s+chuyen\s+mon|(?:cac|moi)\s+to\b|cac\s+khoi|(?:cac|"
        r"moi)\s+lop\b(?!\s+(?:doc|mam|tu))|nhan\s+vien|to\s+nuoi|to\s+(?:nha\s+tre|mau\s+giao|mg|nt|van\s+phong)\b|"
        r"[23]\s+to\b)",
    ),
    (
        "school",
        r"(?:cac\s+|moi\s+|nhung\s+|tat\s+ca\s+(?:cac\s+)?|100%\s+)*(?:nha\s+truong|truong|truong\s+mn|co\s+so\s+(?:gd|"
        r"giao\s+duc|mam\s+non|mn|nuoi)\w*|csgd\w*|cac\s+co\s+so|(?:pho\s+)?hieu\s+truong|ht\b|pht\b|"
        r"ban\s+giam\s+hieu|bgh\b|(?:can\s+bo\s+quan\s+ly|cbql)\b|nhom\s*,?\s*(?:lop|tre)|chu\s+(?:co\s+so|nhom)|mn\s+(?=\w)|mam\s+non\s+(?=\w)|"
        r"van\s+phong\s+(?:nha\s+)?truong|van\s+thu|ke\s+toan|y\s+te\s+(?:truong|hoc\s+duong)|"
        r"(?<!.)y\s+te(?=\s*(?:[,;]|$)))",
    ),
    ("units", r"(?:cac\s+|moi\s+|tung\s+|nhung\s+)*(?:don\s+vi|dia\s+phuong)\b(?:\s+truong\s+hoc)?"),
    (
        "phong",
        r"phong\b(?=\s*(?:$|[,.;:()]|truoc\b|cham\b|qua\b|theo\b|vao\b|gui\b|tong\b|nop\b|bao\b|de\b|hoan\b|"
        r"to\s+chuc|kiem|thong|ve\b|lua|va\b|trong\b|chi\s+dao|tham))",
    ),
    ("bare_xa", r"(?:xa|phuong)\b(?!\s+hoi\b)"),
    ("ubnd", r"(?:ubnd|uy\s+ban\s+nhan\s+dan)\b"),
    ("above", rf"{_GDDT}\b(?=\s*(?:$|[,.;:()]|truoc\b|cham\b))|co\s+quan\s+(?:quan\s+ly\s+)?cap\s+tren|cap\s+tren\b"),
)
_ACTOR = re.compile("|".join(rf"(?P<a{i}>(?<![\w])(?:{words}))" for i, (_, words) in enumerate(_WORDS)))
_QUOTED = re.compile(r"“[^”]{0,250}”|\"[^\"]{0,250}\"")  # names of programmes hold words for schools and pupils
_TIER = re.compile(
    r"\bcap\s+(?:(?P<department>thanh\s+pho|tinh|so)|(?P<district>huyen|quan|phong)|(?P<commune>xa|phuong)|"
    r"(?P<school>truong|co\s+so))\b"
)
_NOT_SCHOOL = re.compile(r"(?:thi|moi|ky|hien|lap|chu|hoi|quang|nong|cong|do|chien|co|san)\s+$")
_STANDS_ALONE = re.compile(r"(?:^|[,;:.(])[\W]*$|\b(?:gui|nop|ve|trinh|len|bao\s+cao)\s+(?:cho\s+|ve\s+)?$")
_TO = re.compile(
    r"\b(?:dang\s+ky|ke\s+khai|bao\s+cao)\b[^.;]{0,60}?\svoi\s+$|"
    r"\bnoi\s+(?:nhan|nop|gui)\s*:?\s*$|\b(?:ve|toi|cho|len|den|gui|nop|qua|bao\s+cao|trinh)\s+(?:cho\s+|ve\s+|"
    r"tai\s+|den\s+)?(?:lanh\s+dao\s+|bo\s+phan\s+[\w ]{0,25}?)?$"
)
_OF = re.compile(
    r"\b(?:cua|tai|o|voi|tu|trong|theo|mot\s+so|duoc|cac\s+don\s+vi|giua|doi\s+voi\s+[\w ]{1,20}|huong\s+dan|"
    r"kiem\s+tra|du|moi|don\s+doan\s+[\w ]{0,20})\s+$"
)
_NON_PUBLIC = re.compile(r"\b(?:ngoai\s+cong\s+lap|dan\s+lap)\b|\bcsgdmnncl\b|\bncl\b")
_INDEPENDENT = re.compile(
    r"\b(?:nhom|lop|nhom\s+tre|nhom\s*,?\s*lop|co\s+so|don\s+vi|mam\s+non)\b[^.;,]{0,25}?\bdoc\s+lap\b"
)
_PUBLIC = re.compile(r"(?<!ngoai )\bcong\s+lap\b")


@dataclass(frozen=True, slots=True)
class Side:
    """Whose view the paper takes: the issuer's level, and the level it speaks to first."""

    issuer: Level | None
    addressee: Level | None

    def below(self) -> Level | None:
        """Who does the work that names nobody: the addressees, else the level under the issuer."""
        if self.addressee and self.addressee is not self.issuer:
            return self.addressee
        return under(self.issuer)


@dataclass(frozen=True, slots=True)
class Named:
    """An actor and the span of the text that names it. `role`: does (the subject), gets (the recipient), is "
    "(neither)."""

    level: Level
    start: int
    end: int
    role: str


def under(level: Level | None) -> Level | None:
    """The level that reports to this one."""
    if level is None:
        return None
    line = {Level.MINISTRY: Level.DEPARTMENT, Level.DEPARTMENT: Level.DISTRICT, Level.SCHOOL: Level.TEACHER}
    return line.get(level, Level.SCHOOL if level in (Level.DISTRICT, Level.COMMUNE) else None)


def over(level: Level | None) -> Level | None:
    """The level that this one reports to, as far as the level alone tells."""
    line = {Level.DISTRICT: Level.DEPARTMENT, Level.COMMUNE: Level.DEPARTMENT, Level.DEPARTMENT: Level.MINISTRY}
    return None if level is None else line.get(level)


@lru_cache(maxsize=4096)
def actors(text: str, side: Side) -> tuple[Named, ...]:
    """Every actor that the text names, in order."""
    text = _QUOTED.sub(lambda found: "“" + " " * (len(found.group()) - 2) + "”", text)
    return tuple(_walk(text, fold(text), side))


def tier(text: str) -> Level | None:
    """The level in "cấp thành phố", "cấp trường"."""
    found = _TIER.search(fold(text))
    return Level(str(found.lastgroup)) if found and found.lastgroup else None


def ownership_in(text: str) -> tuple[Ownership, ...]:
    """The kinds of school that the text is for; empty where it does not single any out."""
    folded = fold(text)
    kinds: list[Ownership] = []
    if _NON_PUBLIC.search(folded):
        kinds = [Ownership.PRIVATE, Ownership.INDEPENDENT]
    if "tư thục" in text.casefold() or "tự thục" in text.casefold():
        kinds.append(Ownership.PRIVATE)
    if _INDEPENDENT.search(folded):
        kinds.append(Ownership.INDEPENDENT)
    if _PUBLIC.search(folded):
        return () if kinds else (Ownership.PUBLIC,)
    return tuple(kind for kind in (Ownership.PRIVATE, Ownership.INDEPENDENT) if kind in kinds)


def _walk(text: str, folded: str, side: Side) -> Iterator[Named]:
    for found in _ACTOR.finditer(folded):
        name = _WORDS[int(str(found.lastgroup)[1:])][0]
        if not _real(name, text[found.start() : found.end()], folded[: found.start()]):
            continue
        role = _role(folded[: found.start()])
        level = _level(name, side, role)
        if level:
            yield Named(level, found.start(), found.end(), role)


def _real(name: str, words: str, before: str) -> bool:
    """Folding makes "số" of "Sở" and "trưởng" of "trường"; the text itself tells them apart."""
    low = words.casefold()
    if name == "bare_so":
        return "sở" in low and not before.endswith("co ")
    if name == "department" and " so" in " " + fold(words).replace("co so", ""):
        return "sở" in low
    if name == "school" and re.fullmatch(r"(?:\S+\s+)*truong", fold(words)) and "hieu" not in fold(words):
        return "trường" in low and not _NOT_SCHOOL.search(before)
    if name == "bare_xa":
        return low in ("xã", "phường") and bool(_STANDS_ALONE.search(before))
    if name == "phong":
        return words[0] == "P" or before.rstrip().endswith(("ve", "gui", "nop", "cho"))
    return True


def _role(before: str) -> str:
    if _TO.search(before):
        return "gets"
    if _OF.search(before):
        return "is"
    return "does"


def _beside(name: str, issuer: Level | None, role: str) -> Level | None:
    """A council, or a union: the issuer's own, or someone else."""
    if issuer is Level.SCHOOL or name == "council" and (role != "gets" or issuer is Level.COMMUNE):
        return issuer
    return Level.OTHER


def _level(name: str, side: Side, role: str) -> Level | None:
    issuer = side.issuer
    if name == "units":
        return side.below() if side.issuer is not Level.SCHOOL else Level.TEACHER
    if name == "phong":
        return issuer if issuer in (Level.DISTRICT, Level.COMMUNE) else Level.DISTRICT
    if name == "ubnd":
        return Level.COMMUNE if issuer in (Level.COMMUNE, Level.SCHOOL) else Level.DISTRICT
    if name in ("council", "union"):
        return _beside(name, issuer, role)
    if name == "own":
        return issuer
    if name == "above":
        return over(issuer)
    return {"bare_so": Level.DEPARTMENT, "bare_xa": Level.COMMUNE}.get(name) or Level(name)
