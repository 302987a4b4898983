"""Certificates for authors of selected material: pure, as the document rules (D1, III.B.4)."""

from collections.abc import Iterable, Sequence

from core.certificates import Certificate, Granted, Holder, Product
from knowledge.author_names import key_of

COLLECTIVE_FROM = 4  # authors; fewer are a team, one alone a person


def grant(products: Iterable[Product]) -> Granted:
    """One certificate for each holder, whatever the number of products; by holder, unit and names.

    Four and more authors: the unit, as a collective. Two or three: these, as a team. One: the person. Of the same
    name are the same person within a unit.
    """
    found: dict[tuple[Holder, str, frozenset[str]], list[Product]] = {}
    nameless: list[Product] = []
    for product in products:
        keys = frozenset(key_of(name) for name in product.authors)
        if not keys:
            nameless.append(product)
            continue
        holder = holder_of(len(keys))
        found.setdefault((holder, product.unit, keys if holder is not Holder.COLLECTIVE else frozenset()), []).append(
            product
        )
    made = [_certificate(holder, unit, its) for (holder, unit, _), its in found.items()]
    order = [*Holder]
    ordered = sorted(made, key=lambda one: (order.index(one.holder), one.unit, [key_of(name) for name in one.names]))
    return Granted(tuple(_with_others(one, ordered) for one in ordered), tuple(nameless))


def holder_of(authors: int) -> Holder:
    """By how many made it; at least one."""
    if authors >= COLLECTIVE_FROM:
        return Holder.COLLECTIVE
    return Holder.PERSON if authors == 1 else Holder.TEAM


def _certificate(holder: Holder, unit: str, products: Sequence[Product]) -> Certificate:
    names = () if holder is Holder.COLLECTIVE else products[0].authors
    return Certificate(holder, unit, tuple(sorted(names, key=key_of)), tuple(products))


def _with_others(one: Certificate, all_of_them: Sequence[Certificate]) -> Certificate:
    """With those of its names that stand on another of the same unit: who decides may not want both."""
    others = {
        key_of(name) for other in all_of_them if other is not one and other.unit == one.unit for name in other.names
    }
    also = tuple(name for name in one.names if key_of(name) in others)
    return Certificate(one.holder, one.unit, one.names, one.products, also)
