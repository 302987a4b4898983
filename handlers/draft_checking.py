"""What is to be checked of a draft, one by one; items corrected, dropped and taken back."""

from dataclasses import replace

from core.clock import local_day
from core.drafts import Act, Draft, Fate
from core.errors import BadInput, Refused
from core.message import Choice, Inbound, Reply, Talk
from core.texts import drafts as texts
from core.texts.dates import DAY_BY_HAND
from core.texts.short import cut
from core.work import Obligation
from handlers.awaited import await_next
from handlers.context import Context
from handlers.drafts import to_check, with_changes
from handlers.evidence import desk_of
from knowledge.corrections import corrected
from knowledge.drafting import open_doubts, settled_by, with_item
from knowledge.proposed import open_proposals
from noticing.amending import question
from noticing.checking import CORRECT, DROP_ITEM, KEEP, REVIEW, ways_on
from records import drafts

OF_DOUBT = "#"  # before the number of the doubt that was asked about


async def check(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE": what comes next."""
    draft, _ = await to_check(ctx, rest)
    await drafts.touch(ctx.session, draft, ctx.now)
    return next_to_check(ctx, await with_changes(ctx, draft))


async def keep(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE 2": what this doubt is about stays as it was read."""
    draft, words = await to_check(ctx, rest)
    number = _number(words.lstrip(OF_DOUBT))
    if number is None or number not in open_doubts(draft):
        return next_to_check(ctx, draft)
    doubt = draft.read.doubts[number]
    item = None if doubt.task is None else doubt.task + 1
    changed = await drafts.change(ctx.session, draft, ctx.now, settled={**draft.settled, number: Fate.KEPT})
    await drafts.note(ctx.session, draft.id, Act.KEPT, draft.person, ctx.now, item, before=cut(doubt.message, 200))
    return next_to_check(ctx, changed, texts.kept(item))


async def drop(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE 7": the item is not published; "CODE 7 #2": it was asked about."""
    draft, words = await to_check(ctx, rest)
    item, asked = _item(draft, words), OF_DOUBT in words
    if item in draft.dropped:
        return _done(ctx, draft, texts.already(item + 1, gone=True), asked=asked)
    changed = await drafts.change(ctx.session, draft, ctx.now, dropped=draft.dropped | {item})
    before = texts.described(draft.read.obligations[item])
    await drafts.note(ctx.session, draft.id, Act.DROPPED, draft.person, ctx.now, item + 1, before=before)
    return _done(ctx, changed, texts.dropped(item + 1), asked=asked)


async def restore(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE 7": the item is published after all."""
    draft, words = await to_check(ctx, rest)
    item = _item(draft, words)
    if item not in draft.dropped:
        return _done(ctx, draft, texts.already(item + 1, gone=False), asked=False)
    changed = await drafts.change(ctx.session, draft, ctx.now, dropped=draft.dropped - {item})
    after = texts.described(draft.read.obligations[item])
    await drafts.note(ctx.session, draft.id, Act.RESTORED, draft.person, ctx.now, item + 1, after=after)
    return _done(ctx, changed, texts.restored(item + 1), asked=False)


async def correct(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE 14 hạn 18/12": an item; "CODE #2 18/12": the one that doubt 2 is about."""
    draft, words = await to_check(ctx, rest)
    which, _, said = words.partition(" ")
    asked = which.startswith(OF_DOUBT)
    item = _asked_about(draft, which) if asked else _item(draft, which)
    if item is None:
        return Reply(texts.NO_ITEM_OF_ITS_OWN, private=True)
    before = draft.read.obligations[item]
    try:
        after = corrected(said, before, draft.read.head, local_day(ctx.now))
    except BadInput as bad:
        return Reply(texts.wrong_day(bad.text), private=True)
    if after is None:
        return Reply(texts.NOT_UNDERSTOOD, private=True)
    after = replace(after, note=_note(before, after))
    changed = await _correct(ctx, draft, item, after)
    return _done(ctx, changed, texts.understood(item + 1, after), asked=asked)


def _note(before: Obligation, after: Obligation) -> str:
    """What is said with an item that somebody has corrected, however often."""
    days = (before.due, before.rule, before.time) != (after.due, after.rule, after.time)
    return DAY_BY_HAND if days or before.note == DAY_BY_HAND else texts.BY_HAND


async def _correct(ctx: Context, draft: Draft, item: int, after: Obligation) -> Draft:
    """An item that had been dropped is there again; what was doubtful of what has changed is settled."""
    before = draft.read.obligations[item]
    settled = {**draft.settled, **settled_by(replace(draft, dropped=draft.dropped - {item}), item, before, after)}
    plan, dropped = with_item(draft.read, item, after), draft.dropped - {item}
    changed = await drafts.change(ctx.session, draft, ctx.now, plan=plan, settled=settled, dropped=dropped)
    told = texts.described(before), texts.described(after)
    await drafts.note(ctx.session, draft.id, Act.CORRECTED, draft.person, ctx.now, item + 1, *told)
    return changed


def next_to_check(ctx: Context, draft: Draft, above: str = "") -> Reply:
    """The first change of an earlier task that nobody has answered, else the worst open doubt; none: the ways on."""
    if asked := open_proposals(draft):
        return about_earlier(ctx, draft, asked[0], above)
    left = open_doubts(draft)
    if not left:
        text = f"{above}\n{texts.ALL_SETTLED}" if above else texts.ALL_SETTLED
        return Reply(text, ways_on(draft), talk=Talk(), private=True)
    number, of = left[0], len(draft.read.doubts)
    item = draft.read.doubts[number].task
    text = texts.doubt(draft, number, of - len(left) + 1, of)
    picks = [Choice(texts.KEEP, f"{KEEP} {draft.code} {number}")]
    if item is not None:
        picks += [Choice(texts.DROP_ITEM, f"{DROP_ITEM} {draft.code} {item + 1} {OF_DOUBT}{number}")]
    picks += [Choice(texts.REVIEW, f"{REVIEW} {draft.code}")]
    awaits = await_next(CORRECT, f"{draft.code} {OF_DOUBT}{number}", ctx.now)
    return Reply(f"{above}\n\n{text}" if above else text, tuple(picks), talk=awaits, private=True)


def about_earlier(ctx: Context, draft: Draft, number: int, above: str = "") -> Reply:
    """Whether this is the earlier task that it changes; where the new day is one of its items, it may be typed."""
    text, picks = question(desk_of(ctx), draft, number)
    own = draft.proposals[number].amending.own[:1]
    talk = await_next(CORRECT, f"{draft.code} {own[0] + 1}", ctx.now) if own else Talk()
    review = Choice(texts.REVIEW, f"{REVIEW} {draft.code}")
    return Reply(f"{above}\n\n{text}" if above else text, (*picks, review), talk=talk, private=True)


def _done(ctx: Context, draft: Draft, said: str, *, asked: bool) -> Reply:
    """`asked`: the next doubt follows."""
    return next_to_check(ctx, draft, said) if asked else Reply(said, ways_on(draft), private=True)


def _asked_about(draft: Draft, which: str) -> int | None:
    number = _number(which.lstrip(OF_DOUBT))
    return draft.read.doubts[number].task if number is not None and number < len(draft.read.doubts) else None


def _item(draft: Draft, words: str) -> int:
    """From 0. Raises Refused."""
    number, most = _number(words.partition(" ")[0]), len(draft.read.obligations)
    if number is None or not 1 <= number <= most:
        raise Refused(texts.no_item(number or 0, most))
    return number - 1


def _number(word: str) -> int | None:
    return int(word) if word.isdecimal() and len(word) <= 6 else None
