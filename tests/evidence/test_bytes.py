"""2,000 files with faults on the way: what is confirmed is on disk byte for byte, what is not is never confirmed."""

import hashlib
import random
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

import pytest
from sqlalchemy import select

from core.errors import FetchFailed
from core.message import FileRef
from records.file_tables import FileRow, ReceivedRow
from records.files import FileStore
from records.session import Begin
from records.tables import OutboxRow
from scheduler.fetch import AGAIN as STORAGE_AGAIN
from scheduler.fetch import LEASE
from tests.evidence.stage import District, Photos
from tests.fakes.bucket import Cloud
from tests.fakes.clock import StillClock

FILES, TOGETHER, IN_ONE = 2000, 50, 10  # of all, of an album, of one of its messages
WHOLE = {f"f{n}": b"\xff\xd8\xff" + random.Random(n).randbytes(1 + n * 37 % 4000) for n in range(FILES)}


@dataclass
class Faulty(Photos):
    """Cuts connections, tears files, forgets some for ever, and now and then its caller's process dies."""

    chance: random.Random = field(default_factory=lambda: random.Random(7))
    gone: frozenset[str] = frozenset(f"f{number}" for number in range(0, FILES, 41))
    torn: frozenset[str] = frozenset(f"f{number}" for number in range(5, FILES, 37))

    async def fetch(self, file: FileRef, into: BinaryIO) -> None:
        content = WHOLE[file.id]
        into.write(content[: len(content) // 2])
        if file.id in self.gone:
            raise FetchFailed("expired", gone=True)
        match self.chance.randrange(300):
            case 0:
                raise OSError(28, "disk full")
            case chance if chance < 75:
                raise FetchFailed("cut")
            case chance if chance < 125 and file.id in self.torn:
                return  # half of it, as if that were all
        into.write(content[len(content) // 2 :])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_confirmed_is_kept_byte_for_byte(begin: Begin, clock: StillClock, tmp_path: Path) -> None:
    here = await District(begin, clock, tmp_path / "files", platform_of=Faulty).opens()
    for first in range(0, FILES, TOGETHER):
        for number in range(first, first + TOGETHER, IN_ONE):
            photos, id = [_photo(f"f{one}") for one in range(number, number + IN_ONE)], f"in-{number}"
            update: dict[str, Any] = {"kind": "photo", "files": photos, "message_id": id, "album": f"album{first}"}
            await here.school.receives(id, sender="huong", **update)
        await here.school.works()
        here.starts_anew()  # as if it had been killed
        await here.passes(timedelta(seconds=20))
    for _ in range(FILES):  # a disk that is full for one file holds all up
        await here.passes(LEASE + timedelta(hours=1))
        async with begin() as session:
            if await session.scalar(select(ReceivedRow.id).where(ReceivedRow.state == "wanted").limit(1)) is None:
                break

    store = FileStore(tmp_path / "files")
    async with begin() as session:
        rows = (await session.scalars(select(ReceivedRow))).all()
        kept = {row.sha256: row.size for row in await session.scalars(select(FileRow))}
        said = (await session.scalars(select(OutboxRow.text).where(OutboxRow.key.startswith("receipt:")))).all()
    assert len(rows) == FILES
    assert {row.state for row in rows} == {"stored", "lost"}
    for row in rows:
        whole = WHOLE[row.source["id"]]
        if row.state == "stored":
            assert store.path(row.sha256 or "").read_bytes() == whole
            assert kept[row.sha256 or ""] == len(whole)
    lost = {row.source["id"] for row in rows if row.state == "lost"}
    assert Faulty.gone <= lost <= Faulty.gone | Faulty.torn  # what is torn four times is damaged where it lies
    told = sum(int(words.split(" ảnh")[0].rsplit(" ", 1)[-1]) for text in said for words in _counts(text))
    assert told == FILES - len(lost)


@dataclass
class OverABadLine(Photos):
    """The line to the bucket breaks before every other file, somewhere on its way."""

    cloud: ClassVar[Cloud]
    chance: random.Random = field(default_factory=lambda: random.Random(5))

    async def fetch(self, file: FileRef, into: BinaryIO) -> None:
        self.cloud.wire.room = self.chance.randrange(6000) if self.chance.randrange(2) else float("inf")
        into.write(WHOLE[file.id])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_confirmed_lies_in_the_bucket_byte_for_byte(
    begin: Begin, clock: StillClock, tmp_path: Path, cloud: Cloud
) -> None:
    OverABadLine.cloud = cloud
    here = await District(begin, clock, tmp_path / "0", platform_of=OverABadLine, home=cloud.home()).opens()
    wanted = {f"f{number}": WHOLE[f"f{number}"] for number in range(60)}
    for name in wanted:
        await here.sends_one("huong", name, album="album")
    await here.school.works()
    for life in range(1, 40):
        cloud.wire.mend()
        await here.passes(LEASE + STORAGE_AGAIN)
        here.folder = tmp_path / str(life)  # as on another machine
        here.starts_anew()
    async with begin() as session:
        rows = (await session.scalars(select(ReceivedRow))).all()
        told = (await session.scalars(select(OutboxRow.text).where(OutboxRow.key.startswith("receipt:")))).all()
    assert {row.state for row in rows} == {"stored"}
    assert sorted(cloud.objects().values()) == sorted(wanted.values())
    assert sum(int(text.split(" ảnh")[0].rsplit(" ", 1)[-1]) for words in told for text in _counts(words)) == 60


def _photo(id: str) -> dict[str, Any]:
    return {"kind": "photo", "id": id, "size": len(WHOLE[id]), "md5": hashlib.md5(WHOLE[id]).hexdigest()}


def _counts(text: str) -> list[str]:
    """ "Đã nhận 3 ảnh …", "Đã nhận thêm 1 ảnh …"; a single one goes by its name."""
    return [line.replace("Đã nhận ảnh", "Đã nhận 1 ảnh") for line in text.split("\n") if line.startswith("Đã nhận")]
