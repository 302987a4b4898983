"""Vietnamese written for the fonts of before Unicode, TCVN3 (".VnTime", ABC) and VNI, made Unicode."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from itertools import islice

from knowledge.fold import nfc


class Old(StrEnum):
    """What people call the encodings."""

    TCVN3 = "TCVN3 (ABC)"
    VNI = "VNI"


KEPT = "\n\t\u00ad"  # the soft hyphen is a letter of TCVN3: it stays until it is known what the letters are
_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢£¤¥¦§",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ",
        strict=True,
    )
)  # TCVN 5712:1993, part 3, as Windows shows its bytes
_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_HATS = {
    "â": ("\u0302", ""), "á": ("\u0302", "\u0301"), "à": ("\u0302", "\u0300"), "å": ("\u0302", "\u0309"),
    "ã": ("\u0302", "\u0303"), "ä": ("\u0302", "\u0323"), "ê": ("\u0306", ""), "é": ("\u0306", "\u0301"),
    "è": ("\u0306", "\u0300"), "ú": ("\u0306", "\u0309"), "ü": ("\u0306", "\u0303"), "ë": ("\u0306", "\u0323"),
}  # fmt: skip
_WHOLE = {"æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ", "ô": "ơ", "ö": "ư"}


def _vni() -> dict[str, str]:
    """What VNI writes with two characters or one, small and large."""
    pairs = {base + sign: letter + tone for base, letter in zip("aeiouyôö", "aeiouyơư", strict=True)
             for sign, tone in _TONES.items()}  # fmt: skip
    pairs |= {base + sign: base + hat + tone for base in "aeo" for sign, (hat, tone) in _HATS.items()
              if hat == "\u0302" or base == "a"}  # fmt: skip
    pairs |= _WHOLE
    pairs |= {old.upper(): new.upper() for old, new in pairs.items()}
    pairs |= {old[0].upper() + old[1]: new[0].upper() + new[1:] for old, new in pairs.items() if len(old) == 2}
    return {old: unicodedata.normalize("NFC", new) for old, new in pairs.items()}


_VNI = _vni()
_VNI_SIGNS = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_WORD = re.compile(r"[^\s\d.,;:!?()\[\]{}<>/\\|\"'“”‘’…*_=+%&–-]+")
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SYLLABLE = re.compile(
    r"(?:ngh?|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?"
    r"(?:[aăâeêioôơuưy]|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|ơi|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê|"
    r"iêu|yêu|oai|oay|oeo|uây|uôi|uya|uyê|uyu|ươi|ươu)(?:ch|nh|ng|[cmnpt])?"
)
_CAPITALS = 4  # large letters without a small one: a line in capitals
_FEW, _ENOUGH = 5, 3000  # words with signs; fewer prove nothing, more nothing new
_NATIVE, _CERTAIN = 0.6, 0.85  # shares of such words that are Vietnamese syllables


def encoding_of(font: str) -> Old | None:
    """What a font's name says of the letters set in it."""
    name = font.strip().lower()
    if name.startswith(".vn"):
        return Old.TCVN3
    return Old.VNI if name.startswith("vni-") else None


def modern(text: str, old: Old) -> str:
    """The text in Unicode, NFC."""
    if old is Old.TCVN3:
        return nfc("\n".join(map(_from_tcvn3, text.split("\n"))))
    return nfc(_VNI_SIGNS.sub(lambda found: _VNI[found.group()], text))


def _from_tcvn3(line: str) -> str:
    """Its capitals with marks were a font of their own: the letters are small beside large ones."""
    changed = "".join(_TCVN3.get(char, char) for char in line)
    if changed == line:
        return line
    letters = [char for char in line if char.isascii() and char.isalpha()]
    if len(letters) >= _CAPITALS and all(map(str.isupper, letters)):
        return changed.upper()
    return re.sub(r"[^\W\d_]+", _capitals, changed)


def _capitals(found: re.Match[str]) -> str:
    word = found.group()
    plain = [char for char in word if char.isascii()]
    return word.upper() if len(plain) > 1 and all(map(str.isupper, plain)) else word


def recognised(texts: Iterable[str]) -> Old | None:
    """The old encoding that these lines are in by their letters; None: Unicode, or nothing that tells."""
    words = list(islice((word for text in texts for word in _WORD.findall(text) if not word.isascii()), _ENOUGH))
    if len(words) < _FEW or _share(words) >= _NATIVE:
        return None
    shares = {old: _share([modern(word, old) for word in words]) for old in Old}
    best = max(shares, key=lambda old: shares[old])
    return best if shares[best] >= _CERTAIN else None


def fits_better(text: str, changed: str) -> bool:
    """Whether one line of a document reads better when changed; for papers that mix old and new."""
    before, after = (_WORD.findall(one) for one in (text, changed))
    return _good(after) > _good(before) or (not _good(before) and any(not word.isascii() for word in before))


def _share(words: list[str]) -> float:
    return _good(words) / max(1, len(words))


def _good(words: list[str]) -> int:
    return sum(map(_is_syllable, words))


def _is_syllable(word: str) -> bool:
    apart = unicodedata.normalize("NFD", word.lower())
    if len(_TONE.findall(apart)) > 1:
        return False
    return bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", _TONE.sub("", apart))))
