"""The methods of the Bot API that the local server knows, each with the refusals of the real one.

Not emulated, and refused: formatted text (parse_mode, entities), media, user names as chat ids.
"""

import json
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from tests.fakes.telegram_params import ApiError, Json, Params, bad, flag, integer, structure
from tests.fakes.telegram_world import Chat, World, with_entities

MAX_TEXT = 4096  # characters
MAX_DATA = 64  # bytes
PRESS_LIFETIME = timedelta(seconds=150)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
BARRED = {
    ("private", "kicked"): "bot was blocked by the user",
    ("private", "deactivated"): "user is deactivated",
    ("private", "stranger"): "bot can't initiate conversation with a user",
    ("group", "kicked"): "bot was kicked from the group chat",
    ("group", "left"): "bot is not a member of the group chat",
    ("group", "deleted"): "the group chat was deleted",
    ("supergroup", "kicked"): "bot was kicked from the supergroup chat",
    ("supergroup", "left"): "bot is not a member of the supergroup chat",
}
ACTIONS = {"typing", "upload_photo", "upload_document", "upload_video", "upload_voice", "record_voice", "find_location"}
ACTIONS |= {"choose_sticker", "record_video", "record_video_note", "upload_video_note"}
Method = Callable[[World, Params], Any]


def get_me(world: World, _: Params) -> Json:
    return world.bot


def send_message(world: World, params: Params) -> Json:
    chat = _target(world, params)
    content = with_entities("text", _text(params)) | _thread(chat, params) | _reply(chat, params)
    markup = _markup(params)
    inline = "inline_keyboard" in markup
    message = world.post(chat, _public_bot(world), content | ({"reply_markup": markup} if inline else {}))
    if markup and not inline:
        chat.keyboards[message["message_id"]] = markup
    return message


def edit_message_text(world: World, params: Params) -> Json:
    chat = _target(world, params)
    message = chat.messages.get(integer(params, "message_id"))
    if message is None:
        raise bad("message to edit not found")
    if message["from"]["id"] != world.bot["id"] or "text" not in message:
        raise bad("message can't be edited")
    text, markup = _text(params), _markup(params)
    if text == message["text"] and markup == message.get("reply_markup", {}):
        raise bad(NOT_MODIFIED)
    for name in ("entities", "reply_markup"):
        message.pop(name, None)
    message |= with_entities("text", text) | ({"reply_markup": markup} if markup else {})
    message["edit_date"] = world.now()
    return message


def send_chat_action(world: World, params: Params) -> bool:
    chat = _target(world, params)
    if params.get("action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    _thread(chat, params)
    chat.actions.append(str(params["action"]))
    return True


def answer_callback_query(world: World, params: Params) -> bool:
    press = world.presses.get(str(params.get("callback_query_id")))
    if press is None or press.answer is not None or world.clock() - press.at > PRESS_LIFETIME:
        raise bad(TOO_OLD)
    text = str(params.get("text", ""))
    if len(text) > 200:
        raise bad("MESSAGE_TOO_LONG")
    press.answer = text
    return True


def set_my_commands(world: World, params: Params) -> bool:
    commands = structure(params, "commands")
    if not isinstance(commands, list) or len(commands) > 100:
        raise bad("can't parse commands")
    for command in commands:
        if not re.fullmatch("[a-z0-9_]{1,32}", command.get("command", "")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command.get("description", "")) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[_scope(params)] = commands
    return True


def get_my_commands(world: World, params: Params) -> list[Json]:
    return world.commands.get(_scope(params), [])


def delete_my_commands(world: World, params: Params) -> bool:
    world.commands.pop(_scope(params), None)
    return True


async def get_updates(world: World, params: Params) -> list[Json]:
    if world.updates.listener is not None:
        active = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        raise ApiError(409, f"Conflict: {active}")
    world.updates.allow(structure(params, "allowed_updates"))
    limit = min(max(integer(params, "limit", 100), 1), 100)
    timeout = min(max(integer(params, "timeout"), 0), 50)
    return await world.updates.poll(integer(params, "offset"), limit, timeout)


def _target(world: World, params: Params) -> Chat:
    """The chat that is written to, where the bot may write."""
    try:
        chat = world.chats.get(int(params.get("chat_id", "")))
    except ValueError:
        raise bad("chat not found" if params.get("chat_id") else "chat_id is empty") from None
    if chat is None or chat.bot == "unknown":
        raise bad("chat not found")
    if chat.moved_to:
        moved = {"migrate_to_chat_id": chat.moved_to}
        raise ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat", moved)
    barred = BARRED.get((chat.type, chat.bot))
    if barred is not None:
        raise ApiError(403, f"Forbidden: {barred}")
    return chat


def _text(params: Params) -> str:
    if params.get("parse_mode") or structure(params, "entities"):
        raise bad("this local server does not format text")
    text = str(params.get("text", "")).replace("\0", "").strip()
    if not text:
        raise bad("message text is empty")
    if len(text) > MAX_TEXT:
        raise bad("message is too long")
    return text


def _thread(chat: Chat, params: Params) -> Json:
    """A topic; the General one is addressed by naming none."""
    if "message_thread_id" not in params:
        return {}
    thread = integer(params, "message_thread_id")
    if not chat.forum or "forum_topic_created" not in chat.messages.get(thread, {}):
        raise bad("message thread not found")
    return {"message_thread_id": thread, "is_topic_message": True}


def _reply(chat: Chat, params: Params) -> Json:
    wanted = structure(params, "reply_parameters") or {"message_id": params.get("reply_to_message_id")}
    if wanted.get("message_id") is None:
        return {}
    message = chat.messages.get(int(wanted["message_id"]))
    if message is None:
        if flag(wanted, "allow_sending_without_reply") or flag(params, "allow_sending_without_reply"):
            return {}
        raise bad("message to be replied not found")
    return {"reply_to_message": {key: value for key, value in message.items() if key != "reply_to_message"}}


def _markup(params: Params) -> Json:
    markup = structure(params, "reply_markup", {})
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    for row in markup.get("inline_keyboard", []):
        for button in row:
            _check(button)
    return markup


def _check(button: Json) -> None:
    if not str(button.get("text", "")).strip():
        raise bad('can\'t parse inline keyboard button: Field "text" must be non-empty')
    if len(button) < 2:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= MAX_DATA:
        raise bad("BUTTON_DATA_INVALID")


def _scope(params: Params) -> tuple[str, str]:
    scope = structure(params, "scope", {"type": "default"})
    return json.dumps(scope, sort_keys=True), str(params.get("language_code", ""))


def _public_bot(world: World) -> Json:
    return {key: world.bot[key] for key in ("id", "is_bot", "first_name", "username")}


METHODS: dict[str, Method | Callable[[World, Params], Awaitable[Any]]] = {
    "getme": get_me,
    "getupdates": get_updates,
    "sendmessage": send_message,
    "editmessagetext": edit_message_text,
    "sendchataction": send_chat_action,
    "answercallbackquery": answer_callback_query,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
}
