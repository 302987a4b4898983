"""The times of a sentence that changes an earlier paper: which is new, which it replaces; and the words about them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from core.amendments import Amending
from core.work import Effect, Rule
from knowledge.amendment_words import ITEM, PAPER, says
from knowledge.dates import written
from knowledge.items import sentences
from knowledge.moments import When
from knowledge.setting import DATED
from knowledge.years import Calendar

_I = re.IGNORECASE
_NEAR = 150  # characters
_MONTHLY = (Rule.IN_MONTH, Rule.IN_QUARTER, Rule.TENTATIVE_MONTH)
_FILL = (
    r"(?:\W|\b(?:nay|được|thì|nhưng|mà|lại|thống nhất|xin|mới|chậm nhất|trước|hết|ngày|tuần|tháng|quý|từ|đúng|"
    r"hoàn thành|dự kiến|nêu trên|cũ)\b)*"
)
_VERB = r"(?:điều chỉnh|thay đổi|đổi|dời|lùi|gia hạn|sửa|chuyển|đọc|rút ngắn|kéo dài|hoãn|đẩy)"
_TO = re.compile(
    rf"{_FILL}(?:(?:[^;]{{0,60}}?\b)?{_VERB}\b[\w\s,]{{0,15}}?\b)?(?:sang|thành|đến|tới|là|xuống|còn|qua|vào)\b{_FILL}$",
    _I,
)
_TOWARDS = re.compile(rf"\b(?:sang|thành|đến|tới|là|xuống|còn|qua|vào|mới|đọc là)\b{_FILL}$|:\s*{_FILL}$", _I)
_OF_OLD = re.compile(
    r"\b(?:cũ|trước đây|trước đó|ban đầu|ghi|ghi nhầm|in nhầm|(?:in|ghi) sai(?: ngày)?|quy định|không phải|"
    r"thay vì|thay cho|yêu cầu|không (?:tổ chức|họp|thực hiện)(?: vào)?)"
    r"(?:\s+(?:là|nhầm))*\s*:?\s*[“\"(]?\s*$",
    _I,
)
_NUMBER_ENDS = re.compile(r"(?:^|[\s“\"(])[\dIVX]{1,4}\.$")
_ANOTHER = re.compile(
    r";(?=\s*(?:các (?:trường|đơn vị|cơ sở)|nhà trường|giáo viên|phòng|sở|ubnd|đồng thời|yêu cầu|đề nghị)\b)", _I
)
MAY_CHANGE = re.compile(
    r"bãi bỏ|h(?:ủy|uỷ)|hoãn|dừng|ngừng|lùi|dời|đổi|chỉnh|gia hạn|rút ngắn|thay|đính chính|sửa|chuyển|kéo dài|"
    r"không|mới|so với|cũ|trước đây|hiệu lực|thu hồi|(?:đọc|đúng) là",
    _I,
)
_PUT_OFF = re.compile(r"\b(?:hoãn|lùi|dời|đổi)\b[^.;]*$", _I)
_FROM = re.compile(r"\b(?:từ|thành|sang)\s*\w{0,2}$", _I)
_EFFECTIVE = re.compile(r"\b(?:hiệu lực|kể)\s+(?:kể\s+)?từ\s*$|\bhiệu lực\s+(?:thi hành\s+)?(?:từ\s+)?$", _I)
_FRAME = re.compile(
    rf"\b(?:{_VERB}|thời hạn|thời gian|thời điểm|mốc|một số|như sau|cụ thể|bãi bỏ|h(?:ủy|uỷ)(?: bỏ)?|tạm dừng|tạm hoãn|"
    r"dừng|đính chính|sửa đổi|bổ sung|nữa|nay|từ|sang|thành|đến|tới|xuống|lại là|đọc là|tại|thay vì|thay cho|"
    r"thông báo|thay thế|được|không (?:tổ chức|thực hiện|triển khai)|quyết định|hết)\b",
    _I,
)


def stretches(shown: str) -> Iterator[tuple[int, int]]:
    """Where its sentences stand; one whose quotation or number goes on is taken together with the next."""
    start = None
    for first, last in _apart(shown):
        start = first if start is None else start
        words = shown[start:last].rstrip()
        opened = words.count("“") > words.count("”") or words.count('"') % 2 == 1
        if opened or _NUMBER_ENDS.search(words):
            continue
        yield start, last
        start = None
    if start is not None:
        yield start, len(shown)


def _apart(shown: str) -> Iterator[tuple[int, int]]:
    """Sentences; what follows a semicolon with a subject of its own is one, too, unless a colon opens a list."""
    for first, last in sentences(shown):
        cuts = [m.end() for m in _ANOTHER.finditer(shown, first, last) if ":" not in shown[first : m.start()]]
        yield from zip((first, *cuts), (*cuts, last), strict=True)


def standing(times: list[When], shown: str, calendar: Calendar) -> list[When]:
    """Those of these times that still count: not the old day of what is moved, nor the day of what is revoked."""
    if not times or not MAY_CHANGE.search(shown):
        return times
    gone: list[tuple[int, int]] = []
    for start, end in stretches(shown):
        inside = times_in(shown[start:end], calendar)
        said = says(shown[start:end], dated=bool(inside), moved=any(when.was for when in inside))
        if said and not said.whole:
            revoked = said.effect is Effect.REVOKED
            gone += [(start + when.start, start + when.end) for when in inside if revoked or when.former]
    return [when for when in times if not any(when.start < last and first < when.end for first, last in gone)]


def times_in(shown: str, calendar: Calendar) -> list[When]:
    """The times that the sentence names, in order: the new ones with the old day they replace, the others as former."""
    cut = [_put_off(when, shown) for when in written(shown, calendar) if _counts(when, shown)]
    found: list[When] = []
    for place, when in enumerate(cut):
        after = cut[place + 1] if place + 1 < len(cut) else None
        before = cut[place - 1] if place else None
        if after and _TO.match(shown[when.end : _number_at(after, shown)]):
            when = replace(when, former=True)
        elif before and found[-1].former and before.due and _TO.match(shown[before.end : _number_at(when, shown)]):
            when = replace(when, was=when.was or before.due)
        elif (
            _OF_OLD.search(_before(shown, when.start))
            or when.bare
            and not when.was
            and not _TOWARDS.search(_before(shown, _number_at(when, shown)))
        ):
            when = replace(when, former=True)
        found.append(when)
    return _paired(found)


def _put_off(when: When, shown: str) -> When:
    """ "Hoãn buổi họp ngày 06/12 đến ngày 13/12" is no span; the day of a paper is nobody's old day."""
    if when.was and _of_paper(when, shown):
        return replace(when, was=None)
    if (
        when.rule is not Rule.RANGE
        or not _PUT_OFF.search(_before(shown, when.start))
        or _FROM.search(_before(shown, when.start + 3))
    ):
        return when
    return replace(when, rule=Rule.ON, first=None, was=when.first, bare=True)


def _before(shown: str, at: int) -> str:
    """The words just before; farther ones say nothing of a time."""
    return shown[max(0, at - _NEAR) : at]


def _number_at(when: When, shown: str) -> int:
    digit = re.search(r"\d", shown[when.start : when.end])
    return when.start + digit.start() if digit else when.start


def _paired(times: list[When]) -> list[When]:
    """An old day that stands alone belongs to the new one before it, else to the first after it."""
    found = list(times)
    for place, when in enumerate(times):
        if when.former and when.due:
            near = [i for i in (*range(place - 1, -1, -1), *range(place + 1, len(times))) if not times[i].former]
            if near and found[near[0]].was is None:
                found[near[0]] = replace(found[near[0]], was=when.due)
    return found


def _counts(when: When, shown: str) -> bool:
    if when.rule not in (*DATED, *_MONTHLY) or when.rule is Rule.YEARLY:
        return False
    if _EFFECTIVE.search(_before(shown, when.start)) or _EFFECTIVE.search(_before(shown, _number_at(when, shown))):
        return False
    return when.was is not None or not _of_paper(when, shown)


def _of_paper(when: When, shown: str) -> bool:
    """Whether the day, or the first of the two that it names, is that of a paper."""
    return any(m.start() <= when.start and _number_at(when, shown) < m.end() for m in PAPER.finditer(shown))


def subject(shown: str, times: Sequence[When]) -> str:
    """The words that are left without times, papers, numbers of items and what only says that it changes."""
    for span in [(w.start, w.end) for w in times] + [m.span() for p in (PAPER, ITEM) for m in p.finditer(shown)]:
        shown = shown[: span[0]] + " " * (span[1] - span[0]) + shown[span[1] :]
    words = re.sub(r"^\s*(?:\d{1,2}|[a-zđ]|[IVX]+)[.)]\s", " ", shown)
    words = re.sub(r"\(\s*\W*\)", " ", _FRAME.sub(" ", words))
    return re.sub(r"\s+([,.;:)])", r"\1", " ".join(words.split())).strip(' ,.;:-–+•"“”()/')


def timed(base: Amending, when: When, shown: str) -> Amending:
    """With the new time; a month or quarter by its first day, none where it is of several months."""
    if when.rule in _MONTHLY and when.due is None:
        spans = 3 if when.rule is Rule.IN_QUARTER else 1
        first = when.months[0] if len(when.months) == spans else None
        start = date(int(first[:4]), int(first[5:]), 1) if first else None
        return replace(base, start=start, rule=when.rule if start else None)
    rule = when.rule if _binds(shown, when) else None
    return replace(base, start=when.first, due=when.due, rule=rule, time=when.time)


def _binds(shown: str, when: When) -> bool:
    """Whether words say how the new day binds; "sang ngày 10/12" only names it."""
    if when.rule not in (Rule.BEFORE, Rule.BY, Rule.ON):
        return True
    words = shown[max(0, when.start - 12) : when.end].lower()
    told = re.search(r"trước|chậm nhất|muộn nhất|hết|không quá|gia hạn|kéo dài|hạn cuối", words)
    return bool(told) and not (when.was and when.rule is Rule.ON)
