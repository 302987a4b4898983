"""Progress: what the own unit has handed in; for an office, who below it has, and who has not, by name."""

from collections.abc import Sequence
from datetime import date

from core.clock import local_day
from core.evidence import State
from core.message import Choice, Inbound, Reply
from core.people import Person, Role
from core.texts import progress as texts
from core.work import TaskRef
from evidence import progress, roll_up
from evidence.progress import Standing
from evidence.roll_up import Onward
from handlers.context import Context
from handlers.evidence import desk_of
from handlers.extending import COMMAND as EXTEND

COMMAND = "/tiendo"
MOST = 12  # tasks of one message
MOST_OWN = 5  # of the office itself
MOST_NAMED = 5  # units that are offered more time


async def show_progress(message: Inbound, ctx: Context, rest: str) -> Reply:
    """Of the reader's unit; an office sees the units below, and with a task's reference who is missing."""
    assert ctx.unit is not None
    if ctx.person is None or ctx.person.role is not Role.STAFF:
        return await _of_unit(ctx, ctx.unit.code)
    return await _of_office(ctx, ctx.person, TaskRef.parse(rest))


async def _of_unit(ctx: Context, unit: str) -> Reply:
    found = await progress.of_unit(desk_of(ctx), unit)
    today = local_day(ctx.now)
    lines = [texts.standing(one.title, one.due, one.best, one.late, today) for one in found[:MOST]]
    tasks = tuple(one.ref for one in found[:MOST])
    return Reply(texts.of_unit(lines), tasks=tasks) if lines else Reply(texts.NOTHING_DUE)


async def _of_office(ctx: Context, me: Person, ref: TaskRef | None) -> Reply:
    desk = desk_of(ctx)
    found = await progress.of_office(desk, me.unit)
    if ref is not None and ref in found:
        return Reply(_task(ctx, found[ref]), _more_time(ctx, ref, found[ref]), private=True)
    own = (await roll_up.onward(desk, me.unit))[:MOST_OWN]
    choices = [
        Choice(texts.hand_in(one.own.title, one.own.due), f"{roll_up.HAND_IN} {one.own.ref}")
        for one in own
        if not one.own.is_in
    ]
    choices += [
        Choice(texts.counted(ones[0].title, ones[0].due, _there(ones), len(ones)), f"{COMMAND} {ref}")
        for ref, ones in [*found.items()][:MOST]
    ]
    said = [texts.onward([_own(one, local_day(ctx.now)) for one in own])] if own else []
    said += [texts.OF_OFFICE] if found else []
    tasks = tuple(one.own.ref for one in own)
    return Reply("\n\n".join(said or [texts.NOTHING_DUE]), tuple(choices), tasks=tasks, private=True)


def _own(one: Onward, today: date) -> str:
    own = one.own
    return texts.made_of(texts.standing(own.title, own.due, own.best, own.late, today), one.there, one.units)


def _task(ctx: Context, ones: Sequence[Standing]) -> str:
    """Who is missing, by name, the worst first."""
    first = ones[0]
    groups = {
        "missing": [one for one in ones if one.best is None],
        "returned": [one for one in ones if one.best and one.best.state is State.RETURNED],
        "late": [one for one in ones if one.is_in and one.late],
    }
    lines = [texts.named(texts.HEADS[name], _names(ctx, there)) for name, there in groups.items() if there]
    return "\n".join([texts.task(first.title, first.due, _there(ones), len(ones)), *lines])


def _more_time(ctx: Context, ref: TaskRef, ones: Sequence[Standing]) -> tuple[Choice, ...]:
    """For those who have not handed in."""
    late = [one for one in ones if not one.is_in][:MOST_NAMED]
    names = _names(ctx, late)
    return tuple(
        Choice(texts.extend(name), f"{EXTEND} {ref} {one.unit}") for name, one in zip(names, late, strict=True)
    )


def _there(ones: Sequence[Standing]) -> int:
    return sum(one.is_in for one in ones)


def _names(ctx: Context, ones: Sequence[Standing]) -> list[str]:
    """Without the district, which they share."""
    return [desk_of(ctx).short_name(one.unit) for one in ones]
