"""Which messages an Official Account may send: every shape that the service takes, and nothing else."""

import re

from tests.fakes.telegram_params import ApiError, Json
from tests.fakes.zalo_cdn import look_at
from tests.fakes.zalo_oa_world import World

LONGEST_TEXT = 2000
MOST_BUTTONS = 5
MEDIA = ("image", "gif", "sticker")
PHONE_BUTTON = ("oa.open.phone", "oa.open.sms")
QUERY_BUTTON = ("oa.query.show", "oa.query.hide")


def bad(name: str) -> ApiError:
    return ApiError(-201, f"Parameter {name} is invalid")


async def checked(world: World, message: object, history: Json, group: bool, failures: list[str]) -> Json:
    """What people see of the message: text, kind, name, buttons, quote. Raises ApiError."""
    if not isinstance(message, dict) or message.keys() - {"text", "attachment", "quote_message_id"}:
        raise bad("message")
    text, attachment = message.get("text", ""), message.get("attachment")
    if not isinstance(text, str) or len(text) > LONGEST_TEXT or not (text or attachment):
        raise bad("text")
    if "quote_message_id" in message and message["quote_message_id"] not in history:
        raise bad("quote_message_id")
    shown = await _attachment(world, attachment, text, group, failures) if attachment else {"kind": "text"}
    return {"text": text, "quote": message.get("quote_message_id", "")} | shown


async def _attachment(world: World, attachment: object, text: str, group: bool, failures: list[str]) -> Json:
    payload = attachment.get("payload") if isinstance(attachment, dict) else None
    if not isinstance(attachment, dict) or not isinstance(payload, dict):
        raise bad("attachment")
    if attachment.get("type") == "file":
        if text:
            raise bad("text")
        found = world.upload(payload.get("token"), "file")
        return {"kind": "file", "name": found.name, "content": found.content}
    if attachment.get("type") != "template":
        raise bad("attachment.type")
    return await _template(world, payload, text, group, failures)


async def _template(world: World, payload: Json, text: str, group: bool, failures: list[str]) -> Json:
    kind = payload.get("template_type")
    if kind == "media":
        return await _media(world, _only(payload), failures)
    if group:
        raise ApiError(-233, "Message type is not supported in groups")
    if kind == "request_user_info":
        element = _only(payload)
        if not element.get("title") or not str(element.get("image_url", "")).startswith("https://"):
            raise bad("elements")
        return {"kind": "request_user_info", "title": element["title"]}
    if kind is not None:
        raise bad("template_type")
    if not text:
        raise bad("text")
    return {"kind": "text", "buttons": _buttons(payload.get("buttons"))}


async def _media(world: World, element: Json, failures: list[str]) -> Json:
    """By address or by id, never both; a picture by address is fetched twice, as the service and its CDN do."""
    kind, url, upload = element.get("media_type"), element.get("url"), element.get("attachment_id")
    if kind not in MEDIA or bool(url) == bool(upload):
        raise bad("elements")
    if kind == "gif" and not (_positive(element.get("width")) and _positive(element.get("height"))):
        raise bad("width")
    if kind == "sticker":
        return {"kind": kind, "name": str(upload)}
    if upload:
        found = world.upload(upload, kind)
        return {"kind": kind, "name": found.name, "content": found.content}
    seen = await look_at(str(url))
    if not seen.found:
        raise bad("url")
    if seen.trouble:
        failures.append(seen.trouble)
    return {"kind": kind, "name": str(url), "content": seen.content}


def _only(payload: Json) -> Json:
    elements = payload.get("elements")
    if not isinstance(elements, list) or len(elements) != 1 or not isinstance(elements[0], dict):
        raise bad("elements")
    found: Json = elements[0]
    return found


def _buttons(buttons: object) -> list[Json]:
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= MOST_BUTTONS:
        raise bad("buttons")
    for button in buttons:
        if not isinstance(button, dict) or not 1 <= len(str(button.get("title", ""))) <= 100:
            raise bad("title")
        if not _button_fits(button.get("type"), button.get("payload")):
            raise bad("buttons")
    return buttons


def _button_fits(kind: object, payload: object) -> bool:
    if kind in QUERY_BUTTON:
        return isinstance(payload, str) and 1 <= len(payload) <= 1000
    if not isinstance(payload, dict):
        return False
    if kind == "oa.open.url":
        return re.match(r"https?://", str(payload.get("url", ""))) is not None
    return kind in PHONE_BUTTON and bool(payload.get("phone_code"))


def _positive(number: object) -> bool:
    return isinstance(number, int) and number > 0
