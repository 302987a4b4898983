"""Files that are made to harm, or are not what they are called: what the sender reads of each, and what others see."""

import struct
import zlib
from itertools import count
from pathlib import Path

import pytest

from core.capabilities import ZALO_BOT
from core.texts import evidence as texts
from core.texts import joining
from records import facts
from records.files import FileStore
from records.session import Begin
from scheduler.looking import Looker
from tests.evidence.stage import UNIT, District
from tests.evidence.test_closed_units import closes
from tests.fakes.clock import StillClock
from tests.media.made import photo, saved, telling_jpeg
from tests.media.test_archives import JPEG, archive

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

SAID = "cân đo lần 2"
UNREAD = "tôi không đọc được nên người duyệt sẽ không xem được. Thầy/cô gửi bản khác giúp tôi."
PICTURE = saved(photo(1), "JPEG")
_IDS = count(1)


def png(width: int, height: int, *notes: bytes) -> bytes:
    """The head of a picture of this size, with next to nothing in it."""
    parts = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), *((b"zTXt", note) for note in notes)]
    parts += [(b"IDAT", zlib.compress(bytes(100))), (b"IEND", b"")]
    body = (
        len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big") for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


def exif_bomb() -> bytes:
    """A directory of notes that names itself as the next, and says that it has 60,000 entries."""
    ifd = b"Exif\0\0MM\0*\0\0\0\x08" + (60_000).to_bytes(2, "big") + b"\x87\x69\0\4\0\0\0\1\0\0\0\x08" * 5_000
    return PICTURE[:2] + b"\xff\xe1" + (len(ifd) + 2).to_bytes(2, "big") + ifd + PICTURE[2:]


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    district = District(begin, clock, tmp_path / "files")
    district.look = Looker(begin, FileStore(district.folder), clock).look
    return await district.opens()


async def gives(here: District, name: str, content: bytes, who: str = "huong") -> str:
    """All that the sender reads of one file."""
    id, before = f"b{next(_IDS)}", len(here.read_by(who))
    here.contents[id] = content
    file = {"kind": "document", "id": id, "name": name}
    await here.school.receives(id, sender=who, kind="file", files=[file], message_id=id, text=SAID)
    await here.school.works()
    await here.passes()
    return "\n".join(here.read_by(who)[before:])


async def shown(here: District) -> list[tuple[str, bytes]]:
    """What the office is shown of the last: names and bytes."""
    async with here.begin() as session:
        found = await facts.shown(session, [(await here.rows())[-1].id])
    return [(file.name, FileStore(here.folder).path(file.sha256).read_bytes()) for _, _, file in found]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lớn.png", png(10_001, 10_000)),
        ("khổng lồ.png", png(60_000, 60_000)),
        ("hỏng.jpg", PICTURE[: len(PICTURE) // 2]),
    ],
)
async def test_a_picture_that_cannot_be_read_is_said_so_and_shown_to_nobody(
    here: District, name: str, content: bytes
) -> None:
    said = await gives(here, name, content)
    assert said.startswith(f"Đã nhận {name}")
    assert f"⚠️ {name}: {UNREAD}" in said
    assert await shown(here) == []
    seen = await here.says("hanh", f"/xemnop {(await here.rows())[-1].code}")
    assert f"⚠️ 1 tệp chưa cho xem được: {name} (không đọc được)." in seen


async def test_a_note_that_unpacks_to_a_gigabyte_does_no_harm(here: District) -> None:
    said = await gives(here, "ghi chú.png", png(640, 480, b"Comment\0\0" + zlib.compress(bytes(100 << 20))))
    assert said.startswith("Đã nhận ghi chú.png")
    assert f"⚠️ ghi chú.png: {UNREAD}" in said


async def test_exif_without_end_is_left_out_and_the_picture_is_seen(here: District) -> None:
    said = await gives(here, "exif.jpg", exif_bomb())
    assert "Đã ghi là nộp" in said
    assert "⚠️" not in said
    [(_, seen)] = await shown(here)
    assert b"Exif" not in seen


@pytest.mark.parametrize("ending", ["zip", "docx"])
async def test_what_unpacks_without_end_is_said_so_and_shown_to_nobody(here: District, ending: str) -> None:
    more = {"[Content_Types].xml": b"<x/>", "word/document.xml": bytes(70 << 20)} if ending == "docx" else {}
    said = await gives(here, f"bom.{ending}", archive({"a.bin": bytes(70 << 20)} | more))
    assert f"⚠️ bom.{ending}: {UNREAD}" in said
    assert await shown(here) == []


async def test_a_picture_that_is_an_archive_too_is_shown_without_it(here: District) -> None:
    hidden = archive({"chay.exe": b"MZ\0\0"})
    assert "Đã ghi là nộp" in await gives(here, "ảnh.jpg", telling_jpeg() + hidden)
    [(_, seen)] = await shown(here)
    assert b"PK\x03\x04" not in seen
    assert seen.startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    ("name", "content", "seen_as"),
    [
        ("báo cáo.pdf", telling_jpeg(), "báo cáo.jpg"),
        ("ảnh.jpg", b"%PDF-1.4\n1 0 obj\n", "ảnh.jpg"),
        ("a.mp4", PICTURE, "a.jpg"),
    ],
)
async def test_what_is_called_otherwise_is_taken_for_what_it_is(
    here: District, name: str, content: bytes, seen_as: str
) -> None:
    assert f"Đã nhận {name}" in await gives(here, name, content)
    [(called, seen)] = await shown(here)
    assert called == seen_as
    assert b"GPS" not in seen


async def test_the_same_name_with_other_content_is_another_file(here: District) -> None:
    await gives(here, "bảng.jpg", PICTURE)
    await gives(here, "bảng.jpg", saved(photo(2), "JPEG"))
    assert len({content for _, content in await shown(here)}) == 1
    assert len(await here.rows()) == 2


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\Windows\\system32\\a.jpg", "a.jpg"),
        ("/tuyệt/đối.jpg", "đối.jpg"),
        ("ảnh\u202egpj.exe.jpg", "ảnhgpj.exe.jpg"),
        ("a\nb\tc.jpg", "a b c.jpg"),
        ("..", "tệp.jpg"),
    ],
)
async def test_names_lead_nowhere(here: District, name: str, read: str) -> None:
    said = await gives(here, name, PICTURE)
    assert said.startswith(f"Đã nhận {read} (") or said.startswith("Đã nhận a"), said
    assert "/" not in said.split(" lúc ")[0]
    inside = [path.relative_to(here.folder).parts[0] for path in here.folder.rglob("*") if path.is_file()]
    assert all(len(folder) == 2 for folder in inside)


async def test_an_empty_file_is_said_to_be_empty(here: District) -> None:
    await gives(here, "trống.pdf", b"")
    for _ in range(6):
        await here.passes()
    [said] = here.read_by("huong")
    assert said.startswith("trống.pdf không có gì bên trong nên tôi chưa lưu.")
    assert [state for _, state in await here.states()] == ["coming"]


async def test_an_album_for_a_task_that_is_gone_is_kept_whole_and_asked_about_once(here: District) -> None:
    await here.says("huong", "/nop 2.52")
    volumes = here.school.index.volumes
    here.school.index = type(here.school.index).of(
        [one.shelved for one in volumes if one.shelved.id != 2], here.school.index.tree
    )
    before = len(here.read_by("huong"))
    here.contents |= {f"p{n}": JPEG + bytes([n]) for n in range(10)}
    await here.sends("huong", *(f"p{n}" for n in range(10)), album="g")
    await here.passes()
    [said] = here.read_by("huong")[before:]
    assert said.startswith("Đã nhận 10 ảnh")
    assert "Đã ghi là nộp" not in said
    assert f"{texts.TASK_GONE}\n" in said
    assert "Thầy/cô gõ tên việc kèm mã giúp tôi" in said
    assert "10 tệp ảnh.jpg: tôi không đọc được" in said
    [row] = await here.rows()
    assert len(await here.files_of(row.id)) == 10


async def test_a_stranger_is_told_how_to_join_and_nothing_is_kept(here: District) -> None:
    assert await gives(here, "a.jpg", PICTURE, "la") == joining.unknown_sender(phone=True)
    assert (await here.rows(), [path for path in here.folder.rglob("*") if path.is_file()]) == ([], [])


async def test_on_zalo_a_stranger_reads_the_same(begin: Begin, clock: StillClock, tmp_path: Path) -> None:
    here = await District(begin, clock, tmp_path / "files", "zalo_bot", ZALO_BOT).opens()
    await here.sends("la", "p")
    assert here.read_by("la") == [joining.UNKNOWN_SENDER]


async def test_from_a_school_that_is_no_more_it_is_kept_and_its_office_sees_it(here: District) -> None:
    closes(here, UNIT)
    assert "Đã ghi là nộp" in await gives(here, "a.jpg", PICTURE)
    assert "1 lần nộp" in await here.says("hanh", "/duyet")


async def test_from_a_school_that_nobody_knows_any_more_it_is_said_that_nothing_is_kept(here: District) -> None:
    tree = here.school.index.tree
    left = type(tree).of(unit for code, unit in tree.units.items() if code != UNIT)
    here.school.index = type(here.school.index).of([one.shelved for one in here.school.index.volumes], left)
    said = await gives(here, "a.jpg", PICTURE)
    assert said
    assert "Đã nhận" not in said
    assert await here.rows() == []
