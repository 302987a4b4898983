"""By when a request about data is answered and done, and telling the unit one working day before."""

from datetime import date, timedelta

from core.clock import local_day
from core.message import Urgency
from core.privacy import ANSWER_WORKDAYS, DAYS, DataRequest
from core.texts import data_requests as texts
from evidence.desk import Desk
from knowledge.workdays import Workdays
from records import data_requests
from records.notify import tell

_DAY = timedelta(days=1)


def answer_by(request: DataRequest, workdays: Workdays) -> date:
    """The last day to answer who asked."""
    return workdays.after(local_day(request.made_at), ANSWER_WORKDAYS)


def done_by(request: DataRequest) -> date:
    """The last day to have it done."""
    return local_day(request.made_at) + timedelta(days=DAYS[request.kind])


def next_day(request: DataRequest, workdays: Workdays) -> date:
    """The nearer of the two that still counts."""
    return done_by(request) if request.answered_at else answer_by(request, workdays)


async def remind(desk: Desk) -> None:
    """The principals, or officers, are told once of each day that is near; later too, where the bot was away."""
    today, workdays = local_day(desk.now), desk.index.workdays
    for request in await data_requests.open_ones(desk.session):
        answer, done = answer_by(request, workdays), done_by(request)
        if request.answered_at is None and today >= workdays.last(answer - _DAY):
            await _tell(desk, request, texts.answer_soon(request, answer), "answer")
        if today >= workdays.last(done - _DAY):
            await _tell(desk, request, texts.do_soon(request, done), "done")


async def _tell(desk: Desk, request: DataRequest, text: str, what: str) -> None:
    for person in await desk.heads_of(request.unit):
        key = f"request:{request.code}:{what}:{person}"
        await tell(desk.session, person, text, (), key, desk.now, urgency=Urgency.REMINDER)
