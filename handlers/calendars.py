"""Links to a calendar of due days: one's own, or the unit's for who speaks for it; renewed, taken back."""

import re

from core.calendar import CalendarOf
from core.errors import Refused
from core.message import Choice, Inbound, Reply
from core.texts import calendar as texts
from handlers.context import Context
from handlers.evidence import desk_of
from knowledge.fold import fold
from records import calendars

COMMAND, REVOKE, UNIT, NEW = "/linklich", "/thuhoilich", "donvi", "moi"
_WHOSE = r"(?: (?P<unit>(?:chung )?(?:cua |cho )?(?:truong|don vi|phong|so)(?: (?:toi|em|minh))?|chung))?"
_WHICH = r"(?:lich(?: (?:dien thoai|ics|han nop|nhac viec))?)"
_LINK = re.compile(
    rf"(?:(?:xin |cho |lay |mo |gui |doi |tao )?(?:toi |em |minh )?(?:xin )?(?:duong )?(?:link|lien ket) {_WHICH}"
    rf"|lich dien thoai|(?:them|dua)(?: han nop)? vao lich(?: dien thoai)?|dong bo lich(?: dien thoai)?)"
    rf"{_WHOSE}(?P<new> moi)?"
)
_REVOKE = re.compile(rf"(?:thu hoi|dong|huy|xoa|bo)(?: (?:link|lien ket))? {_WHICH}{_WHOSE}")


def in_words(text: str) -> tuple[str, str] | None:
    """The command that plain words stand for, and what follows it; None: they are about something else."""
    said = fold(text.strip(" \n.!"))
    if found := _REVOKE.fullmatch(said):
        return REVOKE[1:], UNIT if found["unit"] else ""
    if found := _LINK.fullmatch(said):
        new = found["new"] or said.startswith("doi ")
        return COMMAND[1:], " ".join([UNIT] * bool(found["unit"]) + [NEW] * bool(new))
    return None


async def show(message: Inbound, ctx: Context, rest: str) -> Reply:
    """A new link where there is none, or where one is asked for; else what is known of the open one."""
    if not ctx.house.public_url:
        return Reply(texts.NO_ADDRESS, private=True)
    words = rest.split()
    of, whose = await _whose(ctx, UNIT in words)
    mark = f" {UNIT}" * bool(of.unit)
    now = await calendars.open_one(ctx.session, of)
    if now and NEW not in words:
        picks = (Choice(texts.NEW, f"{COMMAND}{mark} {NEW}"), Choice(texts.REVOKE, f"{REVOKE}{mark}"))
        return Reply(texts.is_open(whose, now.made_at, now.read_at), picks, private=True)
    token = await calendars.make(ctx.session, of, ctx.person.id if ctx.person else None, ctx.now)
    return Reply(texts.opened(f"{ctx.house.public_url}/calendar/{token}.ics", whose), private=True)


async def revoke(message: Inbound, ctx: Context, rest: str) -> Reply:
    """The link shows nothing any more."""
    of, _ = await _whose(ctx, UNIT in rest.split())
    gone = await calendars.revoke(ctx.session, of, ctx.now)
    return Reply(texts.REVOKED if gone else texts.NOTHING_TO_REVOKE, private=True)


async def _whose(ctx: Context, unit: bool) -> tuple[CalendarOf, str]:
    """The calendar, and how it is called. Raises Refused."""
    if ctx.person is None:
        raise Refused(texts.NEEDS_A_PERSON)
    if not unit:
        return CalendarOf(person=ctx.person.id), texts.OWN
    desk, code = desk_of(ctx), ctx.person.unit
    if not await desk.speaks_alone(ctx.person, code):
        raise Refused(texts.ONLY_HEADS)
    return CalendarOf(unit=code), texts.of_unit(desk.short_name(code))


COMMANDS = {COMMAND[1:]: show, REVOKE[1:]: revoke}
