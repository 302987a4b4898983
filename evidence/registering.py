"""Activities that a school registers: for which task, handed in with the first of them, and the office's table."""

import re
from dataclasses import replace
from datetime import date, datetime, time

from core.activities import Activity, Registered
from core.clock import VIETNAM, local_day
from core.evidence import DONE, Giver, State, days_late
from core.message import FileRef
from core.people import Level, Person
from core.texts import activities as texts
from core.work import Obligation, TaskRef
from evidence.desk import Desk, title_of
from evidence.tables import Table, xlsx
from evidence.turning import turn
from knowledge.fold import fold
from knowledge.meant_for import owed_tasks
from knowledge.school_years import school_year
from records import activities, daily, received, submissions
from records.submissions import Part

SHEET = "registrations"  # as a wish (records.sheets)
NOTE = "note"  # FileRef.kind of words of ours that are kept as a file
_ASKS = re.compile(r"\bdang ky\b.*\b(?:cap truong|(?:03|3|ba) cap)\b|\bdang ky (?:cac )?hoat dong\b")
_FAR = 300  # days between now and the task's own day
_OPEN = (State.COMING, State.HELD, State.SUBMITTED)  # what may still be withdrawn
_STANDS = (*DONE, *_OPEN, State.QUESTIONED)


def task_for(desk: Desk, unit: str) -> TaskRef | None:
    """The task that has schools register activities, the nearest in time; None: no document has."""
    today, asker = local_day(desk.now), desk.asker(unit)
    found = [
        (ref, task.due) for _, ref, task in owed_tasks(desk.index, asker) if task.due and _ASKS.search(_words(task))
    ]
    near = [(abs((due - today).days), ref) for ref, due in found if due and abs((due - today).days) <= _FAR]
    return min(near)[1] if near else None


async def register(desk: Desk, me: Person, activity: Activity, giver: Giver, message_id: str) -> str:
    """It stands in the list of the person's school; the first of a year is handed in too. What is said of it."""
    await daily.hold(desk.session, me.unit)
    if same := next((it for it in await of_year(desk, [me.unit]) if _same(it.activity, activity)), None):
        return texts.same(same)
    ref = task_for(desk, me.unit)
    task = await desk.owed(me.unit, ref) if ref else None
    one = await activities.add(desk.session, me.unit, activity, ref if task else None, me.id, desk.now)
    office = desk.above(me.unit)
    late = days_late(task.until, desk.now) if task else 0
    said = [texts.done(one, late, desk.short_name(office.code) if office else "")]
    said += await _for_its_task(desk, one, giver, message_id) if task else [texts.NO_TASK]
    return "\n".join([*said, texts.how(one.number)])


async def change(desk: Desk, one: Registered, activity: Activity, giver: Giver, message_id: str) -> str:
    """It is said otherwise; handed in again where the office has returned it. What is said of it."""
    await activities.change(desk.session, one.id, activity)
    changed = replace(one, activity=activity)
    again = list[str]()
    returned = await submissions.placed(desk.session, [one.unit], (State.RETURNED,))
    if one.task and desk.task(one.task) and any(sub.task == one.task for sub in returned):
        again = await _for_its_task(desk, changed, giver, message_id)
    return "\n".join([texts.done(changed, 0, "", changed=True), *again])


async def _for_its_task(desk: Desk, one: Registered, giver: Giver, message_id: str) -> list[str]:
    """Handed in, unless something stands for it already."""
    assert one.task is not None
    task = desk.task(one.task)
    assert task is not None
    stands = await submissions.placed(desk.session, [one.unit], _STANDS)
    if any(sub.task == one.task for sub in stands):
        return [texts.handed_in(title_of(task))]
    await _hand_in(desk, one, one.task, giver, message_id)
    return [texts.handing_in(title_of(task))]


async def withdraw(desk: Desk, me: Person, number: int) -> str | None:
    """It stands there no more; with the last one what was handed in is withdrawn, unless it was accepted. What is said
    of it; None: there is none with this number.
    """
    one = await activities.get(desk.session, me.unit, number)
    if one is None:
        return None
    await activities.withdraw(desk.session, one.id, desk.now)
    left = [other for other in await of_year(desk, [me.unit]) if other.task == one.task]
    code = ""
    if not left and one.task:
        for sub in await submissions.placed(desk.session, [me.unit], _OPEN):
            if sub.task == one.task and sub.caption == texts.CAPTION:
                held = await submissions.hold(desk.session, sub.id)
                await turn(desk, held, State.WITHDRAWN, me.id)
                code = held.code
    return texts.withdrawn(one, code)


async def of_year(desk: Desk, units: list[str]) -> list[Registered]:
    """What these units have registered in this school year."""
    first = school_year(local_day(desk.now))
    return [*await activities.registered(desk.session, units, _begins(first), _begins(first + 1))]


async def table(desk: Desk, unit: str) -> tuple[bytes, str, int]:
    """Of a school, or of all schools below an office: the Excel file, what is said of it, how many activities."""
    tree, today = desk.index.tree, local_day(desk.now)
    schools = [one.code for one in (*tree.below(unit), tree.units[unit]) if one.level is Level.SCHOOL]
    schools = sorted(code for code in schools if tree.units[code].exists_on(today))
    found = await of_year(desk, schools)
    have = {one.unit for one in found}
    silent = [code for code in schools if code not in have]
    rows = [_row(desk, one) for one in found]
    sheets = [
        Table(texts.SHEET, texts.COLUMNS, rows, (40, 6, 50, 12, 24, 26, 18, 10)),
        Table(texts.MISSING_SHEET, texts.MISSING_COLUMNS, [(desk.unit_name(code),) for code in silent], (60,)),
    ]
    return xlsx(sheets), texts.made(desk.short_name(unit), len(have), len(found), len(silent)), len(found)


def due_of(desk: Desk, unit: str) -> Obligation | None:
    """The task as its document has it."""
    ref = task_for(desk, unit)
    return desk.task(ref) if ref else None


async def _hand_in(desk: Desk, one: Registered, ref: TaskRef, giver: Giver, message_id: str) -> None:
    """As words in a file, the same way as anything that is handed in: kept, confirmed, looked at by the office."""
    words = texts.handed(desk.unit_name(one.unit), await of_year(desk, [one.unit]))
    part = Part(caption=texts.CAPTION, task=ref, message_id=message_id)
    id = await submissions.open_new(desk.session, giver, part, desk.now)
    file = FileRef(NOTE, f"registered-{one.id}", f"{texts.FILE}.txt", url=words)
    await received.want(desk.session, giver, [file], f"registered-{id}", id, desk.now)
    await activities.hand_in_with(desk.session, one.id, id)


def _row(desk: Desk, one: Registered) -> tuple[str | int | datetime | None, ...]:
    task = desk.task(one.task) if one.task else None
    activity = one.activity
    assert activity.scale is not None
    at = one.at.astimezone(VIETNAM).replace(tzinfo=None)
    late = days_late(task.until, one.at) if task else 0
    scale = texts.SCALES[activity.scale]
    return desk.unit_name(one.unit), one.number, activity.title, scale, activity.when, one.by, at, late or None


def _same(one: Activity, other: Activity) -> bool:
    return one.scale is other.scale and (fold(one.title), fold(one.when)) == (fold(other.title), fold(other.when))


def _words(task: Obligation) -> str:
    return fold(f"{task.task} {task.snippet}")


def _begins(year: int) -> datetime:
    return datetime.combine(date(year, 8, 1), time(), VIETNAM)
