"""What kind of document a file is, by its content: what text and zip files turn out to be."""

import re
from io import BytesIO

from core import mime

HTML = "text/html"
MAIL = "message/rfc822"
RTF = "application/rtf"
ODT = "application/vnd.oasis.opendocument.text"
DOC = "application/msword"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLS = "application/vnd.ms-excel"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
PICTURES = ("image/png", "image/jpeg", "image/tiff", "image/heic", "image/webp")
ZIP = "application/zip"

_HEAD = 4096  # bytes
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    rb"(?:<!doctype\s+html|<html\b|<head\b|<body\b)",
    re.IGNORECASE | re.DOTALL,
)
_FIELD = re.compile(
    rb"(?m)^(from|to|date|subject|received|mime-version|message-id|return-path|content-type):", re.IGNORECASE
)
_FIELDS = 3  # of a letter's head
_ENCRYPTED = 1  # of a zip member's flags


def kind_of(data: bytes) -> str:
    """The MIME type of a whole file; mime.UNKNOWN where nothing fits."""
    kind = mime.sniff(BytesIO(data))
    if kind == mime.TEXT:
        return _of_text(data[:_HEAD])
    if kind == ZIP and data[30:].startswith(b"mimetype" + ODT.encode()):
        return ODT
    return kind


def _of_text(head: bytes) -> str:
    if head.lstrip().startswith(b"{\\rtf"):
        return RTF
    if _HTML.match(head.replace(b"\0", b"")):
        return HTML
    fields = {found.lower() for found in _FIELD.findall(re.split(rb"\r?\n\r?\n", head.lstrip(), maxsplit=1)[0])}
    return MAIL if len(fields) >= _FIELDS and fields & {b"from", b"received", b"return-path"} else mime.TEXT
