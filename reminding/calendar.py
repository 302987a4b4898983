"""The due days of units as entries of a calendar: what the documents say, the moved days, what is handed in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.calendar import Entry
from core.clock import VIETNAM
from core.evidence import DONE
from core.texts import calendar as texts
from core.work import Due, Kind, Obligation, Status, TaskRef
from evidence.desk import Desk, title_of
from evidence.occasions import BEST, best_of
from knowledge.changed import note, words_now
from knowledge.cite import label
from knowledge.gatherings import Gathering, gathering
from knowledge.occurrences import days_of, repeats
from knowledge.volume import Volume
from records import calendars, extensions, submissions
from records.extensions import Moved
from reminding.known import for_repeated
from reminding.owed import Known, is_invited, owes
from reminding.steps import last_safe

BACK, AHEAD = timedelta(days=60), timedelta(days=400)
REPEATED = timedelta(days=100)  # so far ahead what comes back is shown
LONGEST = timedelta(days=31)  # of an event that goes on for days


@dataclass(frozen=True, slots=True)
class _Reader:
    """What every step needs."""

    desk: Desk
    home: str  # of the ids
    moved: Mapping[tuple[str, TaskRef], Moved]
    known: Known
    several: bool  # units: their names are told


async def feed(desk: Desk, units: Sequence[str], today: date) -> tuple[Entry, ...]:
    """What these units owe around now, by day."""
    return await between(desk, units, today - BACK, today + AHEAD, today + REPEATED)


async def between(desk: Desk, units: Sequence[str], first: date, last: date, repeated: date) -> tuple[Entry, ...]:
    """What these units owe on days from `first` to `last`, by day; what comes back up to `repeated`.

    Also what was past when its document came: a calendar blames nobody. No task without a day.
    """
    home = f"{await calendars.namespace(desk.session)}.nhacviec"
    moved = await extensions.moves(desk.session, units)
    came = await submissions.placed(desk.session, units, BEST)
    known = Known({key: one.due for key, one in moved.items()}, best_of(came), given=for_repeated(desk, came))
    reader = _Reader(desk, home, moved, known, len(units) > 1)
    found = [entry for unit in units for entry in _of_unit(reader, unit, first, last, repeated)]
    return tuple(sorted((one for one in found if first <= one.last and one.first <= last), key=_order))


def _order(one: Entry) -> tuple[date, str]:
    return one.first, one.uid


def _of_unit(reader: _Reader, unit: str, first: date, last: date, repeated: date) -> Iterator[Entry]:
    index, own = reader.desk.index, reader.desk.index.tree.get(unit)
    if own is None:  # whoever is not would be shown everything
        return
    above = {one.code for one in index.tree.above(unit)}
    for volume in index.scope(reader.desk.asker(unit)):
        for number, task in enumerate(volume.shelved.plan.obligations):
            ref, end = TaskRef(volume.shelved.id, number), min(last, repeated) if repeats(task) else last
            about = gathering(volume, task) if task.kind is Kind.EVENT else Gathering()
            if volume.unit in above and (owes(task, own) or is_invited(task, about, own)):
                for due in _dues(reader, unit, ref, task, first, end):
                    yield _entry(reader, unit, volume, ref, task, due, about)


def _dues(reader: _Reader, unit: str, ref: TaskRef, task: Obligation, first: date, last: date) -> Iterator[Due]:
    moved = reader.moved.get((unit, ref))
    before = task.until is not None and task.until.before
    margin = LONGEST  # it may stand on an earlier day, or go on for days
    day = moved.due if moved else None
    if day is not None and not repeats(task):
        yield Due(day)
        return
    yield from (Due(one, before and one != day) for one in days_of(task, first - margin, last + margin, day))


def _entry(
    reader: _Reader, unit: str, volume: Volume, ref: TaskRef, task: Obligation, due: Due, about: Gathering
) -> Entry:
    desk, moved = reader.desk, reader.moved.get((unit, ref))
    safe = due.day if task.kind is Kind.EVENT else last_safe(due, desk.index.workdays)
    best = reader.known.best_for(unit, ref, task)(due.day)
    given = best.handed_in_at if best and best.state in DONE else None
    changed = [_midnight(volume.shelved.ingested_on), *([moved.at] if moved else []), *([given] if given else [])]
    changed += [_midnight(day) for day in _amended_on(desk, volume, ref)]
    source = label(desk.index, volume)
    told = None if safe == due.last else safe
    return Entry(
        uid=_uid(reader, unit, ref, due if repeats(task) else None),
        first=_start(task, due) if task.kind is Kind.EVENT else safe,
        last=safe,
        title=texts.title(
            task, title_of(task), due, done=given is not None, unit=desk.short_name(unit) if reader.several else ""
        ),
        about=texts.about(
            task,
            told,
            source,
            moved=moved.due if moved and (not repeats(task) or due.day == moved.due) else None,
            given=given,
            guests=about.guests,
            changed=note(desk.index, volume, task),
            words=words_now(volume, task),
        ),
        place=about.place,
        changed=max(changed),
        tentative=task.status is Status.TENTATIVE,
        due=due.day,
        done=given is not None,
        event=task.kind is Kind.EVENT,
    )


def _amended_on(desk: Desk, volume: Volume, ref: TaskRef) -> Iterator[date]:
    """The days on which it came to be known that a later document changes the task."""
    for one in volume.shelved.changes:
        if one.ref == ref and (by := desk.index.by_id.get(one.by)):
            yield by.shelved.ingested_on


def _uid(reader: _Reader, unit: str, ref: TaskRef, due: Due | None) -> str:
    """Of the task for this unit, and of the day where it comes back."""
    day = f"-{due.day:%Y%m%d}" if due else ""
    return f"{ref}{day}-{unit}@{reader.home}"


def _start(task: Obligation, due: Due) -> date:
    begins = task.start if task.start and task.due == due.day else None
    return begins if begins and timedelta(0) <= due.day - begins <= LONGEST else due.day


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)
