"""A principal who is away names who speaks in her stead, and until when; who does now; ending it early."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from core.clock import local_day
from core.message import Choice, Inbound, Reply, Talk
from core.people import Member, Person, Role, State, require
from core.texts import deputies as texts
from core.texts import members as member_texts
from handlers.awaited import await_next, awaited_by
from handlers.context import Context
from handlers.deputy_words import in_words, names_a_day, who_and_until, without_title
from handlers.evidence import desk_of
from handlers.members import called
from knowledge.fold import fold
from records import deputies, memberships, outbox
from records.deputies import Deputy
from records.notify import tell

COMMAND, END = "/uyquyen", "/thoiuyquyen"
LONGEST = timedelta(days=60)

_SCHOOL = re.compile(r",? *(?:\b(?:o|cua) )?\b(?:truong|lop|nhom tre|mn|mam non)\b(?: (?:mn|mam non|mau giao)\b)? *")


def wanted(message: Inbound, ctx: Context) -> str:
    """For whom this day is typed; empty: nobody, or this is no day, or says anew for whom."""
    return awaited_by(COMMAND, ctx) if names_a_day(message.text) and not in_words(message.text) else ""


async def appoint(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "cô Lan đến 10/12": she speaks until then. Without a day it is asked for; nothing at all: who does now."""
    me = _head(ctx)
    if not rest:
        return await _listed(ctx, me)
    today = local_day(ctx.now)
    who, until, dated = who_and_until(rest, today)
    meant = await _meant(ctx, me, who)
    found = [one for one in meant if await _may(ctx, me, one)]
    if not found:
        return Reply(_nobody(ctx, me, who, meant), private=True)
    if len(found) > 1:
        return Reply(texts.WHOM, tuple(_pick(ctx, one, until) for one in found), private=True)
    [one] = found
    if until is not None and until - today <= LONGEST:
        return await _appointed(ctx, me, one, until)
    said = texts.NO_DAY if dated else texts.until_when(one.name)
    said = texts.too_far(LONGEST.days, today + LONGEST) if until else said
    return Reply(said, talk=await_next(COMMAND, str(one.membership.id), ctx.now), private=True)


async def end(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "cô Lan": she speaks no more. Without a name: the only one who does, else it is asked who."""
    me = _head(ctx)
    name = without_title(rest)
    now = await _running(ctx, me)
    found = [one for one in now if not name or str(one.id) == name or _is_called(one.name, name)]
    if not found:
        return Reply(texts.NOT_RUNNING if now else texts.NOBODY, private=True)
    if len(found) > 1:
        return Reply(texts.WHOM, _to_end(found), private=True)
    [one] = found
    await deputies.end(ctx.session, one.id, ctx.now)
    text = texts.yours_ended(me.name, desk_of(ctx).short_name(one.unit))
    told = await tell(ctx.session, one.person, text, (), f"{outbox.EVIDENCE}deputy:{one.id}:ended", ctx.now)
    return Reply(texts.ended(one.name, told=told), talk=Talk(), private=True)


async def _appointed(ctx: Context, me: Person, one: Member, until: date) -> Reply:
    place = one.membership
    id = await deputies.appoint(ctx.session, place.unit, place.person, me.id, until, ctx.now)
    text = texts.you_are_appointed(me.name, desk_of(ctx).short_name(place.unit), until)
    key = f"{outbox.EVIDENCE}deputy:{id}:appointed"
    linked = await tell(ctx.session, place.person, text, (), key, ctx.now)
    return Reply(texts.appointed(one.name, until, linked=linked), talk=Talk(), private=True)


async def _listed(ctx: Context, me: Person) -> Reply:
    found = await _running(ctx, me)
    if not found:
        return Reply(texts.NOBODY if me.role is Role.PRINCIPAL else texts.NOBODY_OFFICE, private=True)
    units = {one.unit: "" if one.unit == me.unit else desk_of(ctx).short_name(one.unit) for one in found}
    lines = [texts.line(one.name, units[one.unit], one.until) for one in found]
    return Reply(texts.listed(lines), _to_end(found), private=True)


async def _running(ctx: Context, me: Person) -> Sequence[Deputy]:
    """Those who speak for the schools of which this person may say who does."""
    units = [me.unit] if me.role is Role.PRINCIPAL else desk_of(ctx).below(me.unit)
    return await deputies.running(ctx.session, units, local_day(ctx.now))


async def _meant(ctx: Context, me: Person, words: str) -> Sequence[Member]:
    """Those called so; by the number of the membership, or by name and school."""
    if words.isdecimal() and len(words) < 9:
        one = await memberships.member(ctx.session, int(words))
        return [one] if one and await _may(ctx, me, one) else []
    school = _SCHOOL.search(fold(words))
    name = without_title(words[: school.start()] if school else words)
    units = ctx.index.names.get(fold(words[school.end() :]), frozenset()) if school else None
    return [one for one in await called(ctx, me, name) if units is None or one.membership.unit in units]


def _nobody(ctx: Context, me: Person, who: str, meant: Sequence[Member]) -> str:
    """Why nobody of these is appointed."""
    headed = [one.membership.unit for one in meant if one.membership.role is Role.TEACHER]
    if me.role is Role.STAFF and headed:
        return texts.has_a_principal(desk_of(ctx).short_name(headed[0]))
    if who:
        return texts.nobody_called(who)
    return texts.HOW if me.role is Role.PRINCIPAL else texts.HOW_OFFICE


async def _may(ctx: Context, me: Person, one: Member) -> bool:
    """A principal her own teachers; the office right above those of a school whose principal has no account."""
    place = one.membership
    if place.role is not Role.TEACHER or place.state is not State.ACTIVE:
        return False
    if me.role is Role.PRINCIPAL:
        return place.unit == me.unit
    below = place.unit in desk_of(ctx).below(me.unit)
    return below and not await memberships.in_role(ctx.session, [place.unit], Role.PRINCIPAL)


def _head(ctx: Context) -> Person:
    """Who may appoint. Raises Refused."""
    return require(ctx.person, Role.PRINCIPAL, Role.STAFF, text=texts.ONLY_PRINCIPALS)


def _is_called(name: str, words: str) -> bool:
    return f" {fold(name)}".endswith(f" {fold(words)}")


def _pick(ctx: Context, one: Member, until: date | None) -> Choice:
    place = one.membership
    label = member_texts.who(one.name, place.role, desk_of(ctx).short_name(place.unit), one.phone)
    return Choice(label, f"{COMMAND} {place.id} {until:%d/%m/%Y}" if until else f"{COMMAND} {place.id}")


def _to_end(found: Sequence[Deputy]) -> tuple[Choice, ...]:
    return tuple(Choice(texts.end(one.name), f"{END} {one.id}") for one in found)
