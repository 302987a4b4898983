"""Looks at films and sound: how long they last, and what they tell; a film of 2 GB is not read whole."""

from math import isfinite
from pathlib import Path

from tinytag import TinyTag

from core.media import Looked
from media.blanks import Eraser, leave
from media.film import Told, read_film
from media.matroska import read_matroska
from media.ogg import read_ogg
from media.riff import read_riff
from media.tags import read_flac, read_mp3
from media.trouble import Bad

_ISO = {"video/mp4", "video/quicktime", "audio/mp4"}
_MATROSKA = {"video/webm", "video/x-matroska"}
_TAGGED = {"audio/mpeg": read_mp3, "audio/ogg": read_ogg, "audio/flac": read_flac, "audio/wav": read_riff}
LASTING = {*_ISO, *_MATROSKA, *_TAGGED, "audio/aac", "audio/amr", "video/x-msvideo", "video/mp2t"}
_LONGEST = 24 * 3600  # seconds; what says more lies
_AMR_FRAMES = (13, 14, 16, 18, 20, 21, 27, 32, 6, 1, 1, 1, 1, 1, 1, 1)  # bytes for 20 ms, by kind (RFC 4867, 5.3)
_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
_MOST_STREAM = 64 << 20  # bytes of speech without a head


def look_at_lasting(path: Path, out: Path, mime: str) -> Looked:
    """`seconds` None where the head does not say; what to blank in the copy lies in `out`, if anything. Raises Bad."""
    with path.open("rb") as file:
        eraser = Eraser(file)
        told = _read(eraser, mime)
    if told.seconds is not None and (not isfinite(told.seconds) or told.seconds > _LONGEST):
        raise Bad("too_long")
    if eraser.blanks:
        leave(eraser.blanks, out)
    seconds = round(told.seconds, 2) if told.seconds else None
    return Looked(mime, seconds=seconds, located=eraser.located, taken_at=told.taken_at)


def _read(eraser: Eraser, mime: str) -> Told:
    """Raises Bad."""
    if mime in _ISO:
        return read_film(eraser)
    if mime in _MATROSKA:
        return read_matroska(eraser)
    if mime == "video/x-msvideo":
        return Told(read_riff(eraser))
    if mime == "audio/amr":
        return Told(_speech(eraser.read(0, _MOST_STREAM)))
    if mime == "audio/aac":
        return Told(_frames_of_aac(eraser.read(0, _MOST_STREAM)))
    if mime not in _TAGGED:
        raise Bad("unclean")
    _TAGGED[mime](eraser)
    eraser.file.seek(0)
    return Told(TinyTag.get(file_obj=eraser.file, tags=False).duration)


def _speech(data: bytes) -> float:
    at, frames = len(b"#!AMR\n"), 0
    while at < len(data):
        at += _AMR_FRAMES[data[at] >> 3 & 15]
        frames += 1
    return frames * 0.02


def _frames_of_aac(data: bytes) -> float:
    """ADTS, ISO/IEC 14496-3 1.A.3.2: every frame says its own length and holds 1024 samples."""
    at, seconds = 0, 0.0
    while at + 7 <= len(data) and data[at] == 0xFF and data[at + 1] & 0xF6 == 0xF0:
        rate = data[at + 2] >> 2 & 15
        length = (data[at + 3] & 3) << 11 | data[at + 4] << 3 | data[at + 5] >> 5
        if length < 7 or rate >= len(_RATES):
            break
        seconds += 1024 / _RATES[rate]
        at += length
    return seconds
