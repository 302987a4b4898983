"""The process that draws one page of a document: it limits itself and leaves the picture beside."""

import sys
import tempfile
from pathlib import Path

from knowledge.readers.page_pictures import page_picture
from media.limits import limit

DRAWN, NONE = "drawn", "none"


def main(path: str, out: str, seconds: str, memory: str, number: str) -> None:
    """Page `number` of the file at `path`; `memory` in bytes. Says DRAWN and leaves it, or NONE."""
    tempfile.tempdir = out
    data = Path(path).read_bytes()
    limit(int(seconds), int(memory))
    picture = page_picture(data, int(number))
    if picture is not None:
        (Path(out) / DRAWN).write_bytes(picture)
    sys.stdout.write(f"{DRAWN if picture is not None else NONE}\n")
