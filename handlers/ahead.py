"""How many working days ahead reminders come: a unit for itself, an office for the units below it."""

import re

from core.errors import Refused
from core.message import Inbound, Reply
from core.people import Level
from core.texts import reminders as texts
from handlers.context import Context
from handlers.evidence import desk_of
from handlers.speaking import refused
from knowledge.fold import fold
from records import reminders
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


async def set_own(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "5, 2": so many working days ahead too; "chi 5": only so many; "macdinh": as everybody."""
    assert ctx.unit is not None
    if not await desk_of(ctx).speaks_alone(ctx.person, ctx.unit.code):
        raise await refused(desk_of(ctx), ctx.person, ctx.unit.code, texts.ONLY_PRINCIPALS)
    unit, by = ctx.unit.code, ctx.person.id if ctx.person else None
    if rest == USUAL:
        await reminders.set_ahead(ctx.session, unit, (), by, ctx.now)
        return Reply(texts.AHEAD_USUAL)
    now = (await reminders.steps(ctx.session)).get(unit, STEPS).ahead
    ahead = _meant(rest, now)
    if ahead is None:
        return Reply(texts.how_far_ahead(FURTHEST))
    await reminders.set_ahead(ctx.session, unit, ahead, by, ctx.now)
    return Reply(texts.ahead_set(ahead))


async def set_below(message: Inbound, ctx: Context, rest: str) -> Reply:
    """The same for what this office's documents ask of the units below it, of those that have not set their own."""
    assert ctx.unit is not None
    desk = desk_of(ctx)
    if ctx.unit.level is Level.SCHOOL or not await desk.speaks_alone(ctx.person, ctx.unit.code):
        raise Refused(texts.ONLY_OFFICES)
    unit, by = ctx.unit.code, ctx.person.id if ctx.person else None
    if rest == USUAL:
        await reminders.set_issued(ctx.session, unit, (), by, ctx.now)
        return Reply(texts.BELOW_USUAL)
    now = (await reminders.issued_steps(ctx.session)).get(unit, STEPS).ahead
    ahead = _meant(rest, now)
    if ahead is None:
        return Reply(texts.how_far_below(FURTHEST))
    await reminders.set_issued(ctx.session, unit, ahead, by, ctx.now)
    return Reply(texts.below_set(desk.short_name(unit), ahead))


def _meant(rest: str, now: tuple[int, ...]) -> tuple[int, ...] | None:
    """The steps, the furthest first; None: no such days."""
    only = rest.startswith(ONLY)
    numbers = [int(number) for number in re.findall(r"\d+", rest)]
    if not numbers or len(numbers) > MOST or not all(0 < number <= FURTHEST for number in numbers):
        return None
    return tuple(sorted({*numbers, *(() if only else now)}, reverse=True))
