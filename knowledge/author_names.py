"""The names of authors as schools type them."""

import re

from knowledge.fold import fold

MOST_AUTHORS = 30
_LONGEST = 60  # characters of a name
_TITLES = re.compile(
    r"(?:(?:cô|thầy|nhà) giáo|giáo viên|cô|thầy|ông|bà|chị|ths|ts|gv|co giao|co|thay)\.? +", re.IGNORECASE
)
_SAID = re.compile(r"\b(?:nhom )?(?:dong )?tac gia ?(?:gom ?)?[:\-–] ?(?P<names>[^\n]+)")
_APART = re.compile(r"\s*[,;&+/]\s*|\s+(?:và|va|cùng|cung)\s+", re.IGNORECASE)


def authors_said(text: str) -> tuple[str, ...]:
    """The names after "tác giả:" in a caption; empty: it names none."""
    found = _SAID.search(fold(text))
    return names_in(text[found.start("names") : found.end("names")]) if found else ()


def names_in(text: str) -> tuple[str, ...]:
    """Names one after another, each once, without titles."""
    names: dict[str, str] = {}
    for part in _APART.split(text.strip(" .:\n")):
        name = " ".join(part.split()).strip(" .")
        title = _TITLES.match(name)
        name = name[title.end() :] if title else name
        if name and any(char.isalpha() for char in name):
            names.setdefault(key_of(name), name[:_LONGEST])
    return tuple(names.values())[:MOST_AUTHORS]


def key_of(name: str) -> str:
    """The same for a name however it is typed."""
    return " ".join(fold(name).split())
