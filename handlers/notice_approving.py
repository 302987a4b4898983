"""A second person's word before a notice goes out, where the settings ask for it."""

from core.errors import Refused
from core.message import Choice, Inbound, Reply, Talk
from core.notices import Kind, Notice, Stage
from core.people import Level, Role
from core.texts import notice_reports as report_texts
from core.texts import notices as texts
from handlers.context import Context
from handlers.evidence import desk_of
from handlers.notices import head
from noticing.preview import preview, starts
from records import memberships, notice_recipients, notices
from records.notify import tell
from records.session import Session

APPROVE, DISAPPROVE = "/duyettb", "/khongduyettb"


async def ask_second(ctx: Context, notice: Notice) -> Reply:
    """Everybody who may is asked; until one of them agrees nothing goes out."""
    me = head(ctx)
    shown = await preview(desk_of(ctx), notice, ctx.house.hours)
    text = texts.please_approve(me.name, shown.text)
    choices = (
        Choice(texts.APPROVE, f"{APPROVE} {notice.code}"),
        Choice(texts.DISAPPROVE, f"{DISAPPROVE} {notice.code}"),
    )
    asked = False
    for person in await _others(ctx, notice):
        key = f"notice-ask:{notice.id}:{person}"
        asked = await tell(ctx.session, person, text, choices, key, ctx.now) or asked
    return Reply(texts.ASKED_APPROVAL if asked else texts.NOBODY_APPROVES, talk=Talk(), private=True)


async def approve(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE": it goes out to those for whom it was confirmed."""
    return await _decide(ctx, rest, approved=True)


async def disapprove(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE": it goes to nobody."""
    return await _decide(ctx, rest, approved=False)


async def _decide(ctx: Context, rest: str, *, approved: bool) -> Reply:
    notice = await notices.by_code(ctx.session, rest.strip().partition(" ")[0])
    me = ctx.person
    if notice is None or me is None:
        raise Refused(texts.NOT_FOUND)
    if me.id == notice.author:
        raise Refused(texts.NOT_BY_YOURSELF)
    if me.id not in await _others(ctx, notice):
        raise Refused(texts.NOT_FOUND)
    at = starts(notice, ctx.house.hours, ctx.now)
    stage = Stage.GOING if approved else Stage.REFUSED
    ends = {} if approved else {"ended_at": ctx.now}
    if not await notices.turn(ctx.session, notice, stage, Stage.ASKING, approver=me.id, starts_at=at, **ends):
        return Reply(texts.APPROVED_BEFORE, private=True)
    said = texts.decided(me.name, notice.code, approved=approved)
    if notice.author is not None:
        again = "" if approved else await first_again(ctx.session, notice)
        await tell(ctx.session, notice.author, f"{said}{again}", (), f"notice-decided:{notice.id}", ctx.now)
    return Reply(said if approved else texts.NOT_APPROVED, private=True)


async def first_again(session: Session, notice: Notice) -> str:
    """Of a correction that went to nobody: how the first stands, which it was about; empty: nothing is left of that."""
    if notice.kind is not Kind.CORRECTION or notice.about is None:
        return ""
    first = await notices.get(session, notice.about)
    left = await notice_recipients.count(session, first.id, "waiting", "held")
    return f"\n{report_texts.first_goes_on(first.code, left)}" if first.stage is Stage.PAUSED and left else ""


async def _others(ctx: Context, notice: Notice) -> tuple[int, ...]:
    """Who may agree besides the author: who speaks for the unit; of a school also the office above; administrators."""
    desk = desk_of(ctx)
    unit, office = ctx.index.tree.get(notice.unit), desk.above(notice.unit)
    found = [*await desk.principals(notice.unit)]
    if unit is not None and unit.level is Level.SCHOOL and office is not None:
        found += await desk.principals(office.code)
    found += await memberships.in_role(ctx.session, None, Role.ADMIN)
    return tuple(person for person in dict.fromkeys(found) if person != notice.author)
