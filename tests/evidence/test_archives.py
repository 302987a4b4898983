"""An archive is looked into: what lies in it is said, counts for the rules, and programs in it are refused."""

from itertools import count
from pathlib import Path

import pytest

from core.capabilities import ZALO_BOT
from core.texts import rules
from records import facts
from records.files import FileStore
from records.session import Begin
from scheduler.looking import Looker
from tests.evidence.stage import District
from tests.evidence.test_parts import AWARD
from tests.evidence.test_rules import WEIGHING as WEIGHING_AL
from tests.fakes.clock import StillClock
from tests.media.made import film
from tests.media.test_archives import JPEG, PROGRAM, archive, locked

WEIGHING = "cân đo lần 2"
PAPER = b"PK\x03\x04[Content_Types].xml word/"
PHOTOS = {f"anh/IMG_{n}.jpg": JPEG for n in range(10)}
TWELVE = {**PHOTOS, "a.docx": PAPER, "b.docx": PAPER}
_IDS = count(1)


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    district = District(begin, clock, tmp_path / "files")
    district.look = Looker(begin, FileStore(district.folder), clock).look
    return await district.opens()


def kept(here: District) -> list[Path]:
    return [path for path in here.folder.rglob("*") if path.is_file()]


async def gives(
    here: District, who: str, name: str, content: bytes, text: str = WEIGHING, kind: str = "document"
) -> str:
    """The receipt for one file."""
    id, before = f"z{next(_IDS)}", len(here.read_by(who))
    here.contents[id] = content
    file, is_ = {"kind": kind, "id": id, "name": name}, "voice" if kind == "voice" else "file"
    await here.school.receives(id, sender=who, kind=is_, files=[file], message_id=id, text=text)
    await here.school.works()
    await here.passes()
    return "\n".join(here.read_by(who)[before:])


async def test_the_receipt_says_what_lies_in_it_and_who_decides_reads_the_names(here: District) -> None:
    receipt = await gives(here, "huong", "bo-anh.zip", archive(TWELVE))
    assert "bo-anh.zip có 12 tệp: 10 ảnh, 2 Word." in receipt
    assert "Tệp a.docx có ghi tên" in receipt  # it is about health
    await here.says("huong", "vẫn nộp")
    [row] = await here.rows()
    shown = await here.says("hanh", f"/xemnop {row.code}")
    assert "bo-anh.zip có 12 tệp: 10 ảnh, 2 Word.\n- anh/IMG_0.jpg\n" in shown
    assert "- và 2 tệp nữa" in shown


async def test_it_is_never_unpacked(here: District) -> None:
    content = archive(TWELVE)
    await gives(here, "huong", "bo-anh.zip", content)
    assert [path.read_bytes() for path in kept(here)] == [content]


async def test_one_behind_a_password_is_asked_about(here: District) -> None:
    receipt = await gives(here, "huong", "kin.zip", locked(TWELVE))
    assert "Tệp nén kin.zip có mật khẩu, thầy/cô gửi lại tệp không khoá." in receipt
    assert "có ghi tên" not in receipt
    assert "Đã ghi là nộp" not in receipt
    assert [choice.label for choice in here.last("huong").choices] == [rules.SEND_AGAIN, rules.ANYWAY]
    await here.taps("huong", rules.SEND_AGAIN)
    assert "Đã ghi là nộp" in await gives(here, "huong", "mo.zip", archive(PHOTOS))
    assert [state for _, state in await here.states()] == ["withdrawn", "submitted"]


async def test_in_spite_of_it_the_office_reads_that_it_is_locked(here: District) -> None:
    await gives(here, "huong", "kin.zip", locked(TWELVE))
    await here.says("huong", "vẫn nộp")
    [row] = await here.rows()
    assert "Tệp nén kin.zip có mật khẩu" in await here.says("hanh", f"/xemnop {row.code}")


@pytest.mark.parametrize(
    ("name", "content", "which"),
    [("cài/đặt.exe", b"x", " (tệp .exe)"), ("ảnh.jpg", PROGRAM, ""), ("x.zip", archive({"y.js": b"y"}), " (tệp .js)")],
)
async def test_programs_in_it_are_refused_like_those_outside(
    here: District, name: str, content: bytes, which: str
) -> None:
    receipt = await gives(here, "huong", "bo-anh.zip", archive({**TWELVE, name: content}))
    assert f"bo-anh.zip có chương trình hoặc trang web bên trong{which} nên tôi không nhận." in receipt
    assert "Đã nhận" not in receipt
    assert kept(here) == []
    assert "Không có minh chứng nào" in await here.says("hanh", "/duyet")


async def test_one_that_would_fill_a_disk_is_asked_about_and_shown_to_nobody(here: District) -> None:
    receipt = await gives(here, "huong", "to.zip", archive({"a.bin": bytes(70 << 20)}))
    assert "Tệp nén to.zip mở ra quá lớn nên tôi không mở, thầy/cô gửi riêng từng tệp." in receipt
    assert "Đã ghi là nộp" not in receipt
    await here.says("huong", "vẫn nộp")
    [row] = await here.rows()
    assert "1 tệp chưa cho xem được: to.zip (không đọc được)" in await here.says("hanh", f"/xemnop {row.code}")
    async with here.begin() as session:
        assert await facts.shown(session, [row.id]) == []


async def test_a_torn_one_is_asked_about(here: District) -> None:
    receipt = await gives(here, "huong", "hong.zip", archive(TWELVE)[:-60])
    assert "Tệp nén hong.zip bị hỏng, không mở được, thầy/cô nén lại rồi gửi." in receipt


async def test_what_is_called_a_list_in_it_is_asked_about_where_figures_alone_are_taken(here: District) -> None:
    await here.knows("lien", "Ngô Thị Liên")
    for name, content, asked in (
        ("bo.zip", archive({"anh/1.jpg": JPEG, "anh/danh sách lớp 3TA.jpg": JPEG}), "anh/danh sách lớp 3TA.jpg"),
        ("so-lieu.zip", archive({"so lieu.xlsx": PAPER}), "so lieu.xlsx"),
        ("anh.zip", archive({"anh/1.jpg": JPEG}), ""),
    ):
        await here.says("lien", f"/nop {WEIGHING_AL}")
        receipt = await gives(here, "lien", name, content, "")
        assert (f"Tệp {asked} có ghi tên" in receipt) is bool(asked), receipt


async def test_the_parts_of_a_dossier_may_lie_in_one(here: District) -> None:
    await here.says("hanh", f"/nop {AWARD}")
    whole = {"1. To trinh.pdf": b"x", "2. bien ban hop.pdf": b"x", "BCTT.docx": PAPER}
    receipt = await gives(here, "hanh", "ho so.zip", archive(whole), "")
    assert "Hồ sơ đủ 3/3 phần." in receipt
    assert "ho so.zip có 3 tệp: 2 PDF, 1 Word." in receipt


async def test_on_zalo_the_listing_is_read_too(begin: Begin, clock: StillClock, tmp_path: Path) -> None:
    here = District(begin, clock, tmp_path / "files", "zalo_bot", ZALO_BOT)
    here.look = Looker(begin, FileStore(here.folder), clock).look
    await here.opens()
    long = archive({f"{'thư mục dài ' * 8}{n}.jpg": JPEG for n in range(40)})
    id = "up"
    here.contents[id] = long
    await here.school.receives(id, sender="huong", kind="voice", files=[{"kind": "voice", "id": id}], message_id=id)
    await here.school.works()
    await here.passes()
    assert "có 40 tệp: 40 ảnh." in "\n".join(here.read_by("huong"))


@pytest.mark.parametrize("seconds", [12.4, 65])
async def test_how_long_a_recording_is_is_said_to_both(here: District, seconds: float) -> None:
    receipt = await gives(here, "huong", "tin thoại.m4a", film(seconds, b"M4A "), WEIGHING, "voice")
    said = f"tin thoại.m4a dài {'0:12' if seconds < 60 else '1:05'}."
    assert said in receipt
    [row] = await here.rows()
    assert said in await here.says("hanh", f"/xemnop {row.code}")


async def test_a_voice_message_is_no_caption(here: District) -> None:
    """Nobody listens to it, and its name is no word of anybody: the task is asked for."""
    receipt = await gives(here, "huong", "cân đo lần 2.m4a", film(5, b"M4A "), "", "voice")
    assert "Đây là minh chứng của việc nào?" in receipt
    [row] = await here.rows()
    assert (row.caption, row.document_id) == ("", None)


async def test_nor_is_it_one_for_the_photos_that_come_with_it(here: District) -> None:
    here.contents["v"] = film(5, b"M4A ")
    await here.sends("huong", "p1")
    await here.school.receives("v", sender="huong", kind="voice", files=[{"kind": "voice", "id": "v"}], message_id="v")
    await here.school.works()
    await here.passes()
    [row] = await here.rows()
    assert (row.caption, row.state) == ("", "unplaced")
    assert "dài 0:05." in here.read_by("huong")[-1]
