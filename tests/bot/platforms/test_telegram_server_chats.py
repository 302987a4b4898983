"""Chats, members, commands, pins and reactions on the local Bot API server, as a client that is not ours sees them."""

from datetime import timedelta

import pytest
from telegram import (
    Bot,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    ChatFullInfo,
    MenuButtonCommands,
    MenuButtonDefault,
)
from telegram.error import BadRequest, Forbidden

from tests.fakes.clock import StillClock
from tests.fakes.telegram_commands import shown_commands
from tests.fakes.telegram_params import Json
from tests.fakes.telegram_people import Person
from tests.fakes.telegram_server import TelegramServer


@pytest.mark.covers("T.sending.4", "T.people.3")
async def test_a_chat_and_its_members_can_be_asked_for(server: TelegramServer, bot: Bot, lan: Person) -> None:
    group, hoa, mai = server.group("Tổ Lá"), server.person("Hoa"), server.person("Mai")
    group.adds_bot(lan, "administrator")
    group.joined_by(hoa)
    group.joined_by(mai)
    group.promotes(hoa)
    group.left_by(mai)
    found = await bot.get_chat(group.id)
    assert isinstance(found, ChatFullInfo)
    assert (found.title, found.type, found.permissions is not None) == ("Tổ Lá", "group", True)
    statuses = [(await bot.get_chat_member(group.id, int(one.id))).status for one in (lan, hoa, mai)]
    assert statuses == ["creator", "administrator", "left"]
    admins = {member.user.first_name for member in await bot.get_chat_administrators(group.id)}
    assert (admins, await bot.get_chat_member_count(group.id)) == ({"Lan", "Hoa", "Nhắc Việc"}, 3)
    private = await bot.get_chat(lan.id)
    assert (private.first_name, private.accent_color_id) == ("Lan", 0)
    with pytest.raises(BadRequest, match="(?i)Invalid user_id"):
        await bot.get_chat_member(group.id, 5)
    with pytest.raises(BadRequest, match="(?i)no administrators in the private chat"):
        await bot.get_chat_administrators(lan.id)


@pytest.mark.covers("T.updates.1", "T.people.1")
async def test_who_joins_and_leaves_is_told_to_an_administrator_that_asks(
    server: TelegramServer, bot: Bot, lan: Person
) -> None:
    group, hoa = server.group("Tổ Lá"), server.person("Hoa")
    group.adds_bot(lan, "administrator")
    group.joined_by(hoa)  # not in the default set
    await bot.get_updates(allowed_updates=["message", "chat_member"])
    group.left_by(hoa)
    *_, change, service = await bot.get_updates()
    assert change.chat_member is not None
    assert (change.chat_member.old_chat_member.status, change.chat_member.new_chat_member.status) == ("member", "left")
    assert service.message is not None
    assert service.message.left_chat_member is not None


@pytest.mark.covers("T.sending.4")
async def test_messages_are_pinned_and_deleted_where_the_bot_may(
    server: TelegramServer, bot: Bot, lan: Person, clock: StillClock
) -> None:
    group = server.group("Tổ Lá")
    group.adds_bot(lan)
    said, sent = lan.says("/han", to=group), await bot.send_message(group.id, "Có 2 việc.")
    with pytest.raises(BadRequest, match="(?i)not enough rights"):
        await bot.pin_chat_message(group.id, sent.message_id)
    with pytest.raises(BadRequest, match="(?i)can't be deleted"):
        await bot.delete_message(group.id, said["message_id"])
    group.promotes_bot(lan)
    await bot.pin_chat_message(group.id, sent.message_id)
    pinned = (await bot.get_chat(group.id)).pinned_message
    assert pinned is not None
    assert pinned.text == "Có 2 việc."
    await bot.unpin_chat_message(group.id)
    assert (await bot.get_chat(group.id)).pinned_message is None
    await bot.delete_message(group.id, said["message_id"])
    assert server.transcript(group)[-2:] == ["Nhắc Việc: Có 2 việc.", "Nhắc Việc: (pinned_message)"]
    with pytest.raises(BadRequest, match="(?i)Message to delete not found"):
        await bot.delete_message(group.id, said["message_id"])
    with pytest.raises(BadRequest, match="(?i)Message to unpin not found"):
        await bot.unpin_chat_message(group.id)
    clock.move(timedelta(hours=48, seconds=1))
    with pytest.raises(BadRequest, match="(?i)can't be deleted"):
        await bot.delete_message(group.id, sent.message_id)


@pytest.mark.covers("T.sending.4")
async def test_reactions_are_of_a_fixed_list(bot: Bot, lan: Person) -> None:
    said = lan.says("em nộp rồi ạ")
    for emoji in ("👍", "👀"):
        await bot.set_message_reaction(lan.id, said["message_id"], emoji)
        assert lan.chat.reactions == {said["message_id"]: emoji}
    for emoji in ("✅", "❌"):
        with pytest.raises(BadRequest, match="(?i)Reaction_invalid"):
            await bot.set_message_reaction(lan.id, said["message_id"], emoji)
    with pytest.raises(BadRequest, match="(?i)Reactions_too_many"):
        await bot.set_message_reaction(lan.id, said["message_id"], ["👍", "👀"])
    await bot.set_message_reaction(lan.id, said["message_id"])
    assert lan.chat.reactions == {}


@pytest.mark.covers("T.sending.4")
async def test_commands_of_the_narrowest_scope_and_the_readers_language_are_shown(
    server: TelegramServer, bot: Bot, lan: Person
) -> None:
    await bot.set_my_commands([("han", "Due")])
    await bot.set_my_commands([("lich", "Calendar")], BotCommandScopeAllPrivateChats())
    await bot.set_my_commands([("lich", "Lịch")], BotCommandScopeAllPrivateChats(), "vi")
    await bot.set_my_commands([("huy", "Bỏ")], BotCommandScopeChat(int(lan.id)))
    private, everywhere = {"type": "all_private_chats"}, {"type": "default"}
    own = {"type": "chat", "chat_id": int(lan.id)}

    def shown(*scopes: Json, language: str = "vi") -> str:
        return str(shown_commands(server.world, list(scopes), language)[0]["description"])

    assert shown(own, private, everywhere) == "Bỏ"
    assert [shown(private, everywhere, language=one) for one in ("vi", "en")] == ["Lịch", "Calendar"]
    assert shown(everywhere) == "Due"
    await bot.delete_my_commands(BotCommandScopeChat(int(lan.id)))
    assert shown(own, private, everywhere) == "Lịch"
    assert shown_commands(server.world, [], "vi") == []
    with pytest.raises(BadRequest, match="(?i)Chat not found"):
        await bot.set_my_commands([("huy", "Bỏ")], BotCommandScopeChat(5))
    with pytest.raises(BadRequest, match="(?i)language code"):
        await bot.set_my_commands([("huy", "Bỏ")], language_code="tiếng Việt")


@pytest.mark.covers("T.sending.4")
async def test_the_menu_button_is_one_for_all_or_of_a_chat(bot: Bot, lan: Person) -> None:
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert isinstance(await bot.get_chat_menu_button(int(lan.id)), MenuButtonCommands)
    await bot.set_chat_menu_button(int(lan.id), MenuButtonDefault())
    assert isinstance(await bot.get_chat_menu_button(int(lan.id)), MenuButtonDefault)
    assert isinstance(await bot.get_chat_menu_button(), MenuButtonCommands)


@pytest.mark.covers("T.people.2", "T.people.1")
async def test_in_a_channel_the_channel_speaks_and_only_an_administrator_writes(
    server: TelegramServer, bot: Bot, lan: Person
) -> None:
    channel = server.group("Thông báo", "channel")
    channel.adds_bot(lan)
    with pytest.raises(BadRequest, match="(?i)need administrator rights"):
        await bot.send_message(channel.id, "Chào")
    channel.promotes_bot(lan)
    channel.posts("Tuần này học bù")
    *_, post = await bot.get_updates()
    assert post.channel_post is not None
    assert (post.channel_post.text, post.channel_post.from_user) == ("Tuần này học bù", None)
    assert post.channel_post.sender_chat is not None
    sent = await bot.send_message(channel.id, "Chào")
    assert (sent.chat.type, sent.from_user, server.transcript(channel)[-1]) == ("channel", None, "Thông báo: Chào")
    await sent.edit_text("Chào cả nhà")


@pytest.mark.covers("T.people.1", "T.people.2")
async def test_a_bot_that_leaves_or_may_not_speak(server: TelegramServer, bot: Bot, lan: Person) -> None:
    left, silent = server.group("Cũ", "supergroup"), server.group("Im")
    left.adds_bot(lan)
    silent.adds_bot(lan)
    silent.silences_bot(lan)
    await bot.leave_chat(left.id)
    with pytest.raises(Forbidden, match="(?i)not a member of the supergroup"):
        await bot.send_message(left.id, "Chào")
    with pytest.raises(BadRequest, match="(?i)not enough rights"):
        await bot.send_message(silent.id, "Chào")
    statuses = [
        update.my_chat_member.new_chat_member.status for update in await bot.get_updates() if update.my_chat_member
    ]
    assert statuses == ["member", "member", "restricted", "left"]
    with pytest.raises(BadRequest, match="(?i)private chat"):
        await bot.leave_chat(lan.id)
