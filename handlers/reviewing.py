"""What waits in the queue of evidence: looking at one, accepting it, sending it back with a reason."""

from core.errors import Refused
from core.evidence import Act, State, Submission
from core.message import Choice, Inbound, Reply, Talk
from core.people import Person, Role
from core.texts import asking as asking_texts
from core.texts import evidence as texts
from core.texts import library as library_texts
from evidence import review
from evidence.asking import ASK
from evidence.beside import beside
from evidence.library import PUT
from evidence.placing import CONFIRM, NOT_YET
from evidence.review import ACCEPT, SEND_BACK
from handlers.awaited import await_next, awaited_by
from handlers.context import Context
from handlers.evidence import desk_of
from handlers.speaking import refused
from records import facts, history, submissions

MOST_FILES = 10  # shown with one message


async def look(message: Inbound, ctx: Context, rest: str) -> Reply:
    """One submission with its files, to be decided on."""
    me, submission = await reviewer(ctx), await _to_look_at(ctx, rest)
    if submission.state is State.WITHDRAWN:
        return Reply(texts.withdrawn(submission.code), private=True)
    handed = await submissions.with_files(ctx.session, submission)
    shown = [file for _, _, file in await facts.shown(ctx.session, [submission.id])]
    await history.note(ctx.session, submission.id, Act.SEEN, me.id, ctx.now)
    desk = desk_of(ctx)
    heads, in_stead = await desk.heads(me), await history.in_stead(ctx.session, submission.id)
    text = texts.detail(handed, desk.short_name(submission.giver.unit), in_stead)
    its = await beside(desk, handed, heads=heads)
    more = its.inside, its.faults, its.repeated, asking_texts.talk(handed.talk), its.unscanned, its.unseen
    text = "\n".join([text, *(line for lines in more for line in lines)])
    picks = _decisions(submission, heads=heads)
    return Reply(text, picks, files=tuple(shown[:MOST_FILES]), private=True)


async def accept(message: Inbound, ctx: Context, rest: str) -> Reply:
    """It is accepted, and the school told."""
    me, submission = await reviewer(ctx), await _waiting(ctx, rest)
    if not await review.accept(desk_of(ctx), submission, me):
        return Reply(texts.ALREADY)
    said = texts.accepted(submission, desk_of(ctx).short_name(submission.giver.unit))
    return Reply(said, (_into_store(submission),), private=True)


async def send_back(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE": why? "CODE reason": it is returned, and the school told."""
    code, _, reason = rest.partition(" ")
    me, submission = await reviewer(ctx), await _waiting(ctx, code)
    if submission.state is not State.SUBMITTED:
        return Reply(texts.ALREADY, talk=Talk(), private=True)
    if not reason.strip():
        picks = tuple(Choice(one, f"{SEND_BACK} {submission.code} {one}") for one in texts.REASONS)
        picks = (*picks, Choice(texts.NOT_NOW, "/huy"))
        return Reply(texts.WHY, picks, talk=await_next(SEND_BACK, submission.code, ctx.now), private=True)
    if not await review.send_back(desk_of(ctx), submission, me, reason):
        return Reply(texts.ALREADY, talk=Talk())
    return Reply(texts.sent_back(submission, desk_of(ctx).short_name(submission.giver.unit)), talk=Talk(), private=True)


def reason_for(message: Inbound, ctx: Context) -> str:
    """The code of the submission that is to be returned for what is typed; empty: none, or this is a question."""
    return "" if message.text.rstrip().endswith("?") else awaited_by(SEND_BACK, ctx)


def _decisions(submission: Submission, *, heads: bool) -> tuple[Choice, ...]:
    """`heads`: of who gives the school's word, else of the office. Once it is accepted, it may be shared."""
    code = submission.code
    if submission.state is State.ACCEPTED and not heads and submission.deleted_at is None:
        return (_into_store(submission),)
    if submission.state not in (State.HELD, State.SUBMITTED):
        return ()
    if heads:
        return Choice(texts.CONFIRM, f"{CONFIRM} {code}"), Choice(texts.NOT_YET, f"{NOT_YET} {code}")
    return (
        Choice(texts.ACCEPT, f"{ACCEPT} {code}"),
        Choice(texts.SEND_BACK, f"{SEND_BACK} {code}"),
        Choice(asking_texts.ASK, f"{ASK} {code}"),
    )


def _into_store(submission: Submission) -> Choice:
    return Choice(library_texts.PUT, f"{PUT} {submission.code}")


async def reviewer(ctx: Context) -> Person:
    """Who writes, where there is a queue for them. Raises Refused."""
    me = ctx.person
    if me is None or (me.role is Role.TEACHER and not await desk_of(ctx).heads(me)):
        raise await refused(desk_of(ctx), me, me.unit if me else None, texts.ONLY_OFFICES)
    return me


async def _waiting(ctx: Context, code: str) -> Submission:
    """The submission of this code, if the sender's office has a say in it. Raises Refused."""
    if not code.strip():
        raise Refused(texts.WHICH)
    found = await submissions.by_code(ctx.session, code)
    if found is None or not await review.may_review(desk_of(ctx), ctx.person, found):
        raise Refused(texts.NOT_FOUND)
    return found


async def _to_look_at(ctx: Context, code: str) -> Submission:
    """Also one of the own school that waits for the sender's word. Raises Refused."""
    found = await submissions.by_code(ctx.session, code)
    me = ctx.person
    if me and found and found.giver.unit == me.unit and found.state is State.HELD and await desk_of(ctx).heads(me):
        return found
    return await _waiting(ctx, code)
