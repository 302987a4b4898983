"""A file on the command line -> a plan, and what its text is recognised by."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from bot.cli.files import named
from core.work import Plan
from knowledge.digest import digest
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
