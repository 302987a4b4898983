"""The evening before an event: one message to each group; where there is none, to who speaks for the unit."""

from datetime import timedelta

from core.clock import local_day
from core.message import Address
from core.reminding import Kind, Message
from core.texts import reminders as texts
from evidence.desk import Desk
from reminding.days import Days
from reminding.known import known
from reminding.open_groups import open_groups
from reminding.plan import events_after

SOON = timedelta(days=15)  # so far ahead the next working day may be


async def compose(desk: Desk) -> list[Message]:
    """Of the events before which this is the last working day."""
    day = local_day(desk.now)
    knows = await known(desk, Days([day], desk.index.workdays), (day, day + SOON))
    coming = events_after(desk.index, knows, day, desk.index.workdays)
    bound = await open_groups(desk, list(coming), Kind.EVENING, day)
    found = []
    people: dict[int, list[tuple[str, str]]] = {}
    refs = {unit: tuple(dict.fromkeys(one.ref for one in ones)) for unit, ones in coming.items()}
    for unit, ones in sorted(coming.items()):
        text = texts.evening(desk.short_name(unit), day, ones)
        chats: list[Address] = bound.get(unit, [])
        found += [Message(Kind.EVENING, day, (unit,), text, refs[unit], chat) for chat in chats]
        for person in () if chats else await desk.principals(unit):
            people.setdefault(person, []).append((unit, text))
    for person, said in people.items():
        units, tasks = tuple(unit for unit, _ in said), dict.fromkeys(ref for unit, _ in said for ref in refs[unit])
        text = "\n\n".join(text for _, text in said)
        found.append(Message(Kind.EVENING, day, units, text, tuple(tasks), person=person))
    return found
