"""Which line of the staff list somebody is who came with a code for everybody."""

from collections.abc import Sequence

from core.message import Choice, Inbound, Reply, Talk
from core.people import Member, Person, Role
from core.texts import joining as texts
from handlers.context import Context
from handlers.strangers import unit_name
from records import memberships, people

PAGE = 8
COMMAND, PAGE_WORD, NOBODY_WORD = "/toila", "trang", "khong"


async def welcome(ctx: Context, unit: str, role: Role) -> Reply:
    """Joined; where the staff list has names that nobody has taken, it is asked which is theirs."""
    lines = await memberships.unlinked(ctx.session, unit, role)
    said = texts.joined(unit_name(ctx, unit), role)
    if not lines:
        return Reply(said, talk=Talk())
    return Reply(f"{said}\n\n{texts.WHO_ARE_YOU}", names(lines), talk=Talk())


async def i_am(message: Inbound, ctx: Context, rest: str) -> Reply:
    """A name is picked, another page is asked for, or none is theirs."""
    assert ctx.person is not None
    if rest == NOBODY_WORD:
        return Reply(texts.NOT_LISTED_DONE)
    page, _, number = rest.rpartition(" ")
    if page == PAGE_WORD and number.isdecimal():
        lines = await memberships.unlinked(ctx.session, ctx.person.unit, ctx.person.role)
        return Reply(texts.WHO_ARE_YOU, names(lines, int(number))) if lines else Reply(texts.LINE_TAKEN)
    line = await memberships.member(ctx.session, int(rest)) if rest.isdecimal() else None
    if line is None or not await _may_take(ctx, ctx.person, line):
        return Reply(texts.LINE_TAKEN)
    await people.take_over(ctx.session, line.membership.person, ctx.person.id)
    return Reply(texts.i_am(line.name))


def names(lines: Sequence[Member], page: int = 1) -> tuple[Choice, ...]:
    """A page of names to pick from; pages count from 1."""
    here = lines[(page - 1) * PAGE : page * PAGE]
    more = (Choice(texts.MORE_NAMES, f"{COMMAND} {PAGE_WORD} {page + 1}"),) if len(lines) > page * PAGE else ()
    picks = tuple(Choice(line.name, f"{COMMAND} {line.membership.id}") for line in here)
    return (*picks, *more, Choice(texts.NOT_LISTED, f"{COMMAND} {NOBODY_WORD}"))


async def _may_take(ctx: Context, person: Person, line: Member) -> bool:
    """Only a line that nobody has taken, of a unit and role that the person came to by a code, and only one there."""
    mine = await memberships.of_person(ctx.session, person.id)
    place = line.membership.unit, line.membership.role
    free = not line.linked and line in await memberships.unlinked(ctx.session, *place)
    return free and any((one.unit, one.role) == place and not one.listed for one in mine)
