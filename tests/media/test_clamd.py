"""The scanner's daemon is asked by its own protocol; whatever it does instead of answering has a name."""

import tracemalloc
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.errors import ScanFailed
from core.scan import Scan, Verdict
from media.clamd import Clamd, Version
from tests.fakes.clamd import HARM, NAME, FakeClamd

LONG = 5.0  # seconds; nothing here takes that long


@pytest.fixture(params=["tcp", "unix"])
async def server(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[FakeClamd]:
    async with FakeClamd(tmp_path if request.param == "unix" else None) as server:
        yield server


async def scanned(server: FakeClamd, data: bytes, folder: Path) -> Verdict:
    (folder / "file").write_bytes(data)
    return await Clamd(server.address).scan(folder / "file", timeout=LONG)


@pytest.mark.parametrize("data", [b"", b"x", bytes(range(256)) * 3000], ids=len)
async def test_every_byte_is_scanned(server: FakeClamd, tmp_path: Path, data: bytes) -> None:
    server.limit = 10**6
    assert await scanned(server, data, tmp_path) == Verdict(Scan.CLEAN)
    assert server.scanned == [data]


async def test_what_is_found_is_named(server: FakeClamd, tmp_path: Path) -> None:
    assert await scanned(server, b"a" * 9000 + HARM, tmp_path) == Verdict(Scan.FOUND, NAME)


@pytest.mark.parametrize("size", [100_001, 20 * 10**6])
async def test_a_file_too_large_is_told_apart_from_a_scanner_that_is_away(
    server: FakeClamd, tmp_path: Path, size: int
) -> None:
    assert await scanned(server, b"x" * size, tmp_path) == Verdict(Scan.TOO_LARGE)


async def test_a_limit_within_the_file_is_no_malware(server: FakeClamd, tmp_path: Path) -> None:
    server.says = "stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND"
    assert await scanned(server, b"x", tmp_path) == Verdict(Scan.TOO_LARGE)


@pytest.mark.parametrize(
    ("says", "reason"),
    [
        ("stream: Can't allocate memory ERROR", "refused"),
        ("UNKNOWN COMMAND", "not understood"),
        ("HTTP/1.1 400 Bad Request", "not understood"),
        ("x" * 5000, "not understood"),
    ],
)
async def test_an_answer_that_says_neither_is_no_verdict(
    server: FakeClamd, tmp_path: Path, says: str, reason: str
) -> None:
    server.says = says
    with pytest.raises(ScanFailed, match=reason):
        await scanned(server, b"x", tmp_path)


async def test_a_connection_that_is_cut_is_no_verdict(server: FakeClamd, tmp_path: Path) -> None:
    server.cuts = True
    with pytest.raises(ScanFailed, match="broken off|unreachable"):
        await scanned(server, b"x" * 90_000, tmp_path)


async def test_a_scanner_that_never_answers_is_waited_for_no_longer_than_allowed(
    server: FakeClamd, tmp_path: Path
) -> None:
    server.says = None
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(ScanFailed, match="timeout"):
        await Clamd(server.address).scan(tmp_path / "file", timeout=0.1)


async def test_a_scanner_that_is_not_there(server: FakeClamd, tmp_path: Path) -> None:
    await server.stops()
    with pytest.raises(ScanFailed, match="unreachable"):
        await scanned(server, b"x", tmp_path)
    await server.starts()


async def test_a_host_by_name_is_tried_at_each_of_its_addresses(tmp_path: Path) -> None:
    async with FakeClamd() as server:  # at 127.0.0.1 alone; "localhost" may be ::1 first
        (tmp_path / "file").write_bytes(b"x")
        address = server.address.replace("127.0.0.1", "localhost")
        assert await Clamd(address).scan(tmp_path / "file", timeout=LONG) == Verdict(Scan.CLEAN)


async def test_a_large_file_is_never_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "film"
    with path.open("wb") as file:
        file.truncate(64 * 10**6)
    async with FakeClamd(limit=10**9, keeps=False) as server:
        tracemalloc.start()
        try:
            assert await Clamd(server.address).scan(path, timeout=LONG) == Verdict(Scan.CLEAN)
            assert tracemalloc.get_traced_memory()[1] < 4 * 10**6
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize(
    ("says", "version"),
    [
        (
            "ClamAV 1.4.6/27500/Sun Dec  3 09:30:00 2023",
            Version("ClamAV 1.4.6", datetime(2023, 12, 3, 9, 30, tzinfo=UTC)),
        ),
        ("ClamAV 1.4.6", Version("ClamAV 1.4.6", None)),
        ("ClamAV 1.4.6/27500/someday", Version("ClamAV 1.4.6", None)),
    ],
)
async def test_the_version_tells_how_old_the_signatures_are(server: FakeClamd, says: str, version: Version) -> None:
    server.version = says
    assert await Clamd(server.address).version(timeout=LONG) == version


async def test_somebody_else_at_the_address_is_no_scanner(server: FakeClamd) -> None:
    server.says = "SSH-2.0-OpenSSH"
    with pytest.raises(ScanFailed, match="not understood"):
        await Clamd(server.address).version(timeout=LONG)
