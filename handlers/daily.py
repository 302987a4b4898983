"""Books that are kept by the day, in chat: switched on and off, written into, looked at; counters."""

from collections.abc import Mapping
from datetime import date, timedelta

from core.clock import local_day
from core.daily import BOOKS, BY_ID, Book, Rhythm
from core.errors import Refused
from core.evidence import State
from core.message import Choice, Inbound, Reply, Talk
from core.people import Level, Person, Role
from core.texts import daily as texts
from core.texts import evidence as evidence_texts
from evidence import daily
from evidence.daily import ENTER
from handlers.ask import answer_question
from handlers.awaited import await_next, awaited_by
from handlers.context import Context, Does
from handlers.daily_offices import books_below, counts_below
from handlers.daily_words import month_in, named
from handlers.evidence import desk_of, to_change
from knowledge.book_rules import BookRule, rule_of
from knowledge.book_words import about_a_book, day_said, plain
from knowledge.school_years import month_end
from records import daily as kept
from records import outbox
from records.named import named_in

ON, OFF, SHOW, PHOTOS = "/batso", "/tatso", "/so", "/xemso"
_AFTERNOON = timedelta(hours=12)  # switched on then, a book counts from the next day
MOST_FILES = 10  # that one message shows


async def switch_on(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "kiem-thuc": the school keeps it from now on."""
    me, book, desk = await _head(ctx), named(rest), desk_of(ctx)
    if book is None or book.counts:
        open_ones = await kept.kept_by(ctx.session, me.unit)
        left = [one for one in BOOKS if not one.counts and one.id not in open_ones]
        picks = tuple(Choice(texts.choice(one), f"{ON} {one.id}") for one in left)
        return Reply(texts.WHICH_ON if picks else texts.ALL_ON, picks, private=True)
    first = _first_day(ctx)
    if not await kept.open_from(ctx.session, me.unit, book.id, first, me.id, ctx.now):
        return Reply(texts.already_on(book), private=True)
    rule = _rule(ctx, book, me.unit)
    text = texts.switched_on(book, desk.short_name(me.unit), first, rule.citation if rule else None)
    return Reply(text, talk=Talk(), private=True)


async def switch_off(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "kiem-thuc": nothing is missed in it from today on."""
    me, book = await _head(ctx), named(rest)
    if book is None or book.counts:
        open_ones = await kept.kept_by(ctx.session, me.unit)
        picks = tuple(Choice(texts.choice(one), f"{OFF} {one.id}") for one in BOOKS if one.id in open_ones)
        return Reply(texts.WHICH_OFF if picks else texts.NONE_ON, picks, private=True)
    closed = await kept.close(ctx.session, me.unit, book.id, local_day(ctx.now))
    return Reply(texts.switched_off(book) if closed else texts.not_on(book), talk=Talk(), private=True)


async def enter(message: Inbound, ctx: Context, rest: str) -> Reply | None:
    """ "CODE kiem-thuc 2023-12-05": what came stands there. "kiem-thuc …": photos are to follow, for the day said."""
    code, _, what = rest.partition(" ")
    book = BY_ID.get(code)
    if book is None and what:
        return await _place(message, ctx, code, what)
    assert ctx.unit is not None
    if book is None:
        open_ones = await kept.kept_by(ctx.session, ctx.unit.code)
        picks = tuple(Choice(texts.choice(one), f"{ENTER} {one.id}") for one in BOOKS if one.id in open_ones)
        return Reply(texts.WHICH_TO_WRITE if picks else texts.NONE_ON, picks)
    if not await daily.is_kept(desk_of(ctx), ctx.unit.code, book):
        commanded = message.text.startswith("/") or "so" in plain(message.text).split()
        return Reply(texts.not_on(book)) if commanded else await answer_question(message, ctx)  # it may be a question
    day, odd = _day(what, ctx)
    if odd or day > local_day(ctx.now):
        return Reply(texts.NO_SUCH_DAY if odd else texts.to_come(day))
    return Reply(texts.send_for(book, day), talk=await_next(ENTER, f"{book.id} {day}", ctx.now))


async def show(message: Inbound, ctx: Context, rest: str) -> Reply:
    """The books of a month, or one of them; an office reads how many days its schools have."""
    me, today = _member(ctx), local_day(ctx.now)
    book, month = named(rest), month_in(plain(rest), today) or today.replace(day=1)
    if me.role is Role.STAFF:
        return await books_below(desk_of(ctx), me.unit, book, month)
    desk, last = desk_of(ctx), month_end(month.year, month.month)
    only = book.id if book and not book.counts else ""
    stands = (await daily.stand(desk, [me.unit], month, last, only)).get(me.unit, [])
    open_ones = await kept.kept_by(ctx.session, me.unit)
    if not stands:
        if only in open_ones or (open_ones and not only):
            return Reply(texts.nothing_in(month), private=True)
        return Reply(texts.not_on(book) if book and only else texts.NONE_ON, private=True)
    lacking = await _lacking(ctx, me.unit, open_ones) if month == today.replace(day=1) else set()
    said = [texts.kept(one, month, now=one.book.id in lacking, off=one.book.id not in open_ones) for one in stands]
    picks = [
        Choice(texts.see(one.book, one.there[-1]), f"{PHOTOS} {one.book.id} {one.there[-1]}")
        for one in stands
        if one.there
    ]
    return Reply(texts.of_month(month, said), tuple(picks), private=True)


async def photos(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "kiem-thuc 2023-12-05": what was entered that day, to who belongs to the school."""
    me, book = _member(ctx), named(rest.partition(" ")[0])
    if me.role is Role.STAFF:
        raise Refused(texts.ONLY_SCHOOLS)
    if book is None:
        return Reply(texts.WHICH_TO_WRITE, private=True)
    day, odd = _day(rest.partition(" ")[2], ctx)
    its = [] if odd else await kept.written(ctx.session, [me.unit], day, day, book.id)
    files = await kept.files_of(ctx.session, [one.submission for one in its])
    if not files:
        return Reply(texts.NO_SUCH_DAY if odd else texts.NOTHING_SHOWN, private=True)
    shown = files[:MOST_FILES]
    return Reply(texts.photos(book, day, len(shown), len(files) - len(shown)), files=tuple(shown), private=True)


async def counters(message: Inbound, ctx: Context, rest: str) -> Reply:
    """How many the school has this term or month; an office reads it of each of its schools."""
    assert ctx.unit is not None
    desk, unit, today = desk_of(ctx), ctx.unit, local_day(ctx.now)
    chosen = named(rest)
    said = []
    for book in [chosen] if chosen and chosen.counts else [one for one in BOOKS if one.counts]:
        rule = _rule(ctx, book, unit.code)
        target, citation = (rule.target, rule.citation) if rule else (None, None)
        if unit.level is Level.SCHOOL:
            count = (await daily.count(desk, [unit.code], book, today))[unit.code]
            said.append(texts.counter(book, texts.counted(book, count, target), citation, target))
        else:
            lines = await counts_below(desk, unit.code, book, target)
            said.append(texts.counters_of([f"{texts.choice(book)}:", *lines], citation))
    return Reply("\n\n".join(said))


async def intend(message: Inbound, ctx: Context, submission: int) -> None:
    """What comes with this message is for the book that was picked a moment ago, or of the receipt that it answers.

    Not where it says itself what it is for.
    """
    if ctx.unit is None or about_a_book(message.text, local_day(ctx.now)):
        return
    if message.reply_to:
        key = (await named_in(ctx.session, message.address, message.reply_to)).key
        number = key.removeprefix(outbox.RECEIPT) if key.startswith(outbox.RECEIPT) else ""
        stands = await kept.of_receipt(ctx.session, int(number)) if number.isdecimal() else None
        if stands and stands.unit == ctx.unit.code:
            await kept.intend(ctx.session, submission, stands.unit, stands.book, stands.day)
        return
    book, _, day = awaited_by(ENTER, ctx).partition(" ")
    if book in BY_ID and await daily.is_kept(desk_of(ctx), ctx.unit.code, BY_ID[book]):
        await kept.intend(ctx.session, submission, ctx.unit.code, book, date.fromisoformat(day))


async def _place(message: Inbound, ctx: Context, code: str, what: str) -> Reply:
    """What came and is for nothing yet stands in this book."""
    submission, book = await to_change(message, ctx, code), named(what)
    if submission.state not in (State.UNPLACED, State.KEPT) or await kept.entry(ctx.session, submission.id):
        raise Refused(texts.ENTERED_BEFORE)
    if submission.deleted_at:
        raise Refused(evidence_texts.EXPIRED)
    if book is None:
        return Reply(texts.WHICH_TO_WRITE)
    desk = desk_of(ctx)
    if not await daily.is_kept(desk, submission.giver.unit or "", book):
        return Reply(texts.not_on(book))
    day, odd = _day(what, ctx, otherwise=local_day(submission.opened_at))
    entered = await daily.put(desk, submission, book, day, odd=odd)
    return Reply("\n".join(entered.said), entered.picks)


async def _lacking(ctx: Context, unit: str, open_ones: set[str]) -> set[str]:
    """The books into which something is to be entered today, or this week, and is not there yet."""
    today, desk = local_day(ctx.now), desk_of(ctx)
    if not ctx.index.workdays.works(today):
        return set()
    monday = today - timedelta(days=today.weekday())
    found = set(open_ones)
    for rhythm, first, last in ((Rhythm.DAY, today, today), (Rhythm.WEEK, monday, monday + timedelta(days=6))):
        stands = (await daily.stand(desk, [unit], first, last)).get(unit, ())
        found -= {one.book.id for one in stands if one.there and one.book.rhythm is rhythm}
    return found


def _first_day(ctx: Context) -> date:
    """From which day a book counts that is switched on now: nobody misses a morning that is over."""
    return local_day(ctx.now + _AFTERNOON)


def _day(said: str, ctx: Context, otherwise: date | None = None) -> tuple[date, bool]:
    """The day that is said, else today; whether it names one that there is not."""
    today = local_day(ctx.now)
    for word in said.split():
        try:
            return date.fromisoformat(word), False
        except ValueError:
            continue
    words = plain(said)
    day, left = day_said(words, today)
    return day or otherwise or today, day is None and left != words


def _rule(ctx: Context, book: Book, unit: str) -> BookRule | None:
    return rule_of(ctx.index, book, desk_of(ctx).asker(unit))


async def _head(ctx: Context) -> Person:
    """Who heads a school. Raises Refused."""
    me = ctx.person
    if me is None or desk_of(ctx).asker(me.unit).level is not Level.SCHOOL or not await desk_of(ctx).heads(me):
        raise Refused(texts.ONLY_HEADS)
    return me


def _member(ctx: Context) -> Person:
    if ctx.person is None:
        raise Refused(texts.ONLY_MEMBERS)
    return ctx.person


COMMANDS: Mapping[str, Does] = {
    "batso": switch_on,
    "tatso": switch_off,
    "vaoso": enter,
    "so": show,
    "xemso": photos,
    "bodem": counters,
}
