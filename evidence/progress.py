"""Who has handed in what: a unit's own tasks, and for an office each task over the units right below it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from core.clock import local_day
from core.work import Obligation, TaskRef
from evidence.desk import Desk
from evidence.matrix import matrix
from evidence.occasions import BEST, day_meant
from evidence.standing import Around, Standing, around, bounds, by_date, by_task, standings_of
from knowledge.meant_for import Likely, due_within, named_task, owes
from knowledge.periods import Period
from records import extensions, submissions


async def of_unit(desk: Desk, unit: str, period: Period | None = None) -> Sequence[Standing]:
    """The unit's tasks that are due about now, or in the period, by date; one that comes back once for each day."""
    today = local_day(desk.now)
    first, last = bounds(period, today)

    def tasks(unit: str) -> Sequence[Likely]:
        return due_within(desk.index, desk.asker(unit), first, last, today)

    return by_date(await _standings(desk, [unit], tasks, around(period, today)))


async def of_office(
    desk: Desk, office: str, period: Period | None = None
) -> Mapping[tuple[TaskRef, date | None], Sequence[Standing]]:
    """For each task that is due then and that units right below owe, and each of its days: how each stands, by date.

    As the office sees it: what still waits within a school is not there. A day that was moved for one unit stands with
    the day of the others.
    """
    return (await matrix(desk, office, period)).standings()


async def of_tasks(desk: Desk, units: Sequence[str], refs: Sequence[TaskRef]) -> Sequence[Standing]:
    """How each of these units that owes one of these tasks stands with it, whenever it is due.

    With what comes back: how it stands with the day that is nearest now, of two the later.
    """
    named = [found for ref in refs if (found := named_task(desk.index, ref))]
    today = local_day(desk.now)

    def nearest(task: Obligation, moved: date | None) -> Sequence[date]:
        day = day_meant(task, (), moved, today)
        return [day] if day else []

    owing = {unit: [one for one in named if owes(desk.index, desk.asker(unit), one.ref)] for unit in units}
    return await _standings(desk, units, owing.__getitem__, nearest)


async def _standings(
    desk: Desk,
    units: Sequence[str],
    tasks: Callable[[str], Sequence[Likely]],
    around: Around,
) -> list[Standing]:
    """`tasks`: those of a unit that are looked at; `around`: on which days."""
    owed = {unit: tasks(unit) for unit in units}
    documents = {one.ref.document for ones in owed.values() for one in ones}
    came = by_task(await submissions.owed(desk.session, units, documents, BEST))
    days = await extensions.of_units(desk.session, units)
    return [
        standing
        for unit in units
        for one in owed[unit]
        for standing in standings_of(desk, unit, one, came.get((unit, one.ref), ()), days.get((unit, one.ref)), around)
    ]
