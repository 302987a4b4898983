"""What is kept of one person as a ZIP: a JSON file, and the files that she handed in, as she gave them."""

import hashlib
import json
from dataclasses import asdict, replace
from functools import partial

from core.clock import VIETNAM
from core.own_data import OwnData
from core.texts import privacy as texts
from evidence.archive import Archive, Entry
from evidence.desk import Desk
from records import own_data
from records.files import FileStore


async def gather(desk: Desk, person: int) -> OwnData:
    """All of it, as it was at `desk.now`, with names of units."""
    found = await own_data.gather(desk.session, person, desk.now)
    places = tuple(replace(one, unit=desk.unit_name(one.unit)) for one in found.places)
    given = tuple(replace(one, unit=desk.unit_name(one.unit)) for one in found.submissions)
    in_stead = tuple(replace(one, unit=desk.unit_name(one.unit)) for one in found.in_stead)
    requests = tuple(replace(one, unit=desk.unit_name(one.unit)) for one in found.requests)
    noted = tuple(replace(one, unit=desk.unit_name(one.unit)) for one in found.noted)
    return replace(found, places=places, submissions=given, in_stead=in_stead, requests=requests, noted=noted)


def pack(data: OwnData, store: FileStore) -> Archive:
    """The ZIP; a file that is not whole where it is kept is only named in the JSON. Raises Unreachable."""
    here = [file for file in data.files if store.holds(file.sha256, file.size)]
    said = json.dumps(asdict(data), ensure_ascii=False, indent=1, default=lambda at: at.isoformat()).encode()
    until = data.until.astimezone(VIETNAM)
    about = Entry(texts.JSON, len(said), hashlib.sha256(said).hexdigest(), until, said)
    files = (
        Entry(
            file.path,
            file.size,
            file.sha256,
            file.received_at.astimezone(VIETNAM),
            partial(store.at_hand, file.sha256),
        )
        for file in here
    )
    return Archive([about, *files])
