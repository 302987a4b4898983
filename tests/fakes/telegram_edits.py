"""Changes to messages that are there: edits, deletions, pins, reactions."""

from datetime import timedelta

from telegram.constants import ReactionEmoji

from tests.fakes.telegram_params import Json, Params, bad, integer, structure
from tests.fakes.telegram_sending import caption_of, read_markup, target, text_of, write
from tests.fakes.telegram_world import Chat, World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
DELETABLE = timedelta(hours=48)
EMOJI = frozenset(ReactionEmoji)  # a fixed list: 👍 and 👀 are in it, ✅ and ❌ are not


def edit_message_text(world: World, params: Params) -> Json:
    return _edit(world, params, text_of(params), ("text", "entities"))


def edit_message_caption(world: World, params: Params) -> Json:
    return _edit(world, params, caption_of(params), ("caption", "caption_entities"))


def edit_message_reply_markup(world: World, params: Params) -> Json:
    return _edit(world, params, {}, ())


def delete_message(world: World, params: Params) -> bool:
    chat = target(world, params)
    message = chat.messages.get(integer(params, "message_id"))
    if message is None:
        raise bad("message to delete not found")
    old = world.now() - message["date"] > DELETABLE.total_seconds()
    others = message["message_id"] not in chat.own and chat.is_group and chat.bot != "administrator"
    if old or others:
        raise bad("message can't be deleted")
    del chat.messages[message["message_id"]]
    return True


def pin_chat_message(world: World, params: Params) -> bool:
    """The pin is a message of its own for those who read the chat."""
    chat, message = _present(world, params, "message to pin not found")
    if chat.is_group and chat.bot != "administrator":
        raise bad("not enough rights to manage pinned messages in the chat")
    if message["message_id"] not in chat.pinned:
        chat.pinned.insert(0, message["message_id"])
        write(world, chat, {}, {"pinned_message": {**message}})
    return True


def unpin_chat_message(world: World, params: Params) -> bool:
    chat = target(world, params)
    number = integer(params, "message_id", chat.pinned[0] if chat.pinned else 0)
    if number not in chat.pinned:
        raise bad("message to unpin not found")
    chat.pinned.remove(number)
    return True


def set_message_reaction(world: World, params: Params) -> bool:
    """None or one, of the fixed list."""
    chat, message = _present(world, params, "message to react not found")
    wanted = structure(params, "reaction", [])
    if len(wanted) > 1:
        raise bad("REACTIONS_TOO_MANY")
    if any(one.get("emoji") not in EMOJI for one in wanted):
        raise bad("REACTION_INVALID")
    chat.reactions.pop(message["message_id"], None)
    if wanted:
        chat.reactions[message["message_id"]] = wanted[0]["emoji"]
    return True


def _present(world: World, params: Params, otherwise: str) -> tuple[Chat, Json]:
    chat = target(world, params)
    message = chat.messages.get(integer(params, "message_id"))
    if message is None:
        raise bad(otherwise)
    return chat, message


def _edit(world: World, params: Params, content: Json, names: tuple[str, ...]) -> Json:
    """Exchange these parts of a message, and its buttons."""
    chat, message = _present(world, params, "message to edit not found")
    if message["message_id"] not in chat.own or message["message_id"] in chat.keyboards:
        raise bad("message can't be edited")
    if "text" in names and "text" not in message:
        raise bad("there is no text in the message to edit")
    markup = read_markup(chat, params)
    before = {name: message[name] for name in names if name in message}
    if content == before and markup == message.get("reply_markup", {}):
        raise bad(NOT_MODIFIED)
    for name in (*names, "reply_markup"):
        message.pop(name, None)
    message |= content | ({"reply_markup": markup} if markup else {})
    message["edit_date"] = world.now()
    return message
