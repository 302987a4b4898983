"""The evening before an event: one message to each group; where there is none, to who speaks for the unit."""

import asyncio
from collections.abc import Collection

from core.message import Address
from core.reminding import Kind, Message
from core.texts import reminders as texts
from reminding.asked import evenings
from reminding.open_groups import open_groups
from reminding.plan import events_after
from reminding.rounds import Round


async def compose(at: Round, only: Collection[str] | None = None) -> list[Message]:
    """Of the events before which this is the last working day."""
    day = at.day
    _, knows = await at.knows(evenings(day, at.workdays), only=only)
    coming = await asyncio.to_thread(events_after, at.index, knows, day, at.workdays, only)
    async with at.desk() as desk:
        bound = await open_groups(desk, list(coming), Kind.EVENING, day)
        speak = await desk.principals_of([unit for unit in coming if not bound.get(unit)])
    found = []
    people: dict[int, list[tuple[str, str]]] = {}
    refs = {unit: tuple(dict.fromkeys(one.ref for one in ones)) for unit, ones in coming.items()}
    for unit, ones in sorted(coming.items()):
        text = texts.evening(desk.short_name(unit), day, ones)
        chats: list[Address] = bound.get(unit, [])
        found += [Message(Kind.EVENING, day, (unit,), text, refs[unit], chat) for chat in chats]
        for person in speak.get(unit, ()):
            people.setdefault(person, []).append((unit, text))
    for person, said in people.items():
        units, tasks = tuple(unit for unit, _ in said), dict.fromkeys(ref for unit, _ in said for ref in refs[unit])
        text = "\n\n".join(text for _, text in said)
        found.append(Message(Kind.EVENING, day, units, text, tuple(tasks), person=person))
    return found
