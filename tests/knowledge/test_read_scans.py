"""Scans and photos of pages, by Tesseract where it is installed: dates right, everything marked as scanned."""

from base64 import b64encode
from collections import Counter
from io import BytesIO

import pytest
from PIL import Image
from pillow_heif import register_heif_opener

from core.errors import BadInput
from core.texts.dates import DAY_UNREAD
from core.work import DoubtKind
from knowledge.extract import extract
from knowledge.readers import read_file, scan
from knowledge.readers.straighten import slant
from tests.made_documents.agree import days
from tests.made_documents.blocks import PLANS, paper
from tests.made_documents.pdf import browser, html, printed
from tests.made_documents.scan import as_pdf, pages

register_heif_opener()

NEEDS_OCR = pytest.mark.skipif(
    not scan.is_there() or browser() is None,
    reason="no Tesseract with Vietnamese, or no Chromium; apt-get install tesseract-ocr tesseract-ocr-vie chromium",
)
WORDS = "<p>Các trường gửi báo cáo về Phòng GDĐT trước ngày 05/12/2025.</p>"
LAID = """
@page { size: A4; margin: 0 } body { margin: 0; font: 13.5pt/1.3 "Noto Serif", "Liberation Serif", serif }
img { position: absolute; width: 210mm; z-index: 1 } p { position: absolute; top: 20mm; left: 25mm; width: 170mm }
"""  # words below a picture of the whole page


def saved(picture: Image.Image, kind: str) -> bytes:
    out = BytesIO()
    picture.save(out, kind)
    return out.getvalue()


@NEEDS_OCR
@pytest.mark.parametrize(("name", "seed"), [("seed-2", 2), ("seed-3", 4)])  # scanners on which nothing was tuned
def test_no_day_of_a_scanned_paper_is_wrong_and_most_are_found(name: str, seed: int) -> None:
    path = next(path for path in PLANS if name in path.name)
    source = read_file("a.pdf", as_pdf(pages(printed(html(paper(path))), seed=seed)))
    plan, asked = extract(source), days(extract(read_file(path.name, path.read_bytes())))
    found = days(plan)
    assert found - asked == Counter()
    assert (asked & found).total() >= 0.8 * asked.total()
    to_tick = {doubt.line for doubt in plan.doubts if doubt.kind is DoubtKind.SCANNED}
    assert {task.line for task in plan.obligations if task.due or task.note == DAY_UNREAD} == to_tick
    assert all(block.spot and block.spot.scanned and block.spot.page for block in source.blocks)
    assert "đọc từ ảnh" in source.notes[0]


@NEEDS_OCR
def test_words_that_a_scanner_laid_under_its_picture_are_compared_with_it() -> None:
    picture = saved(pages(printed(WORDS), 1)[0], "PNG")
    under = "<p>Các trường gửi báo cáo về Phòng GDĐT trước ngày 06/12/2025. Họp ngày 10/12/2025.</p>"
    shown = f"<img src='data:image/png;base64,{b64encode(picture).decode()}'>"
    source = read_file("a.pdf", printed(shown + under, LAID))
    assert "06/12/2025" in source.blocks[0].text
    assert ["06/12/2025" in block.text for block in source.again] == [False]


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
