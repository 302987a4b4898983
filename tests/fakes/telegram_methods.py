"""The methods of the Bot API that the local server knows, each with the refusals of the real one.

Not emulated, and refused: user names as chat ids, files by http address, methods that no bot of ours needs.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from tests.fakes import telegram_chats as chats
from tests.fakes import telegram_commands as commands
from tests.fakes import telegram_edits as edits
from tests.fakes import telegram_media as media
from tests.fakes.telegram_params import ApiError, Json, Params, bad, integer, structure
from tests.fakes.telegram_sending import target, text_of, thread, write
from tests.fakes.telegram_world import World

PRESS_LIFETIME = timedelta(seconds=150)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
ACTIONS = {"typing", "upload_photo", "upload_document", "upload_video", "upload_voice", "record_voice", "find_location"}
ACTIONS |= {"choose_sticker", "record_video", "record_video_note", "upload_video_note"}
Method = Callable[[World, Params], Any]


def get_me(world: World, _: Params) -> Json:
    return world.bot


def send_message(world: World, params: Params) -> Json:
    chat = target(world, params)
    return write(world, chat, params, text_of(params))


def send_chat_action(world: World, params: Params) -> bool:
    chat = target(world, params)
    if params.get("action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    thread(chat, params)
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


async def get_updates(world: World, params: Params) -> list[Json]:
    if world.updates.listener is not None:
        active = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        raise ApiError(409, f"Conflict: {active}")
    world.updates.allow(structure(params, "allowed_updates"))
    limit = min(max(integer(params, "limit", 100), 1), 100)
    timeout = min(max(integer(params, "timeout"), 0), 50)
    return await world.updates.poll(integer(params, "offset"), limit, timeout)


METHODS: dict[str, Method | Callable[[World, Params], Awaitable[Any]]] = {
    "getme": get_me,
    "getupdates": get_updates,
    "sendmessage": send_message,
    "sendphoto": media.send_photo,
    "senddocument": media.send_document,
    "sendvoice": media.send_voice,
    "sendvideo": media.send_video,
    "sendaudio": media.send_audio,
    "sendmediagroup": media.send_media_group,
    "getfile": media.get_file,
    "sendchataction": send_chat_action,
    "answercallbackquery": answer_callback_query,
    "editmessagetext": edits.edit_message_text,
    "editmessagecaption": edits.edit_message_caption,
    "editmessagereplymarkup": edits.edit_message_reply_markup,
    "deletemessage": edits.delete_message,
    "pinchatmessage": edits.pin_chat_message,
    "unpinchatmessage": edits.unpin_chat_message,
    "setmessagereaction": edits.set_message_reaction,
    "setmycommands": commands.set_my_commands,
    "getmycommands": commands.get_my_commands,
    "deletemycommands": commands.delete_my_commands,
    "setchatmenubutton": commands.set_chat_menu_button,
    "getchatmenubutton": commands.get_chat_menu_button,
    "getchat": chats.get_chat,
    "getchatmember": chats.get_chat_member,
    "getchatadministrators": chats.get_chat_administrators,
    "getchatmembercount": chats.get_chat_member_count,
    "leavechat": chats.leave_chat,
}
