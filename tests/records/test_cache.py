"""What lies at hand is kept within bounds; nothing goes that the bucket has not."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from records.cache import Trimmed, trim
from records.files import FileStore
from records.home import Unreachable
from tests.fakes.bucket import Cloud

NOW = datetime(2026, 11, 26, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def store(cloud: Cloud, tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files", cloud.home())


def kept(store: FileStore, content: bytes, unused: timedelta) -> str:
    coming = store.coming()
    coming.write_bytes(content)
    sha256 = store.keep(coming).sha256
    used(store.path(sha256), unused)
    return sha256


def used(path: Path, ago: timedelta) -> None:
    at = (NOW - ago).timestamp()
    os.utime(path, (at, at))


def test_what_was_used_longest_ago_goes_first_and_comes_back(store: FileStore, cloud: Cloud) -> None:
    names = {hours: kept(store, bytes([hours]) * 100, hours * HOUR) for hours in (9, 2, 5, 7)}
    assert trim(store, 200, NOW - HOUR) == Trimmed(gone=2)
    assert [hours for hours, name in names.items() if store.path(name).exists()] == [2, 5]
    assert len(cloud.objects()) == 4
    assert store.at_hand(names[9]).read_bytes() == b"\x09" * 100
    assert trim(store, 300, NOW - HOUR) == Trimmed()


def test_what_was_just_used_stays_however_much_it_is(store: FileStore) -> None:
    name = kept(store, b"x" * 100, timedelta(minutes=59))
    assert trim(store, 0, NOW - HOUR) == Trimmed()
    assert store.path(name).exists()


def test_what_the_bucket_lacks_stays_and_is_not_brought_there(store: FileStore, cloud: Cloud) -> None:
    lacking, other = kept(store, b"x" * 100, 3 * HOUR), kept(store, b"y" * 100, 2 * HOUR)
    cloud.drops(cloud.key(lacking))
    assert trim(store, 0, NOW - HOUR) == Trimmed(gone=1, only_here=1)
    assert store.path(lacking).exists()
    assert list(cloud.objects()) == [cloud.key(other)]


def test_without_the_bucket_nothing_goes(store: FileStore, cloud: Cloud) -> None:
    name = kept(store, b"x" * 100, 2 * HOUR)
    cloud.wire.cut()
    with pytest.raises(Unreachable):
        trim(store, 0, NOW - HOUR)
    assert store.path(name).exists()


def test_a_folder_that_is_the_home_is_left_alone(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "files")
    name = kept(store, b"x" * 100, 2 * HOUR)
    assert trim(store, 0, NOW - HOUR) == Trimmed()
    assert store.path(name).exists()


def test_what_was_on_its_way_when_a_process_was_killed_goes(store: FileStore) -> None:
    broken, going, part = (store.coming(name) for name in ("home-old", "home-new", "upload"))
    for path, ago in ((broken, 2 * HOUR), (going, timedelta(0)), (part, 2 * HOUR)):
        path.write_bytes(b"x")
        used(path, ago)
    trim(store, 100, NOW - HOUR)
    assert [path.exists() for path in (broken, going, part)] == [False, True, True]
