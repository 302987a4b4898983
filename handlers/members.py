"""The staff list in the hands of who looks after it: a principal's teachers, an officer's principals."""

import re

from core.errors import Refused
from core.message import Choice, Inbound, Reply
from core.names import clean_phone
from core.people import Member, Person, Role, require
from core.texts import joining
from core.texts import members as texts
from evidence import staffing
from evidence.staffing import MANAGERS
from handlers.context import Context
from handlers.strangers import unit_name
from knowledge.fold import fold
from knowledge.unit_names import units_named
from records import memberships

PAGE = 20
LIST, REMOVE, YES, PAGE_WORD = "/giaovien", "/xoa", "dong y", "trang"
_ROLE = re.compile(r"(giao vien|hieu truong|can bo quan ly|chuyen vien)\b *")
_ROLES = {"giao vien": Role.TEACHER, "chuyen vien": Role.STAFF}


def manager(ctx: Context) -> Person:
    """The sender, who looks after somebody. Raises Refused."""
    return require(ctx.person, *MANAGERS, text=texts.ONLY_MANAGERS)


def split_role(words: str) -> tuple[Role | None, str]:
    """ "giáo viên Nguyễn Thị Lan" -> the role, and what follows it; None: no role is named."""
    found = _ROLE.match(fold(words))
    if found is None:
        return None, words.strip()
    return _ROLES.get(found[1], Role.PRINCIPAL), words[found.end() :].strip()


async def list_members(message: Inbound, ctx: Context, rest: str) -> Reply:
    """A page of those whom the sender looks after; an officer may name a unit."""
    me = manager(ctx)
    words, _, number = rest.rpartition(f"{PAGE_WORD} ")
    page, words = (int(number), words.strip()) if number.isdecimal() and PAGE_WORD in rest else (1, rest)
    found = await _under(ctx, me, words)
    below = me.role is not Role.PRINCIPAL
    if not found:
        return Reply(f"{texts.NOBODY}\n\n{texts.HOW_TO_ADD_BELOW if below else texts.HOW_TO_ADD}", private=True)
    here = found[(page - 1) * PAGE : page * PAGE]
    lines = [
        texts.line(one.name, unit_name(ctx, one.membership.unit) if below else "", linked=one.linked) for one in here
    ]
    more = Choice(texts.MORE, f"{LIST} {words} {PAGE_WORD} {page + 1}".replace("  ", " "))
    choices = (more,) if len(found) > page * PAGE else ()
    return Reply(texts.listed(lines, (page - 1) * PAGE + 1, len(found), below=below), choices, private=True)


async def remove_member(message: Inbound, ctx: Context, rest: str) -> Reply:
    """Somebody leaves the unit at once, once that is confirmed; a name of several is asked back."""
    me = manager(ctx)
    if not (name := split_role(rest)[1]):
        return Reply(texts.HOW_TO_REMOVE if me.role is Role.PRINCIPAL else texts.HOW_TO_REMOVE_BELOW, private=True)
    number, _, agreed = rest.partition(" ")
    chosen = await memberships.member(ctx.session, int(number)) if number.isdecimal() and len(number) < 9 else None
    found = (chosen,) if chosen and _mine(ctx, me, chosen) else await called(ctx, me, rest)
    if not found:
        return Reply(texts.nobody_called(name), private=True)
    if len(found) > 1:
        return Reply(texts.WHOM, tuple(Choice(_who(ctx, one), f"{REMOVE} {one.membership.id}") for one in found))
    one, place = found[0], found[0].membership
    unit = unit_name(ctx, place.unit)
    if fold(agreed) != YES:
        choices = Choice(texts.REMOVE, f"{REMOVE} {place.id} {YES}"), Choice(texts.KEEP, "/huy")
        return Reply(texts.remove(one.name, unit), choices, private=True)
    await staffing.send_away(ctx.session, one, unit, me, ctx.now)
    return Reply(texts.removed(one.name, unit), private=True)


async def called(ctx: Context, me: Person, words: str) -> tuple[Member, ...]:
    """Those whom the sender looks after with this name, the end of it, or this number."""
    role, name = split_role(words)
    wanted, phone = " ".join(fold(name).split()), clean_phone(name)
    everybody = await memberships.members(
        ctx.session, staffing.units_of(ctx.index.tree, me), [role] if role else list(Role)
    )
    own = [one for one in everybody if _mine(ctx, me, one)]
    for fits in (
        lambda one: fold(one.name) == wanted or (phone and one.phone == phone),
        lambda one: wanted and f" {fold(one.name)}".endswith(f" {wanted}"),
    ):
        if found := tuple(one for one in own if fits(one)):
            return found
    return ()


async def _under(ctx: Context, me: Person, words: str) -> tuple[Member, ...]:
    """Teachers of her own school, the heads of units below, or everybody of the unit that is named."""
    if words and me.role is not Role.PRINCIPAL:
        named = [unit.code for unit in units_named(ctx.index.tree, words)]
        if not named:
            raise Refused(joining.no_unit(words))
        found = await memberships.members(ctx.session, named, list(Role))
    else:
        roles = (Role.TEACHER,) if me.role is Role.PRINCIPAL else (Role.PRINCIPAL, Role.STAFF)
        found = await memberships.members(ctx.session, staffing.units_of(ctx.index.tree, me), roles)
    return tuple(one for one in found if _mine(ctx, me, one))


def _mine(ctx: Context, me: Person, one: Member) -> bool:
    return staffing.looks_after(ctx.index.tree, me, one.membership)


def _who(ctx: Context, one: Member) -> str:
    return texts.who(one.name, one.membership.role, unit_name(ctx, one.membership.unit), one.phone)
