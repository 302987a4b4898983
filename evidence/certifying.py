"""Certificates for authors of selected material: pure, as the document rules (D1, III.B.4)."""

import re
from collections.abc import Iterable, Sequence

from core.certificates import Certificate, Granted, Holder, Product
from knowledge.fold import fold

COLLECTIVE_FROM = 4  # authors; fewer are a team, one alone a person
MOST_AUTHORS = 30
_LONGEST = 60  # characters of a name
_TITLES = re.compile(r"(?:co giao|thay giao|nha giao|giao vien|co|thay|ong|ba|anh|chi|ths|ts|gv)\.? +")
_SAID = re.compile(r"\b(?:nhom )?(?:dong )?tac gia ?(?:gom ?)?[:\-–] ?(?P<names>[^\n]+)")
_APART = re.compile(r"\s*[,;&+/]\s*|\s+(?:và|va|cùng|cung)\s+", re.IGNORECASE)


def grant(products: Iterable[Product]) -> Granted:
    """One certificate for each holder, whatever the number of products; by holder, unit and names.

    Four and more authors: the unit, as a collective. Two or three: these, as a team. One: the person. Of the same
    name are the same person within a unit.
    """
    found: dict[tuple[Holder, str, frozenset[str]], list[Product]] = {}
    nameless: list[Product] = []
    for product in products:
        keys = frozenset(_key(name) for name in product.authors)
        if not keys:
            nameless.append(product)
            continue
        holder = holder_of(len(keys))
        found.setdefault((holder, product.unit, keys if holder is not Holder.COLLECTIVE else frozenset()), []).append(
            product
        )
    made = [_certificate(holder, unit, its) for (holder, unit, _), its in found.items()]
    order = [*Holder]
    ordered = sorted(made, key=lambda one: (order.index(one.holder), one.unit, [_key(name) for name in one.names]))
    return Granted(tuple(_with_others(one, ordered) for one in ordered), tuple(nameless))


def holder_of(authors: int) -> Holder:
    """By how many made it; at least one."""
    if authors >= COLLECTIVE_FROM:
        return Holder.COLLECTIVE
    return Holder.PERSON if authors == 1 else Holder.TEAM


def authors_said(text: str) -> tuple[str, ...]:
    """The names after "tác giả:" in a caption; empty: it names none."""
    found = _SAID.search(fold(text))
    return names_in(text[found.start("names") : found.end("names")]) if found else ()


def names_in(text: str) -> tuple[str, ...]:
    """Names one after another, each once, without titles."""
    names: dict[str, str] = {}
    for part in _APART.split(text.strip(" .:\n")):
        name = " ".join(part.split()).strip(" .")
        title = _TITLES.match(fold(name))
        name = name[title.end() :] if title else name
        if name and any(char.isalpha() for char in name):
            names.setdefault(_key(name), name[:_LONGEST])
    return tuple(names.values())[:MOST_AUTHORS]


def _certificate(holder: Holder, unit: str, products: Sequence[Product]) -> Certificate:
    names = () if holder is Holder.COLLECTIVE else products[0].authors
    return Certificate(holder, unit, tuple(sorted(names, key=_key)), tuple(products))


def _with_others(one: Certificate, all_of_them: Sequence[Certificate]) -> Certificate:
    """With those of its names that stand on another of the same unit: who decides may not want both."""
    others = {
        _key(name) for other in all_of_them if other is not one and other.unit == one.unit for name in other.names
    }
    also = tuple(name for name in one.names if _key(name) in others)
    return Certificate(one.holder, one.unit, one.names, one.products, also)


def _key(name: str) -> str:
    return " ".join(fold(name).split())
