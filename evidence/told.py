"""What a look tells of files that people cannot see at a glance: what lies in archives, how long recordings are."""

from collections.abc import Sequence

from core.archives import kinds, within
from core.media import Looked
from core.message import StoredFile
from core.texts import contents as texts
from evidence.desk import Desk
from records import facts

_LASTING = ("audio/", "video/")


async def to_giver(desk: Desk, files: Sequence[StoredFile]) -> list[str]:
    """A line for each archive, recording and film."""
    return [line for file, seen in await _seen(desk, files) if (line := _in_a_line(file, seen))]


async def to_office(desk: Desk, files: Sequence[StoredFile]) -> list[str]:
    """The same, with the names of what lies in the archives."""
    said: list[str] = []
    for file, seen in await _seen(desk, files):
        said += filter(None, [_in_a_line(file, seen)])
        if seen.inside:
            names = [member.name for member in seen.inside.members]
            said += filter(None, [texts.listed(names, seen.inside.count, seen.inside.shut)])
    return said


async def _seen(desk: Desk, files: Sequence[StoredFile]) -> list[tuple[StoredFile, Looked]]:
    looked = await facts.known(desk.session, [file.sha256 for file in files])
    return [(file, looked[file.sha256]) for file in files if file.sha256 in looked]


def _in_a_line(file: StoredFile, seen: Looked) -> str:
    if seen.inside:
        return texts.holds(file.name, seen.inside.count, kinds(within(file, seen.inside)))
    lasts = seen.seconds and file.mime.startswith(_LASTING)
    return texts.lasts(file.name, seen.seconds or 0) if lasts else ""
