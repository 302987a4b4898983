"""What later documents have changed of earlier ones: a change is confirmed once, and stays."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, delete, or_, select

from core.work import Change, Due, Effect, Rule, TaskRef
from records.amendment_tables import AmendmentRow
from records.evidence_tables import ExtensionRow
from records.session import Session, insert_into


async def confirm(session: Session, changes: Sequence[Change], by: int | None, now: datetime) -> list[Change]:
    """They stand from now on; those that did not yet. `by` None: the command line.

    A day that was moved for one unit and would now be no later than everybody's is moved no more.
    """
    found = [one for one in changes if await _add(session, one, by, now)]
    overtaken = [_is(one.ref, ExtensionRow) & (ExtensionRow.due <= last) for one in found if (last := _last(one))]
    if overtaken:
        await session.execute(delete(ExtensionRow).where(or_(*overtaken)))
    return found


async def all_of_them(session: Session) -> list[Change]:
    """In the order they were confirmed."""
    return [_change(row) for row in await session.scalars(select(AmendmentRow).order_by(AmendmentRow.id))]


def _last(one: Change) -> date | None:
    """The last day that is in time (core.work.Obligation.until)."""
    return Due(one.due, one.rule is Rule.BEFORE and not one.time).last if one.due else None


async def _add(session: Session, one: Change, by: int | None, now: datetime) -> bool:
    values = {
        "document_id": one.ref.document,
        "number": one.ref.number,
        "effect": one.effect,
        "by_document": one.by,
        "passage": one.passage,
        "snippet": one.snippet,
        "since": one.since,
        "start": one.start,
        "due": one.due,
        "rule": one.rule,
        "time": one.time,
        "made_by": by,
        "made_at": now,
    }
    put = insert_into(session, AmendmentRow).values(**values).on_conflict_do_nothing()
    return await session.scalar(put.returning(AmendmentRow.id)) is not None


def _is(ref: TaskRef, table: type[AmendmentRow] | type[ExtensionRow]) -> ColumnElement[bool]:
    return and_(table.document_id == ref.document, table.number == ref.number)


def _change(row: AmendmentRow) -> Change:
    return Change(
        ref=TaskRef(row.document_id, row.number),
        effect=Effect(row.effect),
        by=row.by_document,
        passage=row.passage,
        snippet=row.snippet,
        since=row.since,
        start=row.start,
        due=row.due,
        rule=Rule(row.rule) if row.rule else None,
        time=row.time,
    )
