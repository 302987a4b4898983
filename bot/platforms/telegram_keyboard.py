"""What stands under a message on Telegram: choices to tap, or a button that shares the own phone number."""

from collections.abc import Sequence

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from core.message import Choice, Outbound
from core.texts import menu

ROW = 24  # characters side by side that a phone shows without cutting them
Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None


def asks_phone(message: Outbound) -> bool:
    """Numbers are asked for in private chats only; elsewhere Telegram refuses the button."""
    return message.ask_phone and not message.group


def markup(message: Outbound, *, clear: bool) -> Markup:
    """The keyboard of a message; `clear`: put away the one that asked for a phone number."""
    if asks_phone(message):
        return _phone_keyboard(message.choices)
    if message.choices:
        return inline_keyboard(message.choices)
    return ReplyKeyboardRemove() if clear else None


def inline_keyboard(choices: Sequence[Choice]) -> InlineKeyboardMarkup | None:
    """Short choices side by side, in their order; a long one has a row of its own. None: nothing to choose."""
    rows: list[list[InlineKeyboardButton]] = []
    room = 0
    for choice in choices:
        width = len(choice.label) + 3
        if width > room:
            rows.append([])
            room = ROW
        rows[-1].append(InlineKeyboardButton(choice.label, callback_data=choice.value))
        room -= width
    return InlineKeyboardMarkup(rows) if rows else None


def _phone_keyboard(choices: Sequence[Choice]) -> ReplyKeyboardMarkup:
    """Takes the place of the letters. A message has one keyboard only, so choices are words to tap here."""
    share = KeyboardButton(menu.SHARE_PHONE, request_contact=True)
    rows = [[share], *([KeyboardButton(choice.label)] for choice in choices)]
    return ReplyKeyboardMarkup(rows, resize_keyboard=True, one_time_keyboard=True)
