"""The earlier tasks that a draft changes: the officer is asked about each, and may think again."""

from dataclasses import replace

from core.amendments import Proposal, Verdict
from core.drafts import Act, Draft
from core.errors import Refused
from core.message import Inbound, Reply, Talk
from core.texts import amendments as texts
from core.work import TaskRef
from handlers.context import Context
from handlers.draft_checking import about_earlier, next_to_check
from handlers.drafts import to_check
from handlers.evidence import desk_of
from knowledge.proposed import asked_about
from noticing.amending import ALL, ANOTHER, LIST, NO, YES, alike, another, offered, overview, target
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
    return await _answered(ctx, draft, number, said)


async def _answered(ctx: Context, draft: Draft, number: int, said: str) -> Reply:
    one, ref = draft.proposals[number], TaskRef.parse(said)
    if said == NO:
        changed = await _keep(ctx, draft, {number: replace(one, verdict=Verdict.REFUSED)})
        return next_to_check(ctx, changed, texts.REFUSED)
    if said == ALL and alike(draft, number):
        ones = {n: replace(draft.proposals[n], verdict=Verdict.CONFIRMED) for n in alike(draft, number)}
        return next_to_check(ctx, await _keep(ctx, draft, ones), texts.ALL_CONFIRMED)
    meant = one.ref if said == YES else ref if ref in offered(one) else None
    if meant is None:
        return next_to_check(ctx, draft)
    rivals = tuple(other for other in offered(one) if other != meant)
    changed = await _keep(ctx, draft, {number: replace(one, ref=meant, rivals=rivals, verdict=Verdict.CONFIRMED)})
    return next_to_check(ctx, changed, texts.CONFIRMED)


async def _keep(ctx: Context, draft: Draft, answers: dict[int, Proposal]) -> Draft:
    """Raises Refused where a task would be changed twice."""
    ones = tuple(answers.get(number, one) for number, one in enumerate(draft.proposals))
    if ones == draft.proposals:
        return draft
    taken = [one.ref for one in ones if one.verdict is Verdict.CONFIRMED]
    if len(set(taken)) < len(taken):
        raise Refused(texts.TWICE)
    changed = await drafts.change(ctx.session, draft, ctx.now, proposals=ones)
    for one in answers.values():
        act = Act.AMENDS if one.verdict is Verdict.CONFIRMED else Act.AMENDS_NOT
        before, after = _described(ctx, draft, one)
        await drafts.note(ctx.session, draft.id, act, draft.person, ctx.now, before=before, after=after)
    return changed


def _described(ctx: Context, draft: Draft, one: Proposal) -> tuple[str, str]:
    meant = target(desk_of(ctx), draft.read, one)
    if meant is None:
        return "", ""
    before, after = texts.described(meant.title, meant.before, meant.after)
    return (before, after) if one.verdict is Verdict.CONFIRMED else (before, "")
