"""The activities that schools register with their office."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select

from core.activities import Activity, Registered, Scale
from core.work import TaskRef
from records import daily
from records.activity_tables import ActivityRow
from records.session import Session, in_pieces
from records.tables import PersonRow


async def add(
    session: Session, unit: str, activity: Activity, task: TaskRef | None, by: int, now: datetime
) -> Registered:
    """It is in the unit's list, under its next number. The activity is whole."""
    await daily.hold(session, unit)
    last = await session.scalar(select(func.max(ActivityRow.number)).where(ActivityRow.unit == unit))
    assert activity.scale is not None
    row = ActivityRow(
        unit=unit,
        number=(last or 0) + 1,
        title=activity.title,
        scale=activity.scale,
        held=activity.when,
        document_id=task.document if task else None,
        task=task.number if task else None,
        by_person=by,
        at=now,
    )
    session.add(row)
    await session.flush()
    found = await get(session, unit, row.number)
    assert found is not None
    return found


async def change(session: Session, id: int, activity: Activity) -> None:
    """It is said otherwise; number and moment stay."""
    row = await session.get_one(ActivityRow, id)
    assert activity.scale is not None
    row.title, row.scale, row.held = activity.title, activity.scale, activity.when
    await session.flush()


async def hand_in_with(session: Session, id: int, submission: int) -> None:
    """That was handed in with it."""
    (await session.get_one(ActivityRow, id)).submission_id = submission
    await session.flush()


async def withdraw(session: Session, id: int, now: datetime) -> None:
    """It is in the list no more."""
    (await session.get_one(ActivityRow, id)).out_at = now
    await session.flush()


async def get(session: Session, unit: str, number: int) -> Registered | None:
    """That with this number; None: there is none, or it was withdrawn."""
    return next((one for one in await registered(session, [unit]) if one.number == number), None)


async def registered(
    session: Session, units: Collection[str], since: datetime | None = None, until: datetime | None = None
) -> Sequence[Registered]:
    """What stands in the lists of these units, registered from `since` until before `until`; by unit and number."""
    found: list[Registered] = []
    for some in in_pieces(units):
        rows = select(ActivityRow, PersonRow.name).join(PersonRow, PersonRow.id == ActivityRow.by_person)
        rows = rows.where(ActivityRow.unit.in_(some), ActivityRow.out_at.is_(None))
        rows = rows.where(ActivityRow.at >= since) if since else rows
        rows = rows.where(ActivityRow.at < until) if until else rows
        found += [_registered(row, name) for row, name in await session.execute(rows)]
    return sorted(found, key=lambda one: (one.unit, one.number))


def _registered(row: ActivityRow, name: str) -> Registered:
    task = None if row.document_id is None or row.task is None else TaskRef(row.document_id, row.task)
    activity = Activity(row.title, Scale(row.scale), row.held)
    return Registered(row.id, row.number, row.unit, activity, name, row.at, task, row.submission_id)
