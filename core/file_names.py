"""Names of files as people gave them, made fit to show and to send on; never used as a path."""

import re
import unicodedata

LONGEST = 120  # characters


def tidy(name: str) -> str:
    """NFC, without folders, control characters and marks that turn the text around; the ending stays. May be empty."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(char for char in last if unicodedata.category(char)[0] != "C")
    shown = " ".join(shown.split()).strip(". ")
    if len(shown) <= LONGEST:
        return shown
    stem, dot, ending = shown.rpartition(".")
    if not dot or len(ending) > 10:
        return shown[:LONGEST]
    return f"{stem[: LONGEST - len(ending) - 1]}.{ending}"
