"""A look in a process of its own: whatever the file does, an answer comes and nothing stays behind."""

import asyncio
import sys
from pathlib import Path

import pytest
from PIL import Image

from core.media import Looked
from media import process
from media.folder import clean_copy
from media.look import look
from media.process import examine
from tests.media.made import film, photo, put, saved, telling_jpeg, zipped

KINDS = {
    "picture": telling_jpeg(6),
    "document": zipped({"word/document.xml": b"<x/>", "docProps/app.xml": b"<Pages>3</Pages>"}),
    "film": film(2.5),
    "torn": telling_jpeg()[:5000],
    "empty": b"",
}


@pytest.mark.parametrize("kind", KINDS)
async def test_a_process_sees_what_a_look_sees(kind: str, tmp_path: Path) -> None:
    path = put(tmp_path, KINDS[kind])
    assert await examine(path, tmp_path / "ảnh của tôi") == look(path, tmp_path / "out")


async def test_a_picture_of_a_hundred_million_points_stays_within_memory(tmp_path: Path) -> None:
    for mode, trouble in (("RGB", "bomb"), ("L", "")):
        path = put(tmp_path, saved(Image.new(mode, (10_000, 10_000)), "PNG", compress_level=1))
        seen = await examine(path, tmp_path / "out", memory=450 << 20)
        assert (seen.width, seen.height, seen.trouble) == (10_000, 10_000, trouble)


async def test_a_look_that_takes_too_long_ends(tmp_path: Path) -> None:
    path = put(tmp_path, saved(photo(), "PNG"))
    seen = await examine(path, tmp_path / "out", timeout=0.01)
    assert seen == Looked("image/png", trouble="bomb")
    assert clean_copy(tmp_path / "out") is None


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited by Linux")
async def test_a_look_that_takes_too_much_memory_ends(tmp_path: Path) -> None:
    path = put(tmp_path, saved(Image.new("RGB", (7000, 7000)), "PNG", compress_level=1))
    assert (await examine(path, tmp_path / "out", memory=200 << 20)).trouble == "bomb"
    assert clean_copy(tmp_path / "out") is None


async def test_a_file_that_is_not_there_is_broken(tmp_path: Path) -> None:
    seen = await examine(tmp_path / "nothing", tmp_path / "out")
    assert seen == Looked("application/octet-stream", trouble="broken")


@pytest.mark.parametrize(
    ("start", "trouble"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "bomb"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "broken"),
        ("import sys; sys.exit(3)", "broken"),
        ("print('{}')", "broken"),
        ("print('[]')", "broken"),
        ('print(\'{"trouble": "none of ours"}\')', "broken"),
        ("print('x' * 1_000_000)", "broken"),
        ("import sys\nwhile True: sys.stdout.write('x' * 1000)", "broken"),
        ("import sys\nwhile True: sys.stdout.write('{}\\n' * 1000)", "bomb"),
        ("import time; time.sleep(100)", "bomb"),
        ("import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(); time.sleep(100)", "bomb"),
        ("import os; os.close(1); import time; time.sleep(100)", "bomb"),
    ],
)
async def test_a_process_in_the_hands_of_the_file_does_no_harm(
    start: str, trouble: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "_START", start)
    seen = await examine(put(tmp_path, telling_jpeg()), tmp_path / "out", timeout=2)
    assert seen == Looked("image/jpeg", trouble=trouble)  # type: ignore[arg-type]


async def test_the_process_knows_no_settings_and_reads_no_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NHACVIEC_SECRET", "token")
    told = tmp_path / "told"
    start = "import os, sys; open(sys.argv[3], 'w').write(repr(dict(os.environ)) + repr(sys.stdin.read()))"
    monkeypatch.setattr(process, "_START", start)
    await examine(put(tmp_path, b"x"), told)
    assert "token" not in told.read_text()
    assert told.read_text().endswith("''")


@pytest.mark.skipif(sys.platform != "linux", reason="processes are seen in /proc")
async def test_a_look_that_is_given_up_leaves_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = "import os, sys, time; open(sys.argv[3], 'w').write(str(os.getpid())); time.sleep(100)"
    monkeypatch.setattr(process, "_START", note)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(1):
            await examine(put(tmp_path, b"x"), tmp_path / "told")
    assert not is_running((tmp_path / "told").read_text())


def is_running(number: str) -> bool:
    return Path(f"/proc/{number}").exists()
