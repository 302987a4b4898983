"""How many working days ahead reminders come: a unit for itself, an office for the units below it."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.errors import Refused
from core.message import Inbound, Reply
from core.people import Level
from core.reminding import Steps
from core.texts import reminders as texts
from handlers.context import Context
from handlers.evidence import desk_of
from handlers.speaking import refused
from knowledge.fold import fold
from records import reminders
from records.session import Session
from reminding.owed import STEPS

ONLY, USUAL, FURTHEST, MOST = "chi", "macdinh", 20, 5  # FURTHEST: working days; MOST: steps
_DAYS = r"(?P<days>\d{1,3}(?:(?: ?, ?| va | )\d{1,3})*)"
_WORDS = re.compile(
    rf"(?P<only>chi )?nhac (?:(?P<below>(?:cac|tat ca) ?(?:cac )?(?:truong|don vi)(?: truc thuoc| cap duoi)?) "
    rf"|toi |em |truong |truong em |don vi )?(?:truoc {_DAYS} ngay(?: lam viec)?|(?P<usual>nhu (?:mac dinh|thuong le)))"
)


def in_words(text: str) -> tuple[str, str] | None:
    """The command that plain words stand for, and what follows it; None: they are about something else."""
    found = _WORDS.fullmatch(fold(text.strip(" \n.!")))
    if found is None:
        return None
    only = f"{ONLY} " if found["only"] else ""
    return "nhactruong" if found["below"] else "nhactruoc", USUAL if found["usual"] else f"{only}{found['days']}"


@dataclass(frozen=True, slots=True)
class _Whose:
    """Whose steps are set: how they are read and kept, and what is said then."""

    read: Callable[[Session], Awaitable[dict[str, Steps]]]
    keep: Callable[[Session, str, Sequence[int], int | None, datetime], Awaitable[None]]
    usual: str
    how_far: Callable[[int], str]
    said: Callable[[str, Sequence[int]], str]


_OWN = _Whose(
    reminders.steps,
    reminders.set_ahead,
    texts.AHEAD_USUAL,
    texts.how_far_ahead,
    lambda _, days: texts.ahead_set(days),
)
_BELOW = _Whose(reminders.issued_steps, reminders.set_issued, texts.BELOW_USUAL, texts.how_far_below, texts.below_set)


async def set_own(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "5, 2": so many working days ahead too; "chi 5": only so many; "macdinh": as everybody."""
    assert ctx.unit is not None
    if not await desk_of(ctx).speaks_alone(ctx.person, ctx.unit.code):
        raise await refused(desk_of(ctx), ctx.person, ctx.unit.code, texts.ONLY_PRINCIPALS)
    return await _set(ctx, ctx.unit.code, rest, _OWN)


async def set_below(message: Inbound, ctx: Context, rest: str) -> Reply:
    """The same for what this office's documents ask of the units below it, of those that have not set their own."""
    assert ctx.unit is not None
    if ctx.unit.level is Level.SCHOOL or not await desk_of(ctx).speaks_alone(ctx.person, ctx.unit.code):
        raise Refused(texts.ONLY_OFFICES)
    return await _set(ctx, ctx.unit.code, rest, _BELOW)


async def _set(ctx: Context, unit: str, rest: str, whose: _Whose) -> Reply:
    by = ctx.person.id if ctx.person else None
    if rest == USUAL:
        await whose.keep(ctx.session, unit, (), by, ctx.now)
        return Reply(whose.usual)
    ahead = _meant(rest, (await whose.read(ctx.session)).get(unit, STEPS).ahead)
    if ahead is None:
        return Reply(whose.how_far(FURTHEST))
    await whose.keep(ctx.session, unit, ahead, by, ctx.now)
    return Reply(whose.said(desk_of(ctx).short_name(unit), ahead))


def _meant(rest: str, now: tuple[int, ...]) -> tuple[int, ...] | None:
    """The steps, the furthest first; None: no such days."""
    only = rest.startswith(ONLY)
    numbers = [int(number) for number in re.findall(r"\d+", rest)]
    if not numbers or len(numbers) > MOST or not all(0 < number <= FURTHEST for number in numbers):
        return None
    return tuple(sorted({*numbers, *(() if only else now)}, reverse=True))
