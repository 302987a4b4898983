"""The words by which limits are spoken: things that are handed in, numbers, "không quá"; a sentence as it is read."""

import re
from dataclasses import dataclass

from core.rules import Thing
from knowledge.sentences import shortened

# what is done live, filled in or looked at: minutes and pages of these are no limits of a file
_LIVE = (
    r"(?<!phu )(?<!phoi )(?<!tong )(?<!ket )hop(?! tac| dong| ly| le)|hoi nghi|hoi thao|toa dam|tiet day|tiet hoc|"
    r"gio day|gio hoc|(?<!chi )tiet|hoat dong|phan thi|bai thi|hoi thi|hung bien|trinh bay|phat bieu|thuyet trinh|"
    r"dien thoai|goi dien|cuoc goi|nghi (?:giua|trua|giai lao)|tro choi|the duc|kham|lam bai|tra loi|xem(?! xet)|chieu|"
    r"bat(?= (?:video|clip|phim|nhac))|"
    r"tap huan|buoi|tiep (?:dan|khach|phu huynh)|van nghe|tiet muc|tieu pham|bieu dien|don tre|tra tre|(?:den|di) muon|"
    r"giao luu|truc (?:ban|ca|tong dai|tuyen)|tham quan|luyen tap|ngu trua|rua tay|thuc hanh|moi phan|bai giang|"
    r"cham (?:thi|diem|bai)|may anh|phong su anh|phieu|bieu mau|(?<!theo )mau|to khai|don(?! vi)|"
    r"so (?:theo doi|tay|sach)|sach|giao trinh|tai lieu|website|cong thong tin|giay moi|bai hat"
)
_OWN = r"viet|du thi|tham luan|thu hoach|tuyen truyen|cam nhan|luan|tim hieu|nghien cuu|tham gia|chia se"
_AFTER_BARE = r"(?=\s*(?:[.,;:/()]|$|ve\b|cho\b|gui\b|tro\b|du\b|de\b|cua\b|theo\b|khong\b|toi\b|dai\b|co\b|ghi\b))"
_WORDS: tuple[tuple[Thing, str], ...] = (
    (Thing.FILM, r"phong su(?! anh)|video clip|video|clip|thuoc phim|doan phim|phim|ban ghi hinh|vlog"),
    (Thing.SOUND, r"bai phat thanh|ban tin phat thanh|(?:file|ban) (?:am thanh|ghi am)|podcast|audio"),
    (Thing.ACHIEVEMENT, r"bao cao thanh tich|tom tat thanh tich|trich ngang(?: thanh tich)?|ban thanh tich"),
    (Thing.SUMMARY, r"(?:ban |bao cao )?tom tat"),
    (Thing.SLIDES, r"bai trinh chieu|ban trinh chieu|slides?|powerpoint"),
    (Thing.INITIATIVE, r"(?:bao cao |de tai )?(?:sang kien kinh nghiem|sang kien|skkn)|de tai|(?:bao cao )?bien phap|"
                       r"(?:bao cao )?giai phap|ban mo ta|(?:ban )?thuyet minh"),
    (Thing.ARTICLE, rf"bai bao cao tham luan|bao cao tham luan|bai (?:{_OWN})|tham luan|tin bai|bai{_AFTER_BARE}"),
    (Thing.REPORT, r"bao cao(?! (?:so|voi|ve|truoc|cho)\b)"),
    (Thing.PLAN, r"ke hoach"),
    (Thing.LESSON, r"giao an|bai soan"),
    (Thing.PICTURE, r"hinh anh|buc anh|anh|buc tranh|tranh ve|tranh|poster"),
    (Thing.DOSSIER, r"ho so"),
    (Thing.PRODUCT, r"san pham|tac pham"),
)  # fmt: skip
_THING = re.compile(
    r"\b(?:" + "|".join([*(f"(?P<{thing}>{words})" for thing, words in _WORDS), f"(?P<live>{_LIVE})"]) + r")\b"
)
_CHAIN_BREAKS = re.compile(
    r"[^a-z ]|\b(?:va|kem|hoac|cung|voi|khong|gom|co|moi|trong|toi da|gui|nop|de|duoc|phai|o|tren|dai|thoi luong)\b"
)

SPELLED = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "muoi lam": 15, "hai muoi": 20, "ba muoi": 30,
}  # fmt: skip
_SPELLED = "|".join(sorted(SPELLED, key=len, reverse=True))
NUMBER = rf"(?:(?<![\d,./])\d{{1,4}}(?![\d])(?:,5)?(?!\s*/\s*\d)|\b(?:{_SPELLED})\b)(?:\s*\([a-z ]+\))?"
CAP = (
    r"(?:(?:khong|chua)(?: duoc| nen)? (?:qua|vuot qua|vuot|dai qua|dai hon|nhieu hon|lon hon|hon)|toi da|nhieu nhat|"
    r"dai nhat|gioi han(?: trong| o)?|trong vong|trong khoang|duoi|it hon|ngan hon|<=|≤|<)(?: la| muc|:)?\s*"
)
FLOOR = r"(?:toi thieu|it nhat|khong duoi|khong it hon|tren|>=|≥|>)(?: la|:)?\s*"


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that a text names at [start:end]; `thing` None: something live, or a form."""

    thing: Thing | None
    start: int
    end: int


def number(words: str) -> float:
    """ "05", "1,5", "mười", "05 (năm)": the number."""
    bare = words.partition("(")[0].strip()
    return SPELLED[bare] if bare in SPELLED else float(bare.replace(",", "."))


def named(folded: str) -> list[Named]:
    """The things that a folded text names, in order."""
    return [
        Named(None if found.lastgroup in (None, "live") else Thing(found.lastgroup), found.start(), found.end())
        for found in _THING.finditer(folded)
    ]


def chain_before(folded: str, things: list[Named], at: int) -> list[Named]:
    """What the words before `at` are about: "video quay tiết dạy" as [video, tiết dạy]; empty: nothing is named."""
    before = [one for one in things if one.end <= at]
    chain = before[-1:]
    for one in reversed(before[:-1]):
        gap = folded[one.end : chain[0].start]
        if len(gap) > 25 or _CHAIN_BREAKS.search(gap):
            break
        chain.insert(0, one)
    return chain


_NO_QUOTE_END = " \t\n*,;:-–+·•"
_QUOTE = 160  # characters
_TELLS_ALONE = 24  # so long, what stands in brackets can be read without the words before


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence: literal, folded, the things it names, and what was named before and above it."""

    text: str
    folded: str
    things: list[Named]
    above: Thing | None

    def quote(self, start: int, end: int) -> str:
        """The literal run that holds [start:end]: what the brackets hold, else the sentence or a part of it."""
        opened, closed = self.text.rfind("(", 0, start), self.text.find(")", end)
        if opened >= 0 and closed >= 0 and ")" not in self.text[opened:start]:
            if closed - opened > _TELLS_ALONE:
                return self.text[opened + 1 : closed].strip(_NO_QUOTE_END)
            first = max(self.text.rfind(mark, 0, opened) for mark in ",;:(") + 1
            if opened - first <= _QUOTE:
                return self.text[first : closed + 1].strip(_NO_QUOTE_END)
        whole = self.text.strip(_NO_QUOTE_END)
        if len(whole) <= _QUOTE:
            return whole
        first = max((self.text.rfind(mark, 0, start) for mark in ",;(:"), default=-1) + 1
        return shortened(self.text[first:].strip(_NO_QUOTE_END), _QUOTE).rstrip("…").rstrip(_NO_QUOTE_END)
