"""Scans and photos of pages, by Tesseract where it is installed: dates right, everything marked as scanned."""

from base64 import b64encode
from collections import Counter
from io import BytesIO

import pytest
from PIL import Image
from pillow_heif import register_heif_opener

from core.errors import BadInput
from knowledge.blocks import Source
from knowledge.extract import extract
from knowledge.readers import read_file, scan
from knowledge.readers.straighten import slant
from tests.made_documents.blocks import PLANS, paper
from tests.made_documents.pdf import browser, html, printed
from tests.made_documents.scan import as_pdf, pages

register_heif_opener()

NEEDS_OCR = pytest.mark.skipif(
    not scan.is_there() or browser() is None,
    reason="no Tesseract with Vietnamese, or no Chromium; apt-get install tesseract-ocr tesseract-ocr-vie chromium",
)
WORDS = "<p>Các trường gửi báo cáo về Phòng GDĐT trước ngày 05/12/2025.</p>"


def saved(picture: Image.Image, kind: str) -> bytes:
    out = BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def scanned(name: str) -> Source:
    path = next(path for path in PLANS if name in path.name)
    return read_file("a.pdf", as_pdf(pages(printed(html(paper(path))))))


@NEEDS_OCR
@pytest.mark.parametrize("name", ["seed-2", "seed-3"])
def test_dates_of_scanned_papers_are_right_and_most_are_found(name: str) -> None:
    path = next(path for path in PLANS if name in path.name)
    source = scanned(name)
    asked = Counter((o.due, o.rule) for o in extract(read_file(path.name, path.read_bytes())).obligations if o.due)
    found = Counter((o.due, o.rule) for o in extract(source).obligations if o.due)
    assert (asked & found).total() >= 0.8 * asked.total()
    assert (found - asked).total() <= 0.05 * found.total()
    assert all(block.spot and block.spot.scanned and block.spot.page for block in source.blocks)
    assert "đọc từ ảnh" in source.notes[0]


@NEEDS_OCR
def test_a_photo_of_any_kind_is_read() -> None:
    photo = pages(printed(WORDS * 3), 1)[0].crop((0, 0, 1654, 700))
    for kind, ending in (("PNG", "png"), ("JPEG", "jpg"), ("TIFF", "tif"), ("HEIF", "heic")):
        source = read_file(f"a.{ending}", saved(photo, kind))
        assert "05/12/2025" in source.blocks[0].text, kind


@NEEDS_OCR
def test_a_page_among_others_that_is_a_picture_is_read_where_it_stands() -> None:
    body = WORDS + "<p style='margin-top:40pt'>Họp.</p><div style='break-before:page'></div>"
    picture = saved(pages(printed("<p>Họp giao ban ngày 10/12/2025.</p>"), 1)[0].crop((0, 0, 1654, 600)), "PNG")
    shown = f"<img style='width:100%' src='data:image/png;base64,{b64encode(picture).decode()}'>"
    source = read_file("a.pdf", printed(body + shown))
    assert [block.spot.scanned for block in source.blocks if block.spot] == [False, False, True]
    assert "10/12/2025" in source.blocks[-1].text
    assert source.notes[0].startswith("Trang 2 ")


@pytest.mark.parametrize("degrees", [-3.0, -1.1, 0.0, 0.6, 2.5])
def test_how_far_a_page_is_turned_is_seen(degrees: float) -> None:
    page = Image.new("L", (1200, 1600), 255)
    for y in range(100, 1500, 50):
        for x in range(100, 1050, 60):
            page.paste(0, (x, y, x + 45, y + 18))
    turned = page.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
    assert abs(slant(turned) + degrees) <= 0.2


def test_without_tesseract_a_picture_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "is_there", lambda: False)
    picture = Image.new("L", (800, 1000), 255)
    for name, data in (("a.png", saved(picture, "PNG")), ("a.pdf", as_pdf([picture]))):
        with pytest.raises(BadInput, match="máy này chưa cài phần đọc ảnh .tesseract-ocr, tesseract-ocr-vie."):
            read_file(name, data)


def test_too_many_scanned_pages_are_refused() -> None:
    with pytest.raises(BadInput, match="31 trang ảnh quét"):
        scan.read_pages("a.pdf", range(1, 32), lambda _: Image.new("L", (10, 10)), 31)
