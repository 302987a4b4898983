"""Slips of the hand undone: telex left in the word ("nopj"), doubled and swapped letters ("thuogn")."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.lexicon import NEGATIONS, SHORT, STOP

_TELEX_MARKS = (("dd", "d"), ("aa", "a"), ("ee", "e"), ("oo", "o"), ("aw", "a"), ("ow", "o"), ("uw", "u"), ("w", "u"))
_REPEATED = re.compile(r"(.)\1+")

# a folded Vietnamese syllable: first consonant, vowels, last consonant
_SYLLABLE = re.compile(
    r"^(?:b|ch|c|d|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|q|r|s|th|tr|t|v|x)?"
    r"(?:a|e|i|o|u|y|ai|ao|au|ay|eo|eu|ia|iu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ie|ye|ya|uya|oai|oay|oeo|uay|uoi|uou|ieu|yeu|uye|uyu)"
    r"(?:c|ch|m|n|ng|nh|p|t)?$"
)

# syllables of questions that papers seldom hold
_ASKING = frozenset(
    """gio bao cuoi dau muon tre ngay tuan thang nam hom mai qua quy tet ky hoc han nop gui mot hai ba bon sau bay tam
    chin muoi tram chau email zalo link tien luong thuong phat sao chao tro giup huy bot menu mail web app excel
    word file online xong chot may rang dung sai""".split()
)


@dataclass(frozen=True)
class Vocabulary:
    """The folded syllables of all documents, and how often two stand side by side."""

    counts: Counter[str] = field(default_factory=Counter)
    pairs: Counter[str] = field(default_factory=Counter)  # "hoc ky"

    def add(self, tokens: Iterable[str]) -> None:
        """Count the tokens of one passage."""
        tokens = list(tokens)
        self.counts.update(tokens)
        self.pairs.update(f"{a} {b}" for a, b in zip(tokens, tokens[1:], strict=False))

    def beside(self, first: str, second: str) -> int:
        """How often the two stand side by side; particles do not count as neighbours."""
        return 0 if first in STOP or second in STOP else self.pairs[f"{first} {second}"]

    def cohere(self, first: str, second: str) -> bool:
        """Whether the two make one word more often than not, by the documents ("hoi nghi", "dang ky")."""
        rarer = min(self.counts[first], self.counts[second])
        together = self.pairs[f"{first} {second}"]
        return rarer > 0 and (together >= max(1, 0.15 * rarer) or together >= max(3, 0.06 * rarer))

    def bound(self, token: str) -> str:
        """The pair in which this syllable mostly stands ("luong" in "chat luong"); empty where there is none."""
        count = self.counts[token]
        pair, together = self._closest.get(token, ("", 0))
        return pair if count >= 3 and together >= 0.4 * count else ""

    @cached_property
    def _closest(self) -> dict[str, tuple[str, int]]:
        best: dict[str, tuple[str, int]] = {}
        for pair, count in self.pairs.items():
            for token in pair.split(" "):
                if count > best.get(token, ("", 0))[1]:
                    best[token] = (pair, count)
        return best

    def with_initials(self, token: str) -> str:
        """The words of the documents that these letters shorten ("ldtt" -> "lao dong tien tien"); empty: none."""
        if not 3 <= len(token) <= 6 or _SYLLABLE.match(token):
            return ""
        chains = [(9**9, [word]) for word in self._after if word[0] == token[0]]
        for letter in token[1:]:
            chains = [
                (min(count, times), [*chain, word])
                for count, chain in chains
                for word, times in self._after.get(chain[-1], ())
                if word[0] == letter
            ]
            chains = sorted(chains, reverse=True)[:50]
        return " ".join(chains[0][1]) if chains else ""

    @cached_property
    def _after(self) -> dict[str, list[tuple[str, int]]]:
        """For each word those that follow it, with how often."""
        found: dict[str, list[tuple[str, int]]] = {}
        for pair, count in self.pairs.items():
            first, second = pair.split(" ")
            if first.isalpha() and second.isalpha():
                found.setdefault(first, []).append((second, count))
        return found

    def before(self, token: str) -> tuple[str, ...]:
        """The words that stand before this one, most often first."""
        return self._before.get(token, ())

    @cached_property
    def _before(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for pair, _ in self.pairs.most_common():
            first, second = pair.split(" ")
            if first.isalpha() and second.isalpha():
                found.setdefault(second, []).append(first)
        return {token: tuple(firsts) for token, firsts in found.items()}

    def knows(self, token: str) -> bool:
        """Whether this token is a word we have met or may meet in a question."""
        return token in self.counts or token in STOP or token in SHORT or token in _ASKING or token in NEGATIONS


def repair(tokens: list[str], words: Vocabulary) -> list[str]:
    """The folded tokens with unknown ones replaced by the known word they were meant to be, where that is plain."""
    fixed: list[str] = []
    for i, token in enumerate(tokens):
        after = tokens[i + 1] if i + 1 < len(tokens) else ""
        fixed.append(_repaired(token, fixed[-1] if fixed else "", after, words))
    return fixed


_DIGITS = {"mot": "1", "hai": "2", "ba": "3", "bon": "4", "nam": "5", "sau": "6", "bay": "7", "tam": "8", "chin": "9"}
_SPOKEN = {digit: word for word, digit in _DIGITS.items()}
_AMBIGUOUS = frozenset("hai nam sau bay tam".split())  # hải, năm, sau, bày, tâm …
_NUMBERING = frozenset("thang tuan lan lop ngay quy muc dot vong ky so".split())


def _as_written(token: str, before: str, after: str, words: Vocabulary) -> str:
    """A small number as the documents write it before this word: "mot chieu" -> "1 chieu", "3 buoc" -> "ba buoc"."""
    if token in _AMBIGUOUS or before in _NUMBERING:
        return token
    other = _DIGITS.get(token) or _SPOKEN.get(token)
    known = words.pairs[f"{token} {after}"] or words.pairs[f"{before} {token}"]
    if other and after and not known and words.pairs[f"{other} {after}"]:
        return other
    return token


def _repaired(token: str, before: str, after: str, words: Vocabulary) -> str:
    token = _as_written(token, before, after, words)
    if len(token) < 3 or not token.isalpha() or words.knows(token):
        return token
    for plain in _plainer(token):
        if words.knows(plain):
            return plain
    near = _nearest(token, before, after, words)
    return near if near != token else words.with_initials(token) or token


@lru_cache(maxsize=4096)
def _plainer(token: str) -> tuple[str, ...]:
    """Readings of the token without telex keys and doubled letters, likeliest first."""
    undone = token
    for keys, letter in _TELEX_MARKS:
        undone = undone.replace(keys, letter)
    tries = [undone, *(t[:-1] for t in (token, undone) if t[-1] in "sfrxj")]
    tries += [re.sub(r"[sfrxj](?=[a-z]{1,2}$)", "", t) for t in (token, undone)]
    tries.append(_REPEATED.sub(r"\1", token))
    return tuple(dict.fromkeys(t for t in tries if len(t) > 1 and t != token))


def _nearest(token: str, before: str, after: str, words: Vocabulary) -> str:
    """The known word one slip away (two for long words); a possible syllable is only replaced if the pair is known."""
    limit = 1 if len(token) < 6 else 2
    hits = process.extract(
        token, words.counts.keys(), scorer=OSA.distance, score_cutoff=limit, limit=12, processor=None
    )
    best, best_score = token, 0.0
    for word, distance, _ in hits:
        if not word.isalpha():
            continue
        paired = words.beside(before, word) + words.beside(word, after)
        swapped = sorted(word) == sorted(token)
        if _SYLLABLE.match(token) and not swapped or paired == 0 and word[0] != token[0]:
            continue  # a possible syllable is a word we do not know, unless two letters are swapped
        score = (10.0 * (paired > 0) + min(paired, 9) + min(words.counts[word], 99) / 100) / distance
        if score > best_score:
            best, best_score = word, score
    return best
