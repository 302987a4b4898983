"""Publishing a draft: what stands against it, who will hear of it, the word that does it."""

from core.drafts import Act, Draft, Stage
from core.message import Choice, Inbound, Reply, Talk
from core.texts import amendments
from core.texts import drafts as texts
from handlers.context import Context
from handlers.drafts import mine, show, with_changes
from handlers.evidence import desk_of
from knowledge.drafting import final, open_doubts, unticked
from knowledge.proposed import open_proposals
from noticing.amending import counts
from noticing.checking import CANCEL, CHECK, PUBLISH, REVIEW, to_check_label
from noticing.publishing import publish, telling
from records import drafts

ANYWAY, SURE = "van", "dongy"


async def ask(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE": what will happen. "CODE van": though there are doubts. "CODE dongy5": published as revision 5."""
    draft, how = await mine(ctx, rest)
    if draft.stage is not Stage.READ:
        return await show(ctx, draft)
    if not draft.issuer:
        return await show(ctx, draft)
    draft = await with_changes(ctx, draft)
    if asked := open_proposals(draft):
        picks = (Choice(to_check_label(draft), f"{CHECK} {draft.code}"),)
        return Reply(amendments.unasked(len(asked)), picks, private=True)
    if count := unticked(draft):
        picks = (Choice(texts.check_label(len(open_doubts(draft))), f"{CHECK} {draft.code}"),)
        return Reply(texts.unticked(count), picks, private=True)
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
    desk = desk_of(ctx)
    told = await telling(desk, draft)
    groups = sum(one.group for one in told.reach.ways)
    lost = list(dict.fromkeys(desk.short_name(one.unit) for one in told.reach.lost))
    names = [desk.short_name(unit.code) for unit in told.units]
    tasks = len(final(draft).obligations)
    changed = amendments.counted(*counts(told.changed))
    text = texts.preview(draft, tasks, names, groups, len(told.reach.ways) - groups, lost, changed)
    picks = (
        Choice(texts.PUBLISH, f"{PUBLISH} {draft.code} {SURE}{draft.revision}"),
        Choice(texts.REVIEW, f"{REVIEW} {draft.code}"),
        Choice(texts.DROP, f"{CANCEL} {draft.code}"),
    )
    return Reply(f"{above}\n\n{text}" if above else text, picks, talk=Talk(), private=True)


async def _publish(ctx: Context, draft: Draft) -> Reply:
    at = ctx.house.hours.open_at(ctx.now)
    done = await publish(desk_of(ctx), draft, draft.person, at)
    if done is None:
        await drafts.change(ctx.session, draft, ctx.now, stage=Stage.DROPPED)
        await drafts.note(ctx.session, draft.id, Act.CANCELLED, None, ctx.now, after=texts.known(draft.name))
        return Reply(texts.known(draft.name), talk=Talk(), private=True)
    published, told = done
    return Reply(texts.published(published, told, at, ctx.now), talk=Talk(), private=True)
