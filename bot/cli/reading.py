"""A file on the command line -> a plan, and what its text is recognised by."""

import asyncio
import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from bot.cli.files import named
from core.work import Plan
from knowledge.blocks import Source
from knowledge.extract import extract
from scheduler.reading import read_document


@dataclass(frozen=True, slots=True)
class Reading:
    """`digest`: the SHA-256 of the text, NFC; a copy under another name has the same."""

    plan: Plan
    digest: str


async def read_plan(path: Path) -> Reading:
    """Raises BadInput that names the file."""
    with named(path):
        source = await read_document(path, path.name)
    return Reading(await asyncio.to_thread(extract, source), digest(source))


def digest(source: Source) -> str:
    """What a document is recognised by: its words, whatever the file is called and however its lines end."""
    text = "\n".join(block.text.strip() for block in source.blocks)
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")).hexdigest()
