"""Which parts of a dossier have come, told by names of files and by captions: pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.archives import original
from core.evidence import Handed
from core.message import StoredFile
from core.rules import Fault, Limit, Thing
from knowledge.fold import fold
from knowledge.limit_words import named

_BEFORE = re.compile(r"^(?:\d{1,2} )?(?:(?:ban sao|ban chinh|ban|bo|cac|file|tep) )?(?=\w)")
_SHORT = {"bb": "bien ban", "ttr": "to trinh", "bctt": "bao cao thanh tich", "bc": "bao cao"}
_GENERAL = ("bao cao", "danh sach", "quyet dinh", "ke hoach")  # of many kinds: the next word must agree, or be none
_SAYS = re.compile(r"^(?:(?:day|do|no|file|tep|anh|phan|cai|nay|kia|la|em|toi|gui)\s+)+|(?:\s+(?:a|nhe|nha|do|day))+$")
_NOT_YET = re.compile(r"\b(?:thieu|chua|khong (?:co|kem)|gui sau|nop sau|bo sung sau|se (?:gui|nop|bo sung))\b")


@dataclass(frozen=True, slots=True)
class Came:
    """Of the parts of a dossier: those that came and those that did not; the names of files that are none of them."""

    found: tuple[str, ...]
    missing: tuple[str, ...]
    unclear: tuple[str, ...]


def came(limit: Limit, all_handed: Sequence[Handed]) -> Came:
    """What of the dossier lies in these submissions together."""
    found: set[str] = set()
    names: list[str] = []
    for handed in all_handed:
        said, its = _read(limit, handed)
        found |= said.union(*its.values())
        names += [file.name for file in unclear(limit, handed)]
    ours = tuple(name for name in limit.parts if name in found)
    return Came(ours, tuple(name for name in limit.parts if name not in found), tuple(dict.fromkeys(names)))


def unclear(limit: Limit, handed: Handed) -> list[StoredFile]:
    """The files of which nothing says whether they are a part."""
    said, its = _read(limit, handed)
    open_ones = (file for file in handed.files if not its[file] and not _said_of(handed, file))
    return [] if said else list(open_ones)


def asked_together(limit: Limit, handed: Handed) -> list[StoredFile]:
    """Those of them of which it is asked at once: all pictures, since a paper is often photographed page by page, else
    one file.
    """
    open_ones = unclear(limit, handed)
    pictures = [file for file in open_ones if file.mime.startswith("image/")]
    return pictures if pictures and pictures[0] == open_ones[0] else open_ones[:1]


def called(part: str) -> str:
    """The part in its first two words, as people call it."""
    return " ".join(part.split()[:2])


def named_part(parts: Sequence[str], words: str) -> str:
    """The one of these parts that is said in these words and in no more; empty: none, or several."""
    said = _SAYS.sub("", _words(words))
    keys = _keys(parts) if said else {}
    mine = [
        name for name, key in keys.items() if {*said.split()} <= {*_words(name).split()} and _begins(said, key, name)
    ]
    return mine[0] if len(mine) == 1 else ""


def _begins(said: str, key: str, name: str) -> bool:
    return _says(said, key) or _words(_BEFORE.sub("", _words(name), count=1)).startswith(f"{said} ")


def _read(limit: Limit, handed: Handed) -> tuple[set[str], dict[StoredFile, set[str]]]:
    """What the caption says came, and what each file is by its name, or as its giver says."""
    keys, caption = _keys(limit.parts), _words(handed.submission.caption)
    said = set() if _NOT_YET.search(caption) else {name for name in limit.parts if _says(caption, keys[name])}
    its = {file: {name for name in limit.parts if _is(file, name, keys[name])} for file in handed.files}
    for file in handed.files:
        its[file] |= {_said_of(handed, file)} & {*limit.parts}
    return (said if handed.files else set()), its


def _said_of(handed: Handed, file: StoredFile) -> str:
    return handed.parts.get(original(file), "")


def missing(limit: Limit, all_handed: Sequence[Handed]) -> Fault | None:
    """The fault of a dossier that is not whole; None: every part came."""
    of_it = came(limit, all_handed)
    if not of_it.missing:
        return None
    return Fault(limit, found=len(of_it.found), missing=of_it.missing, unclear=of_it.unclear)


def _keys(parts: Sequence[str]) -> dict[str, str]:
    """The first words by which each part is known, as a pattern: as few as tell it from the others, two at least."""
    heads = {name: _BEFORE.sub("", _words(name), count=1).split() for name in parts}
    found = {}
    for name, head in heads.items():
        others = [other for part, other in heads.items() if part != name]
        length = next((n for n in range(2, len(head)) if all(other[:n] != head[:n] for other in others)), len(head))
        key = " ".join(head[:length])
        after = rf"(?=$| \d| {head[length]}\b)" if key in _GENERAL and len(head) > length else r"\b"
        found[name] = rf"\b{key}{after}"
    return found


def _words(text: str) -> str:
    apart = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", text)  # "BienBanHop"
    found = re.sub(r"[\W_]+", " ", fold(apart)).split()
    return " ".join(_SHORT.get(word, word) for word in found)


def _says(words: str, key: str) -> bool:
    """Whether the words name it."""
    return re.search(key, words) is not None


def _is(file: StoredFile, name: str, key: str) -> bool:
    first = named(fold(name))[:1]
    film = bool(first) and first[0].thing is Thing.FILM and first[0].start <= len("01 ")
    return (film and file.mime.startswith("video/")) or _says(_words(file.name.rpartition(".")[0] or file.name), key)
