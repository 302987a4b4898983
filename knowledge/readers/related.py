"""How the parts of an Office Open XML file (Word, Excel) refer to each other: ECMA-376, part 2, 9.3."""

import posixpath

from knowledge.readers.package import Package
from knowledge.readers.safe_xml import Element, attr, parse


def part(package: Package, path: str) -> Element | None:
    """The root of a part; None where there is none. Raises BadXML, BadInput."""
    data = package.part(path) if path else None
    return None if data is None else parse(data)


def main_part(package: Package, usual: str) -> str:
    """The part where the document begins; `usual` where the package does not tell."""
    root = part(package, "_rels/.rels")
    for link in () if root is None else root:
        if attr(link, "Type").endswith("/officeDocument"):
            return attr(link, "Target").lstrip("/")
    return usual


def links(package: Package, main: str) -> list[tuple[str, str, str]]:
    """(id, kind, part) of what the main part refers to inside the file."""
    folder, file = posixpath.split(main)
    root = part(package, f"{folder}/_rels/{file}.rels")
    found: list[tuple[str, str, str]] = []
    for link in () if root is None else root:
        if attr(link, "TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attr(link, "Target"))).lstrip("/")
            found.append((attr(link, "Id"), attr(link, "Type").rpartition("/")[2], target))
    return found


def first(found: list[tuple[str, str, str]], kind: str) -> str:
    """The part that is the first of its kind; "": none is."""
    return next((target for _, of, target in found if of == kind), "")
