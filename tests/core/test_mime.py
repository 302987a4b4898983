"""What a file is, by its bytes; made by the libraries that make such files, or as their formats say."""

import zipfile
from io import BytesIO

import pytest

from core.mime import ENCRYPTED, PROGRAM, UNKNOWN, ending, sniff

OFFICE = "application/vnd.openxmlformats-officedocument."


def zipped(*names: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "x" * 9000)
    return made.getvalue()


def ole(stream: str) -> bytes:
    """A compound file whose directory lies in its fourth sector."""
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    head[30:32], head[48:52] = (9).to_bytes(2, "little"), (3).to_bytes(4, "little")
    directory = "Root Entry".encode("utf-16-le").ljust(128, b"\0") + stream.encode("utf-16-le").ljust(128, b"\0")
    return bytes(head) + bytes(512 * 3) + directory


@pytest.mark.parametrize(
    ("content", "mime"),
    [
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"),
        (b"GIF89a\1\0\1\0", "image/gif"),
        (b"II*\0\x08\0\0\0", "image/tiff"),
        (b"MM\0*\0\0\0\x08", "image/tiff"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "image/heic"),
        (b"\0\0\0\x1cftypavif\0\0\0\0mif1avif", "image/avif"),
        (b"\0\0\0\x18ftypisom\0\0\2\0isomiso2", "video/mp4"),
        (b"\0\0\0\x14ftypqt  \0\0\2\0qt  ", "video/quicktime"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "application/pdf"),
        (zipped("[Content_Types].xml", "word/document.xml"), f"{OFFICE}wordprocessingml.document"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), f"{OFFICE}spreadsheetml.sheet"),
        (zipped("docProps/app.xml", "ppt/slides/1.xml", "[Content_Types].xml"), f"{OFFICE}presentationml.presentation"),
        (zipped("ảnh.jpg", "word/không phải.txt"), "application/zip"),
        (ole("WordDocument"), "application/msword"),
        (ole("Workbook"), "application/vnd.ms-excel"),
        (ole("EncryptedPackage"), ENCRYPTED),
        (ole("Something"), "application/x-ole-storage"),
        (b"\0\0\0\x08wide\0\0\0\x20mdat", "video/quicktime"),
        (b"\0\0\0\x08skip me", "video/quicktime"),
        (b"we skip this", "text/plain"),
        (b"\x1aE\xdf\xa3\x9fB\x82\x84webm", "video/webm"),
        (b"\x1aE\xdf\xa3\x9fB\x82\x88matroska", "video/x-matroska"),
        (b"RIFF\x24\0\0\0AVI LIST", "video/x-msvideo"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "audio/wav"),
        ((b"G" + bytes(187)) * 3, "video/mp2t"),
        ((bytes(4) + b"G" + bytes(187)) * 3, "video/mp2t"),
        (b"G" + bytes(800), UNKNOWN),
        (b"fLaC\0\0\0\x22", "audio/flac"),
        (b"OggS\0\2\0\0", "audio/ogg"),
        (b"#!AMR\n\x3c", "audio/amr"),
        (b"\xff\xf1\x50\x80", "audio/aac"),
        (b"ID3\4\0\0", "audio/mpeg"),
        (b"\xff\xfb\x90\x44", "audio/mpeg"),
        ("Kế hoạch tháng 12\n1. Cân đo trẻ\n".encode(), "text/plain"),
        ("Kế hoạch".encode("utf-16"), "text/plain"),
        ("Kê hoach thang 12".encode("cp1258"), "text/plain"),
        (b"<html><script>alert(1)</script>", "text/plain"),
        (b"MZ\x90\0\3\0\0\0", PROGRAM),
        (b"\x7fELF\2\1\1\0", PROGRAM),
        (b"#!/bin/sh\nrm", PROGRAM),
        (b"MZ l\xc3\xa0 g\xc3\xac?", "text/plain"),
        (b"", UNKNOWN),
    ],
)
def test_a_file_is_what_it_holds(content: bytes, mime: str) -> None:
    assert sniff(BytesIO(content)) == mime


@pytest.mark.parametrize("cut", [0, 1, 4, 8, 30, 60])
def test_a_torn_file_is_no_trouble(cut: int) -> None:
    for whole in (ole("WordDocument"), zipped("[Content_Types].xml"), b"RIFF\x24\0\0\0WEBP"):
        assert "/" in sniff(BytesIO(whole[:cut]))


def test_pictures_without_a_name_get_an_ending() -> None:
    assert (ending("image/jpeg"), ending("audio/aac"), ending(UNKNOWN)) == ("jpg", "aac", "")
