"""Files that mean harm or came to harm, as (name, bytes, what is said of them); None: they are read."""

import base64
import zipfile
from collections.abc import Callable
from io import BytesIO
from random import Random

from tests.made_documents.raw_word import document, docx, p, tbl, tc

Kind = tuple[str, bytes, str | None]
WORDS = "Các trường nộp báo cáo trước ngày 05/12/2025."
GOOD = docx(p(WORDS))
_BROKEN, _HEAVY, _LOCKED = "bị hỏng", "nặng bất thường", "mật khẩu"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def _ole(stream: str, content: bytes = b"") -> bytes:
    head = bytearray(_OLE + bytes(504))
    head[30:32] = (9).to_bytes(2, "little")
    entry = stream.encode("utf-16-le").ljust(116, b"\0") + (1).to_bytes(4, "little") + (4096).to_bytes(4, "little")
    return bytes(head) + entry.ljust(512, b"\0") + content


def _doctype(inside: str, use: str = "") -> bytes:
    return docx("", whole=f"<!DOCTYPE w [{inside}]>" + document(p(WORDS + use)))


def _rtf() -> bytes:
    words = "".join(char if char.isascii() else f"\\u{ord(char)}?" for char in WORDS)
    include = '{\\field{\\*\\fldinst INCLUDETEXT "file:///etc/passwd"}{\\fldrslt }}'
    return f"{{\\rtf1\\ansi {words}{{\\object\\objemb{{\\*\\objdata {'41' * 999}}}}}{include}}}".encode()


def _locked(data: bytes) -> bytes:
    """The flag that says a member is encrypted, set in every header."""
    changed = bytearray(data)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            changed[at + flags] |= 1
            at = data.find(mark, at + 4)
    return bytes(changed)


def _lying(data: bytes) -> bytes:
    """The list of members names other sizes than there are."""
    changed = bytearray(data)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        changed[at + 24 : at + 28] = (7).to_bytes(4, "little")
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


def _flipped(data: bytes) -> bytes:
    at = data.find(b"word/document.xml") + 60
    return data[:at] + bytes(byte ^ 0xFF for byte in data[at : at + 20]) + data[at + 20 :]


def _mail(body: str, *parts: bytes, names: str = "a{}.docx") -> bytes:
    head = "From: a@b.vn\nTo: c@d.vn\nSubject: KH\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
    text = f"{head}--x\nContent-Type: text/plain; charset=utf-8\n\n{body}\n"
    for number, data in enumerate(parts):
        text += f'--x\nContent-Disposition: attachment; filename="{names.format(number)}"\n'
        text += f"Content-Transfer-Encoding: base64\n\n{base64.b64encode(data).decode()}\n"
    return f"{text}--x--\n".encode()


def _in_mail(depth: int) -> bytes:
    mail = _mail(WORDS)
    for _ in range(depth):
        mail = b"From: a@b.vn\nTo: c@d.vn\nSubject: x\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n" + mail
    return mail


def _nested_tables(depth: int) -> str:
    body = p(WORDS)
    for _ in range(depth):
        body = tbl(tc(body + p("")))
    return body


KINDS: dict[str, Callable[[], Kind]] = {
    "a part that unpacks to 45 MB": lambda: ("a.docx", docx(p("a" * 45_000_000)), _HEAVY),
    "pictures that unpack to 500 MB": lambda: (
        "a.docx", docx(p(WORDS), {f"word/media/{n}.bmp": bytes(50_000_000) for n in range(10)}), _HEAVY),
    "five thousand parts": lambda: ("a.docx", docx(p(WORDS), {f"word/x{n}": b"" for n in range(5000)}), _HEAVY),
    "an archive that unpacks to 300 MB": lambda: (
        "a.zip", zipped({f"{n}.txt": bytes(30_000_000) for n in range(10)}), "quá nhiều"),
    "archives in archives": lambda: ("a.zip", zipped({"b.zip": zipped({"c.zip": zipped({"d.txt": b"a"})})}), "b.zip"),
    "half a document": lambda: ("a.docx", GOOD[: len(GOOD) // 2], _BROKEN),
    "the first bytes of a document": lambda: ("a.docx", GOOD[:64], _BROKEN),
    "a list of members that lies about sizes": lambda: ("a.docx", _lying(GOOD), _BROKEN),
    "bytes that were flipped": lambda: ("a.docx", _flipped(GOOD), _BROKEN),
    "a billion laughs": lambda: ("a.docx", _doctype(_LAUGHS, "&l9;"), _BROKEN),
    "an entity that names a file": lambda: (
        "a.docx", _doctype('<!ENTITY f SYSTEM "file:///etc/passwd">', "&f;"), _BROKEN),
    "an entity that names an address": lambda: (
        "a.docx", _doctype('<!ENTITY f SYSTEM "http://127.0.0.1:1/">', "&f;"), _BROKEN),
    "parameter entities in the styles": lambda: (
        "a.docx", docx(p(WORDS), {"word/_rels/document.xml.rels": b'<!DOCTYPE r [<!ENTITY % x "y"> %x;]><r/>'}),
        _BROKEN),
    "a doctype in UTF-16": lambda: (
        "a.docx", docx("", {"word/document.xml": ("<!DOCTYPE w>" + document(p(WORDS))).encode("utf-16")}),
        _BROKEN),
    "a hundred thousand levels": lambda: ("a.docx", docx("<w:ins>" * 100_000 + "</w:ins>" * 100_000), _BROKEN),
    "tables in tables in tables": lambda: ("a.docx", docx(_nested_tables(50)), None),
    "a cell a million columns wide": lambda: (
        "a.docx", docx(tbl(*[tc(WORDS, '<w:gridSpan w:val="999999"/>') + tc("5/9")] * 500)), None),
    "a row of ten thousand cells": lambda: ("a.docx", docx(tbl(tc(WORDS) + tc("x") * 10_000)), None),
    "words of 11 MB without an end": lambda: ("a.docx", docx(p(Random(7).randbytes(6_000_000).hex())), _BROKEN),
    "no words": lambda: ("a.docx", docx(p("")), "trống"),
    "no body": lambda: ("a.docx", docx("", whole="<w:document xmlns:w='x'/>"), _BROKEN),
    "no XML": lambda: ("a.docx", docx("", whole="đây là chữ"), _BROKEN),
    "a main part outside of the file": lambda: (
        "a.docx", docx(p(WORDS), {"_rels/.rels": b'<r><Relationship Type="x/officeDocument" '
                                       b'Target="../../../../etc/passwd"/></r>'}), _BROKEN),
    "templates and pictures elsewhere": lambda: (
        "a.docx", docx(p(WORDS), {"word/_rels/document.xml.rels": b'<r><Relationship Type="x/attachedTemplate" '
                                       b'Target="http://127.0.0.1:1/t.dotm" TargetMode="External"/></r>'}), None),
    "macros": lambda: ("a.docm", docx(p(WORDS), {"word/vbaProject.bin": _ole("VBA")}), None),
    "embedded programs": lambda: ("a.docx", docx(p(WORDS), {"word/embeddings/o.bin": b"MZ" + bytes(99)}), None),
    "styles that are based on each other": lambda: (
        "a.docx", docx(p(WORDS, '<w:pStyle w:val="A"/>'), styles='<w:style w:styleId="A">'
                       '<w:basedOn w:val="B"/></w:style>'
                       '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'), None),
    "a list that begins at a billion": lambda: (
        "a.docx", docx(p(WORDS, '<w:numPr><w:numId w:val="1"/></w:numPr>'),
                       numbering='<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="999999999"/>'
                       '<w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
                       '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'), None),
    "fields that never end": lambda: (
        "a.docx", docx('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' * 50 + p(WORDS)), None),
    "a footnote in itself": lambda: (
        "a.docx", docx(f'<w:p><w:r><w:t>{WORDS}</w:t><w:footnoteReference w:id="1"/></w:r></w:p>',
                       footnotes='<w:footnote w:id="1"><w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
                       "</w:footnote>"), None),
    "a password on the document": lambda: ("a.docx", _ole("EncryptedPackage"), _LOCKED),
    "a password on an old Word file": lambda: ("a.doc", _ole("WordDocument", b"\xec\xa5" + b"\0\1" * 5), _LOCKED),
    "a password on an old workbook": lambda: (
        "a.xls", _ole("Workbook", b"\x09\x08\x04\0\0\6\5\0" + b"\x86\0\0\0" + b"\x2f\0\x36\0"), _LOCKED),
    "a password on OpenDocument": lambda: (
        "a.odt", zipped({"mimetype": b"application/vnd.oasis.opendocument.text",
                         "META-INF/manifest.xml": b"<m:entry><m:encryption-data/></m:entry>"}, zipfile.ZIP_STORED),
        _LOCKED),
    "a password on the archive": lambda: ("a.zip", _locked(zipped({"a.txt": WORDS.encode()})), _LOCKED),
    "a document called text": lambda: ("a.txt", GOOD, None),
    "text called a document": lambda: ("a.docx", WORDS.encode(), None),
    "a page called a document": lambda: ("a.doc", f"<html><body><p>{WORDS}</p></body></html>".encode(), None),
    "a program called a document": lambda: ("a.docx", b"MZ\x90\0" + bytes(500), "nhị phân"),
    "gzip called a document": lambda: ("a.docx", b"\x1f\x8b\x08\0" + bytes(range(256)), _BROKEN),
    "noise called a document": lambda: ("a.docx", Random(3).randbytes(5000), _BROKEN),
    "scripts and frames in a page": lambda: (
        "a.html", f"<html><script>alert('xấu')</script><iframe src=http://127.0.0.1:1></iframe><p>{WORDS}".encode(),
        None),
    "a hundred thousand levels of a page": lambda: ("a.html", b"<html>" + b"<div>" * 100_000 + WORDS.encode(), ""),
    "entities in a page": lambda: (
        "a.html", f"<!DOCTYPE html [{_LAUGHS}]><html><p>{WORDS} &l9;".encode(), None),
    "cells that reach a million rows": lambda: (
        "a.html", f"<html><table><tr><td rowspan=99999 colspan=99999>{WORDS}<td>5/9</tr></table>".encode(), None),
    "a letter with a bomb": lambda: ("a.eml", _mail(WORDS, docx(p("a" * 45_000_000))), None),
    "a letter with 150 attachments": lambda: ("a.eml", _mail(WORDS, *[b"a"] * 150, names="{}.txt"), "quá nhiều"),
    "letters in letters": lambda: ("a.eml", _in_mail(60), None),
    "a letter whose head is noise": lambda: (
        "a.eml", b"From: \xff\xfe<\nTo: =?x?q?\nContent-Type: ;;;\nMIME-Version: \0\n\n".replace(b"\0", b"?")
        + WORDS.encode(), None),
    "an attachment that is no base64": lambda: (
        "a.eml", _mail(WORDS, b"abc").replace(b"YWJj", b"!!!***"), None),
    "members that climb out of their folder": lambda: (
        "a.zip", zipped({"../../../../nhacviec-evil.txt": WORDS.encode()}), None),
    "members with endless names": lambda: ("a.zip", zipped({"x" * 60_000 + ".txt": WORDS.encode()}), None),
    "an old Word file of noise": lambda: ("a.doc", _ole("WordDocument"), ""),
    "RTF that embeds and includes": lambda: ("a.rtf", _rtf(), ""),
    "an OpenDocument of nothing": lambda: (
        "a.odt", zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x"},
                        zipfile.ZIP_STORED), ""),
}  # fmt: skip
