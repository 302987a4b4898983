"""Archives are looked into and never unpacked: names, sizes, programs; what is made to harm does none."""

import asyncio
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from core.media import LISTED, Inside, Member
from media.archives import MOST_MEMBERS
from media.look import look
from media.process import examine
from tests.media.made import put

PROGRAM = b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0" + bytes(100)
JPEG = b"\xff\xd8\xff\xe0" + bytes(50)


def archive(members: dict[str, bytes], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", packed) as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    return made.getvalue()


def locked(members: dict[str, bytes]) -> bytes:
    """As behind a password: every file says so of itself, where it begins and in the list at the end."""
    made = bytearray(archive(members))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = made.find(mark)
        while start >= 0:
            made[start + at] |= 1
            start = made.find(mark, start + 4)
    return bytes(made)


def test_it_is_told_what_lies_in_it(tmp_path: Path) -> None:
    content = archive({"Ảnh/một.jpg": JPEG, "Ảnh/": b"", "báo cáo.docx": b"PK\x03\x04" + bytes(9), "trống.txt": b""})
    path = put(tmp_path, content)
    seen = look(path, tmp_path / "out")
    assert asyncio.run(examine(path, tmp_path / "out")) == seen
    members = Member("Ảnh/một.jpg", 54), Member("báo cáo.docx", 13), Member("trống.txt", 0)
    assert (seen.mime, seen.trouble, seen.inside) == ("application/zip", "", Inside(3, 67, members))
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["handed-in"]


def test_what_systems_leave_behind_is_no_file(tmp_path: Path) -> None:
    content = archive({"a.jpg": JPEG, "__MACOSX/._a.jpg": b"x", "x/.DS_Store": b"x", "x/Thumbs.db": b"x"})
    seen = look(put(tmp_path, content), tmp_path / "out")
    assert seen.inside is not None
    assert seen.inside.members == (Member("a.jpg", 54),)


def test_of_many_files_the_first_are_named_and_all_counted(tmp_path: Path) -> None:
    seen = look(put(tmp_path, archive({f"{n}.jpg": b"x" for n in range(500)})), tmp_path / "out")
    assert seen.inside is not None
    assert (seen.inside.count, seen.inside.size, len(seen.inside.members)) == (500, 500, LISTED)


@pytest.mark.parametrize(
    ("name", "content", "ending"),
    [
        ("phim/xem.EXE", b"x", ".exe"),
        ("trang.html", b"<html>", ".html"),
        ("ảnh.jpg", PROGRAM, ""),
        ("ảnh.jpg .", PROGRAM, ""),
        ("a.bat.", b"x", ".bat"),
        ("trong.zip", archive({"sâu.zip": archive({"x.js": b"x"})}), ".js"),
        ("trong.dat", archive({"x.js": b"x"}), ".js"),
    ],
)
def test_programs_are_found_by_name_or_content_however_deep(
    name: str, content: bytes, ending: str, tmp_path: Path
) -> None:
    seen = look(put(tmp_path, archive({"a.jpg": JPEG, name: content})), tmp_path / "out")
    assert seen.inside is not None
    assert seen.inside.programs == (ending,)


def test_archives_within_count_with_what_is_in_them(tmp_path: Path) -> None:
    content = archive({"lop/3ta.zip": archive({"a.jpg": JPEG, "b.jpg": JPEG}), "c.pdf": b"%PDF-"})
    seen = look(put(tmp_path, content), tmp_path / "out")
    assert seen.inside is not None
    assert [one.name for one in seen.inside.members] == ["lop/3ta.zip/a.jpg", "lop/3ta.zip/b.jpg", "c.pdf"]


def test_too_deep_too_large_or_broken_ones_are_not_looked_into(tmp_path: Path) -> None:
    deep = archive({"4.zip": archive({"a.jpg": JPEG})})
    for _ in range(2):
        deep = archive({"x.zip": deep})
    large = archive({"a.jpg": bytes(33 << 20)}, zipfile.ZIP_STORED)
    content = archive({"sâu.zip": deep, "to.zip": large, "hỏng.zip": b"PK\x03\x04" + bytes(60)})
    seen = look(put(tmp_path, content), tmp_path / "out")
    assert seen.inside is not None
    assert (seen.inside.count, seen.inside.shut, seen.trouble) == (3, 3, "")


def test_behind_a_password_nothing_is_read_but_a_program_is_one(tmp_path: Path) -> None:
    seen = look(put(tmp_path, locked({"a.jpg": JPEG})), tmp_path / "out")
    assert seen.trouble == "encrypted"
    harmful = look(put(tmp_path, locked({"a.exe": PROGRAM})), tmp_path / "out")
    assert harmful.inside is not None
    assert harmful.inside.programs == (".exe",)
    assert look(put(tmp_path, archive({"a.zip": locked({"a.jpg": JPEG})})), tmp_path / "out").trouble == "encrypted"


@pytest.mark.parametrize(
    "content",
    [
        archive({"a.bin": bytes(70 << 20)}),
        archive({"a.zip": archive({"a.bin": bytes(70 << 20)})}),
        archive({f"{n}": b"" for n in range(MOST_MEMBERS + 1)}),
        archive({f"{n}.zip": archive({f"{m}": b"" for m in range(7000)}) for n in range(3)}),
    ],
    ids=["zeros", "zeros within", "many", "many within"],
)
async def test_what_is_made_to_fill_a_disk_is_not_looked_into(content: bytes, tmp_path: Path) -> None:
    seen = await examine(put(tmp_path, content), tmp_path / "out")
    assert (seen.trouble, seen.inside) == ("bomb", None)


async def test_one_that_lies_of_its_size_costs_no_memory(tmp_path: Path) -> None:
    """It says that 200 MB are ten bytes: no more than the first bytes are read."""
    made = bytearray(archive({"a.jpg": bytes(200 << 20)}))
    start = made.find(b"PK\x01\x02")
    made[start + 24 : start + 28] = (10).to_bytes(4, "little")
    seen = await examine(put(tmp_path, bytes(made)), tmp_path / "out", memory=150 << 20)
    assert seen.trouble in ("", "broken")


@pytest.mark.parametrize("cut", [30, 100])
async def test_a_torn_one_is_broken(cut: int, tmp_path: Path) -> None:
    content = archive({"a.jpg": JPEG * 20, "b.jpg": bytes(range(256))}, zipfile.ZIP_STORED)
    seen = await examine(put(tmp_path, content[:-cut]), tmp_path / "out")
    assert (seen.mime, seen.trouble, seen.inside) == ("application/zip", "broken", None)


def test_paths_that_lead_out_and_signs_that_nobody_sees_are_left_out_of_names(tmp_path: Path) -> None:
    content = archive({"../../etc/a.jpg": b"x", "C:\\x\\b.jpg": b"x", "/c.jpg": b"x", "d\n\u202egpj.jpg": b"x"})
    seen = look(put(tmp_path, content), tmp_path / "out")
    assert seen.inside is not None
    assert [one.name for one in seen.inside.members] == ["etc/a.jpg", "C:/x/b.jpg", "c.jpg", "d  gpj.jpg"]


def test_names_in_utf8_are_read_also_where_the_archive_does_not_say_so(tmp_path: Path) -> None:
    made = bytearray(archive({"Biên bản.jpg": JPEG}))
    for mark, at in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        made[made.find(mark) + at] &= ~8 & 0xFF
    seen = look(put(tmp_path, bytes(made)), tmp_path / "out")
    assert seen.inside is not None
    assert seen.inside.members[0].name == "Biên bản.jpg"


def test_a_document_that_is_packed_so_is_no_archive(tmp_path: Path) -> None:
    content = archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"})
    assert look(put(tmp_path, content), tmp_path / "out").inside is None
