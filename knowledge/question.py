"""What is asked: the subject's words, the kind of answer wanted, the period, the tier."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.people import Level
from knowledge.fold import fold, nfc
from knowledge.lexicon import HARD_STOP, LIGHT, NEGATIONS, STOP, month_token, spell_out, unglued
from knowledge.periods import Period, find_dates, find_period
from knowledge.spelling import Vocabulary, repair


class Ask(StrEnum):
    """The kind of thing that an answer must hold."""

    WHAT = "what"  # gì, những gì
    DUE = "due"  # nộp, gửi, hạn, phải làm
    WHEN = "when"
    HOUR = "hour"
    DAYS_LEFT = "days-left"
    OVERDUE = "overdue"
    WHERE = "where"
    WHO = "who"
    SIGNER = "signer"
    CHANNEL = "channel"
    PERCENT = "percent"
    COUNT = "count"
    MONEY = "money"
    PHONE = "phone"
    EMAIL = "email"
    PENALTY = "penalty"
    SECRET = "secret"  # noqa: S105  a password, which no paper holds
    NUMBER = "number"  # of a paper
    PAPER = "paper"  # which paper
    BASIS = "basis"
    ADDRESSEE = "addressee"
    LIST = "list"
    YES_NO = "yes-no"
    HOW = "how"


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood.

    `said` is folded and spelt out, one space between words. `tokens` are its words, `weights` how much each says of
    the subject (0 to 1), `typed` each word with its marks as typed ("" where it was typed without any).
    """

    text: str
    said: str
    tokens: tuple[str, ...]
    typed: tuple[str, ...]
    weights: tuple[float, ...]
    asks: frozenset[Ask]
    period: Period | None = None
    dates: tuple[date, ...] = ()
    school_year: int | None = None
    tier_from: Level | None = None
    tier_to: Level | None = None
    round: str = ""  # "lan 2", "vong 1"

    def wants(self, *asks: Ask) -> bool:
        """Whether any of these kinds is asked for."""
        return not self.asks.isdisjoint(asks)

    @property
    def topic(self) -> tuple[str, ...]:
        """The words that name the subject; those of handing in left out."""
        return tuple(t for t, w in zip(self.tokens, self.weights, strict=True) if w > LIGHT_WEIGHT)


_CHUNK = re.compile(r"\d+(?:[.,/:-]\d+)+%?|\d+%|[^\W_]+|[/%&-]")

_ASK_PATTERNS: tuple[tuple[Ask, re.Pattern[str]], ...] = tuple(
    (ask, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"))
    for ask, pattern in (
        (Ask.DAYS_LEFT, r"con (?:may|bao nhieu|\d+) (?:ngay|hom|tuan)(?: nua)?|(?:may|bao nhieu) (?:ngay|hom) nua|con bao lau(?: nua)?|con lau khong|bao lau nua"),
        (Ask.OVERDUE, r"qua han|tre han|muon han|het han(?= chua| roi| khong| gi|$)|con han(?= khong|$)|(?:bi |da )?tre(?= chua$| roi| khong$)|cham han|no dong|con han hay het"),
        (Ask.HOUR, r"(?:luc |vao luc )?may gio|gio nao|luc nao trong ngay"),
        (Ask.WHEN, r"khi nao|bao gio|luc nao|(?:vao |la |nhung |cac )*(?:ngay|hom|thang|tuan|quy|dot|thoi diem|thoi gian|nam|buoi) (?:nao|may|bao nhieu|gi)|thang may|ngay may|may thang|han chot|thoi han|thoi gian(?: nao)?(?= |$)|thoi diem|(?:han|den han|han nop|han gui)(?= la|$| khong| chua| hay)|truoc ngay (?:nao|may)|bao lau|lich"),
        (Ask.WHERE, r"(?:o|tai) (?:dau|cho nao|truong nao)|dia diem|cho nao|noi nao"),
        (Ask.SIGNER, r"(?:ai|nguoi|nguoi nao) (?:la nguoi )?ky|chu ky|ky boi ai|ai la nguoi ky"),
        (Ask.CHANNEL, r"(?:qua|bang|theo|ve|vao|cho|toi|den) (?:dau|duong nao|kenh nao|kenh gi|hinh thuc nao|email nao|mail nao|phan mem nao|phan mem gi|dia chi nao|he thong nao|nhom nao)|(?:nop|gui) (?:o )?dau|kenh nao|phan mem (?:gi|nao)|email (?:gi|nao|la gi)|dia chi (?:email|mail)|duong nao|nhom zalo"),
        (Ask.EMAIL, r"email|mail|thu dien tu|dia chi email"),
        (Ask.PHONE, r"so dien thoai|dien thoai|sdt|so may ban|hotline|duong day nong"),
        (Ask.SECRET, r"mat khau|password|pass|tai khoan dang nhap"),
        (Ask.MONEY, r"(?:bao nhieu|may|het may|het bao nhieu) (?:tien|dong|trieu|nghin|ngan)|tien (?:thuong|phat|an|luong)|muc (?:thu|luong|thuong|ho tro|phi)(?= la| bao| may)|kinh phi(?= .*bao nhieu)|gia bao nhieu|thuong bao nhieu|(?<!\w )luong(?= thang| bao| khi| co)"),
        (Ask.PENALTY, r"bi (?:phat|ky luat|xu ly|khien trach|tru|cat thi dua|sao|gi khong)|phat (?:the nao|bao nhieu|gi)|xu phat|co sao khong"),
        (Ask.PERCENT, r"(?:bao nhieu|may|dat bao nhieu) (?:phan tram|%)|%|phan tram|ty le|ti le"),
        (Ask.NUMBER, r"(?:so|mang so|co so|van ban so|cong van so) (?:may|bao nhieu|nao|gi|hieu)|so hieu|so (?:cong van|van ban|ke hoach|quyet dinh)(?= .*(?:bao nhieu|la gi|may|nao))"),
        (Ask.PAPER, r"(?:van ban|thong tu|nghi quyet|nghi dinh|cong van|quyet dinh|ke hoach|chi thi|huong dan|luat|quy dinh|dieu le) (?:nao|gi)"),
        (Ask.BASIS, r"can cu(?: vao)?(?: nhung)?(?: van ban)?(?: nao| gi|$| dau)|dua (?:tren|vao|theo) van ban nao"),
        (Ask.ADDRESSEE, r"(?:gui cho|kinh gui|danh cho|ap dung cho|gui toi|gui den) (?:ai|nhung ai|don vi nao|doi tuong nao)|doi tuong nao|noi nhan"),
        (Ask.WHO, r"(?<!ky )(?:nhung |gom |co )?ai(?: la| phai| duoc| di| se| lam)?|nguoi nao|don vi nao|truong nao|thanh phan|co quan nao|bo phan nao"),
        (Ask.COUNT, r"(?:la |duoc |co |gom |can |phai )?(?:bao nhieu|may)|so luong|toi da|toi thieu|it nhat|nhieu nhat|dinh muc|chi tieu|khong qua"),
        (Ask.LIST, r"gom (?:nhung gi|gi|nhung|cac|may)|(?:gom|bao gom|co) nhung|nhung (?:gi|noi dung|loai|bo|viec|hoat dong|tieu chi|san pham|dieu kien)|tieu chi(?: gi| nao)?|dieu kien|goi y|ho so gom|noi dung (?:gi|nao)|(?:loai|nhung loai|bo) (?:nao|gi)|liet ke|ke ra"),
        (Ask.HOW, r"(?:nhu )?the nao|lam sao|cach nao|bang cach nao|nhu nao|ra sao|lam gi|xu ly sao"),
        (Ask.YES_NO, r"co phai|phai khong|dung khong|dung chua|duoc khong|co duoc|duoc phep|hay khong|bat buoc|khong$|chua$|hay (?:moi|la|con|phai|truc)|co dung|phai (?:\w+ )*khong"),
        (Ask.DUE, r"(?:phai |can |se |co |con )*(?:nop|gui|bao cao|hoan thanh|lam|xong)(?: nhung)?(?: cai| viec| bao cao)?(?= gi| nao|$)|han(?: nop| gui| chot| cuoi)?|den han|phai nop|phai gui|viec|nhiem vu|cong viec|nop|gui"),
        (Ask.WHAT, r"(?:nhung )?(?:cai |viec |nhiem vu |cong viec |noi dung )?(?:gi|nao)|nhung viec"),
    )
)  # fmt: skip

# asking words that may also name the subject: they are recognised but stay in it
_KEEP = frozenset(
    {Ask.EMAIL, Ask.LIST, Ask.YES_NO, Ask.MONEY, Ask.SECRET, Ask.PENALTY, Ask.PERCENT, Ask.PAPER, Ask.DUE, Ask.WHAT}
)
LIGHT_WEIGHT = 0.25
_SO = r"so(?! (?:lieu|luong|may|bao|hieu|cong|van|ke|quyet|ket|ho|sach|sanh|\d|thu|dien|tien|nguoi|ngay))"
_VERB = r"(?:nop|gui|bao cao|trinh|chuyen)"
_TO = (
    (Level.DEPARTMENT, rf"(?:ve|len|cho|toi|den|voi|{_VERB}) (?:phong giao duc mam non )?(?:cua )?{_SO}"),
    (Level.DISTRICT, r"(?:ve|len|cho|toi|den|voi|nop|gui) (?:phong(?! giao duc mam non so)|huyen|quan)(?! (?:truong|tranh|chong))"),
    (Level.COMMUNE, r"(?:ve|len|cho|toi|den|voi|nop|gui) (?:xa|phuong|uy ban)"),
)  # fmt: skip
_SUBJECT = rf"(?: giao duc)?(?: dao tao)?(?: minh| ta| toi| em| nay)?(?: con| co| da| se)?(?: phai| can)? (?:{_VERB}|lam|to chuc|co (?:gi|viec|nhung|han)|han|hoan thanh|thuc hien|trien khai)"
_FROM = (
    (Level.SCHOOL, rf"(?:cac |nha |moi )?(?:truong|co so|don vi)(?: mam non)?(?: minh)?{_SUBJECT}"),
    (Level.DISTRICT, rf"(?:cac )?phong{_SUBJECT}"),
    (Level.COMMUNE, rf"(?:cac )?(?:xa|phuong){_SUBJECT}"),
    (Level.DEPARTMENT, rf"(?<!\w){_SO}{_SUBJECT}"),
)  # fmt: skip
_ROUND = re.compile(r"(?<!\w)(lan|dot|vong|hoc ky|giai doan|ky|quy) (?:thu )?(\d{1,2}|nhat|hai|ba)(?!\w)")
_SCHOOL_YEAR = re.compile(r"(?<!\d)(20\d\d|\d\d) ?[-–/] ?(20\d\d|\d\d)(?![\d/])")
_WORD_NUMBER = {"nhat": "1", "hai": "2", "ba": "3"}


# a semester or a year may belong to the subject ("số liệu học kỳ I"): its words stay
_LONG = frozenset({"semester", "year"})


def understand(text: str, today: date, words: Vocabulary) -> Question:
    """The question in its parts. Never raises; a question of no words has no tokens."""
    text = " ".join(nfc(text).split())
    tokens, typed = _spelt_out(text, words)
    said = " ".join(tokens)
    period = find_period(said, today)
    spans = [(period.start, period.end)] if period and period.period.grain not in _LONG else []
    asks = _asks(said, spans)
    return Question(
        text=text,
        said=said,
        tokens=tuple(tokens),
        typed=tuple(typed),
        weights=_weights(tokens, said, spans, words),
        asks=asks,
        period=period.period if period else None,
        dates=tuple(find_dates(said, today)),
        school_year=_school_year(said),
        tier_from=_first_level(_FROM, said),
        tier_to=_first_level(_TO, said),
        round=_round(said),
    )


def _spelt_out(text: str, words: Vocabulary) -> tuple[list[str], list[str]]:
    """Folded tokens, repaired and spelt out, beside what was typed for each ("" where nothing was typed so)."""
    raw = _CHUNK.findall(text.lower())[:200]
    folded = [f"thang {m}" if (m := month_token(t)) else unglued(t) for t in map(fold, raw)]
    fixed = repair(["khong" if t in NEGATIONS else t for t in folded], words)
    tokens: list[str] = []
    typed: list[str] = []
    for i, token in enumerate(fixed):
        after = fixed[i + 1].split()[0] if i + 1 < len(fixed) else ""
        for part in token.split():
            own = spell_out(part, tokens[-1] if tokens else "", after).split()
            typed += [raw[i] if own == [fold(raw[i])] and raw[i] != fold(raw[i]) else "" for _ in own]
            tokens += own
    return tokens, typed


def _asks(said: str, spans: list[tuple[int, int]]) -> frozenset[Ask]:
    """Every kind asked for; the spans of their words are added to `spans`."""
    asks = set()
    for ask, pattern in _ASK_PATTERNS:
        for match in pattern.finditer(said):
            if match.group():
                asks.add(ask)
                if ask not in _KEEP:
                    spans.append(match.span())
    return frozenset(asks)


def _inside(span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def _weights(tokens: list[str], said: str, spans: list[tuple[int, int]], words: Vocabulary) -> tuple[float, ...]:
    """How much each word says of the subject: nothing inside `spans`; little for particles and words of handing in.

    A particle that makes one word with its neighbour ("hoi nghi", "dang ky") counts in full.
    """
    free = []
    at = 0
    for token in tokens:
        free.append(any(map(str.isalnum, token)) and token not in HARD_STOP and not _inside((at, at + len(token)), spans))
        at += len(token) + 1

    def one_word(i: int) -> bool:
        near = [j for j in (i - 1, i + 1) if 0 <= j < len(tokens) and free[j] and tokens[j] not in LIGHT]
        return any(words.cohere(tokens[min(i, j)], tokens[max(i, j)]) for j in near)

    def weight(i: int) -> float:
        if not free[i]:
            return 0.0
        slight = (tokens[i] in LIGHT or tokens[i] in STOP) and not one_word(i)
        return LIGHT_WEIGHT if slight else 1.0

    return tuple(map(weight, range(len(tokens))))


def _first_level(patterns: tuple[tuple[Level, str], ...], said: str) -> Level | None:
    for level, pattern in patterns:
        if re.search(rf"(?<!\w)(?:{pattern})(?!\w)", said):
            return level
    return None


def _school_year(said: str) -> int | None:
    for match in _SCHOOL_YEAR.finditer(said):
        first, second = (int(y) + (2000 if len(y) == 2 else 0) for y in match.groups())
        if second == first + 1:
            return first
    return None


def _round(said: str) -> str:
    match = _ROUND.search(said)
    return f"{match[1]} {_WORD_NUMBER.get(match[2], match[2])}" if match else ""
