"""How many pages documents have, and documents that are locked or lie."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter

from media.look import look
from tests.media.made import put, zipped

APP = b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">%s</Properties>'


def pdf(pages: int, user: str | None = None, algorithm: str = "AES-256") -> bytes:
    made, writer = BytesIO(), PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if user is not None:
        writer.encrypt(user, owner_password="owner", algorithm=algorithm)
    writer.write(made)
    return made.getvalue()


def by_hand(kids: bytes, count: bytes) -> bytes:
    """A PDF whose page tree is as told, without a table of where its objects lie."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids["
        + kids
        + b"]/Count "
        + count
        + b">>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
        + b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"
    )


def test_pages_of_a_pdf_are_counted(tmp_path: Path) -> None:
    seen = look(put(tmp_path, pdf(7)), tmp_path / "out")
    assert (seen.mime, seen.pages, seen.trouble, seen.clean) == ("application/pdf", 7, "", False)
    assert look(put(tmp_path, by_hand(b"3 0 R", b"1")), tmp_path / "out").pages == 1


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_pdf_behind_a_password_is_encrypted_and_one_that_forbids_printing_is_not(
    algorithm: str, tmp_path: Path
) -> None:
    assert look(put(tmp_path, pdf(3, "secret", algorithm)), tmp_path / "out").trouble == "encrypted"
    seen = look(put(tmp_path, pdf(3, "", algorithm)), tmp_path / "out")
    assert (seen.pages, seen.trouble) == (3, "")


@pytest.mark.parametrize(
    "content",
    [pdf(20)[:300], b"%PDF-1.7\n", by_hand(b"2 0 R", b"1"), by_hand(b"3 0 R " * 30_000, b"30000")],
    ids=["torn", "empty", "in a circle", "endless"],
)
def test_a_pdf_that_cannot_be_right_is_trouble(content: bytes, tmp_path: Path) -> None:
    assert look(put(tmp_path, content), tmp_path / "out").trouble in ("broken", "too_long", "bomb")


@pytest.mark.parametrize(
    ("member", "told", "pages"),
    [
        ("word/document.xml", APP % b"<Pages>12</Pages><Words>9</Words>", 12),
        ("word/document.xml", APP % b"<ap:Pages>12</ap:Pages>", 12),
        ("word/document.xml", APP % b"<Pages>0</Pages>", None),
        ("word/document.xml", APP % b"", None),
        ("word/document.xml", b"\0\1", None),
        ("ppt/presentation.xml", APP % b"<Pages>1</Pages><Slides>31</Slides>", 31),
        ("xl/workbook.xml", APP % b"<Pages>4</Pages>", None),
    ],
)
def test_office_files_say_their_pages(member: str, told: bytes, pages: int | None, tmp_path: Path) -> None:
    seen = look(put(tmp_path, zipped({member: b"<x/>", "docProps/app.xml": told})), tmp_path / "out")
    assert (seen.pages, seen.trouble) == (pages, "")


def test_an_office_file_without_notes_has_no_pages(tmp_path: Path) -> None:
    assert look(put(tmp_path, zipped({"word/document.xml": b"<x/>"})), tmp_path / "out").pages is None


def test_an_archive_that_unpacks_to_too_much_is_a_bomb(tmp_path: Path) -> None:
    content = zipped({"word/document.xml": bytes(70 << 20), "docProps/app.xml": APP % b"<Pages>1</Pages>"})
    assert len(content) < 200_000
    seen = look(put(tmp_path, content), tmp_path / "out")
    assert (seen.mime.endswith("wordprocessingml.document"), seen.trouble) == (True, "bomb")


def test_notes_that_unpack_to_too_much_are_read_no_further(tmp_path: Path) -> None:
    content = zipped({"word/document.xml": b"<x/>", "docProps/app.xml": bytes(60 << 20) + b"<Pages>5</Pages>"})
    assert look(put(tmp_path, content), tmp_path / "out").pages is None


def test_a_torn_office_file_is_broken(tmp_path: Path) -> None:
    content = zipped({"word/document.xml": bytes(range(256)) * 400, "docProps/app.xml": APP % b"<Pages>1</Pages>"})
    assert look(put(tmp_path, content[:-40]), tmp_path / "out").trouble == "broken"


def test_a_locked_office_file_is_encrypted(tmp_path: Path) -> None:
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    head[30:32], head[48:52] = (9).to_bytes(2, "little"), (0).to_bytes(4, "little")
    directory = "EncryptedPackage".encode("utf-16-le").ljust(512, b"\0")
    assert look(put(tmp_path, bytes(head) + directory), tmp_path / "out").trouble == "encrypted"
