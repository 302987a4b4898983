"""A bucket as the home of the bytes: what is kept lies there whole, whatever breaks on the way."""

import hashlib
import random
from pathlib import Path

import obstore
import pytest
from obstore.store import S3Store

from records.bucket import PART, Bucket
from records.files import FileStore, Kept, Torn
from records.home import Reason, Unreachable
from tests.fakes.bucket import Cloud

BIG = random.Random(3).randbytes(2 * PART + 1_000_003)  # three parts


@pytest.fixture
def store(cloud: Cloud, tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files", cloud.home())


def come(store: FileStore, content: bytes) -> Path:
    path = store.coming()
    path.write_bytes(content)
    return path


def here(store: FileStore) -> list[bytes]:
    """What lies on the disk, whole or not."""
    return [path.read_bytes() for path in store.root.rglob("*") if path.is_file()]


@pytest.mark.parametrize("content", [b"", b"x", BIG], ids=["empty", "small", "in parts"])
def test_what_is_kept_lies_in_the_bucket_and_comes_back(store: FileStore, cloud: Cloud, content: bytes) -> None:
    kept = store.keep(come(store, content))
    assert cloud.objects() == {cloud.key(kept.sha256): content}
    store.path(kept.sha256).unlink()
    assert store.at_hand(kept.sha256).read_bytes() == content
    assert here(store) == [content]


def test_a_large_file_goes_in_parts(store: FileStore, cloud: Cloud) -> None:
    kept = store.keep(come(store, BIG))
    assert cloud.tag(cloud.key(kept.sha256)).endswith("-3")


def test_the_same_bytes_are_sent_once(store: FileStore, cloud: Cloud) -> None:
    first = store.keep(come(store, BIG))
    cloud.wire.sent = 0
    assert store.keep(come(store, BIG)) == first
    assert cloud.wire.sent < 10_000


def test_bytes_that_somebody_else_sent_in_other_parts_are_read_and_not_sent_again(
    store: FileStore, cloud: Cloud
) -> None:
    cloud.puts(cloud.key(hashlib.sha256(BIG).hexdigest()), BIG, part=PART - 1_000_000)
    store.keep(come(store, BIG))
    assert cloud.wire.sent < 10_000


@pytest.mark.parametrize("wrong", [b"x" * 8, b"longer than it was"], ids=["of the same size", "of another"])
def test_what_lies_there_and_is_something_else_is_replaced(store: FileStore, cloud: Cloud, wrong: bytes) -> None:
    key = cloud.key(hashlib.sha256(b"the true").hexdigest())
    cloud.puts(key, wrong)
    store.keep(come(store, b"the true"))
    assert cloud.objects() == {key: b"the true"}


def test_what_changed_on_the_disk_since_it_was_summed_is_not_kept(store: FileStore, cloud: Cloud) -> None:
    with pytest.raises(Unreachable, match="damaged"):
        store.keep(come(store, b"rotten"), sha256=hashlib.sha256(b"sound").hexdigest())
    assert cloud.objects() == {}


def test_a_service_that_keeps_something_else_is_not_believed(
    store: FileStore, cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = obstore.put

    def garbles(where: S3Store, name: str, file: Path, **_: object) -> None:
        put(where, name, b"?" * file.stat().st_size)

    monkeypatch.setattr(obstore, "put", garbles)
    coming = come(store, b"a photo")
    with pytest.raises(Unreachable, match="damaged"):
        store.keep(coming)
    assert here(store) == [b"a photo"]  # where it came, not where it is kept
    assert coming.exists()


def test_what_is_not_as_announced_is_not_sent(store: FileStore, cloud: Cloud) -> None:
    with pytest.raises(Torn):
        store.keep(come(store, b"torn"), size=5)
    assert cloud.objects() == {}


@pytest.mark.parametrize("room", [300, PART // 2, 2 * PART + PART // 10], ids=["at once", "in a part", "in the last"])
def test_an_upload_that_breaks_is_not_kept_and_succeeds_later(store: FileStore, cloud: Cloud, room: int) -> None:
    coming, cloud.wire.room = come(store, BIG), room
    with pytest.raises(Unreachable, match="trouble"):
        store.keep(coming)
    assert coming.exists()
    assert cloud.objects() == {}
    cloud.wire.mend()
    assert store.keep(coming) == Kept(hashlib.sha256(BIG).hexdigest(), len(BIG), "application/octet-stream")
    assert list(cloud.objects().values()) == [BIG]


def test_a_fetch_that_breaks_leaves_nothing_half(store: FileStore, cloud: Cloud) -> None:
    cloud.puts(cloud.key(hashlib.sha256(BIG).hexdigest()), BIG)
    cloud.wire.down = 1_000_000
    with pytest.raises(Unreachable, match="trouble"):
        store.at_hand(hashlib.sha256(BIG).hexdigest())
    assert here(store) == []


def test_two_machines_share_a_bucket(store: FileStore, cloud: Cloud, tmp_path: Path) -> None:
    other = FileStore(tmp_path / "other", cloud.home())
    kept = store.keep(come(store, b"a photo"))
    assert other.holds(kept.sha256, 7)
    assert here(other) == []  # asking brings nothing
    assert other.at_hand(kept.sha256).read_bytes() == b"a photo"
    other.delete(kept.sha256)
    assert (cloud.objects(), here(other)) == ({}, [])
    assert here(store) == [b"a photo"]  # until it is deleted here too


def test_what_is_damaged_there_is_not_taken_for_the_file(store: FileStore, cloud: Cloud) -> None:
    sha256 = hashlib.sha256(b"sound").hexdigest()
    cloud.puts(cloud.key(sha256), b"other")
    with pytest.raises(FileNotFoundError):
        store.at_hand(sha256)
    assert here(store) == []


def test_what_is_nowhere_is_gone(store: FileStore) -> None:
    with pytest.raises(FileNotFoundError):
        store.at_hand("a" * 64)
    assert not store.holds("a" * 64, 1)
    store.delete("a" * 64)


def test_without_the_bucket_nothing_is_gone_but_out_of_reach(store: FileStore, cloud: Cloud) -> None:
    kept = store.keep(come(store, b"a photo"))
    cloud.wire.cut()
    assert store.at_hand(kept.sha256).read_bytes() == b"a photo"
    with pytest.raises(Unreachable):
        store.at_hand("a" * 64)
    with pytest.raises(Unreachable):
        store.holds("a" * 64, 1)
    with pytest.raises(Unreachable):
        store.delete(kept.sha256)
    assert store.at_hand(kept.sha256).read_bytes() == b"a photo"


@pytest.mark.parametrize(
    ("change", "reason", "code"),
    [
        ({"secret": "wrong"}, "denied", "SignatureDoesNotMatch"),
        ({"key": "nobody"}, "denied", "InvalidAccessKeyId"),
        ({"url": "s3://no-such-bucket"}, "no bucket", "NoSuchBucket"),
        ({"endpoint": "http://127.0.0.1:9"}, "trouble", ""),
    ],
)
def test_what_is_wrong_is_named(cloud: Cloud, change: dict[str, str], reason: Reason, code: str) -> None:
    right = {"url": cloud.url, "key": cloud.server.key, "secret": cloud.server.secret, "endpoint": cloud.wire.url}
    with pytest.raises(Unreachable) as found:
        Bucket(**{**right, **change}, retries=0).try_out()
    assert (found.value.reason, found.value.code) == (reason, code)
    assert found.value.__suppress_context__  # its text holds keys


def test_trying_it_out_leaves_nothing(cloud: Cloud) -> None:
    cloud.home().try_out()
    assert cloud.objects() == {}
