"""Lists of commands by scope and language, and the button beside the text field."""

import json
import re

from tests.fakes.telegram_params import Json, Params, bad, structure
from tests.fakes.telegram_sending import known_chat
from tests.fakes.telegram_world import World

BUTTONS = ("default", "commands", "web_app")
SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
NARROW_SCOPES = ("chat", "chat_administrators", "chat_member")


def set_my_commands(world: World, params: Params) -> bool:
    commands = structure(params, "commands")
    if not isinstance(commands, list) or len(commands) > 100:
        raise bad("can't parse commands")
    for command in commands:
        if not re.fullmatch("[a-z0-9_]{1,32}", command.get("command", "")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command.get("description", "")) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[_scope(world, params)] = commands
    return True


def get_my_commands(world: World, params: Params) -> list[Json]:
    return world.commands.get(_scope(world, params), [])


def delete_my_commands(world: World, params: Params) -> bool:
    world.commands.pop(_scope(world, params), None)
    return True


def set_chat_menu_button(world: World, params: Params) -> bool:
    button = structure(params, "menu_button", {"type": "default"})
    if button.get("type") not in BUTTONS:
        raise bad("MenuButton has unsupported type")
    if "chat_id" in params:
        known_chat(world, params).menu_button = button
    else:
        world.menu_button = button
    return True


def get_chat_menu_button(world: World, params: Params) -> Json:
    own = known_chat(world, params).menu_button if "chat_id" in params else {}
    return own or world.menu_button


def shown_commands(world: World, scopes: list[Json], language: str) -> list[Json]:
    """What an app lists: the first scope that has a list in the app's language or in none."""
    for scope in scopes:
        for spoken in (language, ""):
            found = world.commands.get((json.dumps(scope, sort_keys=True), spoken))
            if found:
                return found
    return []


def _scope(world: World, params: Params) -> tuple[str, str]:
    scope = structure(params, "scope", {"type": "default"})
    kind, language = scope.get("type"), str(params.get("language_code", ""))
    if kind not in (*SCOPES, *NARROW_SCOPES):
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    if kind in NARROW_SCOPES:
        known_chat(world, scope)
    if language and not re.fullmatch("[a-z]{2}", language):
        raise bad("invalid language code specified")
    return json.dumps(scope, sort_keys=True), language
