"""Whose a chat group is: bound in the group, by somebody who may speak for the unit."""

from core.errors import Refused
from core.message import Choice, Inbound, Reply
from core.people import Membership, Role, Unit
from core.texts import joining as texts
from evidence.staffing import speaks
from handlers.context import Context
from handlers.guessing import look_at
from handlers.strangers import unit_name
from knowledge.unit_names import units_named
from records import groups, invitations, memberships

COMMAND = "/thamgia"


async def bind_group(message: Inbound, ctx: Context, rest: str) -> Reply:
    """The group is the sender's unit's; `rest` names one below."""
    bound = await groups.unit_of(ctx.session, message.address)
    mine = await memberships.of_person(ctx.session, ctx.person.id) if ctx.person else ()
    if not mine and bound is None:
        return Reply(texts.GROUP_UNKNOWN)
    units = _named(ctx, mine, rest) if rest else _own(ctx, mine)
    if not units:
        raise Refused(texts.no_unit(rest) if rest and _speaks(mine) else texts.WHO_MAY_BIND)
    if len(units) > 1:
        choices = tuple(Choice(unit.name, f"{COMMAND} {unit.code}") for unit in units)
        return Reply(texts.WHICH_UNIT_FOR_GROUP, choices)
    unit = units[0]
    if bound == unit.code:
        raise Refused(texts.group_already_joined(unit.name))
    if bound and not _may(ctx, mine, bound):
        raise Refused(texts.group_is_anothers(unit_name(ctx, bound)))
    await groups.bind(ctx.session, message.address, unit.code)
    return Reply(texts.group_joined(unit.name))


async def bind_group_by_code(message: Inbound, ctx: Context, code: str) -> Reply:
    """The group is the code's unit's; a teacher's code, or one that somebody must confirm, speaks for none."""
    bound = await groups.unit_of(ctx.session, message.address)
    if bound is not None:
        raise Refused(texts.group_already_joined(unit_name(ctx, bound)))
    found = await look_at(message, ctx, code)
    if isinstance(found, Reply):
        return found
    if found.person is not None:
        raise Refused(texts.PERSONAL_CODE)
    if found.role is Role.TEACHER:
        raise Refused(texts.TEACHERS_CODE)
    if found.confirm or ctx.house.confirm_joins:
        raise Refused(texts.WHO_MAY_BIND)
    if not await invitations.take(ctx.session, code, ctx.now):
        return Reply(texts.CODE_WRONG)
    await groups.bind(ctx.session, message.address, found.unit)
    return Reply(texts.group_joined(unit_name(ctx, found.unit)))


async def unbind_group(message: Inbound, ctx: Context, rest: str) -> Reply:
    """The group is nobody's any more."""
    if not message.group:
        return Reply(texts.ONLY_IN_A_GROUP)
    bound = await groups.unit_of(ctx.session, message.address)
    if bound is None:
        return Reply(texts.GROUP_NOT_BOUND)
    mine = await memberships.of_person(ctx.session, ctx.person.id) if ctx.person else ()
    if not _may(ctx, mine, bound):
        raise Refused(texts.NOT_YOURS)
    await groups.deactivate(ctx.session, message.address)
    return Reply(texts.group_left(unit_name(ctx, bound)))


def _own(ctx: Context, mine: tuple[Membership, ...]) -> tuple[Unit, ...]:
    """The units themselves in which the sender is more than a teacher."""
    codes = dict.fromkeys(one.unit for one in mine if one.role is not Role.TEACHER)
    return tuple(unit for code in codes if (unit := ctx.index.tree.get(code)))


def _named(ctx: Context, mine: tuple[Membership, ...], words: str) -> tuple[Unit, ...]:
    """The units called so for which the sender may speak."""
    return tuple(unit for unit in units_named(ctx.index.tree, words) if _may(ctx, mine, unit.code))


def _may(ctx: Context, mine: tuple[Membership, ...], unit: str) -> bool:
    return speaks(ctx.index.tree, mine, unit)


def _speaks(mine: tuple[Membership, ...]) -> bool:
    return any(one.role is not Role.TEACHER for one in mine)
