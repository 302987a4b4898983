"""Somebody's word before a newcomer is let in: the principal's, else the office's above, else an administrator's."""

from datetime import datetime

from core.clock import local_day
from core.errors import Refused
from core.message import Choice, Inbound, Reply
from core.people import Member, Role, State, UnitTree
from core.texts import joining as texts
from evidence.staffing import decides
from handlers.context import Context
from handlers.listed import names
from handlers.strangers import unit_name
from records import memberships, outbox
from records.alerts import clear_alert, open_alerts, raise_alert
from records.notify import tell
from records.session import Session

YES, NO = "/xacnhan", "/tuchoi"


async def ask(message: Inbound, ctx: Context, id: int) -> None:
    """Everybody who may decide is asked; where nobody is there, the operator is."""
    one = await memberships.member(ctx.session, id)
    assert one is not None
    unit, role = one.membership.unit, one.membership.role
    channel = texts.channel_name(message.address.platform)
    text = texts.please_confirm(one.name, role, unit_name(ctx, unit), channel)
    choices = Choice(texts.CONFIRM, f"{YES} {id}"), Choice(texts.REFUSE, f"{NO} {id}")
    asked = False
    for person in await _deciders(ctx, one):
        key = f"{outbox.CONFIRM}{id}:{ctx.now.timestamp():.0f}:{person}"
        asked = await tell(ctx.session, person, text, choices, key, ctx.now) or asked
    if asked:
        await clear_alert(ctx.session, _alert(id), ctx.now)
    else:
        await raise_alert(ctx.session, _alert(id), texts.nobody_confirms(id, unit_name(ctx, unit)), ctx.now)


async def ask_if_nobody_was(message: Inbound, ctx: Context, id: int) -> None:
    """Who waits has asked again: there may be somebody to decide by now; nobody is asked twice."""
    if any(alert.key == _alert(id) for alert in await open_alerts(ctx.session)):
        await ask(message, ctx, id)


async def confirm(message: Inbound, ctx: Context, rest: str) -> Reply:
    """The newcomer is let in."""
    return await _decide(ctx, rest, State.ACTIVE)


async def refuse(message: Inbound, ctx: Context, rest: str) -> Reply:
    """The newcomer is not let in."""
    return await _decide(ctx, rest, State.REFUSED)


async def settle(session: Session, tree: UnitTree, one: Member, state: State, by: int | None, now: datetime) -> bool:
    """Let in or refused, and told so once; False: it was settled before. `by` None: the operator."""
    place = one.membership
    if not await memberships.decide(session, place.id, state, by, now):
        return False
    await clear_alert(session, _alert(place.id), now)
    unit = tree.get(place.unit)
    text = texts.you_are_refused(unit.name if unit else place.unit)
    choices: tuple[Choice, ...] = ()
    if state is State.ACTIVE:
        await memberships.use(session, place)
        text = texts.joined(unit.name if unit else place.unit, place.role)
        if lines := await memberships.unlinked(session, place.unit, place.role):
            text, choices = f"{text}\n\n{texts.WHO_ARE_YOU}", names(lines)
    await tell(session, place.person, text, choices, f"{outbox.SETTLED}{place.id}:{now.timestamp():.0f}", now)
    return True


async def _decide(ctx: Context, rest: str, state: State) -> Reply:
    assert ctx.person is not None
    one = await memberships.member(ctx.session, int(rest)) if rest.isdecimal() else None
    if one is None or not await decides(ctx.session, ctx.index.tree, ctx.person.id, one.membership):
        raise Refused(texts.NOT_YOURS)
    if not await settle(ctx.session, ctx.index.tree, one, state, ctx.person.id, ctx.now):
        return Reply(texts.ALREADY_DECIDED)
    said = texts.confirmed if state is State.ACTIVE else texts.refused
    return Reply(said(one.name, unit_name(ctx, one.membership.unit)))


async def _deciders(ctx: Context, one: Member) -> tuple[int, ...]:
    """The nearest who may decide and have an account; never the newcomer."""
    tree, day, place = ctx.index.tree, local_day(ctx.now), one.membership
    circles: list[tuple[list[str] | None, Role]] = [([place.unit], Role.PRINCIPAL)] * (place.role is Role.TEACHER)
    above = tree.parent_on(place.unit, day)
    while above is not None and ([above.code], Role.STAFF) not in circles:
        circles.append(([above.code], Role.STAFF))
        above = tree.parent_on(above.code, day)
    for units, role in (*circles, (None, Role.ADMIN)):
        found = await memberships.in_role(ctx.session, units, role)
        if others := tuple(person for person in found if person != place.person):
            return others
    return ()


def _alert(id: int) -> str:
    return f"confirm:{id}"
