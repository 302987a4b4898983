"""What the scripted people of the local Bot API server do, and what of it a bot hears."""

import pytest
from telegram import (
    Bot,
)

from tests.fakes.clock import StillClock
from tests.fakes.telegram_library import client
from tests.fakes.telegram_people import Person
from tests.fakes.telegram_server import TelegramServer


@pytest.mark.covers("T.people.2")
async def test_in_privacy_mode_a_bot_hears_only_what_is_meant_for_it(
    server: TelegramServer, bot: Bot, lan: Person
) -> None:
    group = server.group("Tổ Lá")
    group.adds_bot(lan)
    lan.says("cả nhà ơi", to=group)
    lan.says("@nhacviec_bot ơi", to=group)
    lan.says("/han", to=group)
    lan.says("/han@nhacviec_bot", to=group)
    sent = await bot.send_message(group.id, "Có 2 việc.")
    lan.says("/them", to=group)
    lan.says("/lai", to=group)
    lan.says("còn gì?", to=group, reply_to=sent.to_dict())
    lan.sends_photo("ảnh lớp", to=group)
    joined, *heard = await bot.get_updates()
    assert joined.my_chat_member is not None
    assert [one.message.text for one in heard if one.message] == [None, "/han@nhacviec_bot", "/them", "còn gì?"]


@pytest.mark.covers("T.people.2")
async def test_a_bot_without_privacy_mode_hears_everything(clock: StillClock) -> None:
    async with TelegramServer(clock, privacy=False) as server, client(server) as bot:
        lan, group = server.person("Lan"), server.group("Tổ Lá")
        group.adds_bot(lan)
        lan.says("cả nhà ơi", to=group)
        *_, last = await bot.get_updates()
        assert last.message is not None
        assert last.message.text == "cả nhà ơi"
        assert bot.can_read_all_group_messages


@pytest.mark.covers("T.people.1", "T.people.3", "T.faults.3")
async def test_everything_people_send_can_be_parsed(server: TelegramServer, bot: Bot, lan: Person) -> None:
    lan.sends_photo("ảnh")
    lan.sends_document("Kế hoạch.docx", caption="đây ạ")
    lan.sends_voice()
    lan.sends_sticker()
    lan.shares_location()
    messages = [update.message for update in await bot.get_updates() if update.message]
    kinds = [type(message.effective_attachment).__name__ for message in messages]
    assert kinds == ["tuple", "Document", "Voice", "Sticker", "Location"]
    assert [message.caption for message in messages[:2]] == ["ảnh", "đây ạ"]
    assert server.transcript(lan)[1:] == [
        "Lan: (photo) ảnh",
        "Lan: (document) đây ạ",
        "Lan: (voice)",
        "Lan: (sticker)",
        "Lan: (location)",
    ]


@pytest.mark.covers("T.people.1")
async def test_entities_count_utf_16_units(bot: Bot, lan: Person) -> None:
    lan.says("🌸🌸 hỏi @nhacviec_bot")
    (update,) = await bot.get_updates()
    assert update.message is not None
    (entity,) = update.message.entities
    assert (update.message.parse_entity(entity), entity.offset) == ("@nhacviec_bot", 9)
