"""Days in documents: "trước ngày 25/9", "chậm nhất 17h00 ngày 05/12", "từ … đến …", "14/3/2025 (thứ Sáu)".

A day is a deadline only after a word that makes it one; a day without such a word counts only for an event.
Numbers of papers, school names, feasts and counts are no days.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from core.work import Rule
from knowledge.fold import fold
from knowledge.moments import Moment, When, moment, moment_of, named, weekday_of
from knowledge.months import months_between, months_in
from knowledge.recurrences import recurrences, yearly
from knowledge.years import Calendar

_BEFORE = r"\btruoc(?:\s+thoi\s+(?:diem|gian|han))?(?:\s+va\s+trong)?\s*:?\s*(?:hoi\s+|luc\s+)?"
_BY = (
    r"(?:\b(?:cham|muon|tre)\s+nhat(?:\s+(?:la|den|vao|trong|het|hoi|luc))*\s*:?|"
    r"(?<!\btinh )(?<!\bchot )(?<!\bke )\b(?:tu\s+nay\s+)?(?:cho\s+)?den\s+(?:truoc\s+)?(?:het\s+)?|"
    r"(?<!den )\bhet\s+(?=ngay|\d)|"
    r"\bkhong\s+(?:qua|muon\s+hon|cham\s+hon|tre\s+hon|de\s+qua)|"
    r"\b(?:xong|hoan\s+thanh|hoan\s+tat)\s+(?:vao\s+|trong\s+)?(?=ngay)|"
    r"\bgia\s+han(?:\s+\w+){0,6}?\s+(?:den|toi)(?:\s+het)?)\s*"
)
_LIMIT = r"\b(?:thoi\s+)?han\b(?:\s+(?!den\b|truoc\b)[^\s.;:()\d]+){0,9}?\s*[:\-–]?\s*(?:la\s+|vao\s+)*"
_AMEND = r"\b(?:dieu\s+chinh|doi|lui|gia\s+han|thay\s+doi|chuyen|sua|keo\s+dai|doi\s+lich)\b"
_LENGTHEN = r"\b(?:doi|lui|gia\s+han|chuyen|keo\s+dai(?!\s+tu\b))\b"
_CUE = rf"(?:(?P<{{0}}b>{_BEFORE})|{_BY}|\bvao\s+)?"


def _cue(p: str) -> str:
    return _CUE.replace("{0}", p)


_MOVED = re.compile(
    rf"\btu\s+{_cue('a')}{moment('a')}\s*,?\s*(?:sang|thanh|lui\s+den|chuyen\s+(?:sang|den))\s+{_cue('b')}{moment('b')}"
)
_SHIFTED = re.compile(
    rf"{_cue('a')}{moment('a')}[^.;\d]{{0,70}}?{_AMEND}\s*(?:lai\s+)?(?:thanh|sang|den|la|"
    rf"toi)\s*:?\s*(?:het\s+)?{_cue('b')}{moment('b')}"
)
_EXTENDED = re.compile(
    rf"{_LENGTHEN}[^.;]{{0,90}}?\btu\s+{_cue('a')}{moment('a')}\s*,?\s*(?:den|"
    rf"toi)\s+(?:het\s+)?{_cue('b')}{moment('b')}"
)
_OLD = re.compile(
    r"\b(?:thay\s+vi|thay\s+cho|han\s+cu|lich\s+cu|truoc\s+day\s+la|da\s+(?:thong\s+bao|quy\s+dinh|giao|"
    r"an\s+dinh|nham)|"
    rf"(?:thoi\s+)?han\s+cu)\b[^.;\d]{{0,50}}?{_cue('a')}{moment('a')}"
)


def _lone(p: str) -> str:
    return rf"(?P<{p}x>\d{{1,2}})(?P<{p}j>\s*(?:[-–,]|den(?:\s+het)?|va|toi)\s*)(?:het\s+)?"


_SPAN_DAYS = re.compile(
    rf"(?:\b(?:tu|trong|vao)\s+)?\b(?:cac\s+)?ngay\s+\(?{_lone('b')}{moment('b', joined=True)}|"
    rf"\btu\s+{_lone('c')}{moment('c', joined=True)}"
)
_SPAN = re.compile(
    rf"(?:\btu\s+)?{moment('a', joined=True)}\s*(?:[-–]|\bden\b|\btoi\b)\s*(?:het\s+)?{moment('b', joined=True)}"
)
_BEFORE_DAY = re.compile(rf"(?P<both>{_BEFORE}){moment('a')}")
_BY_DAY = re.compile(rf"{_BY}{moment('a')}")
_LIMIT_DAY = re.compile(rf"{_LIMIT}{moment('a')}")
_LABELLED_DAY = re.compile(rf"\b(?:nop|gui|bao\s+cao|dang\s+ky)\b[^.;:(]{{0,30}}:\s*{moment('a')}")
_ANY_DAY = re.compile(rf"(?P<open>\b(?:vao|ke\s+tu|tu|sau|tinh\s+den|ke\s+den|hieu\s+luc)\s+)?{moment('a')}")
_OTHERS = re.compile(
    r"\b(?:tre|chau|be|em|nam|nu|nguoi)(?:\s+\w+){0,3}?\s+sinh\s*$"
    r"|\b(?:tinh|chot|thong\s+ke)\s+den(?:\s+het)?\s*$"  # up to which day figures count
)
_CITED = re.compile(
    r"(?:[/\-][a-zđ&]{2,}[a-zđ&\-]*|\bso\s+[\w/.\-]+|\bky|\bban\s+hanh|\bthong\s+bao)\s*,?\s*(?:v/v[^.;]*)?$"
)
_OF_A_BODY = re.compile(
    r"\s*,?\s*(?:cua\s+(?:bo|so|chinh|thu|ubnd|uy|phong|hdnd|hoi\s+dong|quoc|truong)\b|v/v\b|ve\s+viec\b)"
)
_FEAST = re.compile(
    r"\b(?:ky\s+niem|chao\s+mung|mung|tet|quoc\s+te|nha\s+giao|thanh\s+lap|truyen\s+thong|giai\s+phong|quoc\s+khanh|"
    r"phu\s+nu|thieu\s+nhi|sinh\s+ngay|nam\s+ngay|doc\s+lap|huong\s+ung)\b[^.;:,]{0,30}$"
)
_EVENT = re.compile(
    r"\b(?:to\s+chuc|khai\s+mac|khai\s+giang|be\s+giang|dien\s+ra|hop|thi|cham|tham\s+du|co\s+mat|tap\s+trung|"
    r"thoi\s+gian|bat\s+dau|giao\s+ban|tap\s+huan|hoi\s+(?:nghi|thao|thi|giang)|lam\s+viec|kiem\s+tra|don|kham|nghi|"
    r"tuu\s+truong|chung\s+ket|so\s+khao|to\s+chuc|le|du|nop|gui|bao\s+cao|dang\s+ky|cong\s+bo|thuc\s+hien)\b"
)
_GATHERING = re.compile(r"\b(?:to\s+chuc|hoi\s+(?:thi|nghi|thao)|tap\s+huan|hop|khai\s+mac)\b")
_MEETING = re.compile(
    r"\b(?:sinh\s+hoat|hop|giao\s+ban|tap\s+huan|chuyen\s+de|hoi\s+(?:thi|nghi|thao|giang)|khai\s+mac|kiem\s+tra|"
    r"chung\s+k(?:et|hao)|so\s+khao|tong\s+duyet|be\s+mac|(?:so|tong)\s+ket|trao\s+giai)\b"
)
_MAY_HOLD = re.compile(
    r"\d|\b(?:hang|moi|theo|tung|quy|dau|cuoi|giua|ket thuc|du kien|tuan) |\bcung dip |"
    r"\bngay (?:sau|khi|trong|lam|cuoi)\b"
)  # a text without any of these names no time; most name none
_RATIO = re.compile(r"\s*(?:lop|truong|tre|nhom|co so|tuoi|tiet|gv|giao vien|don vi|phong|khoi|suat|cau|mo dun|%)\b")
_ONLY_DAYS = re.compile(r"\d{1,2}\s*[-–]\s*\d{1,2}\s*/\s*\d{1,2}(?:\s*/\s*20\d\d)?")  # "12-16/01"
_ONLY_MONTHS = re.compile(r"\d{1,2}(?:\s*[-–,]\s*\d{1,2})?\s*/\s*20\d\d")
_STOP = re.compile(r"[.;](?:\s|$)")
_PAST = re.compile(r"^\s*,?\s*[^.;]{0,60}\b(?:da\s+)?ban\s+hanh\b")

Maker = Callable[[re.Match[str], Calendar], "list[When] | None"]  # None: no time after all; []: one that does not count


def find(text: str, calendar: Calendar) -> list[When]:
    """Every time that the text names and that counts, in order, none overlapping; `text` without markup, NFC."""
    return [when for when in with_former(text, calendar) if not when.former]


def with_former(text: str, calendar: Calendar) -> list[When]:
    """The same, with the days that the text says no longer count."""
    folded = fold(text)
    if not _MAY_HOLD.search(folded):
        return []
    found = yearly(folded, calendar) if "nam" in folded else []
    taken = [(when.start, when.end) for when in found]
    for pattern, maker in _GRAMMAR if any(map(str.isdigit, folded)) else ():
        for match in pattern.finditer(folded):
            if _free(taken, match.start(), match.end()):
                others = _OTHERS.search(folded[max(0, match.start() - 40) : match.start()])
                got = [] if others else maker(match, calendar)
                if got is not None:
                    taken.append((match.start(), match.end()))
                    found += got
    found += recurrences(text, folded, calendar, taken)
    return sorted(found, key=lambda when: (when.start, when.end))


def _free(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    return all(end <= a or b <= start for a, b in taken)


def _when(match: re.Match[str], at: Moment, rule: Rule) -> When:
    doubt = at.doubt or _weekday_doubt(match.group(), at)
    if at.day is None:
        return When(match.start(), match.end(), Rule.IN_MONTH, months=(at.month,), time=at.time, doubt=doubt)
    tentative = match.string[match.end() :].lstrip().startswith("(du kien")
    months = (at.month,)
    return When(
        match.start(), match.end(), rule, due=at.day, time=at.time, months=months, tentative=tentative, doubt=doubt
    )


def _weekday_doubt(words: str, at: Moment) -> str | None:
    weekday = weekday_of(words)
    if weekday is None or at.day is None or at.day.weekday() == weekday:
        return None
    names = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
    return f"Ngày {at.day:%d/%m/%Y} là {names[at.day.weekday()]}, văn bản lại ghi {names[weekday]}."


def _moved(match: re.Match[str], calendar: Calendar) -> list[When] | None:
    """The new day; the old one only lends it the way it binds."""
    new = moment_of(match, "b", calendar)
    if new is None:
        return None
    said = match.string[: match.end()]
    rule = Rule.BEFORE if (match["bb"] or match["ab"]) and not new.time else Rule.BY
    if rule is Rule.BY and _GATHERING.search(said) and not re.search(r"\bhan\b", said):
        rule = Rule.ON
    old = moment_of(match, "a", calendar)
    return [replace(_when(match, new, rule), note="mốc mới sau điều chỉnh", was=old.day if old else None)]


def _old(match: re.Match[str], calendar: Calendar) -> list[When] | None:
    """A day that no longer counts."""
    at = moment_of(match, "a", calendar)
    return [replace(_when(match, at, Rule.BY), former=True)] if at else []


def _span(match: re.Match[str], calendar: Calendar) -> list[When] | None:
    last = moment_of(match, "b", calendar)
    first = moment_of(match, "a", calendar, last) if last else None
    if not (first and last and first.day and last.day and first.day <= last.day):
        return None
    time = "-".join(at.time for at in (first, last) if at.time) or None
    doubt = last.doubt or first.doubt
    months = months_between(first.day, last.day)
    return [When(match.start(), match.end(), Rule.RANGE, last.day, first.day, time, months, doubt=doubt)]


def _span_days(match: re.Match[str], calendar: Calendar) -> list[When] | None:
    """ "ngày 05 và 06/12", "từ 01 đến 05/12": neighbouring days are a range, others are days of their own."""
    p = "b" if match["bx"] else "c"
    last = moment_of(match, p, calendar)
    begins = int(match[f"{p}x"])
    if last is None or last.day is None or not 1 <= begins < last.day.day:
        return None
    first, middle = last.day.replace(day=begins), match.start(f"{p}j")
    if match[f"{p}j"].strip() in (",", "va") and last.day.day - begins > 1:
        one = When(match.start(), middle, Rule.ON, first, months=(last.month,), time=last.time)
        return [one, replace(one, start=middle, end=match.end(), due=last.day)]
    return [When(match.start(), match.end(), Rule.RANGE, last.day, first, last.time, (last.month,), doubt=last.doubt)]


def _before(match: re.Match[str], calendar: Calendar) -> list[When] | None:
    at = moment_of(match, "a", calendar)
    included = at is not None and "trong" in match["both"]  # "trước 16 giờ ngày 5/12" is "before" too: with an hour
    return [_when(match, at, Rule.BY if included else Rule.BEFORE)] if at else None


def _by(match: re.Match[str], calendar: Calendar) -> list[When] | None:
    at = moment_of(match, "a", calendar)
    return [_when(match, at, Rule.BY)] if at else None


def _any(match: re.Match[str], calendar: Calendar) -> list[When] | None:
    """A day that nothing binds: an event's, if the words around it speak of one."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    opening = match["open"]
    if opening and not (opening.startswith("vao") or (opening.startswith("tu") and match["ah"])):
        return None
    labels = not before.strip(" -+*·•–") and after.startswith(":")  # "10/10: nộp sổ"
    bracketed = match.group().startswith("(") and after.startswith(")")
    told = (bracketed or before.rstrip().endswith(":")) and _MEETING.search(_sentence(before, after))
    if not (opening or labels or told or named(match, "a")) or _no_event(before, after):
        return None
    at = moment_of(match, "a", calendar)
    if not at or not (
        at.time or opening or labels or told or before.rstrip().endswith(":") or _EVENT.search(_sentence(before, after))
    ):
        return None
    return [replace(_when(match, at, Rule.ON), bare=not opening)]


def _no_event(before: str, after: str) -> bool:
    """The date of a cited paper, or a feast."""
    return bool(_CITED.search(before) or _OF_A_BODY.match(after) or _FEAST.search(before) or _PAST.match(after))


def _sentence(before: str, after: str) -> str:
    return _STOP.split(before)[-1] + " " + _STOP.split(after)[0]


def written(text: str, calendar: Calendar) -> list[When]:
    """Every time as `with_former` has it, and each further day that is written, whatever it is a day of (`bare`)."""
    found = with_former(text, calendar)
    taken = [(when.start, when.end) for when in found]
    for match in re.finditer(moment("a"), fold(text)):
        at = moment_of(match, "a", calendar) if _free(taken, match.start(), match.end()) else None
        if at and not _no_event(match.string[: match.start()], match.string[match.end() :]):
            found.append(replace(_when(match, at, Rule.BY), bare=True))
    return sorted(found, key=lambda when: (when.start, when.end))


def column(text: str, calendar: Calendar, rule: Rule) -> list[When]:
    """The times of a table cell; a day that no word binds gets the column's `rule`."""
    text = f"ngày {text.strip()}" if _ONLY_DAYS.fullmatch(fold(text).strip(" .")) else text
    found = [replace(when, rule=rule) if when.bare else when for when in find(text, calendar)]
    if any(when.due or when.doubt or when.rule is Rule.IN_WEEK for when in found):
        return found
    folded = fold(text)
    match = re.search(moment("a"), folded)
    if match and _RATIO.match(folded[match.end() :]) and not re.search(r"[^\W\d_]", folded[: match.end()]):
        return found  # "3/9 lớp"
    at = moment_of(match, "a", calendar) if match else None
    return [_when(match, at, rule)] if match and at else found or _months(folded, calendar)


def _months(folded: str, calendar: Calendar) -> list[When]:
    """A cell that holds only months: "3-4/2027", "5/2027"."""
    got = months_in(folded, calendar) if _ONLY_MONTHS.fullmatch(folded.strip(" .")) else None
    return [When(0, len(folded), Rule.IN_MONTH, months=got[0])] if got else []


_GRAMMAR: tuple[tuple[re.Pattern[str], Maker], ...] = (
    (_MOVED, _moved),
    (_EXTENDED, _moved),
    (_SHIFTED, _moved),
    (_OLD, _old),
    (_SPAN_DAYS, _span_days),
    (_SPAN, _span),
    (_BEFORE_DAY, _before),
    (_BY_DAY, _by),
    (_LIMIT_DAY, _by),
    (_LABELLED_DAY, _by),
    (_ANY_DAY, _any),
)
