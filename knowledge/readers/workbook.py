"""The parts of an Excel file (ECMA-376, part 1, 18): its sheets, the words they share, how their numbers are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from openpyxl.styles.numbers import builtin_format_code
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from knowledge.readers.package import Package
from knowledge.readers.related import first, links, main_part, part
from knowledge.readers.safe_xml import BadXML, Element, attr, child, each, number
from knowledge.readers.sheet_cells import Cells, text_of

_MAIN = "xl/workbook.xml"
_MACROS = "xl/vbaProject.bin"
YES = ("1", "true")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """Where a sheet's rows are; `hidden`: its tab is not shown."""

    name: str
    path: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """What is known before any row is read."""

    sheets: tuple[SheetPart, ...]
    cells: Cells
    macros: bool


def opened(package: Package) -> Workbook:
    """Raises BadXML, BadInput."""
    main = main_part(package, _MAIN)
    root = part(package, main)
    if root is None:
        raise BadXML
    linked = links(package, main)
    paths = {name: path for name, kind, path in linked if kind == "worksheet"}
    found = [(one, paths.get(_link(one))) for one in _children(root, "sheets")]
    strings = package.part(first(linked, "sharedStrings")) or b""
    return Workbook(
        tuple(SheetPart(attr(s, "name"), path, attr(s, "state", "visible") != "visible") for s, path in found if path),
        Cells(
            [text_of(one) for one in each(BytesIO(strings), "si")] if strings else [],
            _formats(part(package, first(linked, "styles"))),
            _epoch(child(root, "workbookPr")),
        ),
        any(member.filename == _MACROS for member in package.members),
    )


def _link(sheet: Element) -> str:
    return next((str(value) for key, value in sheet.attrib.items() if key.endswith("}id")), "")


def _epoch(properties: Element | None) -> datetime:
    begins: datetime = WINDOWS_EPOCH
    if properties is not None and attr(properties, "date1904") in YES:
        begins = MAC_EPOCH
    return begins


def _formats(root: Element | None) -> list[str]:
    """The number format of each style of cells."""
    own = {number(one, "numFmtId"): attr(one, "formatCode") for one in _children(root, "numFmts")}
    ids = [number(one, "numFmtId") for one in _children(root, "cellXfs")]
    return [own.get(at) or str(builtin_format_code(at) or "") for at in ids]


def _children(root: Element | None, name: str) -> Iterable[Element]:
    found = child(root, name)
    return () if found is None else found
