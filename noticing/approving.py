"""A second person's word before a notice goes out, where the settings ask for it."""

from core.errors import Refused
from core.hours import Hours
from core.message import Choice
from core.notices import Kind, Notice, Stage
from core.people import Level, Person, Role
from core.texts import notice_reports as report_texts
from core.texts import notices as texts
from evidence.desk import Desk
from noticing.preview import preview, starts
from records import memberships, notice_recipients, notices
from records.notify import tell
from records.session import Session

APPROVE, DISAPPROVE = "/duyettb", "/khongduyettb"


async def ask_second(desk: Desk, notice: Notice, author: str, hours: Hours) -> bool:
    """Everybody who may is asked; until one of them agrees nothing goes out. False: there is nobody to ask."""
    shown = await preview(desk, notice, hours)
    text = texts.please_approve(author, shown.text)
    choices = (
        Choice(texts.APPROVE, f"{APPROVE} {notice.code}"),
        Choice(texts.DISAPPROVE, f"{DISAPPROVE} {notice.code}"),
    )
    asked = False
    for person in await who_may(desk, notice):
        key = f"notice-ask:{notice.id}:{person}"
        asked = await tell(desk.session, person, text, choices, key, desk.now) or asked
    return asked


async def decide(desk: Desk, notice: Notice, me: Person, hours: Hours, *, approved: bool) -> str:
    """It goes out to those for whom it was confirmed, or to nobody; what is said then. Raises Refused."""
    if me.id == notice.author:
        raise Refused(texts.NOT_BY_YOURSELF)
    if me.id not in await who_may(desk, notice):
        raise Refused(texts.NOT_FOUND)
    at = starts(notice, hours, desk.now)
    stage = Stage.GOING if approved else Stage.REFUSED
    ends = {} if approved else {"ended_at": desk.now}
    if not await notices.turn(desk.session, notice, stage, Stage.ASKING, approver=me.id, starts_at=at, **ends):
        raise Refused(texts.APPROVED_BEFORE)
    said = texts.decided(me.name, notice.code, approved=approved)
    if notice.author is not None:
        again = "" if approved else await first_again(desk.session, notice)
        await tell(desk.session, notice.author, f"{said}{again}", (), f"notice-decided:{notice.id}", desk.now)
    return said if approved else texts.NOT_APPROVED


async def first_again(session: Session, notice: Notice) -> str:
    """Of a correction that went to nobody: how the first stands, which it was about; empty: nothing is left of that."""
    if notice.kind is not Kind.CORRECTION or notice.about is None:
        return ""
    first = await notices.get(session, notice.about)
    left = await notice_recipients.count(session, first.id, "waiting", "held")
    return f"\n{report_texts.first_goes_on(first.code, left)}" if first.stage is Stage.PAUSED and left else ""


async def who_may(desk: Desk, notice: Notice) -> tuple[int, ...]:
    """Who may agree besides the author: who speaks for the unit; of a school also the office above; administrators."""
    unit, office = desk.index.tree.get(notice.unit), desk.above(notice.unit)
    found = [*await desk.principals(notice.unit)]
    if unit is not None and unit.level is Level.SCHOOL and office is not None:
        found += await desk.principals(office.code)
    found += await memberships.in_role(desk.session, None, Role.ADMIN)
    return tuple(person for person in dict.fromkeys(found) if person != notice.author)
