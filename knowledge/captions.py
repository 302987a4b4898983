"""What is written beside a photo or file that is handed in: its subject, round and month, without the small talk."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from knowledge.fold import fold, nfc
from knowledge.lexicon import STOP
from knowledge.periods import Period, find_period
from knowledge.question import LIGHT_WEIGHT, Question, understand, weigh
from knowledge.spelling import Vocabulary

LONGEST = 300  # characters that are read
_TIMES = ("month", "quarter", "range")  # what a caption may name a task by; "hôm nay" says when a photo was taken

# how teachers write beside a photo -> what papers write; matched on the folded caption
_SAID = tuple(
    (re.compile(rf"(?<![^\W_]){said}(?![^\W_])"), written)
    for said, written in (
        (r"(?:l|lan|dot|l\.)[ _]?([1-9])", r"lan \1"),
        (r"(?:lan|dot) (?:thu )?(nhat|hai|ba)", r"lan \1"),
        (r"h(?:oc )?k[yi]? ?(?:thu )?(?:1|i|mot|nhat)", "hoc ky 1"),
        (r"h(?:oc )?k[yi]? ?(?:thu )?(?:2|ii|hai)", "hoc ky 2"),
        (r"20[/.-]11", "ngay nha giao viet nam"),
        (r"pc(?:gd)?mn(?:te?)?5t", "pho cap giao duc mam non tre 5 tuoi"),
        (r"shcm", "sinh hoat chuyen mon"),
        (r"bdcm", "boi duong chuyen mon"),
        (r"bd(?= (?:cm|chuyen mon|he|gv))", "boi duong"),
        (r"bd(?= tang truong)", "bieu do"),
        (r"cm(?= (?:cum|cap|he))", "chuyen mon"),
        (r"gpst|gp (?=sang tao)", "giai phap sang tao"),
        (r"ksk", "kham suc khoe"),
        (r"sk", "suc khoe"),
        (r"ks", "khao sat"),
        (r"h?n(?= ?(?:cb|can bo|cong chuc|vien chuc|so ket|tong ket|cong nhan))", "hoi nghi"),
        (r"hncb(?:cc)?vc", "hoi nghi can bo cong chuc vien chuc"),
        (r"cb(?:cc)?vc", "can bo cong chuc vien chuc"),
        (r"hsss", "ho so so sach"),
        (r"lt(?:ltt|tr?tt)", "lay tre lam trung tam"),
        (r"tyvn", "toi yeu viet nam"),
        (r"tk(?= (?:de an|chuyen de|nam|cd))", "tong ket"),
        (r"cd", "chuyen de"),
        (r"pctntt", "phong chong tai nan thuong tich"),
        (r"tke", "thong ke"),
        (r"nn", "nghe nghiep"),
        (r"gd", "giao duc"),
        (r"ct", "chuong trinh"),
        (r"hd", "hoat dong"),
        (r"xd", "xay dung"),
        (r"kq", "ket qua"),
        (r"bb", "bien ban"),
        (r"p(?= (?:gui|nop))", "phong"),
        (r"tu cham(?: diem)?", "tu danh gia"),
    )
)

# what says that something is handed in, by whom and how, never what it is; folded and spelt out
_FILLER = re.compile(
    r"(?<!\w)(?:minh chung|bang chung|(?:tam|buc|may|cai) (?:anh|hinh)|anh chup|file|tep|pdf|docx?|xlsx?|zip|rar|jpe?g"
    r"|png|excel|word|scan|(?:hp )?e ?office|zalo|g?mail|e mail|ban (?:mem|cung|dau|truoc|moi|sau|chinh thuc)"
    r"|(?:da |dang |xin |moi |vua )?(?:nop|gui|up|chup)(?: (?:lai|bo sung|tre|muon|them|len|du|nham|bu))?"
    r"|(?:da|xin|vua) (?:ky|dang|lam|duyet)|(?:da |vua |moi )?(?:hoan thanh|xong)(?: (?:xuoi|het|roi|hoan toan))*"
    r"|bo sung|kinh gui|ne(?! nep)|rui|r|sep|thong cam|nha(?! (?:giao|truong|tre|nuoc|bep|ve))|nhe|muon|tre han|sai"
    r"|day$|day (?:a|chi|anh|co|sep)|cam on|toan (?:truong|huyen)|tui em|giup em|voi a|dau do|(?:hay )?(?:cac|ca) lop"
    r"|(?:ben|cua|truong|lop|nhom|phong|don vi|to|khoi) (?:em|e|minh|toi|con|chau|chung em)"
    r"|(?:chi|anh|co|thay|sep|moi nguoi|ca nha) oi|(?:lop(?! 1(?!\w))|nhom) \d\w*(?: tuoi)?(?: [a-d]\d?)?"
    r"|\d{2,4}-\d{2,4}|\d+[a-z]{1,2}|(?<!cuoi )(?<!dau )nam hoc(?= \d| nay|$))(?!\w)"
)
_MEDIA = re.compile(r"(?<!\w)(?:hinh anh|anh|(?<!mo )(?<!loai )hinh(?! thuc)|photo|video|clip|link)(?!\w)")
_AGAIN = re.compile(
    r"(?<!\w)(?:bo sung|(?:nop|gui|lam|chup|sua) lai|da sua|gui nham|thay (?:the|anh|file|ban)|ban (?:moi|sua))(?!\w)"
)

# kinds of paper, and words of every plan: they name no task, and a task may lack them
_PAPERS = re.compile(
    r"(?<!\w)(?:bao cao|ke hoach|so lieu|danh sach|ho so|bien ban|bieu mau|bang|thong ke|ket qua|cong van|to trinh"
    r"|phieu|van ban|tong hop|tai lieu|noi dung|cong tac|hoat dong|thuc hien|trien khai|to chuc|chuan bi|nam hoc"
    r"|nha truong|mam non|giao duc|dao tao|(?<!tang )(?<!moi )truong|phong(?! su)|cac be|tre em|tre|be|mau|ban|bo"
    r"|(?:lan|dot|vong|quy|nam|thang|so) \d+|\d[\w/]*)(?!\w)"
)
# what many tasks are about: it names none by itself, but a task must speak of it
_FIELDS = re.compile(
    r"(?<!\w)(?:dang ky|danh gia|tham gia|hoi nghi|hoi thao|hoi thi|ngay hoi|tap huan|boi duong|kiem tra|tong ket"
    r"|so ket|thi dua|khen thuong|de nghi|de xuat|to chuyen mon|chuyen mon|chuyen de|de an|du an|phong trao"
    r"|chat luong|phat trien|xay dung|bieu do|cuoi nam|dau nam|hoc sinh|phu huynh|giao vien|nhan vien|can bo"
    r"|quan ly|lop hoc)(?!\w)"
)


@dataclass(frozen=True)
class Caption:
    """What a caption says. `question` holds the subject's words, weighed; `again`: it adds to what was handed in."""

    question: Question
    period: Period | None  # a month or more
    again: bool

    @property
    def names_something(self) -> bool:
        """Whether any word is left that names a subject."""
        return bool(self.question.topic)

    @cached_property
    def own_words(self) -> frozenset[int]:
        """The places of the words that few tasks share."""
        said, weights = self.question.said, self.question.weights
        shared = {i for general in (_PAPERS, _FIELDS) for m in general.finditer(said) for i in _places(said, m)}
        return frozenset(i for i, w in enumerate(weights) if w > LIGHT_WEIGHT and i not in shared)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """What it is about that many tasks are about."""
        return tuple(m.group() for m in _FIELDS.finditer(self.question.said) if self._counts(m, 0.0))

    @cached_property
    def is_telling(self) -> bool:
        """Whether it says more than what kind of paper is handed in: a word of its own, or three general ones."""
        said = self.question.said
        papers = [m for m in _PAPERS.finditer(said) if " " in m.group() and self._counts(m, LIGHT_WEIGHT)]
        own = len(self.own_words)  # of syllables: a word mostly has two
        return own >= 2 or own + len(papers) + len(self.fields) >= 3

    def _counts(self, match: re.Match[str], more_than: float) -> bool:
        return all(self.question.weights[i] > more_than for i in _places(self.question.said, match))


def read_caption(text: str, today: date, words: Vocabulary) -> Caption:
    """The caption, understood. Never raises; without words it names nothing."""
    understood = understand(_in_words_of_papers(nfc(text)[:LONGEST], words), today, words)
    said = understood.said
    found = find_period(said, today)
    spans = [match.span() for match in _FILLER.finditer(said)]
    period = None
    if found and found.period.grain != "semester" and not said[found.start : found.end].startswith("nam hoc"):
        spans.append((found.start, found.end))
        period = found.period if found.period.grain in _TIMES else None
    weights = _lighter(weigh(list(understood.tokens), said, spans, words, False), said)
    question = replace(understood, weights=weights, asks=frozenset())
    return Caption(question, period, bool(_AGAIN.search(said)))


def _lighter(weights: tuple[float, ...], said: str) -> tuple[float, ...]:
    """The weights, little where a word only says that it is a picture."""
    light = {i for match in _MEDIA.finditer(said) for i in _places(said, match)}
    return tuple(min(weight, LIGHT_WEIGHT) if i in light else weight for i, weight in enumerate(weights))


def _places(said: str, match: re.Match[str]) -> range:
    """Which words of `said`, counted from 0, the match covers."""
    first = said.count(" ", 0, match.start())
    return range(first, first + match.group().count(" ") + 1)


def _in_words_of_papers(text: str, words: Vocabulary) -> str:
    """The caption with what teachers shorten spelt out; the rest keeps its marks."""
    text = re.sub(r"(?<=[^\W\d])-(?=[^\W\d])|_", " ", text)
    for pattern, written in _SAID:
        for match in reversed(list(pattern.finditer(fold(text)))):
            text = text[: match.start()] + match.expand(written) + text[match.end() :]
    return " ".join(_apart(word, words) for word in text.split())


def _apart(word: str, words: Vocabulary) -> str:
    """ "tuyensinh" -> "tuyen sinh", "hlieu" -> "hoc lieu": two words of the documents written as one."""
    folded = fold(word)
    if len(folded) < 3 or not folded.isalpha() or words.knows(folded):
        return word
    glued = {i: words.pairs[f"{folded[:i]} {folded[i:]}"] for i in range(2, len(folded) - 1)}
    best = max(glued, key=lambda i: glued[i], default=0)
    if best and glued[best]:
        return f"{word[:best]} {word[best:]}"
    before = words.before(folded[1:])
    return next((f"{first} {word[1:]}" for first in before if first[0] == folded[0] and first not in STOP), word)
