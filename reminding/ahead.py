"""On which days a unit will be reminded of what, as things stand."""

from datetime import date, timedelta

from core.reminding import Reminder
from core.work import TaskRef
from evidence.desk import Desk
from reminding.known import known_of
from reminding.plan import plan


async def ahead(desk: Desk, unit: str, first: date, last: date) -> dict[date, list[Reminder]]:
    """By day from `first` to `last`, without those on which it hears of nothing."""
    knows, days = await known_of(desk, [unit]), (last - first).days + 1
    each = (first + timedelta(days=n) for n in range(days))
    found = {day: plan(desk.index, knows, day, desk.index.workdays, only=[unit]).get(unit, []) for day in each}
    return {day: ones for day, ones in found.items() if ones}


def by_task(found: dict[date, list[Reminder]]) -> dict[tuple[date, TaskRef], list[tuple[date, Reminder]]]:
    """The same by due day and task."""
    turned: dict[tuple[date, TaskRef], list[tuple[date, Reminder]]] = {}
    for day, ones in found.items():
        for one in ones:
            turned.setdefault((one.due.day, one.ref), []).append((day, one))
    return turned
