"""PDF: words and ruled tables by their place on the page; pages that are pictures go to `scan`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdftypes import resolve1
from pdfplumber.utils.exceptions import PdfminerException

from core.errors import BadInput
from core.texts import reading as texts
from knowledge.blocks import Source
from knowledge.readers import scan
from knowledge.readers.page import Page, Word
from knowledge.readers.pages import blocks_of, read_again
from knowledge.readers.ruling import grids_of

MAX_PAGES = 200
_WORDS = {"x_tolerance_ratio": 0.15, "y_tolerance": 2.5, "keep_blank_chars": False}
_FEW = 8  # letters; a page with fewer, under a picture, is a picture
_COVERS = 0.6  # of the page; words over such a picture were put there by a scanner
_MOST_DRAWN = 8_000_000  # bytes that draw a page; a page of words takes a hundredth
_UNKNOWN = "(cid:"  # a shape of which the font does not say which letter it is


@dataclass(frozen=True, slots=True)
class _Read:
    """A page; `picture`: its words, if any, are in a picture; `odd`: its letters are not known."""

    page: Page
    picture: bool
    odd: bool


def read(name: str, data: bytes) -> Source:
    """The pages of a PDF in order. Raises BadInput for one that is locked, too long, or pictures that nobody reads."""
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                raise BadInput(texts.too_many_pages(name, len(pdf.pages), MAX_PAGES))
            found = [_page(name, page) for page in pdf.pages]
            notes = (texts.has_attachments(),) if _has_attachments(pdf) else ()
    except PdfminerException as error:
        if isinstance(error.args[0] if error.args else None, (PDFPasswordIncorrect, PDFEncryptionError)):
            raise BadInput(texts.encrypted(name)) from error
        raise BadInput(texts.broken(name)) from error
    pages, more = _with_pictures(name, data, found)
    return Source(name, blocks_of(pages), (*notes, *more), read_again(pages))


def _page(name: str, page: Any) -> _Read:
    """Reads one page and lets go of what pdfplumber keeps of it. Raises BadInput."""
    if (
        sum(len(one.get_data()) for one in map(resolve1, page.page_obj.contents) if hasattr(one, "get_data"))
        > _MOST_DRAWN
    ):
        raise BadInput(texts.too_heavy(name))
    words = [
        Word(w["text"], float(w["x0"]), float(w["x1"]), float(w["top"]), float(w["bottom"]))
        for w in page.extract_words(**_WORDS)
    ]
    letters = sum(len(word.text) for word in words)
    odd = sum(word.text.count(_UNKNOWN) for word in words) * 5 > letters / 5
    covered = _covered(page)
    grids = grids_of(page.edges) if words and not odd else ()
    made = Page(page.page_number, float(page.width), float(page.height), tuple(words), grids, covered and bool(words))
    picture = odd or (letters < _FEW and bool(page.images))
    page.close()
    return _Read(made, picture, odd)


def _covered(page: Any) -> bool:
    whole = float(page.width) * float(page.height)
    return any(abs(i["x1"] - i["x0"]) * abs(i["bottom"] - i["top"]) > _COVERS * whole for i in page.images)


def _has_attachments(pdf: Any) -> bool:
    names = resolve1(pdf.doc.catalog.get("Names"))
    return isinstance(names, dict) and "EmbeddedFiles" in names


def _with_pictures(name: str, data: bytes, found: Sequence[_Read]) -> tuple[list[Page], tuple[str, ...]]:
    """The pages, those that are pictures read by OCR where it is there. Raises BadInput."""
    wanted = [one.page.number for one in found if one.picture]
    known = scan.looked_again(data, [one.page for one in found if one.page.scanned and not one.picture])
    covered = {page.number: page for page in known}
    pages = [covered.get(one.page.number, one.page) for one in found]
    notes = (texts.read_by_ocr(scan.listed(list(covered), len(pages))),) if covered else ()
    if not wanted:
        return pages, notes
    if not scan.is_there():
        if len(wanted) == len(pages):
            raise BadInput(texts.odd_letters(name) if all(one.odd for one in found) else texts.no_ocr(name))
        return [replace(p, words=()) if p.number in wanted else p for p in pages], (
            *notes,
            texts.pages_not_read(scan.listed(wanted, 0)),
        )
    read_pages, more = scan.read_pdf(name, data, wanted)
    by_number = {page.number: page for page in read_pages}
    return [by_number.get(page.number, page) for page in pages], (*more, *notes)
