"""The names in a unit's name as they are said in a question: "vinh bao", "hai phong"."""

import re
from functools import lru_cache

from core.people import Unit
from knowledge.fold import fold, words

# the words of a unit's kind at the head of a name; what follows is its own
_KIND = re.compile(
    r"^(?:(?:truong|lop|nhom tre|nhom|co so|nhom lop)? ?(?:mam non|mn|mg|mau giao)(?: doc lap)?(?: tu thuc| cong lap)?"
    r"|(?:phong|so|bo)(?: gddt| gd dt| giao duc(?: va)? dao tao| giao duc mam non| van hoa(?: va)? xa hoi)?"
    r"|ubnd|uy ban nhan dan|huyen|quan|thi xa|thi tran|xa|phuong|tinh|thanh pho|tp|dac khu)(?= |$) ?"
)


@lru_cache(maxsize=4096)
def proper_names(unit: Unit) -> tuple[str, ...]:
    """The names in a unit's name without the words of its kind, folded: "vinh bao", "hai phong"."""
    names = []
    for part in unit.name.split(","):
        name = " ".join(words(fold(part)))
        while (match := _KIND.match(name)) and match.end():
            name = name[match.end() :]
        if name:
            names.append(name)
    return tuple(names)
