"""Telegram's updates as JSON, before anything in them is understood."""

import json
from typing import Any

from bot.platforms.telegram_inbound import NAME
from core.errors import Unreadable
from core.platform import Delivery

_SPOKEN_IN = ("message", "edited_message", "channel_post", "my_chat_member", "callback_query")

# A sample update, as it is stored:
# {"update_id": 7, "message": {"message_id": 3, "date": 1701388800, "text": "/han",
#   "entities": [{"type": "bot_command", "offset": 0, "length": 4}],
#   "chat": {"id": 42, "type": "private", "first_name": "Lan"},
#   "from": {"id": 42, "is_bot": false, "first_name": "Lan"}}}


def update_of(raw: bytes) -> dict[str, Any]:
    """The update as JSON. Raises Unreadable for anything but an object with a number."""
    try:
        update = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Unreadable("not JSON") from error
    if not is_update(update):
        raise Unreadable("no update_id")
    found: dict[str, Any] = update
    return found


def is_update(update: object) -> bool:
    return isinstance(update, dict) and type(update.get("update_id")) is int


def delivery(update: dict[str, Any], raw: bytes) -> Delivery:
    return Delivery(NAME, str(update["update_id"]), raw, _lane(update))


def _lane(update: dict[str, Any]) -> str:
    """The chat: a press waits for the message before it, though Telegram sends them apart. Guesses nothing."""
    for part in filter(None, map(update.get, _SPOKEN_IN)):
        try:
            return str(part.get("message", part)["chat"]["id"])
        except (KeyError, TypeError, AttributeError):
            continue
    press = update.get("callback_query")
    return f"callback:{press.get('id', '')}" if isinstance(press, dict) else ""
