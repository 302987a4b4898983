"""Times without a single day: months, weeks of a month, quarters, years, and what repeats."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from core.work import Rule
from knowledge.moments import CLOCK, CODES, WEEKDAY, When, clock, moment, moment_of, weekday_of
from knowledge.months import months_in, week_of, year_months
from knowledge.years import Calendar

_NUMBER = r"(?:[1-5]|i{1,3}|iv|v|nhat|hai|ba|tu|nam|dau(?:\s+tien)?|cuoi(?:\s+cung)?)"
_EACH = r"(?:hang|moi|tung)"
_FIXED = r"(?:\b(?:truoc|cham\s+nhat(?:\s+(?:la|vao))?|vao|het)\s+)?"
_HOUR = rf"(?:(?P<h>{CLOCK})\s*,?\s*)?"
_YEARLY = re.compile(
    rf"(?P<b>\b(?:truoc|cham\s+nhat|vao|den\s+het|het)\s+)?{moment('a')}\s*[,(]?\s*{_EACH}\s+nam\b|"
    rf"\b{_EACH}\s+nam\b(?!\s+hoc)[^.;\d]{{0,30}}?\b(?:truoc|cham\s+nhat|vao|den\s+het|het)\s+{moment('c')}"
)
_LAST = r"(?P<last>(?:lam\s+viec\s+)?cuoi(?:\s+cung)?)"
_MONTHLY = re.compile(
    rf"{_FIXED}{_HOUR}(?:cac\s+)?\bngay\s+(?:(?P<d>\d{{1,2}})(?:\s*(?:den|-|–|va|,)\s*(?:ngay\s*)?\d{{1,2}})?|"
    rf"{_LAST})\s*,?\s*"
    rf"(?:(?:cua\s+)?{_EACH}\s+thang|cua\s+thang(?!\s*\d)|(?<=cuoi)\s*thang(?!\s*\d)|thang\s+(?:sau|"
    rf"ke\s+tiep))(?:\s+(?:sau|ke\s+tiep))?|"
    rf"\b(?=[sctn])(?P<nth>{WEEKDAY}\s+(?:cua\s+)?tuan\s+(?:thu\s+)?{_NUMBER}\s+(?:cua\s+)?{_EACH}\s+thang)\b|"
    rf"\b{_EACH}\s+thang\b[^.;\d]{{0,50}}?\bngay\s+(?P<e>\d{{1,2}})(?!\s*[/\-]\s*\d)(?!\s+thang\s+\d)(?!\d)"
)
_WEEKLY = re.compile(
    rf"{_FIXED}{_HOUR}(?P<w>{WEEKDAY}(?:\s*(?:,|va)\s*{WEEKDAY})*)\s*,?\s*(?:cua\s+)?{_EACH}\s+tuan\b|"
    rf"\b{_EACH}\s+tuan\b[^.;]{{0,50}}?(?P<v>{WEEKDAY}(?:\s*(?:,|va)\s*{WEEKDAY})*)|"
    rf"\b(?=[sctn])(?P<u>{WEEKDAY})\s+dau\s+tuan\b|"
    rf"(?P<m>\b{_EACH}\s+{WEEKDAY})(?!\s*(?:,|ngay|\())"
)
_WEEK = re.compile(
    rf"(?:\b(?:trong|vao|cuoi|het)\s+)?\btuan\s+(?:le\s+)?(?:thu\s+)?(?P<w>{_NUMBER})\b(?:\s*(?:,|va|den|-|–|"
    rf"\+)\s*(?:tuan\s+)?(?P<x>[1-5])(?!\d|\s*/))?"
    r"\s*[,(]?\s*(?:cua\s+|trong\s+)?(?:thang|t)\s*(?P<m>\d{1,2})(?!\d)(?:\s*(?:/|nam\s)\s*(?P<y>20\d\d))?"
)
_QUARTER = re.compile(
    r"(?:\b(?:trong|vao|cuoi|dau|het)\s+)?\bquy\s+(?P<q>i{1,3}v?|iv|[1-4])\b(?:\s*(?:,|va|\+|-)\s*(?P<r>i{1,3}v?|"
    r"iv|[1-4])\b)?"
    r"(?:\s*[,/\-]?\s*(?:nam\s+)?(?P<y>20\d\d))?"
)
_MONTHS = re.compile(
    r"(?P<cue>(?:\b(?:du\s+kien|trong|vao|sang|dau|cuoi|giua|het|den|truoc|tu|thoi\s+(?:gian|diem)|xong|cham\s+nhat|"
    r"hoan\s+thanh|dot|lan|to\s+chuc)"
    r"\s*:?\s*|[(:]\s*)*)(?:\bcac\s+)?(?<!\d )\bthang\s+(?P<list>\d{1,2}(?!\d)(?:\s*/\s*20\d\d)?"
    r"(?:\s*(?:,|va|&|\+|;|[-–]|"
    r"den)\s*(?:het\s+)?(?:thang\s*)?\d{1,2}(?![\d])(?!/\d{1,2}(?!\d))(?:\s*/\s*20\d\d)?)*)(?:\s*,?\s*nam\s+"
    r"(?P<y>20\d\d))?"
)
_BARE_MONTH = re.compile(
    r"(?P<cue>\b(?:du\s+kien|trong|vao|"
    r"thoi\s+gian)\s*:?\s*)(?P<list>(?<![\d/])\d{1,2}\s*/\s*20\d\d(?![/\d]))(?P<y>(?!))?"
)
_YEAR = re.compile(r"\b(?:vao|trong)\s+nam\s+(?P<y>20\d\d)(?!\s*[-–]\s*20)(?!\d)")
_PERIOD = re.compile(
    r"(?:\b(?:ngay|tu|vao|trong)\s+)*\b(?P<p>(?:dau|cuoi|giua|ket\s+thuc)\s+(?:moi\s+)?(?:nam\s+hoc|"
    r"hoc\s+k[yi](?:\s+(?:i{1,2}|[12])\b)?))|"
    r"(?P<e>\b(?:hang|moi)\s+(?:ngay|tuan|thang|quy|hoc\s+k[yi]|ky|nam\s+hoc|nam)\b(?!\s+(?:hoc\s+)?\d)|"
    r"\b(?:theo|tung)\s+(?:tuan|thang|quy|hoc\s+k[yi])\b(?!\s*\d))|"
    r"(?P<r>\d+\s+(?!dong|trieu|tiet|gio|nguoi)[^\W\d]+(?:\s+[^\W\d]+){0,3}\s*/\s*(?:hoc\s+k[yi]|thang|tuan|"
    r"nam\s+hoc|quy|nam)\b)"
    r"|(?P<t>\d+\s+lan\s+(?:(?:trong|mot|moi)\s+)+(?P<u>hoc\s+k[yi]|thang|tuan|nam\s+hoc|quy|nam)\b)"
)
_RELATIVE = re.compile(
    r"\b(?:trong(?:\s+vong)?|sau|truoc|cham\s+nhat(?:\s+sau|\s+la)?)\s+(?:it\s+nhat\s+)?\d{1,2}\s+(?:ngay|tuan|gio)"
    r"(?:\s+lam\s+viec)?(?:\s*,?\s*(?:ke\s+tu|sau\s+khi|truoc\s+khi|tu\s+khi|tu\s+ngay|so\s+voi|truoc|sau)\b[^.;,)(]*|"
    r"(?<=\blam\sviec))|"
    r"\bsau\s+khi\b[^.;,)(\d]{1,40}\d{1,2}\s+ngay(?:\s+lam\s+viec)?|"
    r"\bngay\s+(?:sau\s+khi|khi|trong\s+ngay(?:\s+khi)?)\b[^.;,)(]*|"
    r"\bsom\s+hon\b[^.;\d]{0,40}\d{1,2}\s+(?:ngay|tuan)\b"
)
_TOGETHER = re.compile(
    r"(?:(?<=: )cung\s+dip|\bdu\s+kien\s+(?:to\s+chuc\s+)?(?:cung|vao\s+dip|trong\s+dip|nhan\s+dip|ket\s+hop|sau|truoc|"
    r"long\s+ghep))\b[^.;,)(]*"
)
_ROUNDS = re.compile(r"\b(?:thoi\s+diem|dot|lan)\s*:?\s*(?:la\s+|vao\s+)?$")
_OPENS = re.compile(r"^\W*(?:[\dIVXivxa-zđ.]{1,5}[.)/]\s*)?$|[(:;.]\s*$")
_TENTATIVE = re.compile(r"\bdu\s+kien\b[^.;]{0,20}$")
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "nhat": 1,
    "hai": 2,
    "ba": 3,
    "tu": 4,
    "nam": 5,
    "dau": 1,
    "dau tien": 1,
}
_COMPARED = re.compile(
    r"\b(?:so\s+voi|hoat\s+dong|sinh\s+hoat|doi\s+song|nen\s+nep|khoan\s+thu|so\s+lieu|cong\s+viec|thong\s+ke|"
    r"thong\s+ke\s+dinh\s+ky|nhat\s+ky)\s+$"
)


def recurrences(text: str, folded: str, calendar: Calendar, taken: list[tuple[int, int]]) -> list[When]:
    """The times of this module's kinds outside the spans already `taken`."""
    found: list[When] = []
    taken = list(taken)
    for pattern, maker in _GRAMMAR:
        for match in pattern.finditer(folded):
            if any(match.start() < b and a < match.end() for a, b in taken):
                continue
            got = maker(match, calendar, text)
            if got:
                taken.append((match.start(), match.end()))
                found += got
    return found


def yearly(folded: str, calendar: Calendar) -> list[When]:
    """Days that come back every year; found before plain days, of which they are the longer form."""
    found: list[When] = []
    for match in _YEARLY.finditer(folded):
        at = moment_of(match, "a" if match["ad"] else "c", calendar)
        if at and at.day:
            words = f"yearly {at.day:%m-%d}"
            found.append(
                When(
                    match.start(), match.end(), Rule.YEARLY, at.day, time=at.time, months=(at.month,), recurrence=words
                )
            )
    return found


def _monthly(match: re.Match[str], calendar: Calendar, text: str) -> list[When]:
    day = match["d"] or match["e"]
    if day and not 1 <= int(day) <= 31:
        return []
    words = f"monthly {int(day)}" if day else "monthly last"
    if match["nth"]:  # "thứ Ba tuần đầu hằng tháng": told in its words
        words = " ".join(text[match.start("nth") : match.end("nth")].split())
    time = clock(match["h"]) if match["h"] else None
    months = year_months(calendar)
    return [When(match.start(), match.end(), Rule.MONTHLY, time=time, months=months, recurrence=words)]


def _weekly(match: re.Match[str], calendar: Calendar, text: str) -> list[When]:
    group = next(name for name in ("w", "v", "u", "m") if match[name])
    if group == "m" and "th" not in text[match.start() : match.end()].casefold().split("thu")[0]:
        return []  # "mỗi thu …" is no weekday
    days = [weekday_of(part.group()) for part in re.finditer(WEEKDAY, match[group])]
    codes = ",".join(CODES[day] for day in days if day is not None)
    hours = re.search(CLOCK, match.group())
    time = clock(hours.group()) if hours else None
    months = year_months(calendar)
    return [When(match.start(), match.end(), Rule.WEEKLY, time=time, months=months, recurrence=f"weekly {codes}")]


def _week(match: re.Match[str], calendar: Calendar, _text: str) -> list[When]:
    month = int(match["m"])
    if not 1 <= month <= 12 or not (match["y"] or calendar.known):
        return []
    name = calendar.resolve(1, month, int(match["y"]) if match["y"] else None).month
    first, last = week_of(_number(match["w"]), int(name[:4]), month)
    if match["x"]:
        last = week_of(int(match["x"]), int(name[:4]), month)[1]
    note = f"tuần từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}, tính theo tuần có thứ Hai đầu tiên của tháng"
    return [When(match.start(), match.end(), Rule.IN_WEEK, first=first, months=(name,), note=note)]


def _quarter(match: re.Match[str], calendar: Calendar, text: str) -> list[When]:
    if "ý" not in text[match.start() : match.start("q")].casefold():
        return []  # "quy I …" of another word
    numbers = [_number(q) for q in (match["q"], match["r"]) if q]
    year = int(match["y"]) if match["y"] else None
    if not (year or calendar.known) or max(numbers) > 4:
        return []
    months = tuple(
        calendar.resolve(1, 3 * (q - 1) + i, year).month if year is None else f"{year:04d}-{3 * (q - 1) + i:02d}"
        for q in numbers
        for i in (1, 2, 3)
    )
    tentative = bool(_TENTATIVE.search(match.string[: match.start()]))
    return [When(match.start(), match.end(), Rule.IN_QUARTER, months=months, tentative=tentative)]


def _months(match: re.Match[str], calendar: Calendar, text: str) -> list[When]:
    before = match.string[: match.start()]
    if not (match["cue"].strip() or _OPENS.search(before)) or not (calendar.known or "20" in match.group()):
        return []
    got = months_in(match["list"], calendar, int(match["y"]) if match["y"] else None)
    if not got:
        return []
    names, likely = got
    after = match.string[match.end() :]
    tentative = "du kien" in match["cue"] or bool(_TENTATIVE.search(before)) or after.startswith(" (du kien")
    rule = Rule.TENTATIVE_MONTH if tentative else Rule.IN_MONTH
    doubt = _early(text[match.start("list") : match.end("list")], names) if likely else None
    when = When(match.start(), match.end(), rule, months=names, tentative=tentative, doubt=doubt)
    if _ROUNDS.search(before + match["cue"]) and len(names) > 1:
        return [replace(when, months=(name,)) for name in names]
    return [_bounded(when, match["cue"].strip(" :("))]


def _early(written: str, names: tuple[str, ...]) -> str:
    meant = ", ".join(f"{name[5:]}/{name[:4]}" for name in names)
    return f"Văn bản ghi “tháng {written}”, sớm hơn ngày ban hành và ngoài năm học; có lẽ là {meant}."


def _bounded(when: When, cue: str) -> When:
    """ "trước tháng 5" ends before the month's first day; of "hết tháng 5" the month is written, no day."""
    year, month = int(when.months[-1][:4]), int(when.months[-1][5:])
    if len(when.months) > 1 or when.tentative:
        return when
    return replace(when, rule=Rule.BEFORE, due=date(year, month, 1)) if cue.endswith("truoc") else when


def _year(match: re.Match[str], _calendar: Calendar, _text: str) -> list[When]:
    return [When(match.start(), match.end(), Rule.IN_YEAR, recurrence=f"trong năm {match['y']}")]


def _period(match: re.Match[str], _calendar: Calendar, text: str) -> list[When]:
    if _COMPARED.search(match.string[: match.start()]):
        return []
    if "quy" in match.group() and "quý" not in text[match.start() : match.end()].casefold():
        return []  # "theo quy định"
    if match["t"]:
        words = "mỗi " + text[match.start("u") : match.end("u")]
    elif match["r"]:
        words = "mỗi " + text[match.start() : match.end()].rpartition("/")[2].strip()
    else:
        group = "p" if match["p"] else "e"
        words = text[match.start(group) : match.end(group)].lower()
    return [When(match.start(), match.end(), Rule.PERIOD, recurrence=" ".join(words.split()))]


def _relative(match: re.Match[str], _calendar: Calendar, text: str) -> list[When]:
    words = " ".join(text[match.start() : match.end()].split())
    return [When(match.start(), match.end(), Rule.RELATIVE, recurrence=words)]


def _together(match: re.Match[str], _calendar: Calendar, text: str) -> list[When]:
    words = " ".join(text[match.start() : match.end()].split())
    return [When(match.start(), match.end(), Rule.EVENT, tentative="du kien" in match.group(), note=words)]


def _number(words: str) -> int:
    words = " ".join(words.split())
    if words.startswith("cuoi"):
        return 0
    return int(words) if words.isdecimal() else _ROMAN[words]


Maker = Callable[[re.Match[str], Calendar, str], list[When]]
_GRAMMAR: tuple[tuple[re.Pattern[str], Maker], ...] = (
    (_MONTHLY, _monthly),
    (_WEEKLY, _weekly),
    (_WEEK, _week),
    (_QUARTER, _quarter),
    (_RELATIVE, _relative),
    (_MONTHS, _months),
    (_BARE_MONTH, _months),
    (_YEAR, _year),
    (_TOGETHER, _together),
    (_PERIOD, _period),
)
