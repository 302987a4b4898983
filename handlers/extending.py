"""More time for one school: the office names the day, in answer to "until when?", and the school is told."""

from core.clock import local_day
from core.errors import Refused
from core.message import Inbound, Reply, Talk
from core.people import Role
from core.texts import evidence as evidence_texts
from core.texts import progress as texts
from core.work import TaskRef
from evidence.desk import title_of
from handlers import deputy_words
from handlers.awaited import await_next, awaited_by
from handlers.context import Context
from handlers.days import DAY, day_in
from handlers.evidence import desk_of
from records import extensions, outbox
from records.notify import tell

COMMAND = "/giahan"


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
        return Reply(texts.until_when(desk.short_name(unit), title_of(task)), talk=talk, private=True)
    due = day_in(said, local_day(ctx.now))
    if due is None:
        return Reply(texts.NO_DAY, private=True)
    await extensions.grant(ctx.session, unit, ref, due, me.id, ctx.now)
    told = texts.you_have_until(desk.short_name(me.unit), title_of(task), due)
    for person in await desk.principals(unit):
        key = f"{outbox.EVIDENCE}extension:{ref}:{unit}:{due}:{person}"
        await tell(ctx.session, person, told, (), key, ctx.now, (ref,))
    return Reply(texts.extended(desk.short_name(unit), title_of(task), due), talk=Talk(), private=True)


def wanted(message: Inbound, ctx: Context) -> str:
    """The task and unit for which this day is typed; empty: none, or this is no day, or about something else."""
    said = message.text.strip()
    is_day = DAY.search(said) and not said.endswith("?") and not deputy_words.in_words(said)
    return awaited_by(COMMAND, ctx) if is_day else ""
