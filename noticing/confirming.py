"""A draft becomes a notice: tried on oneself, and confirmed as it was shown."""

from core.errors import Refused
from core.hours import Hours
from core.message import Address, Urgency
from core.notices import Kind, Notice, Place, Stage
from core.people import Person
from core.texts import notice_reports as report_texts
from core.texts import notices as texts
from evidence.desk import Desk
from noticing import running
from noticing.approving import ask_second
from noticing.preview import Preview
from noticing.sending import put
from records import notices, people
from records.notice_acks import TEST_KEY
from records.session import Session


async def why_not(session: Session, notice: Notice, shown: Preview, revision: str, count: str) -> str:
    """Why what was shown so cannot go: it is no longer what there is, or must wait; empty: it can."""
    if revision != str(notice.revision):
        return texts.CHANGED_SINCE
    if shown.files.coming:
        return texts.FILES_COMING
    if shown.files.bad:
        return texts.FILES_BAD
    if str(len(shown.reach.ways)) != count or not shown.reach.ways:
        return texts.OTHERS_NOW
    return await _first_stands(session, notice) if notice.kind is Kind.CORRECTION else ""


async def confirm(desk: Desk, notice: Notice, shown: Preview, by: Person, hours: Hours, *, second: bool) -> str:
    """It goes as it was shown, or a `second` person is asked; what is said then."""
    stage = Stage.ASKING if second else Stage.GOING
    await running.confirm(desk.session, notice, shown.reach.all, shown.at, desk.now, stage, by.id)
    if second:
        asked = await ask_second(desk, await notices.get(desk.session, notice.id), by.name, hours)
        return texts.ASKED_APPROVAL if asked else texts.NOBODY_APPROVES
    return report_texts.begun(notice.code, len(shown.reach.ways), shown.at, desk.now)


async def try_out(desk: Desk, notice: Notice, shown: Preview, me: Person, here: Address | None = None) -> None:
    """A copy to oneself, as it will be read, `here` or to the chat that reaches best. Raises Refused."""
    ways = [*([here] if here else []), *await people.ways_to(desk.session, me.id)]
    if not ways:
        raise Refused(texts.NOT_FOUND)
    key = f"{TEST_KEY}{notice.id}:{notice.revision}:{desk.now.timestamp():.0f}"
    await put(desk.session, shown.letter, Place(me.unit, ways[0], me.id), key, desk.now, Urgency.ANSWER, test=True)


async def _first_stands(session: Session, correction: Notice) -> str:
    """A correction goes to exactly those who got the first: nothing of that may be on its way. Empty: nothing is."""
    assert correction.about is not None
    first = await notices.hold_id(session, correction.about)
    if first.stage is Stage.GOING:
        return report_texts.STILL_GOING
    left = await running.under_way(session, first)
    return report_texts.on_their_way(left) if left else ""
