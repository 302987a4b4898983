"""What all sending methods of the local Bot API server share: where to, in answer to what, and with which buttons."""

import json
from typing import Any

from tests.fakes.telegram_markup import formatted
from tests.fakes.telegram_params import ApiError, Json, Params, bad, flag, integer, structure
from tests.fakes.telegram_world import Chat, World, with_entities

MAX_TEXT = 4096  # characters
MAX_CAPTION = 1024
MAX_DATA = 64  # bytes
BARRED = {
    ("private", "kicked"): "bot was blocked by the user",
    ("private", "deactivated"): "user is deactivated",
    ("private", "stranger"): "bot can't initiate conversation with a user",
    ("group", "kicked"): "bot was kicked from the group chat",
    ("group", "left"): "bot is not a member of the group chat",
    ("group", "deleted"): "the group chat was deleted",
    ("supergroup", "kicked"): "bot was kicked from the supergroup chat",
    ("supergroup", "left"): "bot is not a member of the supergroup chat",
    ("supergroup", "deleted"): "the group chat was deleted",
    ("channel", "kicked"): "bot was kicked from the channel chat",
    ("channel", "left"): "bot is not a member of the channel chat",
}
KEYBOARDS = ("keyboard", "remove_keyboard", "force_reply")


def known_chat(world: World, params: Params) -> Chat:
    """The chat that is named, moved or not."""
    try:
        chat = world.chats.get(int(params.get("chat_id", "")))
    except ValueError:
        raise bad("chat not found" if params.get("chat_id") else "chat_id is empty") from None
    if chat is None or chat.bot == "unknown":
        raise bad("chat not found")
    return chat


def target(world: World, params: Params) -> Chat:
    """The chat that is written to, where the bot may write."""
    chat = known_chat(world, params)
    if chat.moved_to:
        moved = {"migrate_to_chat_id": chat.moved_to}
        raise ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat", moved)
    barred = BARRED.get((chat.type, chat.bot))
    if barred is not None:
        raise ApiError(403, f"Forbidden: {barred}")
    if chat.bot == "restricted":
        raise bad("not enough rights to send text messages to the chat")
    if chat.type == "channel" and chat.bot != "administrator":
        raise bad("need administrator rights in the channel chat")
    return chat


def write(world: World, chat: Chat, params: Params, content: Json) -> Json:
    """Post a message of the bot, with what it answers and the buttons under it."""
    about, markup = thread(chat, params) | _reply(chat, params), read_markup(chat, params)
    inline = "inline_keyboard" in markup
    bot = {key: world.bot[key] for key in ("id", "is_bot", "first_name", "username")}
    message = world.post(chat, bot, content | about | ({"reply_markup": markup} if inline else {}))
    if markup and not inline:
        chat.keyboards[message["message_id"]] = markup
        chat.keyboard = markup if "keyboard" in markup else {}
    return message


def text_of(params: Params) -> Json:
    """The text as the message shows it."""
    text, marks = formatted(params)
    if not text:
        raise bad("message text is empty")
    if len(text) > MAX_TEXT:
        raise bad("message is too long")
    return with_entities("text", text, marks)


def caption_of(params: Params) -> Json:
    """The caption as the message shows it; nothing where there is none."""
    caption, marks = formatted(params, "caption")
    if len(caption) > MAX_CAPTION:
        raise bad("message caption is too long")
    return with_entities("caption", caption, marks) if caption else {}


def thread(chat: Chat, params: Params) -> Json:
    """A topic; the General one is addressed by naming none."""
    if "message_thread_id" not in params:
        return {}
    number = integer(params, "message_thread_id")
    if not chat.forum or "forum_topic_created" not in chat.messages.get(number, {}):
        raise bad("message thread not found")
    return {"message_thread_id": number, "is_topic_message": True}


def read_markup(chat: Chat, params: Params) -> Json:
    """The keyboard of a call, checked as the service checks it."""
    markup = structure(params, "reply_markup", {})
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    for row in markup.get("inline_keyboard", []):
        for button in row:
            _check(button)
    for row in markup.get("keyboard", []):
        if chat.is_group and any(isinstance(button, dict) and "request_contact" in button for button in row):
            raise bad("phone number can be requested in private chats only")
    if markup and not markup.keys() & {"inline_keyboard", *KEYBOARDS}:
        raise bad(f"can't parse reply markup: {json.dumps(markup)}"[:100])
    return markup


def _check(button: Json) -> None:
    if not str(button.get("text", "")).strip():
        raise bad('can\'t parse inline keyboard button: Field "text" must be non-empty')
    if len(button) < 2:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= MAX_DATA:
        raise bad("BUTTON_DATA_INVALID")


def _reply(chat: Chat, params: Params) -> Json:
    wanted: Any = structure(params, "reply_parameters") or {"message_id": params.get("reply_to_message_id")}
    if wanted.get("message_id") is None:
        return {}
    message = chat.messages.get(int(wanted["message_id"]))
    if message is None:
        if flag(wanted, "allow_sending_without_reply") or flag(params, "allow_sending_without_reply"):
            return {}
        raise bad("message to be replied not found")
    return {"reply_to_message": {key: value for key, value in message.items() if key != "reply_to_message"}}
