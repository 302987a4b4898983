"""The process that looks at one file, or blurs the faces in it: it limits itself and writes one line of JSON."""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from media.blurred import save_blurred
from media.limits import limit
from media.look import look


def main(path: str, out: str, seconds: str, memory: str) -> None:
    """Look at the file at `path`; `memory` in bytes."""
    limit(int(seconds), int(memory))
    looked = asdict(look(Path(path), Path(out)))
    looked["taken_at"] = looked["taken_at"] and looked["taken_at"].isoformat()
    sys.stdout.write(json.dumps(looked) + "\n")


def blur(path: str, out: str, seconds: str, memory: str) -> None:
    """Blur the faces in the picture at `path` and say how many there are, or null: no detector; `memory` in bytes."""
    limit(int(seconds), int(memory))
    if sys.platform != "win32":
        os.nice(10)  # nobody waits in a chat
    try:
        count = save_blurred(Path(path), Path(out))
    except ImportError:
        count = None
    sys.stdout.write(json.dumps(count) + "\n")
