"""What is to be checked of a draft, one by one; items corrected, dropped and taken back."""

from core.drafts import Draft
from core.errors import Refused
from core.message import Choice, Inbound, Reply, Talk
from core.texts import drafts as texts
from handlers.awaited import await_next
from handlers.context import Context
from handlers.drafts import to_check
from handlers.evidence import desk_of
from knowledge.drafting import open_doubts
from knowledge.proposed import open_proposals
from noticing import draft_items
from noticing.amending import question
from noticing.checking import CORRECT, DROP_ITEM, KEEP, REVIEW, ways_on
from noticing.drafts import with_changes
from records import drafts

OF_DOUBT = "#"  # before the number of the doubt that was asked about


async def check(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE": what comes next."""
    draft, _ = await to_check(ctx, rest)
    await drafts.touch(ctx.session, draft, ctx.now)
    return next_to_check(ctx, await with_changes(desk_of(ctx), draft))


async def keep(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE 2": what this doubt is about stays as it was read."""
    draft, words = await to_check(ctx, rest)
    number = _number(words.lstrip(OF_DOUBT))
    if number is None or number not in open_doubts(draft):
        return next_to_check(ctx, draft)
    item = draft.read.doubts[number].task
    changed = await draft_items.keep(desk_of(ctx), draft, number)
    return next_to_check(ctx, changed, texts.kept(None if item is None else item + 1))


async def drop(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE 7": the item is not published; "CODE 7 #2": it was asked about."""
    draft, words = await to_check(ctx, rest)
    item, asked = _item(draft, words), OF_DOUBT in words
    try:
        changed, said = await draft_items.drop(desk_of(ctx), draft, item), texts.dropped(item + 1)
    except Refused as already:
        changed, said = draft, str(already)
    return _done(ctx, changed, said, asked=asked)


async def restore(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE 7": the item is published after all."""
    draft, words = await to_check(ctx, rest)
    item = _item(draft, words)
    try:
        changed, said = await draft_items.restore(desk_of(ctx), draft, item), texts.restored(item + 1)
    except Refused as already:
        changed, said = draft, str(already)
    return _done(ctx, changed, said, asked=False)


async def correct(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE 14 hạn 18/12": an item; "CODE #2 18/12": the one that doubt 2 is about."""
    draft, words = await to_check(ctx, rest)
    which, _, said = words.partition(" ")
    asked = which.startswith(OF_DOUBT)
    item = _asked_about(draft, which) if asked else _item(draft, which)
    if item is None:
        return Reply(texts.NO_ITEM_OF_ITS_OWN, private=True)
    try:
        after = draft_items.as_corrected(desk_of(ctx), draft, said, draft.read.obligations[item])
    except Refused as why:
        return Reply(str(why), private=True)
    changed = await draft_items.put_right(desk_of(ctx), draft, item, after)
    return _done(ctx, changed, texts.understood(item + 1, changed.read.obligations[item]), asked=asked)


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
