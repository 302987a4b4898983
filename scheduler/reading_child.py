"""The process that reads one document: it limits itself and leaves what it read beside."""

import sys
from pathlib import Path

from core.errors import BadInput
from knowledge.readers import read_file
from knowledge.readers.passing import write
from media.limits import limit

READ, BAD = "read", "bad"


def main(path: str, out: str, seconds: str, memory: str, name: str) -> None:
    """Read the document at `path`, called `name`; `memory` in bytes. Says READ, or BAD and leaves the sentence."""
    limit(int(seconds), int(memory))
    try:
        write(Path(out), read_file(name, Path(path).read_bytes()))
    except BadInput as bad:
        (Path(out) / BAD).write_text(bad.text, "utf-8")
        sys.stdout.write(f"{BAD}\n")
    else:
        sys.stdout.write(f"{READ}\n")
