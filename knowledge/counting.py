"""Which of the times in a text bind somebody; the others tell of papers, of the past, or of no duty."""

import re

from core.work import Part, Rule
from knowledge.actors import actors
from knowledge.clauses import shortened
from knowledge.fold import fold
from knowledge.items import starts_with_verb
from knowledge.moments import When
from knowledge.outline import Entry
from knowledge.setting import DATED, STANDING, Setting

_AIMS = re.compile(
    r"\b(?:muc dich|yeu cau(?! (?:cac|moi|hieu truong|thu truong|truong|don vi)\b)|"
    r"phuong huong|danh gia|ket qua|tinh hinh|dac diem|kinh phi|"
    r"thuan loi|kho khan|ton tai|uu diem)\b"
)
_EMPHASIS = re.compile(
    r"\W*(?:chu\s+trong|quan\s+tam|coi\s+trong|nang\s+cao|phat\s+huy|dam\s+bao\s+(?!it|toi)|"
    r"tao\s+dieu\s+kien|khuyen\s+khich)\b"
)
_AT_LEAST = re.compile(r"\b(?:it nhat|toi thieu)\b")
_DUTY = re.compile(r"\b(?:gui|nop|bao\s+cao|dang\s+ky|hoan\s+thanh|trinh)\b")
_DID = re.compile(r"\bda\s+(?:to\s+chuc|thuc\s+hien|hoan\s+thanh|trien\s+khai|gui|nop|ban\s+hanh|xay\s+dung)\b")
_LOOKS_BACK = re.compile(r"\b(?:ket qua|danh gia (?:cong tac|ket)|kiem diem)\b")
_REPORT = re.compile(r"\b(?:bao cao|so lieu|thong ke|ho so)\b[^.;:]{0,40}$")
_MONTHLY = (Rule.IN_MONTH, Rule.IN_QUARTER)


def counts(when: When, shown: str, entry: Entry, setting: Setting) -> bool:
    """Whether something is owed here by this time; `shown` is the entry's text without markup."""
    if not _may(when, entry):
        return False
    if when.rule in STANDING:
        return setting.block is None and _is_standing(when, shown, entry, setting)
    if when.rule in _MONTHLY and not when.doubt:
        if _REPORT.search(fold(shown[: when.start])) and shown[when.end :].lstrip().startswith(":"):
            return False  # "Báo cáo quý I: …" names a paper
        same = setting.block is not None and set(when.months) <= set(setting.block.months)
        return not same and not _is_over(shown, setting)
    return when.rule is not Rule.ON or not _is_over(shown, setting)


def _may(when: When, entry: Entry) -> bool:
    """Whether lines of this part may bind anybody at all."""
    part = entry.passage.part
    if part is Part.BASIS:
        return when.rule in (Rule.BEFORE, Rule.BY)
    if part is Part.HEADING:
        return when.rule in DATED and entry.when is None
    return part not in (Part.HEAD, Part.CLOSING)


def _is_over(shown: str, setting: Setting) -> bool:
    """A look back: "trong tháng 9 các trường đã tổ chức"."""
    return bool(_DID.search(fold(shown)) or _LOOKS_BACK.search(setting.headings))


def _is_standing(when: When, shown: str, entry: Entry, setting: Setting) -> bool:
    """A duty that repeats or lasts: somebody or a verb of duty stands before the period, or the period opens it."""
    if entry.passage.part not in (Part.ITEM, Part.TEXT) or _AIMS.search(setting.headings):
        return False
    if shown[when.end :].lstrip().startswith(":"):
        return False  # "Báo cáo đầu năm học: …" names a paper
    begins = max(entry.words, *(m.end() for m in re.finditer(r"[.;:]\s+", shown[: when.start])), 0)
    words = shown[shortened(shown, begins, when.start) : when.start]
    folded = fold(words)
    if _AT_LEAST.search(folded) or _names_doer(words, setting):
        return True
    if when.rule is Rule.RELATIVE:
        if shown[: when.start].rstrip().endswith(":"):
            return True
        begins = max(entry.words, *(m.end() for m in re.finditer(r"[.;]\s+", shown[: when.start])), 0)
        return bool(_DUTY.search(fold(shown[begins : when.end + 80])))
    opens = not re.sub(r"dinh ky|[\W_]", "", folded)
    return opens or (starts_with_verb(words) or bool(_DUTY.search(folded))) and not _EMPHASIS.match(folded)


def _names_doer(words: str, setting: Setting) -> bool:
    for named in actors(words, setting.side):
        before = words[: named.start].rstrip()
        if named.role == "does" and (not before.strip(" -+*·•") or before.endswith(",")):
            return True
    return " được " in words
