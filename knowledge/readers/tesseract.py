"""The program that reads words in pictures, where it is installed."""

import shutil
import subprocess
from dataclasses import dataclass
from functools import cache

from PIL import Image

LANGUAGE = "vie"
_PLACES = "/usr/local/bin:/opt/homebrew/bin:/usr/bin:/bin"  # where it lies if the process was given no PATH
_WINDOWS = r"C:\Program Files\Tesseract-OCR"
_WORD = "5"  # level of a TSV line that holds a word
_ENVIRONMENT = {"OMP_THREAD_LIMIT": "1"}  # several threads to a page cost more than they bring
_ASK = 10.0  # seconds


class TookTooLong(Exception):
    """It did not end in time."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A word in a picture: its box in pixels, and how sure the program is, 0 to 100."""

    text: str
    left: int
    top: int
    width: int
    height: int
    sure: float


def program() -> str | None:
    """Its path, or None where it is not installed."""
    return next(filter(None, (shutil.which("tesseract", path=place) for place in (None, _PLACES, _WINDOWS))), None)


@cache
def reads_vietnamese() -> bool:
    """Whether it is installed, and Vietnamese with it."""
    path = program()
    if not path:
        return False
    try:
        told = subprocess.run(
            [path, "--list-langs"], capture_output=True, timeout=_ASK, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return LANGUAGE in told.stdout.decode(errors="replace").split()


def words(picture: Image.Image, mode: int, dpi: int, seconds: float) -> list[Seen]:
    """The words of a picture, in reading order; `mode` is Tesseract's page segmentation mode.

    Raises TookTooLong. Nothing is written to the disk: the picture goes in and the words come out by pipes.
    """
    path = program()
    if not path:
        return []
    if seconds <= 0:
        raise TookTooLong
    command = [path, "stdin", "stdout", "-l", LANGUAGE, "--psm", str(mode), "--dpi", str(dpi), "tsv"]
    try:
        done = subprocess.run(
            command, input=_pgm(picture), capture_output=True, timeout=seconds, check=False, env=_ENVIRONMENT
        )
    except subprocess.TimeoutExpired as late:
        raise TookTooLong from late
    return [seen for line in done.stdout.decode(errors="replace").splitlines() if (seen := _seen(line))]


def _pgm(picture: Image.Image) -> bytes:
    grey = picture.convert("L")
    return b"P5 %d %d 255\n" % grey.size + grey.tobytes()


def _seen(line: str) -> Seen | None:
    fields = line.split("\t")
    if len(fields) != 12 or fields[0] != _WORD or not fields[11].strip():
        return None
    left, top, width, height = map(int, fields[6:10])
    return Seen(fields[11].strip(), left, top, width, height, float(fields[10]))
