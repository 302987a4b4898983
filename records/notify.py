"""Writing to people: with choices as their chat shows them; on the channel that reaches them best."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.capabilities import PRIVATE
from core.choices import listed
from core.message import Choice, Outbound, StoredFile, Urgency
from core.work import TaskRef
from records import menus, outbox, people
from records.session import Session


async def tell(
    session: Session,
    person: int,
    text: str,
    choices: Sequence[Choice],
    key: str,
    now: datetime,
    tasks: Sequence[TaskRef] = (),
    stored: Sequence[StoredFile] = (),
    urgency: Urgency = Urgency.ANSWER,
) -> bool:
    """Queue it under `key`, once, for the channel that reaches the person best; False: there is no way to her.

    `stored`: files that go with it.
    """
    ways = await people.ways_to(session, person)
    if not ways:
        return False
    message = Outbound(ways[0], text, tasks=tuple(tasks), urgency=urgency)
    await write(session, message, ways[0].chat, choices, key, now, person=person, stored=stored)
    return True


async def write(
    session: Session,
    message: Outbound,
    sender: str,
    choices: Sequence[Choice],
    key: str,
    now: datetime,
    *,
    person: int | None = None,
    stored: Sequence[StoredFile] = (),
) -> None:
    """Queue the message with choices that `sender` may pick from: buttons, or a list in the text."""
    if choices:
        marked = await menus.offer(session, message.address, sender, choices, now)
        limits = None if message.group else PRIVATE.get(message.address.platform)
        if limits is None or len(marked) > limits.buttons:
            message = replace(message, text=listed(message.text, choices))
        else:
            message = replace(message, choices=marked)
    await outbox.put(session, message, key, now, stored=stored, person=person)
