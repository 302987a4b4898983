"""Bringing people in from the chat: a line in the staff list, a code to hand on, a code taken back."""

import re

from core.message import Inbound, Reply
from core.names import clean_name, clean_phone
from core.people import Person, Role, Unit
from core.texts import joining
from core.texts import members as texts
from evidence import staffing
from evidence.staffing import USES, VALID_FOR
from handlers.context import Context
from handlers.guessing import look_at
from handlers.members import called, manager, split_role
from knowledge.fold import fold
from knowledge.unit_names import units_named
from records import invitations
from records.invitations import Invitation

_PHONE = re.compile(r"(?:\+?84|0)[\d .-]{8,13}\d")
PLACE = re.compile(r" *(?:,| o (?=truong|phong|so|ubnd)) *")


async def add_member(message: Inbound, ctx: Context, rest: str) -> Reply:
    """A new line in the staff list, and a code of that person's own."""
    me = manager(ctx)
    role, words = split_role(rest)
    role = role or (Role.TEACHER if me.role is Role.PRINCIPAL else Role.PRINCIPAL)
    words, unit = _place(ctx, me, words)
    phone = _PHONE.search(words)
    name = clean_name(words.replace(phone[0], " ") if phone else words)
    if not name or unit is None:
        return Reply(texts.HOW_TO_ADD if me.role is Role.PRINCIPAL else texts.HOW_TO_ADD_BELOW)
    number = clean_phone(phone[0]) if phone else ""
    person, own = await staffing.add(ctx.session, ctx.index.tree, me, unit, role, name, number)
    code = await _code(ctx, me, own, 1, texts.one(person.name))
    return Reply(f"{texts.added(person.name, unit.name)}\n{code}", private=True)


async def invite(message: Inbound, ctx: Context, rest: str) -> Reply:
    """A code for the teachers of the school, for the head of a unit below, or for one name of the staff list."""
    me = manager(ctx)
    role, words = split_role(rest)
    if words and (found := [one for one in await called(ctx, me, rest) if not one.linked]):
        place = found[0].membership
        own = Invitation(place.unit, place.role, place.person, made_by=me.id)
        return Reply(await _code(ctx, me, own, 1, texts.one(found[0].name)), private=True)
    role = role or (Role.TEACHER if me.role is Role.PRINCIPAL else Role.PRINCIPAL)
    units = (words and units_named(ctx.index.tree, words)) or _own(ctx, me)
    if len(units) != 1:
        return Reply(texts.HOW_TO_INVITE_BELOW)
    if words and me.role is Role.PRINCIPAL:
        return Reply(texts.nobody_called(words))
    unit = units[0]
    uses = USES if role is Role.TEACHER else 1
    whom = texts.everybody(role, unit.name, uses)
    return Reply(await _code(ctx, me, Invitation(unit.code, role, made_by=me.id), uses, whom), private=True)


async def revoke(message: Inbound, ctx: Context, rest: str) -> Reply:
    """The code is good for nothing any more: one's own, or one for people whom one looks after."""
    me = manager(ctx)
    if not rest:
        return Reply(texts.HOW_TO_REVOKE)
    found = await look_at(message, ctx, rest)
    if isinstance(found, Reply):
        return found
    if not staffing.may_revoke(ctx.index.tree, me, found):
        return Reply(joining.CODE_WRONG)
    await invitations.revoke(ctx.session, rest, ctx.now)
    return Reply(texts.REVOKED)


def _place(ctx: Context, me: Person, words: str) -> tuple[str, Unit | None]:
    """The name without the unit that follows it, and that unit; a principal's is always her own."""
    mine = _own(ctx, me)
    if mine:
        return words, mine[0]
    found = PLACE.search(fold(words))
    if found is None:
        return words, None
    named = units_named(ctx.index.tree, words[found.end() :])
    return words[: found.start()], named[0] if len(named) == 1 else None


def _own(ctx: Context, me: Person) -> tuple[Unit, ...]:
    unit = ctx.index.tree.get(me.unit) if me.role is Role.PRINCIPAL else None
    return (unit,) if unit else ()


async def _code(ctx: Context, me: Person, invitation: Invitation, uses: int, whom: str) -> str:
    until = ctx.now + VALID_FOR
    code = await staffing.invite(ctx.session, ctx.index.tree, me, invitation, uses, until)
    return texts.code_for(whom, code, until, [link.format(code=code) for link in ctx.house.links()])
