"""What somebody means by a tap, a number or the words of a choice: the same as if its value had been written."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from core.choices import named, number_in, read_mark
from core.message import Choice, Inbound, InboundKind, Reply
from core.texts import choices as texts
from records import menus
from records.session import Session

MENU_OPEN_FOR = timedelta(days=1)  # a number still picks; a button works as long as its menu is kept
_LONGEST = 100  # characters; a longer text is no choice


def may_pick(message: Inbound) -> bool:
    """Whether this can be a choice at all."""
    return message.kind is InboundKind.TEXT and message.addressed and len(message.text) <= _LONGEST


async def meant(message: Inbound, offered: Sequence[Choice], session: Session) -> Inbound | Reply:
    """The message with the value of the choice as its text; a Reply where what it picks is not there.

    `offered`: what is open to the sender in this chat.
    """
    if not may_pick(message):
        return message
    if mark := read_mark(message.text):
        choice = await menus.behind(session, mark, message.address)
        return _chosen(message, choice) if choice else Reply(texts.OLD_BUTTON)
    if not offered:
        return message
    number = number_in(message.text)
    if number is not None:
        inside = 1 <= number <= len(offered)
        return _chosen(message, offered[number - 1]) if inside else Reply(texts.no_such_choice(len(offered)))
    called = named(message.text, offered)
    if len(called) > 1:
        return Reply(texts.which_number(number for number, one in enumerate(offered, 1) if one in called))
    return _chosen(message, called[0]) if called else message


def _chosen(message: Inbound, choice: Choice) -> Inbound:
    return replace(message, text=choice.value, pressed=True)
