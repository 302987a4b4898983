"""PDF, Excel and pictures made to harm, or damaged: one sentence each, in time, and nothing left behind."""

import struct
import tempfile
import time
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook
from PIL import Image
from pypdf import PdfWriter

from core.errors import BadInput
from knowledge.blocks import Source
from scheduler.reading import read_document
from tests.knowledge.test_read_xlsx import saved, with_part

PATIENCE = 60.0  # seconds; on an idle machine each is done in a few
SHEET = "xl/worksheets/sheet1.xml"
TEXT = b"BT /F1 12 Tf 50 700 Td (Nop bao cao truoc ngay 05/12) Tj ET"


def pdf(*objects: bytes, root: bytes = b"1 0 R") -> bytes:
    """A PDF of these objects, numbered from 1."""
    out = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer <</Root %s /Size %d>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, table, root, len(objects) + 1, len(out))  # fmt: skip


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(content), more, content)


FONT = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"


def one_page(
    content: bytes = TEXT, box: bytes = b"0 0 595 842", more: bytes = b"", catalog: bytes = b"", filters: bytes = b""
) -> bytes:
    page = b"<</Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources <</Font <</F1 5 0 R>> %s>>>>" % (
        box,
        more,
    )
    return pdf(
        b"<</Type /Catalog /Pages 2 0 R %s>>" % catalog,
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        page, stream(content, filters), FONT,
    )  # fmt: skip


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (5 + at) for at in range(count))
    page = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R /Resources <</Font <</F1 4 0 R>>>>>>"
    pages = b"<</Type /Pages /Kids [%s] /Count %d>>" % (kids, count)
    return pdf(b"<</Type /Catalog /Pages 2 0 R>>", pages, stream(TEXT), FONT, *[page] * count)


def locked(password: str) -> bytes:
    writer = PdfWriter(BytesIO(one_page()))
    writer.encrypt(password, "owner", algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_attachment() -> bytes:
    script = b"/OpenAction <</S /JavaScript /JS (while \\(true\\) {})>>"
    return one_page(
        catalog=script + b" /Names <</EmbeddedFiles <</Names [(virus.exe) <</Type /Filespec /F (virus.exe)>>]>>>>"
    )


def deep_tree(depth: int) -> bytes:
    nodes = [b"<</Type /Pages /Kids [%d 0 R] /Count 1>>" % (at + 3) for at in range(depth)]
    return pdf(b"<</Type /Catalog /Pages 2 0 R>>", *nodes, b"<</Type /Page /MediaBox [0 0 9 9]>>")


def book(rows: int = 2) -> bytes:
    made = Workbook()
    for at in range(rows):
        made.worksheets[0].append([at + 1, f"Nộp báo cáo {at}"])
    return saved(made)


def xml_of(rows: bytes) -> Callable[[bytes], bytes]:
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return lambda _: start + rows + b"</sheetData></worksheet>"


def entities() -> bytes:
    names = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{names}]>'.encode()
    return with_part(book(), SHEET, lambda xml: head + xml.replace(b"<v>1</v>", b"<v>&a9;</v>"))


def behind_a_comment() -> bytes:
    head = b'<?xml version="1.0"?><!--' + b" " * 9000 + b'--><!DOCTYPE x [<!ENTITY a "ha">]>'
    return with_part(book(), SHEET, lambda xml: head + xml.replace(b"<t>", b"<t>&a;"))


def outside() -> bytes:
    head = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    return with_part(book(), "xl/workbook.xml", lambda xml: head + xml.split(b"?>", 1)[-1])


def empty_rows() -> bytes:
    rows = b"".join(b'<row r="%d"><c r="A%d" s="0"/><c r="B%d" s="0"/></row>' % (n, n, n) for n in range(3, 1_000_000))
    first = b'<row r="1"><c r="A1" t="inlineStr"><is><t>STT</t></is></c><c r="B1" t="inlineStr"><is><t>Hop</t></is></c></row>'
    return with_part(book(), SHEET, xml_of(first + rows))


def zeros() -> bytes:
    out = BytesIO(book())
    with ZipFile(out, "a", ZIP_DEFLATED) as parts, parts.open("xl/media/a.xml", "w", force_zip64=True) as part:
        for _ in range(700):
            part.write(bytes(1 << 20))
    return out.getvalue()


def many_styles() -> bytes:
    return with_part(book(), "xl/styles.xml", lambda xml: xml + b" " * 90_000_000)


def chunk(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")


def png(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1 << 20), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def picture(kind: str, size: tuple[int, int] = (600, 800)) -> bytes:
    out = BytesIO()
    Image.new("L", size, 255).save(out, kind)
    return out.getvalue()


def film() -> bytes:
    out = BytesIO()
    pages = [Image.new("L", (60, 80), 255)] * 60
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    return out.getvalue()


def noise(start: bytes) -> bytes:
    return start + Random(1).randbytes(20_000)


def huge_image() -> bytes:
    image = stream(zlib.compress(bytes(60_000_000), 9), b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode")  # fmt: skip
    page = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</XObject <</I 5 0 R>>>>>>"
    return pdf(
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        page,
        stream(b"595 0 0 842 0 0 cm /I Do"),
        image,
    )


REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a PDF behind a password": ("a.pdf", lambda: locked("x"), "mật khẩu"),
    "a PDF cut in the middle": ("a.pdf", lambda: many_pages(5)[:300], "hỏng|trống|nặng"),
    "a PDF of its first bytes": ("a.pdf", lambda: b"%PDF-1.7\n", "hỏng|trống"),
    "a PDF of noise": ("a.pdf", lambda: noise(b"%PDF-1.7\n"), "hỏng|trống"),
    "a PDF of 300 pages": ("a.pdf", lambda: many_pages(300), "300 trang"),
    "a PDF of 20,000 pages": ("a.pdf", lambda: many_pages(20_000), "20000 trang|nặng"),
    "a page tree that holds itself": ("a.pdf", lambda: pdf(b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [2 0 R] /Count 1>>"), "hỏng|trống|nặng"),
    "a page tree 3,000 deep": ("a.pdf", lambda: deep_tree(3000), "hỏng|trống|nặng"),
    "a PDF without pages": ("a.pdf", lambda: pdf(b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [] /Count 0>>"), "trống|hỏng"),
    "a root that is no dictionary": ("a.pdf", lambda: pdf(b"[1 2 3]"), "hỏng|trống"),
    "a page that unpacks to a gigabyte": ("a.pdf", lambda: one_page(zlib.compress(bytes(1 << 30), 9), filters=b"/Filter /FlateDecode"), "nặng|hỏng|trống"),
    "a page of a million lines": ("a.pdf", lambda: one_page(zlib.compress(b"0 0 m 9 9 l S\n" * 1_500_000), filters=b"/Filter /FlateDecode"), "nặng|trống|hỏng"),
    "a picture of 60,000 by 60,000 in a PDF": ("a.pdf", huge_image, "ảnh|nặng|hỏng|trống"),
    "a blank page": ("a.pdf", lambda: one_page(b""), "trống"),
    "entities that unfold in Excel": ("a.xlsx", entities, "hỏng|nặng"),
    "an entity far behind in its part": ("a.xlsx", behind_a_comment, "hỏng"),
    "an entity that names a file": ("a.xlsx", outside, "hỏng"),
    "a workbook with a part of 700 MB": ("a.xlsx", zeros, "nặng"),
    "a workbook with 90 MB of styles": ("a.xlsx", many_styles, "nặng"),
    "a workbook cut in the middle": ("a.xlsx", lambda: book(500)[:4000], "hỏng|nhị phân|Excel|zip"),
    "a workbook whose sheet is torn": ("a.xlsx", lambda: with_part(book(), SHEET, lambda xml: xml[:200]), "hỏng"),
    "a workbook without its sheet": ("a.xlsx", lambda: with_part(book(), SHEET, lambda _: b""), "hỏng|trống"),
    "a string that is not there": ("a.xlsx", lambda: with_part(book(), SHEET, xml_of(b'<row r="1"><c r="A1" t="s"><v>99999</v></c></row>')), "hỏng"),
    "a cell at the end of the world": ("a.xlsx", lambda: with_part(book(), SHEET, xml_of(b'<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>')), "hỏng"),
    "25,000 rows of words": ("a.xlsx", lambda: book(25_000), "20000 dòng"),
    "a workbook without words": ("a.xlsx", lambda: saved(Workbook()), "trống"),
    "Excel behind a password": ("a.xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(22) + b"\x09\0" + bytes(480) + "EncryptedPackage".encode("utf-16-le") + bytes(100), "mật khẩu|Excel|nhị phân"),
    "an old workbook of noise": ("a.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(22) + b"\x09\0" + bytes(480) + "Workbook".encode("utf-16-le") + noise(b""), "hỏng|lưu lại thành Excel"),
    "a picture that announces 60,000 by 60,000": ("a.png", lambda: png(60_000, 60_000), "quá lớn|ảnh quét|hỏng"),
    "a picture of noise": ("a.png", lambda: noise(b"\x89PNG\r\n\x1a\n"), "hỏng|ảnh quét"),
    "a torn photo": ("a.jpg", lambda: picture("JPEG")[:300], "hỏng|ảnh quét"),
    "a photo of white paper": ("a.jpg", lambda: picture("JPEG"), "Không đọc được chữ|ảnh quét"),
    "a TIFF of 60 pages": ("a.tif", film, "60 trang|ảnh quét"),
    "a HEIC of noise": ("a.heic", lambda: noise(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), "hỏng|ảnh quét"),
    "a film called PDF": ("a.pdf", lambda: noise(b"\0\0\0\x18ftypisom\0\0\0\0isom"), "nhị phân|PDF"),
    "a program called Excel": ("a.xlsx", lambda: noise(b"MZ\0\0"), "nhị phân|Excel"),
}  # fmt: skip

READ: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a PDF called a text": ("a.txt", one_page, "05/12"),
    "a PDF with files and scripts inside": ("a.pdf", with_attachment, "05/12"),
    "a PDF that anybody may open": ("a.pdf", lambda: locked(""), "05/12"),
    "a page as large as a house": ("a.pdf", lambda: one_page(box=b"0 0 144000 144000"), "05/12"),
    "a workbook called a PDF": ("a.pdf", book, "Nộp báo cáo 1"),
    "a workbook with macros": ("a.xlsm", lambda: _macros(), "Nộp báo cáo 1"),
    "a million empty rows": ("a.xlsx", empty_rows, "Hop"),
}


def _macros() -> bytes:
    out = BytesIO(book())
    with ZipFile(out, "a") as parts:
        parts.writestr("xl/vbaProject.bin", noise(b""))
    return out.getvalue()


async def tried(tmp_path: Path, name: str, data: bytes) -> Source:
    """Read as the service reads it; what it takes in time and leaves on the disk is looked at."""
    path = tmp_path / "sent"
    path.write_bytes(data)
    begun, scratch = time.monotonic(), tmp_path / "scratch"
    scratch.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(scratch))
        try:
            return await read_document(path, name, patience=PATIENCE)
        finally:
            assert time.monotonic() - begun < PATIENCE + 10
            assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("kind", REFUSED)
async def test_what_cannot_be_read_is_refused_in_one_sentence(kind: str, tmp_path: Path) -> None:
    name, make, says = REFUSED[kind]
    with pytest.raises(BadInput, match=says) as refused:
        await tried(tmp_path, name, make())
    assert name in refused.value.text
    assert "\n" not in refused.value.text
    assert refused.value.text.endswith(".")


@pytest.mark.parametrize("kind", READ)
async def test_what_is_odd_and_does_no_harm_is_read(kind: str, tmp_path: Path) -> None:
    name, make, holds = READ[kind]
    source = await tried(tmp_path, name, make())
    assert any(holds in block.text for block in source.blocks)


async def test_files_inside_a_file_and_macros_are_named(tmp_path: Path) -> None:
    assert "tệp đính kèm" in (await tried(tmp_path, "a.pdf", with_attachment())).notes[0]
    assert "macro" in (await tried(tmp_path, "a.xlsm", _macros())).notes[0]
