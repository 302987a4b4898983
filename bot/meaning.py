"""What somebody means by a tap, a number or the words of a choice: the same as if its value had been written."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from core.choices import named, number_in, numbers_in, read_mark, together
from core.message import Choice, Inbound, InboundKind, Reply
from core.platform import Hears, Limits
from core.texts import choices as texts
from records import menus
from records.session import Session

MENU_OPEN_FOR = timedelta(days=1)  # a number still picks; a button works as long as its menu is kept
JUST_OFFERED = timedelta(minutes=10)  # in a group, without naming the bot: later a number is talk among people
_LONGEST = 100  # characters; a longer text is no choice


def may_pick(message: Inbound) -> bool:
    """Whether this can be a choice at all."""
    return message.addressed and _is_short(message)


def may_be_overheard(message: Inbound, limits: Limits) -> bool:
    """Whether this can be a choice though it names nobody: in a group whose whole talk we are shown."""
    return message.group and not message.addressed and limits.hears is Hears.ALL and _is_short(message)


def picks(said: str, offered: Sequence[Choice]) -> bool:
    """Whether this is one of the choices, by its number where there are several, or by its label."""
    number = number_in(said)
    return bool(named(said, offered)) if number is None else 1 <= number <= len(offered) > 1


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
    if several := _several(message.text, offered):
        return _chosen(message, several)
    called = named(message.text, offered)
    if len(called) > 1:
        return Reply(texts.which_number(number for number, one in enumerate(offered, 1) if one in called))
    return _chosen(message, called[0]) if called else message


def _several(said: str, offered: Sequence[Choice]) -> Choice | None:
    """What "1 3" picks from choices of which several may be picked at once; None: nothing."""
    numbers = numbers_in(said)
    inside = bool(numbers) and all(1 <= number <= len(offered) for number in numbers)
    return together([offered[number - 1] for number in numbers]) if inside else None


def _is_short(message: Inbound) -> bool:
    return message.kind is InboundKind.TEXT and len(message.text) <= _LONGEST


def _chosen(message: Inbound, choice: Choice) -> Inbound:
    return replace(message, text=choice.value, pressed=True)
