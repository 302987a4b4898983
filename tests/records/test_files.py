"""Bytes are kept once, whole, and found by their SHA-256: the same in a folder and with a bucket behind it."""

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import select

from records import files
from records.file_tables import FileRow
from records.files import FileStore, Kept
from records.home import Home
from records.secrets import get_or_make
from records.session import Begin
from tests.fakes.clock import StillClock


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    home: Home | None = request.getfixturevalue("cloud").home() if request.param == "bucket" else None
    return FileStore(tmp_path / "files", home)


def come(store: FileStore, content: bytes) -> Path:
    path = store.coming()
    path.write_bytes(content)
    return path


def test_bytes_are_kept_under_their_digest(store: FileStore, tmp_path: Path) -> None:
    content = b"%PDF-1.4 " + bytes(3_000_000)
    path = come(store, content)
    kept = store.keep(path)
    digest = hashlib.sha256(content).hexdigest()
    assert kept == Kept(digest, 3_000_009, "application/pdf")
    assert store.path(digest) == tmp_path / "files" / digest[:2] / digest[2:]
    assert store.path(digest).read_bytes() == content
    assert not path.exists()


def test_the_same_bytes_twice_are_kept_once(store: FileStore, tmp_path: Path) -> None:
    first, second = store.keep(come(store, b"same")), store.keep(come(store, b"same"))
    assert first == second
    assert [path.read_bytes() for path in (tmp_path / "files").rglob("*") if path.is_file()] == [b"same"]


def test_what_is_kept_is_at_hand_until_it_is_deleted(store: FileStore) -> None:
    kept = store.keep(come(store, b"a photo"))
    assert store.at_hand(kept.sha256).read_bytes() == b"a photo"
    assert (store.holds(kept.sha256, 7), store.holds(kept.sha256, 8)) == (True, False)
    store.delete(kept.sha256)
    assert not store.holds(kept.sha256, 7)
    with pytest.raises(FileNotFoundError):
        store.at_hand(kept.sha256)
    store.delete(kept.sha256)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "a" * 63, "A" * 64, "/" * 64])
def test_only_a_digest_names_a_file(store: FileStore, name: str) -> None:
    for asked in (store.path, store.at_hand, store.delete):
        with pytest.raises(ValueError, match="SHA-256"):
            asked(name)


async def test_a_file_is_noted_once(begin: Begin, clock: StillClock) -> None:
    kept = Kept("a" * 64, 4, "text/plain")
    for _ in range(2):
        async with begin() as session:
            await files.note(session, kept, clock())
    async with begin() as session:
        rows = (await session.scalars(select(FileRow))).all()
    assert [(row.sha256, row.size, row.mime, row.stored_at) for row in rows] == [("a" * 64, 4, "text/plain", clock())]


async def test_a_secret_is_made_once_and_differs_by_name(begin: Begin) -> None:
    async with begin() as session:
        first, other = await get_or_make(session, "files"), await get_or_make(session, "other")
    async with begin() as session:
        assert await get_or_make(session, "files") == first
    assert first != other
    assert len(first) >= 43
