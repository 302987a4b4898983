"""A zip file that nobody vouches for: its parts, read up to what a document may weigh."""

import zipfile
import zlib
from io import BytesIO
from typing import IO

from core.errors import BadInput
from core.texts import reading as texts

MOST_MEMBERS = 4000
MOST_UNPACKED = 400_000_000  # bytes of all members together, pictures too
MOST_PART = 40_000_000  # bytes of one part that is read
_RATIO = 200  # unpacked to packed, of a part that weighs something
_WEIGHS = 5_000_000  # bytes
_ENCRYPTED = 1  # of a member's flags
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


class Package:
    """The members of a zip file. Raises BadInput, with what to do, for what is no whole zip or weighs too much."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise BadInput(texts.broken(name)) from error
        self.members = [one for one in self._zip.infolist() if not one.is_dir()]
        self._known = {one.filename: one for one in self.members}
        unpacked = sum(one.file_size for one in self.members)
        if len(self.members) > MOST_MEMBERS or unpacked > MOST_UNPACKED:
            raise BadInput(texts.too_heavy(name))

    def part(self, path: str, most: int = MOST_PART) -> bytes | None:
        """The bytes of one member, None where there is none; BadInput for more than `most` bytes."""
        member = self._member(path)
        if member is None:
            return None
        if member.file_size > most or member.file_size > max(_WEIGHS, member.compress_size * _RATIO):
            raise BadInput(texts.too_heavy(self.name))
        try:
            with self._zip.open(member) as file:
                data = file.read(most + 1)
        except UNREADABLE as error:
            raise BadInput(texts.broken(self.name)) from error
        if len(data) > most:
            raise BadInput(texts.too_heavy(self.name))
        return data

    def stream(self, path: str) -> IO[bytes]:
        """A member of any size, for one who reads as much as a document may have. Its `read` raises UNREADABLE."""
        member = self._member(path)
        if member is None:
            raise BadInput(texts.broken(self.name))
        return self._zip.open(member)

    def _member(self, path: str) -> zipfile.ZipInfo | None:
        member = self._known.get(path)
        if member is not None and member.flag_bits & _ENCRYPTED:
            raise BadInput(texts.encrypted(self.name))
        return member
