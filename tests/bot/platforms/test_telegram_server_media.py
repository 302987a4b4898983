"""Files and formatted text on the local Bot API server, as a client that is not ours sees them."""

import re
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from telegram import Bot, InputMediaDocument, InputMediaPhoto, InputMediaVideo, Message, ReplyKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest, NetworkError

from tests.fakes.clock import StillClock
from tests.fakes.telegram_people import Person
from tests.fakes.telegram_pictures import jpeg_head, png
from tests.fakes.telegram_server import TelegramServer

MIB = 1024 * 1024


@pytest.fixture(autouse=True)
def durations_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the library warns, and warnings are errors here."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


async def bytes_of(bot: Bot, file_id: str) -> bytes:
    return bytes(await (await bot.get_file(file_id)).download_as_bytearray())


@pytest.mark.covers("T.sending.3", "T.transport.1")
async def test_uploads_are_kept_byte_for_byte_with_name_and_type(bot: Bot, lan: Person) -> None:
    content = bytes(range(256))
    document = (await bot.send_document(lan.id, content, filename="Kế hoạch.docx")).document
    voice = (await bot.send_voice(lan.id, content, duration=3)).voice
    video = (await bot.send_video(lan.id, content, width=640, height=360, duration=9)).video
    audio = (await bot.send_audio(lan.id, content, filename="hat.mp3")).audio
    assert document is not None
    assert (document.file_name, document.file_size) == ("Kế hoạch.docx", 256)
    assert document.mime_type == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert video is not None
    assert (video.width, video.height, video.duration) == (640, 360, timedelta(seconds=9))
    for file in (document, voice, video, audio):
        assert file is not None
        assert await bytes_of(bot, file.file_id) == content


@pytest.mark.covers("T.sending.3")
@pytest.mark.parametrize(
    ("content", "sizes"),
    [
        (png(40, 30), [(40, 30)]),
        (png(1000, 500), [(90, 45), (320, 160), (800, 400), (1000, 500)]),
        (jpeg_head(300, 600), [(45, 90), (160, 320), (300, 600)]),
        (b"GIF89a" + bytes([200, 0, 100, 0]), [(90, 45), (200, 100)]),
    ],
)
async def test_a_photo_comes_in_several_sizes(
    bot: Bot, lan: Person, content: bytes, sizes: list[tuple[int, int]]
) -> None:
    photo = (await bot.send_photo(lan.id, content)).photo
    assert [(size.width, size.height) for size in photo] == sizes
    assert len({size.file_unique_id for size in photo}) == len(sizes)


@pytest.mark.covers("T.sending.3")
async def test_a_file_is_sent_again_by_its_id_and_the_same_bytes_have_the_same_unique_id(bot: Bot, lan: Person) -> None:
    first = (await bot.send_document(lan.id, b"noi dung", filename="a.txt")).document
    other = (await bot.send_document(lan.id, b"noi dung", filename="b.txt")).document
    photo = (await bot.send_photo(lan.id, png(100, 80))).photo
    assert first is not None
    assert other is not None
    assert (await bot.send_document(lan.id, first.file_id)).document == first
    assert (await bot.send_photo(lan.id, photo[-1].file_id)).photo == photo
    assert (first.file_unique_id, first.file_id != other.file_id) == (other.file_unique_id, True)
    with pytest.raises(BadRequest, match="(?i)can't use file of type Document as Photo"):
        await bot.send_photo(lan.id, first.file_id)
    with pytest.raises(BadRequest, match="(?i)Wrong file identifier"):
        await bot.send_photo(lan.id, "la-gi")


@pytest.mark.covers("T.sending.3")
async def test_files_have_their_limits(bot: Bot, lan: Person, server: TelegramServer) -> None:
    with pytest.raises(BadRequest, match="(?i)too big for a photo"):
        await bot.send_photo(lan.id, png(8, 8) + bytes(10 * MIB))
    with pytest.raises(BadRequest, match="(?i)Photo_invalid_dimensions"):
        await bot.send_photo(lan.id, jpeg_head(9_000, 1_001))
    with pytest.raises(BadRequest, match="(?i)Image_process_failed"):
        await bot.send_photo(lan.id, b"khong phai anh")
    with pytest.raises(BadRequest, match="(?i)non-empty"):
        await bot.send_document(lan.id, b"")
    with pytest.raises(NetworkError, match="(?i)Too Large"):
        await bot.send_document(lan.id, bytes(50 * MIB + 1))
    with pytest.raises(BadRequest, match="(?i)caption is too long"):
        await bot.send_document(lan.id, b"x", caption="ă" * 1025)
    allowed, large = lan.sends_document("a.zip", size=20 * MIB), lan.sends_document("b.zip", size=20 * MIB + 1)
    assert len(await bytes_of(bot, allowed["document"]["file_id"])) == 20 * MIB
    with pytest.raises(BadRequest, match="(?i)File is too big"):
        await bot.get_file(large["document"]["file_id"])
    with pytest.raises(BadRequest, match="(?i)Invalid file_id"):
        await bot.get_file("la-gi")


@pytest.mark.covers("T.transport.1", "T.sending.3", "T.transport.4")
async def test_a_link_to_a_file_ends_after_an_hour_and_is_this_bots_alone(
    server: TelegramServer, bot: Bot, lan: Person, clock: StillClock
) -> None:
    sent = lan.sends_document("a.txt", content=b"noi dung")
    address = str((await bot.get_file(sent["document"]["file_id"])).file_path)
    assert address.startswith(f"{server.url}/file/bot{server.token}/documents/")
    async with aiohttp.ClientSession() as http:

        async def status(url: str) -> int:
            async with http.get(url) as answer:
                return answer.status

        assert await status(address.replace(":AA", "%3AAA")) == 200
        assert await status(address + "x") == 404
        assert await status(address.replace(server.token, "7000000009:AAsai")) == 401
        clock.move(timedelta(hours=1))
        assert await status(address) == 404


@pytest.mark.covers("T.sending.1", "T.transport.2")
async def test_an_album_is_separate_messages_with_one_mark(bot: Bot, lan: Person) -> None:
    photo = InputMediaPhoto(png(60, 50), caption="<b>Giờ</b> ăn", parse_mode="HTML")
    first, second = await bot.send_media_group(lan.id, [photo, InputMediaVideo(b"phim")])
    assert first.media_group_id is not None
    assert first.media_group_id == second.media_group_id
    assert (first.caption, first.caption_entities[0].type, second.caption) == ("Giờ ăn", "bold", None)
    assert (first.photo[-1].width, second.video is not None, second.message_id) == (60, True, first.message_id + 1)
    with pytest.raises(BadRequest, match="(?i)can't be mixed"):
        await bot.send_media_group(lan.id, [InputMediaPhoto(png(60, 50)), InputMediaDocument(b"x")])
    with pytest.raises(BadRequest, match="(?i)2-10"):
        await bot.send_media_group(lan.id, [InputMediaDocument(b"x")] * 11)


FORMATTED = [
    ("HTML", "Hạn <b>05/12</b> &lt;nhé&gt;", "Hạn 05/12 <nhé>", [("bold", "05/12")]),
    ("HTML", "<i>🌸<u>a</u></i>", "🌸a", [("italic", "🌸a"), ("underline", "a")]),
    ("HTML", '<a href="https://vi.du">đây</a>', "đây", [("text_link", "đây")]),
    ("HTML", "<pre>x</pre> <tg-spoiler>y</tg-spoiler> <s>z</s>", "x y z", [("pre", "x"), ("spoiler", "y")]),
    ("HTML", "  <code>a</code>  ", "a", [("code", "a")]),
    ("MarkdownV2", r"*Hạn* _nộp_ __là__ 05\.12", "Hạn nộp là 05.12", [("bold", "Hạn"), ("italic", "nộp")]),
    ("MarkdownV2", "~a~ ||b|| `c.d` ```e_f```", "a b c.d e_f", [("strikethrough", "a"), ("spoiler", "b")]),
    ("MarkdownV2", "[đây](https://vi.du)", "đây", [("text_link", "đây")]),
    (None, "<b> *x* /han", "<b> *x* /han", [("bot_command", "/han")]),
]


@pytest.mark.covers("T.sending.1")
@pytest.mark.parametrize(("mode", "text", "shown", "marks"), FORMATTED)
async def test_formatted_text_is_shown_without_its_marks(
    bot: Bot, lan: Person, mode: str | None, text: str, shown: str, marks: list[tuple[str, str]]
) -> None:
    sent = await bot.send_message(lan.id, text, parse_mode=mode)
    found = [(entity.type, piece) for entity, piece in sent.parse_entities().items()]
    assert (sent.text, found[: len(marks)]) == (shown, marks)


@pytest.mark.covers("T.sending.2")
@pytest.mark.parametrize(
    ("mode", "text", "why"),
    [
        ("HTML", "Hạn <05/12>", 'Unsupported start tag "" at byte offset 6'),
        ("HTML", "<table>", 'Unsupported start tag "table"'),
        ("HTML", "<b>chưa hết", 'Can\'t find end tag corresponding to start tag "b"'),
        ("HTML", "hết rồi</b>", "Unexpected end tag"),
        ("HTML", "<b><i>a</b></i>", "Unmatched end tag"),
        ("MarkdownV2", "Hạn 05.12", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("MarkdownV2", "*chưa hết", "Can't find end of Bold entity at byte offset"),
        ("Markdown5", "x", "Unsupported parse_mode"),
        ("HTML", "<b> </b>", "Message text is empty"),
    ],
)
async def test_badly_formatted_text_is_refused(bot: Bot, lan: Person, mode: str, text: str, why: str) -> None:
    with pytest.raises(BadRequest, match="(?i)" + re.escape(why)):
        await bot.send_message(lan.id, text, parse_mode=mode)


@pytest.mark.covers("T.sending.1")
async def test_a_sent_message_says_all_that_it_should(
    server: TelegramServer, bot: Bot, lan: Person, clock: StillClock
) -> None:
    group = server.group("Trường", "supergroup", forum=True)
    group.adds_bot(lan)
    topic = group.opens_topic("Hỏi đáp", lan)
    asked = lan.says("hạn?", to=group, topic=topic)
    sent = await bot.send_message(
        group.id, "Mai.", message_thread_id=topic, reply_to_message_id=asked["message_id"], parse_mode=ParseMode.HTML
    )
    assert sent.from_user == bot.bot
    assert (sent.chat.type, sent.date, sent.message_thread_id) == ("supergroup", clock(), topic)
    assert sent.reply_to_message is not None
    assert (sent.reply_to_message.text, sent.is_topic_message, sent.edit_date) == ("hạn?", True, None)
    keyed = await bot.send_message(lan.id, "Số?", reply_markup=ReplyKeyboardMarkup([["Gửi"]]))
    assert (keyed.reply_markup, lan.chat.keyboard["keyboard"]) == (None, [[{"text": "Gửi"}]])


@pytest.mark.covers("T.sending.1", "T.sending.2")
async def test_a_caption_and_buttons_are_edited_and_what_has_a_keyboard_is_not(bot: Bot, lan: Person) -> None:
    photo = await bot.send_photo(lan.id, png(60, 50), caption="một")
    edited = await photo.edit_caption("hai")
    assert isinstance(edited, Message)
    assert (edited.caption, edited.edit_date is not None) == ("hai", True)
    with pytest.raises(BadRequest, match="(?i)no text in the message to edit"):
        await photo.edit_text("ba")
    with pytest.raises(BadRequest, match="(?i)not modified"):
        await bot.edit_message_reply_markup(lan.id, photo.message_id)
    keyed = await bot.send_message(lan.id, "Số?", reply_markup=ReplyKeyboardMarkup([["Gửi"]]))
    with pytest.raises(BadRequest, match="(?i)can't be edited"):
        await keyed.edit_text("x")


@pytest.mark.covers("T.people.1", "T.people.3")
async def test_albums_contacts_edits_and_reactions_can_be_parsed(bot: Bot, lan: Person, server: TelegramServer) -> None:
    kinds: list[Any] = ["message", "edited_message", "message_reaction"]
    await bot.get_updates(allowed_updates=kinds)
    first, second = lan.sends_album([png(60, 50), png(61, 50)], "Giờ ăn")
    lan.edits(first, "Giờ ngủ")
    lan.sends_contact()
    lan.sends_contact(of=server.person("Hoa", phone="0912345678"))
    lan.reacts(second, "👍")
    *_, edit, own, other, reaction = await bot.get_updates(allowed_updates=kinds)
    assert edit.edited_message is not None
    assert (edit.edited_message.caption, edit.edited_message.media_group_id) == ("Giờ ngủ", first["media_group_id"])
    assert own.message is not None
    assert own.message.contact is not None
    assert own.message.from_user is not None
    assert own.message.contact.user_id == own.message.from_user.id
    assert other.message is not None
    assert other.message.contact is not None
    assert (other.message.contact.phone_number, other.message.contact.user_id) == ("0912345678", 100_002)
    assert reaction.message_reaction is not None
    assert reaction.message_reaction.message_id == second["message_id"]
