"""The choices under our messages, so that a tap or a number means what its label says, however late it comes."""

import secrets
import string
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from core.choices import Mark
from core.message import Address, Choice, Inbound
from records.session import Session, insert_into
from records.tables import MenuRow

_LETTERS = string.ascii_lowercase + string.digits
_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Menu:
    """Choices offered to `sender` in a chat; `marked`: the same labels, each with the mark that its button carries."""

    id: str
    address: Address
    sender: str
    choices: tuple[Choice, ...]

    @property
    def marked(self) -> tuple[Choice, ...]:
        return tuple(Choice(choice.label, str(Mark(self.id, at))) for at, choice in enumerate(self.choices, 1))


def new(address: Address, sender: str, choices: Sequence[Choice]) -> Menu:
    """A menu with a name of its own, not kept yet."""
    return Menu("m" + "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)), address, sender, tuple(choices))


async def keep(session: Session, menus: Sequence[Menu], now: datetime) -> None:
    """From now on taps and numbers pick from these."""
    rows = [
        {
            "id": menu.id,
            "platform": menu.address.platform,
            "chat": menu.address.chat,
            "sender": menu.sender,
            "choices": [asdict(choice) for choice in menu.choices],
            "count": len(menu.choices),
            "made_at": now,
        }
        for menu in menus
    ]
    if rows:
        await session.execute(insert_into(session, MenuRow), rows)


async def offer(
    session: Session, address: Address, sender: str, choices: Sequence[Choice], now: datetime
) -> tuple[Choice, ...]:
    """Keep what is offered to `sender` in this chat; the same labels with the marks that buttons carry."""
    menu = new(address, sender, choices)
    await keep(session, [menu], now)
    return menu.marked


async def behind(session: Session, mark: Mark, address: Address) -> Choice | None:
    """The choice that a button stands for; None: it is too old, or belongs to another chat."""
    row = await session.get(MenuRow, mark.menu)
    if row is None or (row.platform, row.chat) != (address.platform, address.chat):
        return None
    return Choice(**row.choices[mark.number - 1]) if 1 <= mark.number <= len(row.choices) else None


async def open_for(session: Session, messages: Sequence[Inbound], since: datetime) -> dict[Inbound, tuple[Choice, ...]]:
    """For each message the newest choices, two or more, offered after `since`: to its sender, else in its chat."""
    newest: dict[tuple[str, str, str], tuple[Choice, ...]] = {}
    for menu in await _offered(session, messages, since, least=2):
        chat = menu.address.platform, menu.address.chat
        newest[*chat, menu.sender] = newest[*chat, ""] = menu.choices
    found = {one: newest.get((*_chat(one), one.sender)) or newest.get((*_chat(one), "")) for one in messages}
    return {one: choices for one, choices in found.items() if choices}


async def just_offered(
    session: Session, messages: Sequence[Inbound], since: datetime
) -> dict[Inbound, tuple[Choice, ...]]:
    """For each message the newest choices, one or more, offered after `since` to its sender in its chat."""
    newest = {(menu.address, menu.sender): menu.choices for menu in await _offered(session, messages, since)}
    return {one: newest[one.address, one.sender] for one in messages if (one.address, one.sender) in newest}


async def _offered(session: Session, messages: Sequence[Inbound], since: datetime, least: int = 1) -> list[Menu]:
    """What is open in the chats of these messages, was offered after `since` and has so many choices, oldest first."""
    services, chats = {one.address.platform for one in messages}, {one.address.chat for one in messages}
    offered = select(MenuRow.id, MenuRow.platform, MenuRow.chat, MenuRow.sender, MenuRow.choices)
    offered = offered.where(MenuRow.platform.in_(services), MenuRow.chat.in_(chats), MenuRow.made_at > since)
    offered = offered.where(MenuRow.open, MenuRow.count >= least)
    rows = await session.execute(offered.order_by(MenuRow.made_at, MenuRow.id))
    return [
        Menu(row.id, Address(row.platform, row.chat), row.sender, tuple(Choice(**one) for one in row.choices))
        for row in rows
    ]


async def close(session: Session, address: Address, sender: str) -> None:
    """Something else was asked: a number picks from none of these any more, buttons still work."""
    mine = update(MenuRow).where(
        MenuRow.platform == address.platform, MenuRow.chat == address.chat, MenuRow.sender == sender
    )
    await session.execute(mine.values(open=False))


async def forget_before(session: Session, instant: datetime) -> None:
    """Buttons offered before `instant` say that they are too old."""
    await session.execute(delete(MenuRow).where(MenuRow.made_at < instant))


async def move(session: Session, platform: str, old: str, new: str) -> None:
    """The chat has a new id."""
    await session.execute(update(MenuRow).where(MenuRow.platform == platform, MenuRow.chat == old).values(chat=new))


def _chat(message: Inbound) -> tuple[str, str]:
    return message.address.platform, message.address.chat
