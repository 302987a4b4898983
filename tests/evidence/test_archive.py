"""The ZIP that is made while it is sent: other programs open it, any part of it is the same as of the whole."""

import os
import random
import shutil
import subprocess
import tracemalloc
from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from core.clock import VIETNAM
from evidence import archive
from evidence.archive import PIECE, Archive, Entry

AT = datetime(2023, 12, 4, 8, 0, 2, tzinfo=VIETNAM)
MB = 1_000_000


def entries(folder: Path) -> list[Entry]:
    chance = random.Random(7)
    contents = {"Mục lục.xlsx": b"", "01 Kế hoạch/03 Cân đo/Ảnh.jpg": chance.randbytes(PIECE * 2 + 17)}
    contents |= {f"02 Thi/{n}.bin": chance.randbytes(chance.randrange(0, 3000)) for n in range(20)}
    made = []
    for number, (name, content) in enumerate(contents.items()):
        path = folder / f"{number}"
        path.write_bytes(content)
        made.append(Entry(name, len(content), f"{number}", AT, _lying(path) if number % 3 else content))
    return made


def whole(one: Archive) -> bytes:
    return b"".join(one.pieces())


def test_another_reader_finds_every_file_unharmed(tmp_path: Path) -> None:
    made = entries(tmp_path)
    one = Archive(made)
    data = whole(one)
    assert len(data) == one.size
    with ZipFile(BytesIO(data)) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == [entry.name for entry in made]
        for entry in made:
            content = entry.content if isinstance(entry.content, bytes) else entry.content().read_bytes()
            assert opened.read(entry.name) == content
            assert opened.getinfo(entry.name).date_time == AT.timetuple()[:6]


@pytest.mark.skipif(shutil.which("unzip") is None, reason="no unzip on the path")
def test_unzip_takes_it(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(whole(Archive(entries(tmp_path))))
    assert subprocess.run(["unzip", "-tq", tmp_path / "a.zip"], capture_output=True, check=False).returncode == 0


def test_any_part_is_the_same_as_of_the_whole(tmp_path: Path) -> None:
    made, chance = entries(tmp_path), random.Random(1)
    data = whole(Archive(made))
    cuts = [0, 1, len(data) - 1, len(data), *(chance.randrange(len(data)) for _ in range(150))]
    for begin in cuts:
        end = chance.randrange(begin, len(data) + 1)
        assert b"".join(Archive(made).pieces(begin, end)) == data[begin:end]
        assert b"".join(Archive(made).pieces(begin)) == data[begin:]


def test_it_goes_on_past_four_gigabytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same forms as for real, at a size that a test can write."""
    made = [Entry(f"{n}", 3 * 1024**3, f"{n}", AT, _lying(_sparse(tmp_path / f"{n}", 3 * 1024**3))) for n in range(2)]
    one = Archive([*made, Entry("cuối.txt", 3, "x", AT, b"abc")])
    tail = one.size - 400
    monkeypatch.setattr(one, "_sums", {0: 0, 1: 0})  # 6 GB are not read for it
    end = b"".join(one.pieces(tail))
    with ZipFile(_Far(end, tail)) as opened:
        assert opened.namelist() == ["0", "1", "cuối.txt"]
        assert [info.header_offset for info in opened.infolist()][2] > 0xFFFFFFFF
        assert opened.read("cuối.txt") == b"abc"


def _lying(path: Path) -> Callable[[], Path]:
    return lambda: path


def _sparse(path: Path, size: int) -> Path:
    with path.open("wb") as file:
        file.truncate(size)
    return path


class _Far(BytesIO):
    """The end of a file whose beginning is far away."""

    def __init__(self, data: bytes, at: int) -> None:
        super().__init__(data)
        self._at = at

    def seek(self, to: int, whence: int = os.SEEK_SET) -> int:
        return super().seek(to - self._at if whence == os.SEEK_SET else to, whence) + self._at

    def tell(self) -> int:
        return super().tell() + self._at


def test_a_file_that_changed_meanwhile_breaks_off_instead_of_lying(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 100)
    one = Archive([Entry("a", 100, "a", AT, _lying(path))])
    path.write_bytes(b"x" * 50)
    with pytest.raises(OSError, match="not of its size"):
        whole(one)


def test_what_is_too_large_for_one_entry_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        Archive([Entry("a", 1 << 32, "a", AT, b"")])


def test_the_tag_changes_with_what_is_in_it() -> None:
    def tag(found: Sequence[Entry]) -> str:
        return Archive(found).tag

    one = Entry("a", 1, "a", AT, b"a")
    assert tag([one]) == tag([one])
    assert len({tag([one]), tag([]), tag([one, one]), tag([Entry("a", 1, "b", AT, b"b")])}) == 4


def test_300_megabytes_go_through_without_being_held(tmp_path: Path) -> None:
    made = [Entry(f"{n}", 30 * MB, f"{n}", AT, _lying(_sparse(tmp_path / f"{n}", 30 * MB))) for n in range(10)]
    tracemalloc.start()
    try:
        count = sum(map(len, Archive(made).pieces()))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count > 300 * MB
    assert most < 4 * archive.PIECE
