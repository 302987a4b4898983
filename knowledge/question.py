"""What is asked: the subject's words, the kind of answer wanted, the period, the tier."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from core.people import Level, Ownership
from knowledge.asks import KEPT, PATTERNS, Ask
from knowledge.fold import fold, nfc
from knowledge.lexicon import HARD_STOP, KINDRED_PHRASES, LIGHT, NEGATIONS, STOP, month_token, spell_out, unglued
from knowledge.periods import Found, Period, find_dates, find_period
from knowledge.spelling import Vocabulary, repair
from knowledge.tier_words import named_tiers


@dataclass(frozen=True)
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
    ownership: Ownership | None = None

    def wants(self, *asks: Ask) -> bool:
        """Whether any of these kinds is asked for."""
        return not self.asks.isdisjoint(asks)

    @cached_property
    def topic(self) -> tuple[str, ...]:
        """The words that name the subject; those of handing in left out."""
        return tuple(t for t, w in zip(self.tokens, self.weights, strict=True) if w > LIGHT_WEIGHT)


_CHUNK = re.compile(r"\d+(?:[.,/:-]\d+)+%?|\d+%|[^\W_]+|[/%&-]")

LIGHT_WEIGHT = 0.25
_HANDS_IN = re.compile(r"(?<!\w)(?:nop|gui)(?!\w)")
_ROUND = re.compile(r"(?<!\w)(lan|dot|vong|hoc ky|giai doan|ky|quy) (?:thu )?(\d{1,2}|nhat|hai|ba)(?!\w)")
_SCHOOL_YEAR = re.compile(r"(?<!\d)(20\d\d|\d\d) ?[-–/] ?(20\d\d|\d\d)(?![\d/])")
_OWNERSHIP = (
    ("doc lap", Ownership.INDEPENDENT),
    ("tu thuc", Ownership.PRIVATE),
    ("ngoai cong lap", Ownership.PRIVATE),
    ("cong lap", Ownership.PUBLIC),
)
# what is said to be polite, or to point at oneself, names no subject
_FILLER = re.compile(
    r"(?<!\w)(?:(?:nhu |o |ben )?(?:ben|phia) (?:em|minh|toi|chi|anh|chung (?:em|toi|minh))"
    r"|(?:vay|the|a|ha|nhi) (?:chi|anh|co|thay|em|ban|sep)(?: oi)?$|(?:chi|anh|co|thay|em|ban|sep|moi nguoi) oi"
    r"|(?:phu huynh|me be|nha truong|bo me)(?: co)? hoi|(?:ngoi|hop|hoc|to chuc) (?=o dau)|bat dau|den het|tinh den"
    r"|cho hoi|(?:ve |noi )?(?:chuyen|viec) gi|(?:thi )?bi (?:sao|gi)(?: khong)?|co sao khong)(?!\w)"
)
_WORD_NUMBER = {"nhat": "1", "hai": "2", "ba": "3"}


# a semester or a year may belong to the subject ("số liệu học kỳ I"): its words stay
_LONG = frozenset({"semester", "year"})


def understand(text: str, today: date, words: Vocabulary) -> Question:
    """The question in its parts. Never raises; a question of no words has no tokens."""
    text = " ".join(nfc(text).split())
    tokens, typed = _spelt_out(text, words)
    tokens = _in_their_words(tokens, words)
    said = " ".join(tokens)
    period = find_period(said, today)
    if period and not _tomorrow(period, said, words):
        period = None
    spans = [(period.start, period.end)] if period and period.period.grain not in _LONG else []
    asks = _asks(said, spans)
    spans += [match.span() for match in _FILLER.finditer(said)]
    tier_from, tier_to = named_tiers(said)
    return Question(
        text=text,
        said=said,
        tokens=tuple(tokens),
        typed=tuple(typed),
        weights=weigh(tokens, said, spans, words, Ask.YES_NO in asks),
        asks=asks,
        period=period.period if period else None,
        dates=tuple(find_dates(said, today)),
        school_year=_school_year(said),
        tier_from=tier_from,
        tier_to=tier_to,
        round=_round(said),
        ownership=next((kind for words_, kind in _OWNERSHIP if f" {words_} " in f" {said} "), None),
    )


def _tomorrow(found: Found, said: str, words: Vocabulary) -> bool:
    """Whether "mai" is tomorrow, and not the first half of a word of the documents ("mai truong")."""
    after = said[found.end :].split()
    return said[found.start : found.end] != "mai" or not (after and words.pairs[f"mai {after[0]}"])


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


def _in_their_words(tokens: list[str], words: Vocabulary) -> list[str]:
    """Tokens with a phrase that no document has replaced by the one that papers use; as many tokens as before."""
    for asked, written in KINDRED_PHRASES:
        first, second = asked.split()
        for i in range(len(tokens) - 1):
            if tokens[i : i + 2] == [first, second] and not words.pairs[asked] and words.pairs[written]:
                tokens = [*tokens[:i], *written.split(), *tokens[i + 2 :]]
    return tokens


def _asks(said: str, spans: list[tuple[int, int]]) -> frozenset[Ask]:
    """Every kind asked for; the spans of their words are added to `spans`."""
    asks = set()
    for ask, pattern in PATTERNS:
        for match in pattern.finditer(said):
            if match.group() and not _inside(match.span(), spans):
                asks.add(ask)
                if ask not in KEPT:
                    spans.append(match.span())
    if Ask.WHEN in asks and " han" in f" {said}":
        asks.add(Ask.DUE)  # "hạn nào"
    if Ask.WHERE in asks and _HANDS_IN.search(said):
        asks.add(Ask.CHANNEL)  # "nộp hồ sơ ở đâu"
    return frozenset(asks)


def _inside(span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def weigh(
    tokens: list[str], said: str, spans: list[tuple[int, int]], words: Vocabulary, judged: bool
) -> tuple[float, ...]:
    """How much each word says of the subject: nothing inside `spans`; little for particles and words of handing in.

    A particle that makes one word with its neighbour ("hoi nghi", "dang ky") counts in full.
    """
    free = []
    at = 0
    for token in tokens:
        asked = _inside((at, at + len(token)), spans)
        free.append(any(map(str.isalnum, token)) and token not in HARD_STOP and not asked)
        at += len(token) + 1

    counted = {i + 1 for i, token in enumerate(tokens) if token == "may" or token == "nhieu" and tokens[i - 1] == "bao"}

    def one_word(i: int) -> bool:
        near = [j for j in (i - 1, i + 1) if 0 <= j < len(tokens) and free[j] and tokens[j] not in LIGHT]
        if tokens[i] in LIGHT:
            near = [j for j in near if tokens[j] not in STOP]
        return any(words.cohere(tokens[min(i, j)], tokens[max(i, j)]) for j in near)

    def weight(i: int) -> float:
        if not free[i]:
            return 0.0
        slight = (tokens[i] in LIGHT or tokens[i] in STOP) and not one_word(i)
        slight |= i in counted
        slight |= judged and tokens[i].isdecimal()  # "15 phút được không": the number is what is asked about
        return LIGHT_WEIGHT if slight else 1.0

    weights = list(map(weight, range(len(tokens))))
    if 1.0 not in weights:  # "trường tư cử mấy đội": what is counted is all there is
        weights = [1.0 if i in counted and w else w for i, w in enumerate(weights)]
    return tuple(weights)


def _school_year(said: str) -> int | None:
    for match in _SCHOOL_YEAR.finditer(said):
        first, second = (int(y) + (2000 if len(y) == 2 else 0) for y in match.groups())
        if second == first + 1:
            return first
    return None


def _round(said: str) -> str:
    match = _ROUND.search(said)
    return f"{match[1]} {_WORD_NUMBER.get(match[2], match[2])}" if match else ""
