"""Names and phone numbers of people, as they are shown and as they are compared."""

import re
import unicodedata

LONGEST_NAME = 60  # characters

_NOT_SHOWN = ("Cc", "Cf", "Co", "Cn", "Cs", "So", "Sk")  # marks that turn the line round, emoji, pieces of emoji
_SELECTORS = re.compile("[\ufe00-\ufe0f\u20e3]")
_BLANK_LETTERS = re.compile("[\u115f\u1160\u3164\uffa0]")  # letters by category, and nothing to see
_NUMBER = re.compile(r"(?:\+|00)?84(\d{9})|(0\d{9,10})")


def clean_name(text: str) -> str:
    """The name on one line, without emoji and hidden marks, at most LONGEST_NAME long; empty where none is left."""
    composed = _BLANK_LETTERS.sub(" ", _SELECTORS.sub("", unicodedata.normalize("NFC", text)))
    shown = "".join(" " if char.isspace() else char for char in composed)
    shown = "".join(char for char in shown if unicodedata.category(char) not in _NOT_SHOWN)
    name = " ".join(shown.split())
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def clean_phone(text: str) -> str:
    """ "+84 912.345.678" -> "0912345678"; what is no Vietnamese number keeps its digits alone."""
    digits = re.sub(r"[^\d+]", "", text)
    found = _NUMBER.fullmatch(digits)
    if found is None:
        return digits
    return f"0{found[1]}" if found[1] else found[2]
