"""An office that was closed without a successor: who is above it has its schools' evidence, and is told once."""

from core.clock import local_day
from core.evidence import State
from core.people import Level, Unit
from core.texts import queue as texts
from evidence.desk import Desk
from records import outbox, submissions
from records.notify import tell


async def tell_heirs(desk: Desk) -> None:
    """As soon as something of such a school waits for them."""
    today = local_day(desk.now)
    for closed in desk.index.tree.units.values():
        over = closed.valid_to is not None and closed.valid_to < today
        if over and closed.level is not Level.SCHOOL and not closed.successor:
            await _tell(desk, closed)


async def _tell(desk: Desk, closed: Unit) -> None:
    heir = desk.above(closed.code)
    if heir is None:
        return
    theirs = [unit for unit in desk.below(heir.code) if desk.index.tree.is_below(unit, closed.code)]
    waiting = await submissions.placed(desk.session, theirs, (State.SUBMITTED,))
    units = sorted({desk.short_name(one.giver.unit) for one in waiting})
    for person in await desk.principals(heir.code) if waiting else ():
        key = f"{outbox.EVIDENCE}fell-to:{closed.code}:{heir.code}:{person}"
        text = texts.fell_to(desk.short_name(closed.code), units, len(waiting))
        await tell(desk.session, person, text, (), key, desk.now)
