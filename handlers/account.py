"""The account: who somebody is to us, in which units and channels; switching, leaving, deleting."""

from core.message import Choice, Inbound, Reply, Talk
from core.people import Membership, Person
from core.texts import joining as texts
from core.texts import privacy
from handlers.context import Context
from handlers.strangers import how_to_join, unit_name
from knowledge.unit_names import units_named
from records import given, groups, memberships, own_data, people
from records.erasing import erase, erase_account

YES = "dong y"
SWITCH, LEAVE, ERASE, EXPORT = "/doidonvi", "/roidonvi", "/xoadulieu", "/laydulieu"


async def show_account(message: Inbound, ctx: Context) -> Reply:
    """Who the sender is to us; of somebody unknown in a group, whose the group is."""
    if ctx.person is None:
        bound = await groups.unit_of(ctx.session, message.address) if message.group else None
        return Reply(texts.group_account(unit_name(ctx, bound))) if bound else await how_to_join(message, ctx)
    units = await _units(ctx, ctx.person)
    accounts = await people.accounts(ctx.session, ctx.person.id)
    channels = list(dict.fromkeys(texts.channel_name(one.platform) for one in accounts))
    preferred = next((texts.channel_name(one.platform) for one in accounts if one.preferred), "")
    places = [(unit_name(ctx, one.unit), one.role) for one in units]
    choices = (
        *((Choice(texts.SWITCH_UNIT, SWITCH),) if len(units) > 1 else ()),
        Choice(texts.LINK_CHANNEL, "/noikenh"),
        *((Choice(texts.CHANNEL, "/kenh"),) if len(channels) > 1 else ()),
        Choice(texts.LEAVE, LEAVE),
    )
    return Reply(texts.account(ctx.person.name, places, channels, preferred), choices, private=True)


async def switch_unit(message: Inbound, ctx: Context, rest: str) -> Reply:
    """Another of the person's units comes into use; `rest` names it."""
    assert ctx.person is not None
    units = await _units(ctx, ctx.person)
    if len(units) < 2:
        return Reply(texts.ONE_UNIT)
    named = {unit.code for unit in units_named(ctx.index.tree, rest)} if rest else set()
    wanted = [one for one in units if one.unit in named or str(one.id) == rest]
    if len(wanted) == 1:
        await memberships.use(ctx.session, wanted[0])
        return Reply(texts.using(unit_name(ctx, wanted[0].unit), wanted[0].role), talk=Talk())
    labels = [f"{unit_name(ctx, one.unit)} ({texts.role_name(one.role)})" for one in wanted or units]
    choices = (Choice(label, f"{SWITCH} {one.id}") for label, one in zip(labels, wanted or units, strict=True))
    return Reply(texts.WHICH_UNIT, tuple(choices))


async def leave_unit(message: Inbound, ctx: Context, rest: str) -> Reply:
    """The unit in use is left, once that is confirmed."""
    assert ctx.person is not None
    here = (await _units(ctx, ctx.person))[0]
    name = unit_name(ctx, here.unit)
    if rest != f"{here.id} {YES}":
        yes, no = Choice(texts.LEAVE, f"{LEAVE} {here.id} {YES}"), Choice(texts.KEEP, "/huy")
        return Reply(texts.leave(name), (yes, no))
    await memberships.end(ctx.session, here, ctx.person.id, ctx.now)
    return Reply(texts.left(name), talk=Talk())


async def my_data(message: Inbound, ctx: Context, rest: str) -> Reply:
    """What is kept of the sender, and what she handed in."""
    assert ctx.person is not None
    units = [(unit_name(ctx, one.unit), one.role) for one in await _units(ctx, ctx.person)]
    channels = [texts.channel_name(one.platform) for one in await people.accounts(ctx.session, ctx.person.id)]
    mine = await given.of_person(ctx.session, ctx.person.id)
    phone = await people.phone_of(ctx.session, ctx.person.id)
    lines = [texts.given(one, looks) for one, looks in mine]
    text = texts.my_data(ctx.person.name, phone, units, channels, lines, ctx.house.retention_days)
    return Reply(text, (Choice(texts.EXPORT, EXPORT),))


async def export(message: Inbound, ctx: Context, rest: str) -> Reply:
    """A private link to all that is kept of the sender, with the files that she handed in."""
    assert ctx.person is not None
    if not ctx.house.public_url:
        return Reply(privacy.NO_ADDRESS)
    token = await own_data.make_link(ctx.session, ctx.person.id, ctx.now)
    hours = int(own_data.LIFETIME.total_seconds()) // 3600
    return Reply(privacy.own_link(f"{ctx.house.public_url}/du-lieu/{token}", hours))


async def erase_me(message: Inbound, ctx: Context, rest: str) -> Reply:
    """What is kept of the sender is deleted, once that is confirmed."""
    if rest != YES:
        yes, no = Choice(texts.ERASE_YES, f"{ERASE} {YES}"), Choice(texts.KEEP, "/huy")
        return Reply(texts.ERASE_ASKED, (yes, no))
    return await erase_now(message, ctx)


async def erase_now(message: Inbound, ctx: Context) -> Reply:
    """Also of somebody whom we do not know: what was said to the account."""
    person = await people.holder(ctx.session, message.address.platform, message.sender)
    if person is not None:
        await erase(ctx.session, person.id, ctx.now)
    await erase_account(ctx.session, message.address.platform, message.sender)
    return Reply(texts.ERASED)


async def _units(ctx: Context, person: Person) -> tuple[Membership, ...]:
    """Where the person belongs, the unit in use first."""
    units = await memberships.of_person(ctx.session, person.id)
    return tuple(sorted(units, key=lambda one: (one.unit, one.role) != (person.unit, person.role)))
