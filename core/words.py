"""Words as they are compared: lower case, without marks, one space apart."""

import unicodedata

_ENDS = " .!?…,:;\"'“”"


def bare(text: str) -> str:
    """ "Số  2." -> "so 2"."""
    split = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(char for char in split if not unicodedata.combining(char)).split()).strip(_ENDS)
