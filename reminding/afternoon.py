"""The afternoon's messages: to a group, once, where something is due that day and not in."""

import asyncio
from collections.abc import Collection

from core.evidence import State
from core.reminding import Kind, Message, Reminder
from core.texts import reminders as texts
from records import groups
from reminding.asked import last_days
from reminding.plan import ByUnit, urgent
from reminding.rounds import Round


async def compose(at: Round, only: Collection[str] | None = None) -> list[Message]:
    """What ought to be done by this evening; not what waits for the principal alone, and no events."""
    desk, knows = await at.knows(last_days(at.day, at.workdays), only=only)
    planned = _open(await asyncio.to_thread(urgent, at.index, knows, at.day, at.workdays, only))
    async with at.begin() as session:
        bound = await groups.of_units(session, planned)
    return [
        Message(
            Kind.URGENT,
            at.day,
            (unit,),
            texts.urgent(desk.short_name(unit), ones),
            tuple(dict.fromkeys(one.ref for one in ones)),
            chat,
        )
        for unit, ones in sorted(planned.items())
        for chat in bound.get(unit, [])
    ]


def _open(planned: ByUnit) -> dict[str, list[Reminder]]:
    found = {unit: [one for one in ones if one.state is not State.HELD] for unit, ones in planned.items()}
    return {unit: ones for unit, ones in found.items() if ones}
