"""Zip archives of documents: every one that can be read, in the archive's order."""

from contextlib import suppress
from pathlib import PurePosixPath

from core.errors import BadInput
from core.texts import reading as texts
from knowledge import readers
from knowledge.blocks import Source
from knowledge.fold import nfc
from knowledge.readers import kinds
from knowledge.readers.gathered import Gathered
from knowledge.readers.package import Package

MOST_FILES = 100
MOST_UNPACKED = 150_000_000  # bytes of all that is read
_OF_THE_SYSTEM = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
_UTF8 = 0x800  # of a member's flags: its name is UTF-8


def read(name: str, data: bytes) -> Source:
    """Its documents one after the other. Raises BadInput where none can be read."""
    package = Package(name, data)
    members = [(one, _name(one.filename, one.flag_bits)) for one in package.members]
    members = [(one, path) for one, path in members if not _is_clutter(path)]
    if len(members) > MOST_FILES or sum(one.file_size for one, _ in members) > MOST_UNPACKED:
        raise BadInput(texts.too_many_inside(name, MOST_FILES, MOST_UNPACKED))
    whole = Gathered(name)
    for member, path in members:
        try:
            whole.add(read_inside(path, package.part(member.filename, readers.MAX_BYTES) or b""), path)
        except BadInput as bad:
            whole.refuse(bad)
    if not whole.blocks:
        raise BadInput(whole.refused[0] if len(whole.refused) == 1 else texts.nothing_inside(name))
    return whole.source()


def read_inside(path: str, data: bytes) -> Source:
    """A file that came in another; archives in archives are not opened. Raises BadInput."""
    if kinds.kind_of(data) == kinds.ZIP:
        raise BadInput(texts.nested(path))
    return readers.read_file(path, data)


def _name(name: str, flags: int) -> str:
    """As whoever packed it wrote it: many programs leave out to say that names are UTF-8."""
    if not flags & _UTF8:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return nfc("/".join(parts))[-200:] or "tep"


def _is_clutter(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return any(part in _OF_THE_SYSTEM for part in parts) or parts[-1].startswith(("~$", "._"))
