"""Names of files as people gave them, made fit to show and to send on; never used as a path."""

import re
import unicodedata

LONGEST = 120  # characters
_RESERVED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')  # in names on Windows
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\s*(?:\.|$))", re.IGNORECASE)


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


def portable(name: str, longest: int, otherwise: str) -> str:
    """One name, no path, that every system takes, at most so many UTF-16 units; `otherwise` where nothing is left.

    Windows takes no reserved marks, no names of devices with any ending, no dot or blank at the end.
    """
    shown = tidy(_RESERVED.sub("_", unicodedata.normalize("NFC", name)))
    stem, dot, ending = shown.rpartition(".")
    if not dot or len(ending) > 10 or not stem:
        stem, dot, ending = shown, "", ""
    stem = _cut(stem, longest - len(ending.encode("utf-16-le")) // 2 - len(dot)).strip(". ")
    kept = f"{stem}{dot}{ending}" if stem else ""
    return (f"_{kept}" if _DEVICES.match(kept) else kept) or otherwise


def _cut(text: str, longest: int) -> str:
    """At a word's end where one is near; no character is cut in two."""
    if len(text.encode("utf-16-le")) // 2 <= longest:
        return text
    cut = text.encode("utf-16-le")[: longest * 2].decode("utf-16-le", "ignore")
    at = cut.rfind(" ", longest * 2 // 3)
    return cut[:at] if at > 0 else cut
