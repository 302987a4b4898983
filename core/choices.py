"""Choices as people make them: a tap, a number, the words themselves; how they look where there are no buttons."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.message import Choice
from core.texts import choices as texts
from core.words import bare

_MARK = re.compile(r"#?(m[a-z0-9]{8}):(\d{1,3})")
_NUMBER = re.compile(r"(?:(?:em |toi |minh )?chon )?(?:(?:so|cau|muc|y) )?(\d{1,2})[.)]?(?: a| nhe| ah)?")
_WORDS = ("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi")
_WORD_NUMBER = re.compile(rf"(?:(?:toi |em |minh )?chon )?so ({'|'.join(_WORDS)})(?: a| nhe)?")
_NUMBERS = re.compile(
    r"(?:(?:em |toi |minh )?chon )?(?:(?:so|cau|muc|y) )?(\d{1,2}(?:(?: ?[,;+&] ?| va | )\d{1,2})+)(?: a| nhe| ah)?"
)
_OWN_NUMBER = re.compile(r"(\d{1,2})[.)] ")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a button carries: which menu, and which of its choices, from 1."""

    menu: str
    number: int

    def __str__(self) -> str:
        return f"{self.menu}:{self.number}"


def read_mark(text: str) -> Mark | None:
    """The mark that this text is, and nothing else; None: it is none."""
    found = _MARK.fullmatch(text)
    return Mark(found[1], int(found[2])) if found else None


def number_in(said: str) -> int | None:
    """The number in "2", "số 2", "chọn số hai"; None: this is no bare number."""
    words = bare(said)
    if found := _NUMBER.fullmatch(words):
        return int(found[1])
    spelled = _WORD_NUMBER.fullmatch(words)
    return _WORDS.index(spelled[1]) + 1 if spelled else None


def numbers_in(said: str) -> tuple[int, ...]:
    """The numbers in "1 3", "1, 3 và 4", each once; empty: these are not several bare numbers."""
    found = _NUMBERS.fullmatch(bare(said))
    return tuple(dict.fromkeys(map(int, re.findall(r"\d+", found[1])))) if found else ()


def together(choices: Sequence[Choice]) -> Choice | None:
    """Several picked at once: values that differ only in a last word that begins with "+"; None: they cannot be."""
    heads, _, lasts = zip(*(one.value.rpartition(" ") for one in choices), strict=True)
    if len({*heads}) > 1 or not all(last.startswith("+") for last in lasts):
        return None
    return Choice(", ".join(one.label for one in choices), " ".join([heads[0], *lasts]))


def named(said: str, choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """The choices whose label these words are; more than one: it is not clear which is meant."""
    words = bare(said)
    return tuple(choice for choice in choices if words and bare(_OWN_NUMBER.sub("", choice.label)) == words)


def listed(text: str, choices: Sequence[Choice]) -> str:
    """The text with the choices below it, for a chat without buttons."""
    if not choices:
        return text
    if len(choices) == 1:
        label = choices[0].label
        return text if bare(label) in bare(text) else f"{text}\n\n{texts.say_this(label)}"
    if all(map(_OWN_NUMBER.match, (choice.label for choice in choices))):  # the text lists them itself
        return f"{text}\n\n{texts.ANSWER_WITH_A_NUMBER}"
    lines = "\n".join(f"{number}. {choice.label}" for number, choice in enumerate(choices, 1))
    return f"{text}\n\n{lines}\n{texts.ANSWER_WITH_A_NUMBER}"
