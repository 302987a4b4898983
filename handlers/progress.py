"""Progress: what the own unit has handed in; for an office, who below it has, and who has not, by name."""

from collections.abc import Sequence
from datetime import date, timedelta

from core.clock import local_day
from core.evidence import State
from core.message import Choice, Inbound, Reply
from core.people import Person, Role
from core.texts import pictures as picture_texts
from core.texts import progress as texts
from core.work import TaskRef
from evidence import progress, roll_up
from evidence.roll_up import Onward
from evidence.standing import Standing
from handlers.board_files import PICTURE
from handlers.context import Context
from handlers.evidence import desk_of
from handlers.extending import COMMAND as EXTEND
from knowledge.fold import fold
from knowledge.periods import Period, find_period

COMMAND = "/tiendo"
MOST = 12  # tasks of one message
MOST_OWN = 5  # of the office itself
MOST_NAMED = 5  # units that are offered more time
_AROUND = timedelta(days=45)  # of a day: who has another one for the same task stands beside it


async def show_progress(message: Inbound, ctx: Context, rest: str) -> Reply:
    """Of the reader's unit; an office sees the units below, and with a task's reference who is missing.

    "3.12 2023-12-25": the task, and which of its days. "tháng 11": what was due then.
    """
    assert ctx.unit is not None
    if ctx.person is None or ctx.person.role is not Role.STAFF:
        return await _of_unit(ctx, ctx.unit.code, _period(rest, ctx))
    words, _, day = rest.partition(" ")
    ref = TaskRef.parse(words)
    if ref and (found := await _who(ctx, ctx.person, ref, day)):
        return Reply(_task(ctx, found), (*_more_time(ctx, ref, found), *_picture(ref, found[0].day)), private=True)
    return await _of_office(ctx, ctx.person, None if ref else _period(rest, ctx))


def _period(words: str, ctx: Context) -> Period | None:
    """What time is named; None: none is."""
    found = find_period(fold(words), local_day(ctx.now)) if words else None
    return found.period if found else None


async def _who(ctx: Context, me: Person, ref: TaskRef, said: str) -> Sequence[Standing]:
    """How each unit stands with this day of the task; empty: nobody owes it then. `said` empty: its day about now."""
    try:
        day = date.fromisoformat(said) if said else None
        period = Period(day - _AROUND, day + _AROUND, "", "range") if day else None
    except (ValueError, OverflowError):
        return ()
    found = await progress.of_office(desk_of(ctx), me.unit, period)
    mine = [ones for (one, its), ones in found.items() if one == ref and (day is None or its == day)]
    return mine[-1] if mine else ()


async def _of_unit(ctx: Context, unit: str, period: Period | None) -> Reply:
    found = await progress.of_unit(desk_of(ctx), unit, period)
    today = local_day(ctx.now)
    lines = [texts.standing(one.title, one.due, one.best, one.late, today) for one in found[:MOST]]
    tasks = tuple(dict.fromkeys(one.ref for one in found[:MOST]))
    when = period.words if period else ""
    return Reply(texts.of_unit(lines, when), tasks=tasks) if lines else Reply(texts.nothing_due(when))


async def _of_office(ctx: Context, me: Person, period: Period | None) -> Reply:
    desk = desk_of(ctx)
    found = await progress.of_office(desk, me.unit, period)
    own = () if period else (await roll_up.onward(desk, me.unit))[:MOST_OWN]
    choices = [
        Choice(texts.hand_in(one.own.title, one.own.due), f"{roll_up.HAND_IN} {one.own.ref}")
        for one in own
        if not one.own.is_in
    ]
    choices += [_counted(ref, day, ones) for (ref, day), ones in [*found.items()][:MOST]]
    said = [texts.onward([_own(one, local_day(ctx.now)) for one in own])] if own else []
    when = period.words if period else ""
    said += [texts.of_office(when)] if found else []
    tasks = tuple(one.own.ref for one in own)
    return Reply("\n\n".join(said or [texts.nothing_due(when)]), tuple(choices), tasks=tasks, private=True)


def _counted(ref: TaskRef, day: date | None, ones: Sequence[Standing]) -> Choice:
    said = texts.counted(ones[0].title, ones[0].due, _there(ones), len(ones))
    return Choice(said, " ".join(filter(None, (COMMAND, str(ref), str(day or "")))))


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


def _picture(ref: TaskRef, day: date | None) -> tuple[Choice, ...]:
    """Of who has handed in, to show others; a task without a day stands on no board."""
    return (Choice(picture_texts.TASK_PICK, f"{PICTURE} viec {ref} {day}"),) if day else ()


def _there(ones: Sequence[Standing]) -> int:
    return sum(one.is_in for one in ones)


def _names(ctx: Context, ones: Sequence[Standing]) -> list[str]:
    """Without the district, which they share."""
    return [desk_of(ctx).short_name(one.unit) for one in ones]
