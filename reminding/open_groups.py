"""The groups that still take what is written to them, and those that do not but in whose stead nobody gets it."""

from collections.abc import Mapping
from datetime import date

from core.message import Address
from core.reminding import Kind
from evidence.desk import Desk
from records import contacts, groups, outbox, people
from records.reminders import key_of


async def open_groups(desk: Desk, units: list[str], kind: Kind, day: date) -> Mapping[str, list[Address]]:
    """By unit. What was queued for a group today stays the group's: it goes to the principal by itself."""
    bound = await groups.of_units(desk.session, units)
    lost = await contacts.lost_groups(desk.session)
    silent = {chat for chats in bound.values() for chat in chats if chat in lost}
    if not silent:
        return bound
    keys = {key_of(kind, str(day), f"{chat.platform}:{chat.chat}"): chat for chat in silent}
    silent = silent - {keys[key] for key in await outbox.queued(desk.session, keys)}
    found = {}
    for unit, chats in bound.items():
        left = [chat for chat in chats if chat not in silent]
        found[unit] = left if left or await _is_heard(desk, unit) else chats
    return found


async def _is_heard(desk: Desk, unit: str) -> bool:
    """Whether somebody who gives the unit's word can be written to."""
    return any([await people.ways_to(desk.session, person) for person in await desk.principals(unit)])
