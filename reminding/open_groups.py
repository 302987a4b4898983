"""The groups that still take what is written to them, and those that do not but in whose stead nobody gets it."""

from collections.abc import Mapping, Sequence
from datetime import date

from core.message import Address
from core.reminding import Kind
from evidence.desk import Desk
from records import contacts, groups, known_keys, people
from records.reminders import key_of


async def open_groups(desk: Desk, units: Sequence[str], kind: Kind, day: date) -> Mapping[str, list[Address]]:
    """By unit. What was queued for a group today stays the group's: it goes to the principal by itself."""
    bound = await groups.of_units(desk.session, units)
    silent = await contacts.lost_groups(desk.session) & {chat for chats in bound.values() for chat in chats}
    if not silent:
        return bound
    keys = {key_of(kind, str(day), f"{chat.platform}:{chat.chat}"): chat for chat in silent}
    silent -= {keys[key] for key in await known_keys.queued(desk.session, keys)}
    left = {unit: [chat for chat in chats if chat not in silent] for unit, chats in bound.items()}
    heard = await _heard(desk, [unit for unit, chats in left.items() if not chats])
    return {unit: chats or ([] if unit in heard else bound[unit]) for unit, chats in left.items()}


async def _heard(desk: Desk, units: Sequence[str]) -> set[str]:
    """Those where somebody who gives the unit's word can be written to."""
    speak = await desk.principals_of(units)
    ways = await people.ways_by_person(desk.session, {one for ones in speak.values() for one in ones})
    return {unit for unit, ones in speak.items() if any(one in ways for one in ones)}
