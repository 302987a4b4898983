"""XML that nobody vouches for, read without entities, without the network, and no deeper than a document is."""

from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

Element = Any  # lxml brings no types
_FALSE = ("0", "false", "off", "none")


class BadXML(Exception):
    """No XML, or XML that declares what a document has no use for."""


def parse(data: bytes) -> Element:
    """The root element. Raises BadXML."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadXML from error
    if root is None or root.getroottree().docinfo.doctype:
        raise BadXML
    return root


def each(file: IO[bytes], *names: str) -> Iterator[Element]:
    """The elements of these names as they end, each gone when the next is asked for. Raises BadXML."""
    found = etree.iterparse(
        file,
        tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for at, (_, element) in enumerate(found):
            if at == 0 and element.getroottree().docinfo.doctype:  # which stands before any element
                raise BadXML
            yield element
            element.clear()
            while (before := element.getprevious()) is not None:
                element.getparent().remove(before)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadXML from error


def local(element: Element) -> str:
    """Its name without namespace: a document says the same in the strict and in the usual one."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attr(element: Element, name: str, default: str = "") -> str:
    """The attribute of its own namespace, or of none."""
    space = element.tag.rpartition("}")[0]
    found = element.get(f"{space}}}{name}") if space else None
    return str(element.get(name, default) if found is None else found)


def number(element: Element | None, name: str, default: int = 0) -> int:
    """The attribute as a whole number of at most six digits."""
    text = "" if element is None else attr(element, name)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else default


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of this name, and so on down the path; None where there is none."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


def flag(properties: Element | None, name: str) -> bool | None:
    """A property that is on or off; None where it is not set."""
    found = child(properties, name)
    return None if found is None else attr(found, "val", "1") not in _FALSE
