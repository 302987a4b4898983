"""Which line of the staff list somebody is who came with a code for everybody."""

from collections.abc import Sequence

from core.errors import Refused
from core.message import Choice, Inbound, Reply, Talk
from core.names import clean_name
from core.people import Member, Person, Role
from core.texts import joining as texts
from handlers.context import Context
from handlers.strangers import unit_name
from knowledge.fold import fold
from records import memberships, people

PAGE = 8
COMMAND, PAGE_WORD, NOBODY_WORD = "/toila", "trang", "khong"


async def welcome(ctx: Context, person: Person, unit: str, role: Role) -> Reply:
    """Joined; where the staff list has names that nobody has taken, it is asked which is theirs."""
    lines = await memberships.unlinked(ctx.session, unit, role)
    said = texts.joined(unit_name(ctx, unit), role)
    if not lines:
        return Reply(f"{said}\n\n{texts.SAY_YOUR_NAME}" if texts.MEMBER in person.name else said, talk=Talk())
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


async def my_name(message: Inbound, ctx: Context, rest: str) -> Reply:
    """The own name: the free line of the staff list that has it, else what somebody is called who is in no list."""
    assert ctx.person is not None
    name = clean_name(rest)
    if not name:
        return Reply(texts.SAY_YOUR_NAME)
    lines = await memberships.unlinked(ctx.session, ctx.person.unit, ctx.person.role)
    same = [line for line in lines if fold(line.name) == fold(name)]
    if len(same) == 1 and await _may_take(ctx, ctx.person, same[0]):
        await people.take_over(ctx.session, same[0].membership.person, ctx.person.id)
        return Reply(texts.i_am(same[0].name))
    if any(one.listed for one in await memberships.of_person(ctx.session, ctx.person.id)):
        raise Refused(texts.NAME_IS_THE_SCHOOLS)
    return Reply(texts.renamed(await people.rename(ctx.session, ctx.person, name)))


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
