"""An office's question about what was handed in, the school's answer, and the log of both."""

from core.errors import Refused
from core.message import Choice, Inbound, Reply, Talk
from core.texts import asking as texts
from core.texts import evidence as evidence_texts
from evidence import asking, review
from evidence.asking import ANSWER, ASK
from handlers import who
from handlers.ask import asks_for_a_day
from handlers.awaited import await_next, awaited_by
from handlers.context import Context
from handlers.evidence import desk_of, of_mine
from records import history, submissions
from records.named import named_in


async def ask(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE": what? "CODE words": the school is asked."""
    code, _, question = rest.partition(" ")
    desk, submission = desk_of(ctx), await submissions.by_code(ctx.session, code)
    if submission is None or ctx.person is None or not await review.may_review(desk, ctx.person, submission):
        raise Refused(evidence_texts.NOT_FOUND)
    if not question.strip():
        return Reply(texts.WHAT, talk=await_next(ASK, submission.code, ctx.now), private=True)
    if _may_be_for_us(message, ctx, question):
        return _for_whom(texts.FOR_WHOM, Choice(texts.TO_SCHOOL, f"{ASK} {submission.code} {question}"), question)
    await asking.ask(desk, submission, ctx.person, question)
    return Reply(texts.asked(submission, desk.short_name(submission.giver.unit)), talk=Talk(), private=True)


async def answer(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE": what? "CODE words": passed on to the office."""
    code, _, words = rest.partition(" ")
    if not code:
        return Reply(texts.ANSWER_HOW)
    desk, submission = desk_of(ctx), await of_mine(message, ctx, code)
    if not words.strip():
        return Reply(texts.YOUR_ANSWER, talk=await_next(ANSWER, submission.code, ctx.now))
    if _may_be_for_us(message, ctx, words):
        return _for_whom(texts.AN_ANSWER, Choice(texts.IT_IS, f"{ANSWER} {submission.code} {words}"), words)
    by = ctx.person.id if ctx.person else None
    if not await asking.answer(desk, submission, by, words):
        return Reply(texts.NOTHING_ASKED, talk=Talk())
    office = desk.above(submission.giver.unit or "")
    return Reply(texts.passed_on(desk.short_name(office.code) if office else ""), talk=Talk())


async def show_log(message: Inbound, ctx: Context, rest: str) -> Reply:
    """Who did what to a submission: for its unit, and, since it was handed in, for the office right above."""
    if not rest.strip():
        return Reply(texts.WHICH, private=True)
    found = await submissions.by_code(ctx.session, rest)
    if found and await review.may_review(desk_of(ctx), ctx.person, found):
        return Reply(texts.log(found, await history.since_handed_in(ctx.session, found.id)), private=True)
    submission = await of_mine(message, ctx, rest)
    return Reply(texts.log(submission, await history.of(ctx.session, submission.id)), private=True)


def _may_be_for_us(message: Inbound, ctx: Context, words: str) -> bool:
    """Whether what was typed while words for somebody else were awaited asks what we can answer."""
    typed = words == message.text and not message.reply_to
    return typed and asks_for_a_day(words, ctx)


def _for_whom(asked: str, theirs: Choice, words: str) -> Reply:
    """Nothing goes anywhere until that is picked."""
    return Reply(asked, (theirs, Choice(texts.TO_ME, words)), talk=Talk())


def question_for(message: Inbound, ctx: Context) -> str:
    """The code of the submission about which this is to be asked; empty: none, or this is about who is who."""
    return "" if who.words(message, ctx) else awaited_by(ASK, ctx)


def answer_for(message: Inbound, ctx: Context) -> str:
    """The code of the submission about which this is the answer; empty: none."""
    return awaited_by(ANSWER, ctx)


async def asked_in_thread(message: Inbound, ctx: Context) -> str:
    """The code of the submission that the message of ours asks about which is answered; empty: none."""
    return asking.asked_in((await named_in(ctx.session, message.address, message.reply_to)).key)
