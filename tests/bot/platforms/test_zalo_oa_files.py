"""Pictures and documents through an Official Account, out and in, over real HTTP."""

import hashlib
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.platforms.zalo_oa import ZaloOA
from core.errors import FetchFailed, SendFailed
from core.message import Address, Choice, FileOut, FileRef, Inbound, Outbound
from tests.fakes.clock import StillClock
from tests.fakes.zalo_bot_faults import Fault
from tests.fakes.zalo_cdn import JPEG
from tests.fakes.zalo_oa_people import PDF, Person
from tests.fakes.zalo_oa_server import OneGrant, ZaloOAServer
from tests.fakes.zalo_oa_world import APP_ID

CS = "/v3.0/oa/message/cs"
IMAGE = "/v2.0/oa/upload/image"
FILE = "/v2.0/oa/upload/file"
MB = 1024 * 1024
Make = Callable[..., FileOut]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A file of ours by name; `url` as on an installation with a public address."""

    def one(name: str, mime: str, content: bytes, url: str = "https://nhacviec.example.vn/f/abc") -> FileOut:
        path = tmp_path / hashlib.sha256(content).hexdigest()
        path.write_bytes(content)
        return FileOut(name, mime, len(content), path, url)

    return one


def to(person: Person, text: str, *files: FileOut, **more: Any) -> Outbound:
    return Outbound(Address("zalo_oa", person.id), text, files=files, **more)


def heard(server: ZaloOAServer, oa: ZaloOA, act: Callable[[], object]) -> Inbound:
    """What the bot understands of it."""
    events: list[Any] = []
    server.world.emit = events.append
    act()
    found = oa.read(server.webhook.signed(events[-1])[0])
    assert found is not None
    return found


@pytest.mark.covers("E2.4", "E2.3")
async def test_the_words_stand_below_the_first_picture(
    oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person, make: Make
) -> None:
    await oa.send(to(hoa, "Biểu đồ tháng 12", make("a.jpg", "image/jpeg", JPEG), make("k.pdf", "application/pdf", PDF)))
    assert oa_server.transcript(hoa) == ["Nhắc Việc: (image a.jpg) Biểu đồ tháng 12", "Nhắc Việc: (file k.pdf)"]
    assert [message["content"] for message in hoa.user.messages.values()] == [JPEG, PDF]


async def test_a_large_file_goes_out_whole(oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person, make: Make) -> None:
    large = PDF + b"0" * (4 * MB)
    await oa.send(to(hoa, "", make("k.pdf", "application/pdf", large)))
    assert [message["content"] == large for message in hoa.user.messages.values()] == [True]


async def test_a_file_that_is_kept_no_longer_becomes_an_address(
    oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person, make: Make
) -> None:
    gone = make("k.pdf", "application/pdf", PDF)
    gone.path.unlink()
    await oa.send(to(hoa, "Kế hoạch", gone))
    assert "https://nhacviec.example.vn/f/abc" in oa_server.transcript(hoa)[0]


async def test_words_with_buttons_stand_above(oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person, make: Make) -> None:
    picture = make("a.jpg", "image/jpeg", JPEG)
    await oa.send(to(hoa, "Chọn:", picture, choices=(Choice("Một", "mk3f9q2ab:1"),)))
    assert oa_server.transcript(hoa) == ["Nhắc Việc: Chọn: [Một]", "Nhắc Việc: (image a.jpg)"]


async def test_files_alone_need_no_words(oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person, make: Make) -> None:
    await oa.send(to(hoa, "", make("k.docx", "application/octet-stream", PDF)))
    assert oa_server.transcript(hoa) == ["Nhắc Việc: (file k.docx)"]


@pytest.mark.covers("E2.4")
@pytest.mark.parametrize(
    ("name", "mime", "content"),
    [
        ("bang.xlsx", "application/octet-stream", b"PK"),
        ("lon.pdf", "application/pdf", b"%PDF" + b"0" * 5 * MB),
        ("lon.jpg", "image/jpeg", JPEG + b"0" * MB),
        ("dong.gif", "image/gif", b"GIF89a"),
        ("gia.jpg", "image/jpeg", b"not a picture at all"),
    ],
)
async def test_what_the_service_does_not_carry_becomes_an_address(
    oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person, make: Make, name: str, mime: str, content: bytes
) -> None:
    await oa.send(to(hoa, "Tài liệu:", make(name, mime, content)))
    [line] = oa_server.transcript(hoa)
    assert line == f"Nhắc Việc: Tài liệu:\n\nTệp: {name}\nhttps://nhacviec.example.vn/f/abc"
    await oa.send(to(hoa, "Tài liệu:", make(name, mime, content, "")))
    assert name in oa_server.transcript(hoa)[-1]
    assert "không gửi được" in oa_server.transcript(hoa)[-1]


@pytest.mark.covers("E2.4")
async def test_a_file_is_uploaded_once_in_seven_days(
    oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person, make: Make, clock: StillClock
) -> None:
    picture = make("a.jpg", "image/jpeg", JPEG)
    for _ in range(2):
        await oa.send(to(hoa, "Ảnh", picture))
    assert len(oa_server.asked(IMAGE)) == 1
    clock.move(timedelta(days=7))
    await oa.send(to(hoa, "Ảnh", picture))
    assert len(oa_server.asked(IMAGE)) == 2


@pytest.mark.covers("E2.4")
@pytest.mark.parametrize("code", [-100, -155])
async def test_an_upload_that_the_service_forgot_is_made_again(
    oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person, make: Make, code: int
) -> None:
    paper = make("k.pdf", "application/pdf", PDF)
    await oa.send(to(hoa, "", paper))
    oa_server.fail(Fault(CS, code=code))
    await oa.send(to(hoa, "", paper))
    assert len(oa_server.asked(FILE)) == 2
    assert oa_server.transcript(hoa) == ["Nhắc Việc: (file k.pdf)"] * 2
    oa_server.world.uploads.clear()
    await oa.send(to(hoa, "", paper))
    assert len(oa_server.asked(FILE)) == 3
    oa_server.world.uploads.clear()
    paper.path.unlink()
    await oa.send(to(hoa, "", paper))
    assert oa_server.transcript(hoa)[-1] == "Nhắc Việc: Tệp: k.pdf\nhttps://nhacviec.example.vn/f/abc"


@pytest.mark.covers("E2.4")
async def test_an_upload_that_fails_sends_nothing_by_halves(
    oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person, make: Make
) -> None:
    oa_server.world.switches.uploads = 0
    with pytest.raises(SendFailed) as failed:
        await oa.send(to(hoa, "Ảnh", make("a.jpg", "image/jpeg", JPEG)))
    assert failed.value.retry_in == timedelta(hours=1)
    assert oa_server.transcript(hoa) == []


async def test_a_group_takes_pictures_and_files_too(
    oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person, make: Make
) -> None:
    group = oa_server.group("Tổ Lá", hoa)
    files = (make("a.png", "image/png", b"\x89PNG\r\n"), make("k.doc", "application/msword", b"\xd0\xcf"))
    await oa.send(Outbound(Address("zalo_oa", group.id), "Gửi cả tổ", group=True, files=files))
    assert oa_server.transcript(group) == ["Nhắc Việc: (image a.png) Gửi cả tổ", "Nhắc Việc: (file k.doc)"]


@pytest.mark.covers("E0.4")
@pytest.mark.parametrize("in_group", [False, True])
async def test_what_people_send_is_fetched_and_its_sum_known(
    oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person, in_group: bool
) -> None:
    group = oa_server.group("Tổ Lá", hoa) if in_group else None
    oa_server.world.switches.photo_type = oa_server.world.switches.size_as_number = in_group
    paper = heard(oa_server, oa, lambda: hoa.sends_file("minh chứng.pdf", group)).files[0]
    image = heard(oa_server, oa, lambda: hoa.sends_image("ảnh", group)).files[0]
    assert (await fetched(oa, paper), await fetched(oa, image)) == (PDF, JPEG)
    assert (paper.name, paper.size, paper.md5) == ("minh chứng.pdf", len(PDF), hashlib.md5(PDF).hexdigest())
    for act in (hoa.sends_audio, hoa.sends_video, hoa.sends_gif):
        assert await fetched(oa, heard(oa_server, oa, lambda act=act: act(group)).files[0])  # type: ignore[misc]


async def fetched(oa: ZaloOA, file: FileRef) -> bytes:
    into = io.BytesIO()
    await oa.fetch(file, into)
    return into.getvalue()


async def unfetched(oa: ZaloOA, file: FileRef) -> FetchFailed:
    with pytest.raises(FetchFailed) as failed:
        await fetched(oa, file)
    return failed.value


@pytest.mark.covers("E0.4")
async def test_where_a_file_lies_it_lies_for_a_while(oa_server: ZaloOAServer, oa: ZaloOA, clock: StillClock) -> None:
    url = oa_server.cdn.put(PDF, ".pdf")
    assert await fetched(oa, FileRef("document", "", url=url)) == PDF
    clock.move(oa_server.cdn.lifetime)
    assert (await unfetched(oa, FileRef("document", "", url=url))).gone


async def test_a_file_that_never_ends_is_cut_off(oa_server: ZaloOAServer, oa: ZaloOA) -> None:
    url = oa_server.cdn.put(b"0" * (25 * MB + 1), ".bin")
    assert (await unfetched(oa, FileRef("document", "", url=url))).gone


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "ftp://example.vn/x", "http://[", "http://127.0.0.1/x"])
async def test_only_public_addresses_are_fetched(url: str) -> None:
    oa = ZaloOA.open(APP_ID, "key", OneGrant())
    assert (await unfetched(oa, FileRef("document", "", url=url))).gone
