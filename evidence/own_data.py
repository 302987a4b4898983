"""What is kept of one person as a ZIP: a JSON file, and the files that she handed in, as she gave them."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

from core.clock import VIETNAM
from core.own_data import OwnData, OwnFile
from core.texts import privacy as texts
from evidence.archive import Archive, Entry
from evidence.desk import Desk
from records import own_data


async def gather(desk: Desk, person: int) -> OwnData:
    """All of it, as it was at `desk.now`, with names of units."""
    found = await own_data.gather(desk.session, person, desk.now)
    places = tuple(replace(one, unit=desk.unit_name(one.unit)) for one in found.places)
    given = tuple(replace(one, unit=desk.unit_name(one.unit)) for one in found.submissions)
    return replace(found, places=places, submissions=given)


def pack(data: OwnData, path_of: Callable[[str], Path]) -> Archive:
    """The ZIP; a file that is not whole on the disk is only named in the JSON. Waits for the disk."""
    here = [file for file in data.files if _is_whole(file, path_of)]
    said = json.dumps(asdict(data), ensure_ascii=False, indent=1, default=lambda at: at.isoformat()).encode()
    until = data.until.astimezone(VIETNAM)
    about = Entry(texts.JSON, len(said), hashlib.sha256(said).hexdigest(), until, said)
    files = (
        Entry(file.path, file.size, file.sha256, file.received_at.astimezone(VIETNAM), path_of(file.sha256))
        for file in here
    )
    return Archive([about, *files])


def _is_whole(file: OwnFile, path_of: Callable[[str], Path]) -> bool:
    path = path_of(file.sha256)
    return path.is_file() and path.stat().st_size == file.size
