"""Looks into an archive: what its files are called, how large they are, and whether one is a program.

Nothing is unpacked: of each file the first bytes are read, an archive within it is read in memory, and not endlessly.
"""

import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath

from core.media import LISTED, Inside, Looked, Member
from core.programs import begins_so, named_so
from media.trouble import Bad

MOST_MEMBERS = 20_000
_MOST_TIMES, _HARMLESS = 200, 64 << 20  # larger than packed; what unpacks to less may be packed as well as it likes
_DEEPEST = 2  # archives within archives
_MOST_NESTED = 32 << 20  # bytes of all archives within this one, unpacked
_HEAD = 64  # bytes, by which a program is told
_LONGEST = 120  # characters of a name
_MOST_PROGRAMS = 5
_ZIP = b"PK\x03\x04"
_LEFT_BEHIND = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")  # by systems, and no file of anybody's
_PACKED_PAPERS = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub", ".pages", ".numbers", ".key")
_PAPERS = ("mimetype", "[Content_Types].xml", "Index/Document.iwa")  # what is packed like an archive, and is a document


def look_at_archive(path: Path, mime: str) -> Looked:
    """`inside` None for a document that is packed so. Raises Bad, and what zipfile raises."""
    found = _Found()
    with path.open("rb") as file, zipfile.ZipFile(file) as archive:
        document = any(name in archive.NameToInfo for name in _PAPERS)
        _check(archive.infolist(), path.stat().st_size)
        found.read(archive, "", 0)
    inside = Inside(found.count, found.size, tuple(found.members), tuple(sorted(found.programs)), found.shut)
    locked = found.locked and not inside.programs  # a program is one also where nobody can open it
    listed = None if document and not inside.programs else inside
    return Looked(mime, inside=listed, trouble="encrypted" if locked else "")


def _check(members: list[zipfile.ZipInfo], packed: int) -> None:
    """Raises Bad for what is made to fill a disk: by what the archive says of itself, since nothing is unpacked."""
    unpacked = sum(one.file_size for one in members)
    if len(members) > MOST_MEMBERS or (unpacked > _HARMLESS and unpacked > _MOST_TIMES * packed):
        raise Bad("bomb")


@dataclass
class _Found:
    """What has been seen so far. `shut`: how many archives within it could not be looked into."""

    count: int = 0
    size: int = 0
    shut: int = 0
    nested: int = 0  # bytes
    locked: bool = False
    members: list[Member] = field(default_factory=list)
    programs: set[str] = field(default_factory=set)

    def read(self, archive: zipfile.ZipFile, above: str, depth: int) -> None:
        """Raises Bad, and what zipfile raises."""
        for one in archive.infolist():
            name = _named(one)
            if one.is_dir() or name.startswith(_LEFT_BEHIND[0]) or PurePosixPath(name).name in _LEFT_BEHIND:
                continue
            head = self._head(archive, one)
            if named_so(name) or begins_so(head):
                self._note_program(name)
            packed = head.startswith(_ZIP) and not name.lower().endswith(_PACKED_PAPERS)
            if not packed or not self._within(archive, one, name, depth):
                self._note(f"{above}{name}", one.file_size)
            if self.count > MOST_MEMBERS:
                raise Bad("bomb")

    def _head(self, archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> bytes:
        if one.flag_bits & 1:
            self.locked = True
            return b""
        try:
            with archive.open(one) as member:
                return member.read(_HEAD)
        except NotImplementedError:  # packed in a way that few programs know
            return b""

    def _within(self, archive: zipfile.ZipFile, one: zipfile.ZipInfo, name: str, depth: int) -> bool:
        """Read what lies in an archive within this one; False: it stands for itself."""
        if depth >= _DEEPEST or self.nested + one.file_size > _MOST_NESTED:
            self.shut += 1
            return False
        with archive.open(one) as member:
            data = member.read(one.file_size)
        self.nested += len(data)
        try:
            within = zipfile.ZipFile(BytesIO(data))
        except zipfile.BadZipFile:
            self.shut += 1
            return False
        with within:
            _check(within.infolist(), len(data))
            self.read(within, f"{name}/", depth + 1)
        return True

    def _note(self, name: str, size: int) -> None:
        self.count += 1
        self.size += size
        if len(self.members) < LISTED:
            self.members.append(Member(name[-_LONGEST:], size))

    def _note_program(self, name: str) -> None:
        """By its ending; its name may be a person's."""
        ending = PurePosixPath(name.rstrip(". ")).suffix.lower()
        if len(self.programs) < _MOST_PROGRAMS:
            self.programs.add(ending if named_so(name) else "")


def _named(one: zipfile.ZipInfo) -> str:
    """Its path; many programs write UTF-8 and do not say so. What cannot be written down is replaced."""
    name = one.filename
    if not one.flag_bits & 0x800:
        with suppress(UnicodeError):
            name = one.orig_filename.encode("cp437").decode()
    printable = "".join(char if char.isprintable() else " " for char in name.replace("\\", "/"))
    return "/".join(part for part in printable.split("/") if part not in ("", ".", ".."))
