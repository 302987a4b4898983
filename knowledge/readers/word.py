"""Word documents (.docx, .docm, .dotx): body -> the document model; nothing is run, nothing is fetched."""

import re

from core.errors import BadInput
from core.texts import reading as texts
from knowledge.blocks import Block, Row, Source
from knowledge.readers.layout import Content, lay_out
from knowledge.readers.package import Package
from knowledge.readers.related import first, links, main_part, part
from knowledge.readers.safe_xml import BadXML, Element, attr, child, local
from knowledge.readers.word_body import Body, Parts
from knowledge.readers.word_lists import Lists
from knowledge.readers.word_styles import Styles

_MAIN = "word/document.xml"
_NUMBER = re.compile(r"Số\s*:?\s*[\d.… ]*\s*/\s*[A-ZĐ]")  # a document's own
_HEAD = 40  # blocks
_MOST_HEADERS = 12


def read(name: str, data: bytes) -> Source:
    """The paragraphs and tables in the order of the body; tracked changes as accepted. Raises BadInput."""
    package = Package(name, data)
    try:
        return Source(name, _blocks(package))
    except (BadXML, RecursionError) as error:
        raise BadInput(texts.broken(name)) from error


def _blocks(package: Package) -> tuple[Block, ...]:
    main = main_part(package, _MAIN)
    root = part(package, main)
    content = child(root, "body")
    if content is None:
        raise BadXML
    linked = links(package, main)
    styles = Styles(part(package, first(linked, "styles")))
    parts = Parts(
        styles,
        Lists(part(package, first(linked, "numbering"))),
        _notes(part(package, first(linked, "footnotes"))),
        _notes(part(package, first(linked, "endnotes"))),
    )
    blocks = lay_out(Body(parts).content(content))
    if any(map(_numbered, blocks[:_HEAD])):
        return blocks
    above = _letterhead(package, linked, parts)
    return lay_out([*above, *Body(parts.again()).content(content)]) if above else blocks


def _numbered(block: Block) -> bool:
    cells = block.cells if isinstance(block, Row) else (block.text,)
    return any(_NUMBER.match(cell.strip()) for cell in cells)


def _letterhead(package: Package, linked: list[tuple[str, str, str]], parts: Parts) -> list[Content]:
    """What a page's header says, where the document's number stands there and nowhere else."""
    for path in [target for _, kind, target in linked if kind == "header"][:_MOST_HEADERS]:
        root = part(package, path)
        content = list(Body(parts).content(root)) if root is not None else []
        if any(map(_numbered, lay_out(content))):
            return content
    return []


def _notes(root: Element | None) -> dict[str, Element]:
    """Footnotes by their id; the lines that set them apart are none."""
    notes = [] if root is None else [one for one in root if local(one) in ("footnote", "endnote")]
    return {attr(one, "id"): one for one in notes if attr(one, "type", "normal") == "normal"}
