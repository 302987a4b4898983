"""Files through the upload page: memory while many large ones come at once, and speed beside a plain write to disk."""

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp

MB = 1000**2
LARGE, COUNT = 200 * MB, 20  # of the memory's measure
AT_ONCE, ROUNDS = 4, 5  # of the speed's
_PIECE = bytes(range(256)) * 1024
_TUS = {"Tus-Resumable": "1.0.0"}


def run() -> None:
    """Both figures."""
    with _serving("nhacviec") as (server, address, pages):
        rest = _memory(server.pid)
        took = asyncio.run(_upload(address, pages, COUNT, LARGE))
        high = _memory(server.pid, "VmHWM")
        print(
            f"{COUNT} files of {LARGE // MB} MB at once: {high - rest:.0f} MB above rest ({rest:.0f} MB), {took:.0f} s"
        )
    for at_once in (1, AT_ONCE):
        _compare(at_once)


def _compare(at_once: int) -> None:
    """Each server gets the same files, in turns."""
    servers = "plain", "safe", "nhacviec"
    told: dict[str, list[float]] = {name: [] for name in (*servers, "disk")}
    for _ in range(ROUNDS):
        told["disk"].append(at_once * LARGE / MB / _write(at_once * LARGE))
        for name in servers:
            with _serving(name) as (_, address, pages):
                asyncio.run(_upload(address, pages, 1, MB))  # it has done it before
                told[name].append(at_once * LARGE / MB / asyncio.run(_upload(address, pages, at_once, LARGE)))
    plain, safe, ours, disk = (statistics.median(rates) for rates in told.values())
    print(f"{at_once} of {LARGE // MB} MB at once, MB/s (median of {ROUNDS}):")
    print(f"  the disk itself, written and flushed       {disk:>8.0f}")
    print(f"  aiohttp, still in memory                   {plain:>8.0f}")
    print(f"  aiohttp, on the disk                       {safe:>8.0f}")
    print(
        f"  nhacviec: on the disk, summed, looked at   {ours:>8.0f}   / aiohttp {ours / plain:.2f}, {ours / safe:.2f}"
    )


def _write(size: int) -> float:
    """Seconds that the disk takes for as many bytes: nobody who keeps them can be faster."""
    with tempfile.TemporaryFile(buffering=0) as file:
        began = time.perf_counter()
        for _ in range(size // len(_PIECE)):
            file.write(_PIECE)
        os.fsync(file.fileno())
        return time.perf_counter() - began


async def _upload(address: str, pages: list[str], count: int, size: int) -> float:
    """Seconds until the last is whole."""
    timeout = aiohttp.ClientTimeout(total=600)
    async with aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=0)) as client:
        began = time.perf_counter()
        await asyncio.gather(*(_one(client, address, pages, number, size) for number in range(count)))
        return time.perf_counter() - began


async def _one(client: aiohttp.ClientSession, address: str, pages: list[str], number: int, size: int) -> None:
    where, headers = f"{address}/{number}.bin", dict[str, str]()
    if pages:
        about = {"Upload-Length": str(size), "Upload-Metadata": f"filename {b64encode(b'%d.bin' % number).decode()}"}
        async with client.post(f"{address}{pages[number % len(pages)]}/files", headers=_TUS | about) as made:
            assert made.status == 201, made.status
            where = (
                f"{address}{made.headers['Location']}"
                if made.headers["Location"][0] == "/"
                else made.headers["Location"]
            )
        headers = _TUS | {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    headers |= {"Content-Length": str(size)}  # as browsers do
    async with client.patch(where, data=_body(number, size), headers=headers) as sent:
        assert sent.status == 204, await sent.text()


async def _body(number: int, size: int) -> AsyncIterator[bytes]:
    """Another content for every file."""
    yield number.to_bytes(8, "big")
    left = size - 8
    while left:
        yield _PIECE[:left]
        left -= min(left, len(_PIECE))


@contextmanager
def _serving(name: str) -> Iterator[tuple["subprocess.Popen[str]", str, list[str]]]:
    """The server in a process of its own, its address and its upload pages."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.uploads_servers", name, str(port), folder]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None
            _, *pages = server.stdout.readline().split()
            yield server, f"http://127.0.0.1:{port}", pages
        finally:
            server.terminate()
            server.wait(20)


def _memory(process: int, what: str = "VmRSS") -> float:
    """MB, as Linux counts it."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition(f"{what}:")[2].split()[0]) / 1000
