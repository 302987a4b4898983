"""Who gets a certificate for which shared material: values alone."""

from dataclasses import dataclass
from enum import StrEnum


class Holder(StrEnum):
    """To whom a certificate is made out."""

    COLLECTIVE = "collective"  # the unit, where four or more made it
    PERSON = "person"
    TEAM = "team"  # two or three


@dataclass(frozen=True, slots=True)
class Product:
    """One that was selected, with its authors' names as the school says; `unit` is a code."""

    code: str
    title: str
    unit: str
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate, for all products of its holder. `names`: as they were first written; of a collective none.

    `also`: names of it that stand on another certificate too.
    """

    holder: Holder
    unit: str
    names: tuple[str, ...]
    products: tuple[Product, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Granted:
    """All certificates, and the products for which there is none yet, since nobody says who made them."""

    certificates: tuple[Certificate, ...]
    nameless: tuple[Product, ...] = ()
