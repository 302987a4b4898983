"""More time for one school: the office names the day, in answer to "until when?", and the school is told."""

import re
from datetime import date

from core.clock import local_day
from core.errors import Refused
from core.message import Inbound, Reply, Talk
from core.people import Role
from core.texts import evidence as evidence_texts
from core.texts import progress as texts
from core.work import TaskRef
from evidence.desk import title_of
from handlers.awaited import await_next, awaited_by
from handlers.context import Context
from handlers.evidence import desk_of
from records import extensions, outbox
from records.notify import tell

COMMAND = "/giahan"
_DAY = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?(?!\d)")


async def extend(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "3.12 UNIT": until when? "3.12 UNIT 10/12": until then."""
    words, unit, said = (*rest.split(maxsplit=2), "", "", "")[:3]
    me, desk, ref = ctx.person, desk_of(ctx), TaskRef.parse(words)
    if me is None or me.role is not Role.STAFF or unit not in desk.below(me.unit):
        raise Refused(evidence_texts.ONLY_OFFICES)
    task = desk.task(ref) if ref else None
    if ref is None or task is None:
        return Reply(evidence_texts.TASK_GONE)
    if not said:
        talk = await_next(COMMAND, f"{ref} {unit}", ctx.now)
        return Reply(texts.until_when(desk.unit_name(unit), title_of(task)), talk=talk, private=True)
    due = _day_in(said, local_day(ctx.now))
    if due is None:
        return Reply(texts.NO_DAY, private=True)
    await extensions.grant(ctx.session, unit, ref, due, me.id, ctx.now)
    told = texts.you_have_until(desk.unit_name(me.unit), title_of(task), due)
    for person in await desk.principals(unit):
        key = f"{outbox.EVIDENCE}extension:{ref}:{unit}:{due}:{person}"
        await tell(ctx.session, person, told, (), key, ctx.now, (ref,))
    return Reply(texts.extended(desk.unit_name(unit), title_of(task), due), talk=Talk(), private=True)


def wanted(message: Inbound, ctx: Context) -> str:
    """The task and unit for which this day is typed; empty: none, or this is no day."""
    return awaited_by(COMMAND, ctx) if _DAY.search(message.text) else ""


def _day_in(said: str, today: date) -> date | None:
    """The day that is named, today or later; without a year the next one. None: none is."""
    found = _DAY.search(said)
    if found is None:
        return None
    day, month, year = int(found[1]), int(found[2]), int(found[3] or 0)
    for candidate in (year,) if year else (today.year, today.year + 1):
        try:
            named = date(candidate, month, day)
        except ValueError:
            continue
        if named >= today:
            return named
    return None
