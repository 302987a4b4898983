"""More time for one unit: its office moves the due day of a task for it, and the unit is told."""

from datetime import date

from core.people import Person, Role
from core.texts import progress as texts
from core.work import Obligation, TaskRef
from evidence.desk import Desk, title_of
from records import extensions, outbox
from records.notify import tell


def may_extend(desk: Desk, me: Person, unit: str) -> bool:
    """Whether this person moves due days for the unit: staff of the office right above it."""
    return me.role is Role.STAFF and unit in desk.below(me.unit)


async def grant(desk: Desk, me: Person, unit: str, ref: TaskRef, task: Obligation, due: date) -> None:
    """From now on the unit has until that day; who speaks for it is told once."""
    await extensions.grant(desk.session, unit, ref, due, me.id, desk.now)
    told = texts.you_have_until(desk.short_name(me.unit), desk.short_name(unit), title_of(task), due)
    for person in await desk.principals(unit):
        key = f"{outbox.EVIDENCE}extension:{ref}:{unit}:{due}:{person}"
        await tell(desk.session, person, told, (), key, desk.now, (ref,))
