"""Questions about chats and the people in them."""

from tests.fakes.telegram_params import Json, Params, bad, integer
from tests.fakes.telegram_sending import target
from tests.fakes.telegram_world import MEMBER_RIGHTS, Chat, World, member

GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
INSIDE = ("creator", "administrator", "member", "restricted")


def get_chat(world: World, params: Params) -> Json:
    """ChatFullInfo."""
    chat = target(world, params)
    gifts = dict.fromkeys(GIFTS, False)
    found = chat.public() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
    if chat.is_group:
        found["permissions"] = {f"can_{right}": True for right in MEMBER_RIGHTS}
    if chat.pinned:
        found["pinned_message"] = chat.messages[chat.pinned[0]]
    return found


def get_chat_member(world: World, params: Params) -> Json:
    chat, asked = target(world, params), integer(params, "user_id")
    for user, status in _everybody(world, chat):
        if user["id"] == asked:
            return member(user, status)
    if asked not in world.chats:
        raise bad("invalid user_id specified")
    raise bad("member not found" if chat.type != "private" else "user not found")


def get_chat_administrators(world: World, params: Params) -> list[Json]:
    chat = target(world, params)
    if not chat.is_group:
        raise bad("there are no administrators in the private chat")
    return [member(*one) for one in _everybody(world, chat) if one[1] in ("creator", "administrator")]


def get_chat_member_count(world: World, params: Params) -> int:
    chat = target(world, params)
    return len([one for one in _everybody(world, chat) if one[1] in INSIDE])


def leave_chat(world: World, params: Params) -> bool:
    chat = target(world, params)
    if not chat.is_group:
        raise bad("chat is a private chat; a bot cannot leave it")
    world.bot_becomes(chat, "left", world.bot)
    return True


def _everybody(world: World, chat: Chat) -> list[tuple[Json, str]]:
    if chat.type == "private":
        user: Json = {"id": chat.id, "is_bot": False, "first_name": chat.title}
        return [(user, "member"), (world.bot, "member")]
    return [*chat.members.values(), (world.bot, chat.bot)]
