"""The afternoon's messages: to a group, once, where something is due that day and not in."""

from core.clock import local_day
from core.evidence import State
from core.reminding import Kind, Message, Reminder, Why
from core.texts import reminders as texts
from evidence.desk import Desk
from records import groups
from reminding.days import Days
from reminding.known import known
from reminding.plan import plan


async def compose(desk: Desk) -> list[Message]:
    """What ought to be done by this evening; not what waits for the principal alone, and no events."""
    day = local_day(desk.now)
    planned = plan(desk.index, await known(desk, Days([day], desk.index.workdays)), day, desk.index.workdays)
    urgent = {unit: found for unit, ones in planned.items() if (found := [one for one in ones if _is_urgent(one)])}
    bound = await groups.of_units(desk.session, list(urgent))
    return [
        Message(
            Kind.URGENT,
            day,
            (unit,),
            texts.urgent(desk.short_name(unit), ones),
            tuple(dict.fromkeys(one.ref for one in ones)),
            chat,
        )
        for unit, ones in sorted(urgent.items())
        for chat in bound.get(unit, [])
    ]


def _is_urgent(one: Reminder) -> bool:
    return one.stand.why in (Why.LAST, Why.CLOSING) and not one.event and one.state is not State.HELD
