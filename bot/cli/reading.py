"""A file on the command line -> a plan, and what its text is recognised by."""

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from bot.cli.files import read_bytes
from core.work import Plan
from knowledge.blocks import Source
from knowledge.extract import extract
from knowledge.readers import read_file


@dataclass(frozen=True, slots=True)
class Reading:
    """`digest`: the SHA-256 of the text, NFC; a copy under another name has the same."""

    plan: Plan
    digest: str


def read_plan(path: Path) -> Reading:
    """Raises BadInput that names the file."""
    source = read_file(path.name, read_bytes(path))
    return Reading(extract(source), digest(source))


def digest(source: Source) -> str:
    """What a document is recognised by: its words, whatever the file is called and however its lines end."""
    text = "\n".join(block.text.strip() for block in source.blocks)
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")).hexdigest()
