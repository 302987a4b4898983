"""Pictures and documents to Telegram and from it, byte for byte."""

import io
from datetime import timedelta
from pathlib import Path

import pytest

from bot.platforms.telegram import Telegram
from core.errors import FetchFailed, SendFailed
from core.message import Address, Choice, FileOut, FileRef, Inbound, InboundKind, Outbound
from tests.fakes.clock import StillClock
from tests.fakes.telegram_faults import Fault
from tests.fakes.telegram_params import Json
from tests.fakes.telegram_people import Person
from tests.fakes.telegram_pictures import jpeg_head, png
from tests.fakes.telegram_server import TelegramServer

CHOICES = (Choice("Được", "m1"),)
MIB = 1024 * 1024


def picture(folder: Path, name: str = "anh.png", content: bytes = png(640, 400)) -> FileOut:
    (folder / name).write_bytes(content)
    return FileOut(name, "image/png", len(content), folder / name)


def paper(folder: Path, name: str = "Kế hoạch tháng 12.docx", content: bytes = b"noi dung") -> FileOut:
    (folder / name).write_bytes(content)
    return FileOut(name, "application/octet-stream", len(content), folder / name)


def bytes_of(server: TelegramServer, file: Json) -> bytes | None:
    files = server.world.files
    return files.download(files.link(str(file["file_id"])).path)


async def send(telegram: Telegram, person: Person, text: str, *files: FileOut, choices: tuple[Choice, ...] = ()) -> str:
    return await telegram.send(Outbound(Address("telegram", person.id), text, choices, files=files))


@pytest.mark.covers("T.sending.3", "T.sending.1", "T.transport.2")
async def test_a_picture_goes_with_its_text_and_choices(
    server: TelegramServer, telegram: Telegram, lan: Person, tmp_path: Path
) -> None:
    sent = await send(telegram, lan, "Lịch tháng 12", picture(tmp_path), choices=CHOICES)
    message = lan.chat.messages[int(sent)]
    assert server.transcript(lan)[-1] == "Nhắc Việc: (photo) Lịch tháng 12 [Được]"
    assert [(size["width"], size["height"]) for size in message["photo"]] == [(90, 56), (320, 200), (640, 400)]
    assert bytes_of(server, message["photo"][-1]) == png(640, 400)


@pytest.mark.covers("T.sending.3")
async def test_a_document_keeps_its_name_and_bytes(
    server: TelegramServer, telegram: Telegram, lan: Person, tmp_path: Path
) -> None:
    sent = await send(telegram, lan, "Kế hoạch ạ", paper(tmp_path))
    document = lan.chat.messages[int(sent)]["document"]
    assert (document["file_name"], bytes_of(server, document)) == ("Kế hoạch tháng 12.docx", b"noi dung")
    assert server.transcript(lan)[-1] == "Nhắc Việc: (document) Kế hoạch ạ"


async def test_a_text_too_long_for_a_caption_follows_the_picture(
    server: TelegramServer, telegram: Telegram, lan: Person, tmp_path: Path
) -> None:
    long = "ă" * 1025
    sent = await send(telegram, lan, long, picture(tmp_path), choices=CHOICES)
    assert server.transcript(lan)[-2:] == ["Nhắc Việc: (photo)", f"Nhắc Việc: {long} [Được]"]
    assert sent == str(max(lan.chat.messages))


@pytest.mark.covers("T.sending.1", "T.transport.2")
async def test_several_pictures_are_an_album_with_the_text_on_the_first(
    server: TelegramServer, telegram: Telegram, lan: Person, tmp_path: Path
) -> None:
    pictures = [picture(tmp_path, f"{number}.png", png(100 + number, 100)) for number in range(3)]
    sent = await send(telegram, lan, "Ảnh lớp", *pictures)
    first, *rest = list(lan.chat.messages.values())[-3:]
    assert (first["message_id"], first["caption"]) == (int(sent), "Ảnh lớp")
    assert {message["media_group_id"] for message in (first, *rest)} == {first["media_group_id"]}
    assert [message["photo"][-1]["width"] for message in (first, *rest)] == [100, 101, 102]


async def test_an_album_cannot_have_buttons_so_the_text_with_them_follows(
    server: TelegramServer, telegram: Telegram, lan: Person, tmp_path: Path
) -> None:
    pictures = [picture(tmp_path, f"{number}.png") for number in range(2)]
    await send(telegram, lan, "Nhận không ạ?", *pictures, choices=CHOICES)
    assert server.transcript(lan)[-3:] == ["Nhắc Việc: (photo)"] * 2 + ["Nhắc Việc: Nhận không ạ? [Được]"]


async def test_many_files_go_in_albums_of_their_kind(
    server: TelegramServer, telegram: Telegram, lan: Person, tmp_path: Path
) -> None:
    pictures = [picture(tmp_path, f"{number}.png") for number in range(11)]
    papers = [paper(tmp_path, f"{number}.docx") for number in range(2)]
    await send(telegram, lan, "Hồ sơ", papers[0], *pictures, papers[1])
    kinds = [next(kind for kind in ("photo", "document", "text") if kind in m) for m in lan.chat.messages.values()]
    assert kinds[1:] == ["photo"] * 11 + ["document"] * 2 + ["text"]
    assert [call.method for call in server.calls[-4:]] == [
        "sendMediaGroup",
        "sendPhoto",
        "sendMediaGroup",
        "sendMessage",
    ]


async def test_files_without_a_text_are_sent_alone(telegram: Telegram, lan: Person, tmp_path: Path) -> None:
    sent = await send(telegram, lan, "", picture(tmp_path), paper(tmp_path))
    assert "document" in lan.chat.messages[int(sent)]


@pytest.mark.covers("T.sending.3")
@pytest.mark.parametrize("content", [b"khong phai anh", jpeg_head(9000, 2000), jpeg_head(2100, 100)])
@pytest.mark.parametrize("count", [1, 2])
async def test_a_picture_that_telegram_cannot_show_goes_as_a_document(
    server: TelegramServer, telegram: Telegram, lan: Person, tmp_path: Path, content: bytes, count: int
) -> None:
    files = [picture(tmp_path, f"{number}.png", content) for number in range(count)]
    sent = await send(telegram, lan, "Ảnh", *files)
    document = lan.chat.messages[int(sent)]["document"]
    assert (document["file_name"], bytes_of(server, document)) == ("0.png", content)


@pytest.mark.covers("T.sending.3")
async def test_what_is_larger_than_a_photo_may_be_goes_as_a_document_and_too_much_is_refused(
    server: TelegramServer, telegram: Telegram, lan: Person, tmp_path: Path
) -> None:
    large = picture(tmp_path, "to.png", png(64, 64) + bytes(10 * MIB))
    await send(telegram, lan, "Ảnh", large)
    assert server.transcript(lan)[-1] == "Nhắc Việc: (document) Ảnh"
    with pytest.raises(SendFailed, match="Too Large") as failed:
        await send(telegram, lan, "Phim", paper(tmp_path, "phim.mp4", bytes(50 * MIB + 1)))
    assert (failed.value.retry_in, failed.value.unknown) == (None, False)


async def test_a_file_that_is_not_here_any_more_is_given_up(telegram: Telegram, lan: Person, tmp_path: Path) -> None:
    gone = picture(tmp_path)
    gone.path.unlink()
    with pytest.raises(SendFailed, match="not here") as failed:
        await send(telegram, lan, "Ảnh", gone)
    assert (failed.value.retry_in, failed.value.unknown) == (None, False)


async def heard(telegram: Telegram) -> list[Inbound]:
    deliveries, _ = await telegram.poll("")
    return [one for one in (telegram.read(delivery.raw) for delivery in deliveries) if one is not None]


@pytest.mark.covers("T.transport.1", "T.sending.3", "T.people.1")
async def test_what_people_send_is_fetched_byte_for_byte(telegram: Telegram, lan: Person) -> None:
    photo, document = png(1300, 900), bytes(range(256)) * 4096
    lan.sends_photo(content=photo)
    lan.sends_document("a.bin", content=document)
    for message, content in zip(await heard(telegram), (photo, document), strict=True):
        (file,), into = message.files, io.BytesIO()
        await telegram.fetch(file, into)
        assert (into.getvalue() == content, file.size) == (True, len(content))


@pytest.mark.covers("T.people.1")
async def test_every_kind_of_file_says_its_kind_name_and_size(telegram: Telegram, lan: Person) -> None:
    lan.sends_voice()
    lan.sends_video()
    lan.sends_audio()
    lan.sends_document("lớn.zip", size=25 * MIB)
    found = [message.files[0] for message in await heard(telegram)]
    assert [(file.kind, file.name, file.size) for file in found] == [
        ("voice", "", 9_000),
        ("video", "phim.mp4", 300_000),
        ("audio", "hat.mp3", 200_000),
        ("document", "lớn.zip", 25 * MIB),
    ]


@pytest.mark.covers("T.people.1")
async def test_parts_of_an_album_arrive_one_by_one_and_late(telegram: Telegram, lan: Person, clock: StillClock) -> None:
    pictures = [png(200, 100), b"", png(201, 100), png(202, 100)]
    lan.sends_album(pictures, "Giờ ăn", between=lambda place: clock.move(timedelta(seconds=4 * place)))
    parts = await heard(telegram)
    assert [(part.kind, part.text, part.files[0].kind) for part in parts] == [
        (InboundKind.PHOTO, "Giờ ăn", "photo"),
        (InboundKind.PHOTO, "", "photo"),
        (InboundKind.PHOTO, "", "photo"),
    ]
    assert len({part.album for part in parts} - {""}) == 1
    first, *_, last = (part.sent_at for part in parts)
    assert first is not None
    assert last is not None
    assert last - first == timedelta(seconds=4 + 8 + 12)


@pytest.mark.covers("T.sending.3")
async def test_more_than_twenty_mebibytes_never_come(telegram: Telegram, lan: Person, server: TelegramServer) -> None:
    lan.sends_document("lớn.zip", size=20 * MIB + 1)
    (message,) = await heard(telegram)
    (known,) = message.files
    unknown = FileRef("document", known.id)
    for file, asked in ((known, 0), (unknown, 1)):
        with pytest.raises(FetchFailed, match="(?i)file is too big") as failed:
            await telegram.fetch(file, io.BytesIO())
        assert (failed.value.gone, len(server.asked("getFile"))) == (True, asked)


@pytest.mark.covers("T.faults.2")
@pytest.mark.parametrize(
    "fault",
    [
        Fault("file", status=502),
        Fault("file", cut="after"),
        Fault("getFile", body=b"<html>"),
        Fault("getFile", body=b"{}"),
    ],
)
async def test_a_download_that_broke_off_is_tried_again_and_no_error_names_the_token(
    server: TelegramServer, telegram: Telegram, lan: Person, fault: Fault
) -> None:
    lan.sends_document("a.bin", content=b"x" * 300_000)
    ((file,),) = [message.files for message in await heard(telegram)]
    server.fail(fault)
    with pytest.raises(FetchFailed) as failed:
        await telegram.fetch(file, io.BytesIO())
    assert not failed.value.gone
    assert server.token.partition(":")[2] not in f"{failed.value!r} {failed.value.__cause__!r}"
    again = io.BytesIO()
    await telegram.fetch(file, again)
    assert again.getvalue() == b"x" * 300_000


async def test_a_file_that_telegram_does_not_know_never_comes(telegram: Telegram) -> None:
    with pytest.raises(FetchFailed) as failed:
        await telegram.fetch(FileRef("document", "no-such-file"), io.BytesIO())
    assert failed.value.gone
