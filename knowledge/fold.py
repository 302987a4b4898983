"""Vietnamese text made comparable: "Đề cương" -> "de cuong"."""

import re
import unicodedata

_STRIP = {code: None for code in range(0x300, 0x370)}
_WORD = re.compile(r"\d+(?:[.,/:-]\d+)+%?|\d+%|[^\W_]+")
_DAY = re.compile(r"0?(\d{1,2})[/.-]0?(\d{1,2})(?:[/.-](?:20)?(\d\d))?$")


def nfc(text: str, keep: str = "\n\t") -> str:
    """The text composed, without control and zero-width characters but those in `keep`."""
    text = unicodedata.normalize("NFC", text)
    if text.isprintable():
        return text
    return "".join(c for c in text if c in keep or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cn", "Cs"))


def fold(text: str) -> str:
    """Lower case, without diacritics, đ as d; as many characters as the NFC text has, so that places agree."""
    composed = unicodedata.normalize("NFC", text)
    return composed.lower() if composed.isascii() else composed.translate(_PLAIN)


class _Plain(dict[int, int]):
    """Each character's plain form, worked out when first met; one for one, so that places in the text stay."""

    def __missing__(self, code: int) -> int:
        char = chr(code)
        base = unicodedata.normalize("NFKD", char.replace("đ", "d").replace("Đ", "D")).translate(_STRIP).lower()
        self[code] = ord(base) if len(base) == 1 else code
        return self[code]


_PLAIN = _Plain()


def words(folded: str) -> list[str]:
    """Syllables and numbers of a folded text; days ("5/12"), decimals ("42,5%") and year spans stay whole.

    An hour is "8h" or "8h40". A day loses its leading zeros and keeps its year as two digits; "16/2018" of a
    paper's number falls apart.
    """
    found: list[str] = []
    for word in _WORD.findall(folded):
        if word[0].isdecimal() and (hour := _HOUR.match(word)):
            found.append(f"{int(hour[1])}h{hour[2] if hour[2] not in (None, '00') else ''}")
        elif "/" in word or "." in word or "-" in word:
            found += _numbers(word)
        else:
            found.append(word)
    return found


_HOUR = re.compile(r"(\d{1,2})h(\d\d)?$")


def _numbers(word: str) -> list[str]:
    if (day := _DAY.match(word)) and int(day[1]) <= 31 and int(day[2]) <= 12:
        return ["/".join(part for part in day.groups() if part)]
    if "-" in word or "/" in word:
        return [part for part in re.split(r"[/-]", word) if part]
    return [word]
