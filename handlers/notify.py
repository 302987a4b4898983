"""Writing to somebody who did not just write to us, on the channel that reaches the person best."""

from collections.abc import Sequence
from datetime import datetime

from core.capabilities import PRIVATE
from core.choices import listed
from core.message import Choice, Outbound
from records import menus, outbox, people
from records.session import Session


async def tell(session: Session, person: int, text: str, choices: Sequence[Choice], key: str, now: datetime) -> bool:
    """Queue it under `key`, once; False: there is no way to this person."""
    ways = await people.ways_to(session, person)
    if not ways:
        return False
    address = ways[0]
    marked = await menus.offer(session, address, address.chat, choices, now) if choices else ()
    limits = PRIVATE.get(address.platform)
    if limits is None or len(marked) > limits.buttons:
        text, marked = listed(text, choices), ()
    await outbox.put(session, Outbound(address, text, marked), key, now, person=person)
    return True
