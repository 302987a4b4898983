"""Publishing a draft: what stands against it, who will hear of it, the word that does it."""

from core.drafts import Draft, Stage
from core.message import Choice, Inbound, Reply, Talk
from core.texts import drafts as texts
from handlers.context import Context
from handlers.drafts import mine, show
from handlers.evidence import desk_of
from knowledge.drafting import open_doubts
from noticing.checking import CANCEL, CHECK, PUBLISH, REVIEW, to_check_label
from noticing.drafts import with_changes
from noticing.publishing import against, preview, publish_once

ANYWAY, SURE = "van", "dongy"


async def ask(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE": what will happen. "CODE van": though there are doubts. "CODE dongy5": published as revision 5."""
    draft, how = await mine(ctx, rest)
    if draft.stage is not Stage.READ:
        return await show(ctx, draft)
    if not draft.issuer:
        return await show(ctx, draft)
    draft = await with_changes(desk_of(ctx), draft)
    if why := against(draft):
        return Reply(why, (Choice(to_check_label(draft), f"{CHECK} {draft.code}"),), private=True)
    if how == f"{SURE}{draft.revision}":
        return await _publish(ctx, draft)
    if open_doubts(draft) and not how:
        return _doubtful(draft)
    return await _preview(ctx, draft, texts.changed() if how.startswith(SURE) else "")


def _doubtful(draft: Draft) -> Reply:
    left = open_doubts(draft)
    doubts = [draft.read.doubts[number] for number in left]
    said = [(one.task + 1 if one.task is not None else None, one.message) for one in doubts]
    picks = (
        Choice(texts.check_label(len(left)), f"{CHECK} {draft.code}"),
        Choice(texts.ANYWAY, f"{PUBLISH} {draft.code} {ANYWAY}"),
    )
    return Reply(texts.still_doubtful(said), picks, private=True)


async def _preview(ctx: Context, draft: Draft, above: str) -> Reply:
    text = await preview(desk_of(ctx), draft)
    picks = (
        Choice(texts.PUBLISH, f"{PUBLISH} {draft.code} {SURE}{draft.revision}"),
        Choice(texts.REVIEW, f"{REVIEW} {draft.code}"),
        Choice(texts.DROP, f"{CANCEL} {draft.code}"),
    )
    return Reply(f"{above}\n\n{text}" if above else text, picks, talk=Talk(), private=True)


async def _publish(ctx: Context, draft: Draft) -> Reply:
    at = ctx.house.hours.open_at(ctx.now)
    done = await publish_once(desk_of(ctx), draft, at)
    if done is None:
        return Reply(texts.known(draft.name), talk=Talk(), private=True)
    published, told = done
    return Reply(texts.published(published, told, at, ctx.now), talk=Talk(), private=True)
