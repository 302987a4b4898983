"""The task line of an obligation: what it is about, in words that stand alone."""

import re
from dataclasses import dataclass

from knowledge.blocks import mask
from knowledge.clauses import Clause
from knowledge.details import deliverable
from knowledge.fold import fold
from knowledge.items import starts_with_verb
from knowledge.wording import plain, task_line

_LABEL = re.compile(r"\W*(?:thoi\s+(?:gian|han|diem)|han|ngay|lich)\b[^:.;]{0,22}:")
_GENERIC = re.compile(
    r"(?:thoi (?:gian|han|diem)|han|ngay|lich)"
    r"(?: (?:cuoi|chot|nop|gui|bao cao|to chuc|thuc hien|du kien|hoan thanh|cung))*|"
    r"(?:tu|vao|luc|ngay|½ ngay|trong|\W)*"
)
_VAGUE = re.compile(r"\W*(?:[\w&]+\s+){0,6}?(?:gui|nop|hoan thanh|bao cao|xong)\b(?:\s+(?:ve|cho|len|xong)\b.*)?")

_OFFICE = (
    r"(?:bo|so|phong|ubnd|uy ban nhan dan)"
    r"(?: (?:gd&dt|gddt|giao duc va dao tao|vhxh|van hoa|xa hoi|xa|phuong|huyen|tinh))*"
)
_PASSES_ON = re.compile(
    rf"\W*{_OFFICE}\W+(?:(?:tong hop|kiem duyet|tham dinh|ra soat)\W+)*(?:gui|bao cao|nop)(?: cho| ve| len)? {_OFFICE}"
    rf"(?:, {_OFFICE})*\W*"
)
_AFTER_OFFICE = re.compile(r"(?:gửi|nộp) (?:Phòng|Sở|UBND) .*?\b((?:báo cáo|số liệu|hồ sơ|kế hoạch|danh sách|biểu) .+)")
_BY = re.compile(r"\s+(?:trước|chậm nhất|muộn nhất|hạn)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """raw[start:end], the words of one obligation. `first`: where the line's own words begin, number left out.

    `lead` is set for the second of two things that one sentence sends two ways: the first one's words.
    """

    raw: str
    start: int
    end: int
    clause: Clause
    first: int = 0
    lead: str = ""

    @property
    def words(self) -> str:
        """Its words, without markup."""
        return mask(self.raw)[self.start : self.end]

    @property
    def rest(self) -> str:
        """The words after it that may still speak of it."""
        return mask(self.raw)[self.end : self.clause.rest]

    @property
    def labelled(self) -> bool:
        """Whether it is the "Thời gian:" of what the line above names."""
        return bool(_LABEL.match(fold(self.words)) or _LABEL.match(fold(mask(self.raw)[self.first :])))

    @property
    def holds_time(self) -> bool:
        """Whether its own words hold the time."""
        return self.start <= self.clause.when.start and self.clause.when.end <= self.end


def told(stretch: Stretch, parent: str) -> str:
    """The task line; `parent` is the line above, for words that mean nothing without it."""
    own = _without_time(stretch)
    if stretch.labelled:
        parts = [part.strip() for part in own.split(":")]
        named = [part for part in parts if part and not _GENERIC.fullmatch(fold(part))]
        return task_line(": ".join(filter(None, (parent, *named))))
    if stretch.clause.main:
        return task_line(_about(plain(stretch.raw, *stretch.clause.main), own))
    if stretch.lead:
        return task_line(own if starts_with_verb(own) else f"Gửi {own}")
    return task_line(_completed(stretch, own, parent))


def outside(words: str) -> str:
    """The words before a bracket that explains them."""
    cut = words.find(" (")
    return words[:cut] if cut > 25 else words


def _handed_in(stretch: Stretch) -> str:
    """What the sentence has said is handed in, before the clause that only passes it on; empty where it has not."""
    sentence = re.split(r"(?<=[.])\s+(?=[A-ZĐ])", plain(stretch.raw, stretch.first, stretch.start))[-1]
    about, colon, _ = sentence.partition(":")
    sent = _BY.split(sentence)[0]
    named = _AFTER_OFFICE.search(sent)
    thing = about if colon else named[1] if named else deliverable(sentence) or sent
    thing = thing.strip(" -+*·•,;")
    return thing[:1].upper() + thing[1:] if len(thing) > 3 else ""


def _about(main: str, own: str) -> str:
    """The line's matter, with the bracket's words where they say more than "gửi về …"."""
    main = outside(main).rstrip(" .;:")
    vague = _VAGUE.fullmatch(fold(own)) and len(own.split()) < 8
    return main if vague or len(own.split()) <= 4 else f"{main}: {own}"


def _completed(stretch: Stretch, own: str, parent: str) -> str:
    """The clause's words, behind those they need: the sentence's beginning, or the line above."""
    count, acts = len(own.split()), starts_with_verb(own)
    short = count < (2 if acts else 4) or (count < 9 and _VAGUE.fullmatch(fold(own)) is not None)
    before = plain(stretch.raw, stretch.first, stretch.start)
    if stretch.clause.follows:
        before = "" if acts or ":" not in before else before.partition(":")[0]
    if _PASSES_ON.fullmatch(fold(own)) and (thing := _handed_in(stretch)):
        return f"{thing}: {own}"
    if short and before:
        return f"{before.rstrip(' .;:')}: {own}" if own else before
    if parent and (short or mask(stretch.raw).lstrip().startswith("(")):
        return f"{parent}: {own}"
    return own


def _without_time(stretch: Stretch) -> str:
    shown, when = mask(stretch.raw), stretch.clause.when
    before = shown[stretch.start : min(max(when.start, stretch.start), stretch.end)]
    return plain(before + " " + shown[max(min(when.end, stretch.end), stretch.start) : stretch.end])
