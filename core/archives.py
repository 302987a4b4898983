"""The files in an archive, as if they had been handed in by themselves; counted by kind."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from core.file_types import type_of
from core.media import Inside, Looked
from core.message import StoredFile

ARCHIVE = "archive"
_GROUPS = {
    "image": ("jpg", "jpeg", "png", "gif", "webp", "heic", "heif", "tif", "tiff", "bmp", "avif"),
    "video": ("mp4", "mov", "avi", "mkv", "webm", "m4v", "3gp", "wmv", "flv", "mpg", "mpeg"),
    "audio": ("mp3", "m4a", "wav", "ogg", "oga", "opus", "amr", "aac", "flac", "wma"),
}
_MIMES = {ending: f"{group}/{ending}" for group, endings in _GROUPS.items() for ending in endings}
_ARCHIVES = ("zip", "rar", "7z", "tar", "gz")


def within(file: StoredFile, inside: Inside) -> tuple[StoredFile, ...]:
    """Those whose names are known: by their names alone; `sha256` is the archive's and a number."""
    return tuple(
        StoredFile(f"{file.sha256}/{number}", one.name, _MIMES.get(_ending(one.name), ""), one.size)
        for number, one in enumerate(inside.members)
    )


def opened(files: Sequence[StoredFile], looked: Mapping[str, Looked]) -> tuple[StoredFile, ...]:
    """These files, in the place of each archive that was looked into what lies in it. `looked`: by SHA-256."""
    found: list[StoredFile] = []
    for file in files:
        seen = looked.get(file.sha256)
        found += within(file, seen.inside) if seen and seen.inside else [file]
    return tuple(found)


def original(file: StoredFile) -> str:
    """The SHA-256 of the file that was handed in, in which this one lies."""
    return file.sha256.partition("/")[0]


def kinds(files: Sequence[StoredFile]) -> Counter[str]:
    """How many there are of each: image, video, audio, a name of `core.file_types`, ARCHIVE; empty: of another."""
    return Counter(map(_kind, files))


def is_archive(file: StoredFile) -> bool:
    """By its name."""
    return _ending(file.name) in _ARCHIVES


def _kind(file: StoredFile) -> str:
    group = file.mime.partition("/")[0]
    if group in _GROUPS:
        return group
    return ARCHIVE if is_archive(file) else type_of(file)


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower().removeprefix(".")
