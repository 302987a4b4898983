"""What a file is by its content; what its name says is not asked."""

from typing import BinaryIO

from core.programs import begins_so

UNKNOWN = "application/octet-stream"
TEXT = "text/plain"
ZIP = "application/zip"
PROGRAM = "application/x-executable"
ENCRYPTED = "application/vnd.ms-office.encrypted"  # a Word, Excel or PowerPoint file behind a password; our own name

_HEAD = 4096  # bytes looked at from the beginning
_TAIL = 65536  # and from the end, where a zip lists its members
OFFICE = "application/vnd.openxmlformats-officedocument."
_STARTS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"#!AMR", "audio/amr"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xf1", "audio/aac"),
    (b"\xff\xf9", "audio/aac"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf2", "audio/mpeg"),
)
_BRANDS = {  # of the ISO base media format: what follows "ftyp"
    b"qt  ": "video/quicktime",
    b"M4A ": "audio/mp4",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"heim": "image/heic",
    b"heis": "image/heic",
    b"hevc": "image/heic",
    b"mif1": "image/heic",
    b"msf1": "image/heic",
    b"avif": "image/avif",
}
_OLD_FILMS = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")  # what films begin with that name no brand
_RIFF = {b"WEBP": "image/webp", b"AVI ": "video/x-msvideo", b"WAVE": "audio/wav"}
_PACKET = 188  # bytes of MPEG-2 transport streams (ISO/IEC 13818-1, 2.4.3); camcorders put four before each
_MEMBERS = (
    (b"word/", OFFICE + "wordprocessingml.document"),
    (b"xl/", OFFICE + "spreadsheetml.sheet"),
    (b"ppt/", OFFICE + "presentationml.presentation"),
)
_WORD, _EXCEL = "application/msword", "application/vnd.ms-excel"
_STREAMS = (("EncryptedPackage", ENCRYPTED), ("WordDocument", _WORD), ("Workbook", _EXCEL))
_SMALL = 4096  # bytes; shorter streams lie elsewhere ([MS-CFB] 2.2)
_BINARY = bytes({*range(9), 11, *range(14, 27), *range(28, 32)})  # control characters that no text has
_ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/heic": "heic",
    "image/gif": "gif",
    "image/tiff": "tiff",
    "image/avif": "avif",
    "application/pdf": "pdf",
    "audio/ogg": "ogg",
    "audio/amr": "amr",
    "audio/aac": "aac",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/flac": "flac",
    "audio/wav": "wav",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/webm": "webm",
    "video/x-matroska": "mkv",
    "video/x-msvideo": "avi",
    "video/mp2t": "ts",
}


def sniff(file: BinaryIO) -> str:
    """The MIME type of a whole file; UNKNOWN where nothing fits."""
    file.seek(0)
    head = file.read(_HEAD)
    if begins_so(head):
        return PROGRAM
    for start, mime in _STARTS:
        if head.startswith(start):
            return "video/webm" if mime == "video/x-matroska" and b"webm" in head[:64] else mime
    if head[:4] == b"RIFF" and head[8:12] in _RIFF:
        return _RIFF[head[8:12]]
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    if head.startswith(b"PK\x03\x04"):
        return _zip(head, file)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole(head, file)
    return TEXT if _is_text(head) else _old_film(head)


def ending(mime: str) -> str:
    """The usual ending of pictures, sound and film, for files that come without a name; empty: none."""
    return _ENDINGS.get(mime, "")


def _old_film(head: bytes) -> str:
    """Of what is no text."""
    if head[4:8] in _OLD_FILMS:
        return "video/quicktime"
    if any(head[at : at + 3 * (_PACKET + at) : _PACKET + at] == b"GGG" for at in (0, 4)):
        return "video/mp2t"
    return UNKNOWN


def _zip(head: bytes, file: BinaryIO) -> str:
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    names = head + file.read(_TAIL)
    if b"[Content_Types].xml" in names:
        for member, mime in _MEMBERS:
            if member in names:
                return mime
    return ZIP


def _ole(head: bytes, file: BinaryIO) -> str:
    """By the streams named in its directory, whose first sector the header gives ([MS-CFB] 2.2)."""
    shift, sector = int.from_bytes(head[30:32], "little"), int.from_bytes(head[48:52], "little")
    file.seek((sector + 1) << min(shift, 12))
    directory = file.read(_HEAD)
    for stream, mime in _STREAMS:
        at = directory.find(stream.encode("utf-16-le"))
        if at >= 0:
            start, size = (int.from_bytes(directory[at + place : at + place + 4], "little") for place in (116, 120))
            file.seek((start + 1) << min(shift, 12))
            return ENCRYPTED if size >= _SMALL and _locked(mime, file.read(64)) else mime
    return "application/x-ole-storage"


def _locked(mime: str, stream: bytes) -> bool:
    """Whether an old Word or Excel file is behind a password: [MS-DOC] 2.5.2 fEncrypted, [MS-XLS] 2.4.117 FilePass."""
    if mime == _WORD:
        return bool(int.from_bytes(stream[11:12], "little") & 1)
    after = stream[4 + int.from_bytes(stream[2:4], "little") :]
    return mime == _EXCEL and after.removeprefix(b"\x86\0\0\0").startswith(b"\x2f\0")


def _is_text(head: bytes) -> bool:
    """In whatever encoding; Vietnamese files are often in an old one."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return bool(head) and not set(head) & set(_BINARY)
