"""The process that reads one document: it limits itself and leaves what it read beside."""

import sys
import tempfile
from pathlib import Path

from core.errors import BadInput
from knowledge.readers import needs_office, read_file
from knowledge.readers.passing import write
from media.limits import limit

READ, BAD = "read", "bad"
_OFFICE = 4  # times the memory, for an office program reserves more than it uses
_OFFICE_FILES = 1024  # and opens its many libraries


def main(path: str, out: str, seconds: str, memory: str, name: str) -> None:
    """Read the document at `path`, called `name`; `memory` in bytes. Says READ, or BAD and leaves the sentence."""
    tempfile.tempdir = out  # what a reader sets aside goes with everything else
    data = Path(path).read_bytes()
    if needs_office(data):
        limit(int(seconds), _OFFICE * int(memory), _OFFICE_FILES)
    else:
        limit(int(seconds), int(memory))
    try:
        write(Path(out), read_file(name, data))
    except BadInput as bad:
        (Path(out) / BAD).write_text(bad.text, "utf-8")
        sys.stdout.write(f"{BAD}\n")
    else:
        sys.stdout.write(f"{READ}\n")
