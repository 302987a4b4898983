"""More time for one school: the office names school, task and day, or is asked for them, and the school is told."""

import re

from core.clock import local_day
from core.errors import Refused
from core.message import Choice, Inbound, Reply, Talk
from core.people import Person, Role
from core.texts import evidence as evidence_texts
from core.texts import progress as texts
from core.work import TaskRef
from evidence import extending, progress
from evidence.desk import title_of
from handlers import deputy_words
from handlers.awaited import await_next, awaited_by
from handlers.context import Context
from handlers.evidence import desk_of
from knowledge.fold import fold
from knowledge.typed_days import DAY, day_in
from knowledge.unit_names import proper_name

COMMAND = "/giahan"
MOST = 8  # tasks to pick from
_WORDS = re.compile(
    r"(?:(?:toi|em|minh) )?(?:(?:muon|xin|can|nho) )*(?:gia han(?: them)?|cho (?P<first>.+) gia han)"
    r"(?: (?!den |toi |(?:a|nhe|nha)$)(?:cho )?(?P<rest>.+?))?(?P<until> (?:den|toi) .*\d.*)?(?: (?:a|nhe|nha))?"
)
_ASKED = re.compile(r"\b(?:gi|nao|khong|bao gio|khi|may|ai|the nao|sao|duoc)\b")


def in_words(text: str) -> tuple[str, str] | None:
    """ "gia hạn cho trường Hoa Phượng đến 10/12", and what follows it; None: it is about something else."""
    said = text.strip(" \n.!")
    found = _WORDS.fullmatch(fold(said))
    if found is None or said.endswith("?"):
        return None
    spans = [found.span(name) for name in ("first", "rest", "until")]
    rest = " ".join(said[start:end].strip() for start, end in spans if start >= 0)
    return None if _ASKED.search(fold(rest)) and not DAY.search(rest) else ("giahan", rest)


async def extend(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "3.12 UNIT": until when? "3.12 UNIT 10/12": until then. A school's name: which task?"""
    words, unit, said = (*rest.split(maxsplit=2), "", "", "")[:3]
    me, desk, ref = ctx.person, desk_of(ctx), TaskRef.parse(words)
    if ref is None:
        return await _named(ctx, me, rest)
    if me is None or not extending.may_extend(desk, me, unit):
        raise Refused(evidence_texts.ONLY_OFFICES)
    task = desk.task(ref)
    if task is None:
        return Reply(evidence_texts.TASK_GONE)
    if not said:
        talk = await_next(COMMAND, f"{ref} {unit}", ctx.now)
        return Reply(texts.until_when(desk.short_name(unit), title_of(task)), talk=talk, private=True)
    due = day_in(said, local_day(ctx.now))
    if due is None:
        return Reply(texts.NO_DAY, private=True)
    await extending.grant(desk, me, unit, ref, task, due)
    return Reply(texts.extended(desk.short_name(unit), title_of(task), due), talk=Talk(), private=True)


def wanted(message: Inbound, ctx: Context) -> str:
    """The task and unit for which this day is typed; empty: none, or this is no day, or about something else."""
    said = message.text.strip()
    other = deputy_words.in_words(said) or in_words(said)
    return awaited_by(COMMAND, ctx) if DAY.search(said) and not said.endswith("?") and not other else ""


async def _named(ctx: Context, me: Person | None, words: str) -> Reply:
    """Which of the school's tasks gets more time; `words`: the school, and perhaps the day."""
    desk = desk_of(ctx)
    if me is None or me.role is not Role.STAFF:
        office = desk.above(ctx.unit.code) if ctx.unit else None
        raise Refused(texts.ask_the_office(desk.short_name(office.code)) if office else evidence_texts.ONLY_OFFICES)
    if not words:
        return Reply(texts.EXTEND_HOW, private=True)
    unit = unit_in(ctx, me, words)
    if unit is None:
        return Reply(texts.extend_whom(words), private=True)
    due, name = day_in(words, local_day(ctx.now)), desk.short_name(unit)
    if due is None and DAY.search(words):
        return Reply(texts.NO_DAY, private=True)
    until = f" {due:%d/%m/%Y}" if due else ""
    picks = tuple(
        Choice(evidence_texts.label(one.title, one.due), f"{COMMAND} {one.ref} {unit}{until}")
        for one in (await progress.of_unit(desk, unit))
        if not one.is_in
    )
    return Reply(texts.extend_which(name) if picks else texts.nothing_open(name), picks[:MOST], private=True)


def unit_in(ctx: Context, me: Person, words: str) -> str | None:
    """The unit right below the office whose name stands in these words; None: none, or more than one alike."""
    said = f" {fold(words)} "
    names = {
        code: proper_name(ctx.index.tree.units[code].name.partition(",")[0]) for code in desk_of(ctx).below(me.unit)
    }
    found = {code: name for code, name in names.items() if name and f" {name} " in said}
    longest = max(map(len, found.values()), default=0)
    meant = [code for code, name in found.items() if len(name) == longest]
    return meant[0] if len(meant) == 1 else None
