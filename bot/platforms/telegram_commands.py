"""The lists of commands that Telegram's apps show, one for each kind of reader."""

from collections.abc import Sequence

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
)

from core.texts import menu

# The most specific scope wins, then the language of the app, then no language.
# https://core.telegram.org/bots/api#determining-list-of-commands
LISTS: tuple[tuple[BotCommandScope, Sequence[tuple[str, str]]], ...] = (
    (BotCommandScopeDefault(), menu.PRIVATE),
    (BotCommandScopeAllPrivateChats(), menu.PRIVATE),
    (BotCommandScopeAllGroupChats(), menu.GROUP),
    (BotCommandScopeAllChatAdministrators(), menu.GROUP_ADMINS),
)
LANGUAGES = ("", "vi")


async def show_commands(bot: Bot) -> None:
    """Set each list that is not shown yet; Telegram throttles those who set them at every start."""
    for scope, entries in LISTS:
        wanted = tuple(BotCommand(command, description) for command, description in entries)
        for language in LANGUAGES:
            if await bot.get_my_commands(scope, language) != wanted:
                await bot.set_my_commands(wanted, scope, language)
