"""A document that an officer sends to be read: what to send, who issued it, what was read, the log; dropping it."""

from core.drafts import Draft, Stage
from core.errors import Refused
from core.evidence import State
from core.message import Choice, Inbound, Reply, Talk
from core.people import Person
from core.texts import drafts as texts
from evidence.drafts import READ_IT, may_publish, said, take
from evidence.placing import may_be_placed
from handlers.awaited import await_next
from handlers.context import Context
from handlers.evidence import desk_of
from handlers.files import link_for
from knowledge.drafting import open_doubts, pages
from noticing import drafts as kept
from noticing.amending import lines
from noticing.checking import CANCEL, REVIEW, changes_choice, steps, ways_on
from records import drafts, submissions

NEW = "moi"
PAGE = 5


async def begin(message: Inbound, ctx: Context, rest: str) -> Reply:
    """Nothing, "moi": what to send, and where. A submission's code: it is read. A draft's: how it stands."""
    me = officer(ctx)
    if message.group:
        return Reply(texts.IN_PRIVATE)
    code = rest.strip()
    if not code or code == NEW:
        text = "\n\n".join(filter(None, (texts.HOW, await link_for(message, ctx))))
        return Reply(text, talk=await_next(READ_IT, NEW, ctx.now), private=True)
    known = await drafts.by_code(ctx.session, code)
    if known is not None and known.person == me.id:
        return await show(ctx, known)
    return await _read(ctx, me, code)


async def _read(ctx: Context, me: Person, code: str) -> Reply:
    found = await submissions.by_code(ctx.session, code)
    if found is None or found.giver.person != me.id or found.giver.group:
        raise Refused(texts.NOT_FOUND)
    if not (may_be_placed(found) or found.state is State.KEPT):
        raise Refused(texts.CLOSED)
    files = (await submissions.with_files(ctx.session, found)).files
    if not files:
        raise Refused(texts.NO_FILE)
    return Reply(said(await take(desk_of(ctx), found, files, me)), talk=Talk(), private=True)


async def show(ctx: Context, draft: Draft) -> Reply:
    """How it stands, and the ways on."""
    if draft.stage is Stage.READING:
        return Reply(texts.STILL_READING, private=True)
    if draft.stage is Stage.PUBLISHED:
        return Reply(texts.already_published(draft), private=True)
    if draft.stage is not Stage.READ:
        return Reply(texts.CLOSED, private=True)
    await drafts.touch(ctx.session, draft, ctx.now)
    text, picks = steps(desk_of(ctx), draft)
    return Reply(text, picks, talk=Talk(), private=True)


async def set_issuer(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE UNIT": who issued it."""
    draft, unit = await to_check(ctx, rest)
    return await show(ctx, await kept.set_issuer(desk_of(ctx), draft, unit))


async def review(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE", "CODE 2": a page of items; "CODE muc 14": the page that has this item."""
    draft, what = await to_check(ctx, rest)
    count = len(draft.read.obligations)
    last = max(1, -(-count // PAGE))
    number = int(what.rpartition(" ")[2]) if what.rpartition(" ")[2].isdecimal() else 1
    page = min(max(1, -(-number // PAGE) if what.startswith("muc") else number), last)
    items, more = pages(range(count), page, PAGE)
    doubtful = [draft.read.doubts[n].task for n in open_doubts(draft)]
    await drafts.touch(ctx.session, draft, ctx.now)
    further = (Choice(texts.MORE, f"{REVIEW} {draft.code} {page + 1}"),) if more else ()
    ways = (one for one in ways_on(draft) if not one.value.startswith((REVIEW, CANCEL)))
    changed = lines(desk_of(ctx), draft) if page == 1 else []
    text = texts.review(draft, items, doubtful, page, last, changed)
    return Reply(text, (*further, *changes_choice(draft), *ways), private=True)


async def cancel(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE": it is thrown away; nobody has seen anything of it."""
    draft, _ = await mine(ctx, rest)
    await kept.cancel(desk_of(ctx), draft)
    return Reply(texts.CANCELLED, talk=Talk(), private=True)


async def show_log(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE": who changed what."""
    draft, _ = await mine(ctx, rest)
    return Reply(texts.log(draft.code, await drafts.log(ctx.session, draft.id)), private=True)


def officer(ctx: Context) -> Person:
    """Who publishes for an office. Raises Refused."""
    if ctx.person is None or not may_publish(desk_of(ctx), ctx.person):
        raise Refused(texts.ONLY_OFFICES)
    return ctx.person


async def mine(ctx: Context, rest: str) -> tuple[Draft, str]:
    """The sender's own draft of the code that `rest` begins with, held, and what follows it. Raises Refused."""
    me = officer(ctx)
    code, _, words = rest.strip().partition(" ")
    code = code or await drafts.current(ctx.session, me.id, me.unit)
    if not code:
        raise Refused(texts.NOTHING_OPEN)
    found = await kept.own(desk_of(ctx), me, code)
    return found, words.strip()


async def to_check(ctx: Context, rest: str) -> tuple[Draft, str]:
    """The same of one that is being checked. Raises Refused."""
    found, words = await mine(ctx, rest)
    kept.must_be_read(found)
    return found, words
