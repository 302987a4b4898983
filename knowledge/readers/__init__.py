"""Files -> the document model; one module for each kind of file, which its content tells and not its name."""

from importlib import import_module
from pathlib import PurePath
from typing import cast

from core import mime
from core.errors import BadInput
from core.texts import reading as texts
from knowledge.blocks import Source
from knowledge.old_letters import in_unicode
from knowledge.readers import kinds
from knowledge.readers.reader import Reader
from knowledge.readers.text import read as read_text

MAX_BYTES = 50_000_000
_TEXT = {".txt", ".md", ".text", ".tsv", ""}
_READERS: dict[str, str] = {  # the module of knowledge.readers for each type; imported when it is wanted: some are slow
    kinds.DOCX: "word",
    kinds.ODT: "office",
    kinds.DOC: "office",
    kinds.RTF: "office",
    kinds.HTML: "html",
    kinds.MAIL: "mail",
    kinds.ZIP: "archive",
    kinds.PDF: "pdf",
    kinds.XLSX: "xlsx",
    kinds.XLS: "office",
    **dict.fromkeys(kinds.PICTURES, "picture"),
}
_PAPERS = {".docx", ".docm", ".doc", ".odt", ".rtf", ".html", ".htm", ".eml", ".zip"}  # a name like this may hold text
_NO_TEXT = {".pdf", ".xlsx", ".xlsm", ".xls"}  # and one like this holds none


def read_file(name: str, data: bytes) -> Source:
    """The document in these bytes; `name` is the file's name. BadInput where it cannot be read, with what to do.

    What is no plain text is read so only in a process of its own: see `scheduler.reading`.
    """
    name = short(name)
    if len(data) >= MAX_BYTES:
        raise BadInput(texts.too_large(name, len(data), MAX_BYTES))
    if not data.strip():
        raise BadInput(texts.empty(name))
    source = _reader(name, data)(name, data)
    if not source.blocks:
        raise BadInput(texts.empty(name))
    return in_unicode(source)


def is_plain(name: str, data: bytes) -> bool:
    """Whether it is text that takes no more than decoding."""
    return _suffix(name) in _TEXT and kinds.kind_of(data) == mime.TEXT


def needs_office(data: bytes) -> bool:
    """Whether another program has to read it, which takes more of the machine."""
    return _READERS.get(kinds.kind_of(data)) == "office"


def short(name: str) -> str:
    """The file's name without folders, of whatever system."""
    return PurePath(name.replace("\\", "/")).name or "tep"


def _reader(name: str, data: bytes) -> Reader:
    kind = kinds.kind_of(data)
    if module := _READERS.get(kind):
        return cast(Reader, import_module(f"knowledge.readers.{module}").read)
    if kind == mime.ENCRYPTED:
        raise BadInput(texts.encrypted(name))
    suffix = _suffix(name)
    if kind not in (mime.TEXT, mime.UNKNOWN):
        raise BadInput(texts.binary(name, tuple(_READERS)))
    if suffix in _NO_TEXT or (kind == mime.UNKNOWN and suffix in _PAPERS):
        raise BadInput(texts.broken(name))
    if suffix not in _TEXT | _PAPERS:
        raise BadInput(texts.unknown_kind(name, suffix, tuple(_READERS)))
    return read_text


def _suffix(name: str) -> str:
    return PurePath(name).suffix.lower()
