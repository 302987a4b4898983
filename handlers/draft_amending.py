"""The earlier tasks that a draft changes: the officer is asked about each, and may think again."""

from core.message import Inbound, Reply, Talk
from handlers.context import Context
from handlers.draft_checking import about_earlier, next_to_check
from handlers.drafts import to_check
from handlers.evidence import desk_of
from knowledge.proposed import asked_about
from noticing.amending import ANOTHER, LIST, another, overview
from noticing.amending_answers import answer
from records import drafts


async def amend(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE ds": all of them. "CODE 2": the third; with "dung", "khong", "khac", "het" or a task: the answer."""
    draft, words = await to_check(ctx, rest)
    await drafts.touch(ctx.session, draft, ctx.now)
    which, _, said = words.partition(" ")
    number = int(which) if which.isdecimal() and len(which) <= 6 else -1
    if number not in asked_about(draft):
        text, picks = overview(desk_of(ctx), draft)
        return Reply(text, picks, talk=Talk(), private=True) if which == LIST else next_to_check(ctx, draft)
    if not said:
        return about_earlier(ctx, draft, number)
    if said == ANOTHER:
        text, picks = another(desk_of(ctx), draft, number)
        return Reply(text, picks, talk=Talk(), private=True)
    answered = await answer(desk_of(ctx), draft, number, said)
    return next_to_check(ctx, *answered) if answered else next_to_check(ctx, draft)
