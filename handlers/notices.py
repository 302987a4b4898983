"""Writing a notice: its words, whom it is for, when it goes; shown before anything is sent."""

import re

from core.errors import Refused
from core.message import Choice, Inbound, Reply, Talk
from core.notices import CODE_LENGTH, LONGEST, Audience, Kind, Notice, Stage
from core.people import Level, Person, Role
from core.texts import notice_reports as report_texts
from core.texts import notices as texts
from handlers.awaited import await_next
from handlers.context import Context
from handlers.evidence import desk_of
from knowledge.fold import fold
from noticing import preview as showing
from noticing import running
from noticing.confirming import try_out
from noticing.telling import SEE
from noticing.when import moment_in
from records import notice_files, notice_kept, notices

NEW, TEXT, WHOM, WITHOUT, WHEN = "/thongbao", "/noidungtb", "/noinhantb", "/bottb", "/hentb"
SHOW, TEST, SEND, DROP, USE = "/xemtb", "/thutb", "/guitb", "/huytb", "/mautb"
BEGIN, NIGHT = "moi", "dem"
_NOW = re.compile(r"(?:gui )?(?:ngay|luon|bay gio)(?: (?:bay gio|luon|di|nhe|a))*")
RECENT = 3  # notices that are offered to look at


async def begin(message: Inbound, ctx: Context, rest: str) -> Reply:
    """Nothing: its words are asked for. "moi WORDS", "WORDS": a draft. "CODE": how that one stands."""
    me = head(ctx)
    if message.group:
        return Reply(texts.IN_PRIVATE)
    word, _, words = rest.partition(" ")
    if word == BEGIN and words.strip():
        return await _written(ctx, me, words)
    if rest and rest != BEGIN:
        known = await notices.by_code(ctx.session, rest) if len(rest) == CODE_LENGTH else None
        ours = known is not None and known.unit == me.unit and known.stage is Stage.DRAFT
        return await (next_step(ctx, known) if known and ours else _written(ctx, me, rest))
    recent = await notices.of_unit(ctx.session, me.unit, RECENT)
    picks = [
        Choice(
            texts.pick(one, report_texts.STAGES[one.stage]), f"{SHOW if one.stage is Stage.DRAFT else SEE} {one.code}"
        )
        for one in recent
    ]
    picks += [
        Choice(f"{texts.TEMPLATE}: {name}", f"{USE} {name}")
        for name in await notice_kept.names(ctx.session, me.unit, notice_kept.TEMPLATE)
    ]
    return Reply(texts.WRITE, tuple(picks), talk=await_next(NEW, BEGIN, ctx.now), private=True)


async def write(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE": the words are asked for again. "CODE words": those are the words now."""
    notice, words = await draft(ctx, rest)
    if not words:
        return Reply(texts.WRITE_ANEW, talk=await_next(TEXT, notice.code, ctx.now), private=True)
    unusable = (await notice_files.attached(ctx.session, notice.files)).bad
    files = [] if unusable else [*notice.files]  # what cannot be sent is sent to us anew
    changed = await notices.change(ctx.session, notice, text=checked(words), files=files)
    return await next_step(ctx, changed)


async def use_template(message: Inbound, ctx: Context, rest: str) -> Reply:
    """A draft with the words that the unit keeps under this name."""
    me = head(ctx)
    kept = await notice_kept.find(ctx.session, me.unit, notice_kept.TEMPLATE, rest)
    if kept is None:
        return Reply(texts.nothing_kept(texts.KEEP_WHAT[notice_kept.TEMPLATE], rest), private=True)
    return await _written(ctx, me, str(kept["text"]))


async def set_time(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE": when? "CODE words": then."""
    notice, words = await draft(ctx, rest)
    if not words:
        return Reply(texts.WHEN, talk=await_next(WHEN, notice.code, ctx.now), private=True)
    if _NOW.fullmatch(fold(words.strip(" .!"))):
        return await show_preview(ctx, await notices.change(ctx.session, notice, starts_at=None, night=False))
    at = moment_in(words, ctx.now)
    if at is None:
        return Reply(texts.NO_TIME, talk=await_next(WHEN, notice.code, ctx.now), private=True)
    night = not ctx.house.hours.is_open(at)  # who names an hour at night means it
    return await show_preview(ctx, await notices.change(ctx.session, notice, starts_at=at, night=night))


async def show(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE": the draft as it stands."""
    notice, _ = await draft(ctx, rest)
    return await next_step(ctx, notice)


async def test(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE": a copy to oneself, as it will be read."""
    notice, _ = await draft(ctx, rest)
    me = head(ctx)
    shown = await showing.preview(desk_of(ctx), notice, ctx.house.hours)
    await try_out(desk_of(ctx), notice, shown, me, None if message.group else message.address)
    return Reply(texts.TESTED, _choices(notice, shown, ctx), private=True)


async def drop(ctx: Context, notice: Notice) -> Reply:
    """A draft is thrown away: nobody has got it."""
    await running.drop(ctx.session, notice, ctx.now)
    return Reply(texts.CANCELLED_DRAFT, talk=Talk(), private=True)


async def next_step(ctx: Context, notice: Notice) -> Reply:
    """What is still missing is asked for; then the preview."""
    if notice.kind is Kind.FIRST and notice.audience == Audience():
        return ask_whom(ctx, notice)
    return await show_preview(ctx, notice)


async def show_preview(ctx: Context, notice: Notice, above: str = "") -> Reply:
    """All that will happen, and the choice to let it."""
    shown = await showing.preview(desk_of(ctx), notice, ctx.house.hours)
    said = [above] * bool(above) + [shown.text] + [texts.NOBODY] * (not shown.reach.ways)
    return Reply("\n\n".join(said), _choices(notice, shown, ctx), talk=Talk(), private=True)


def ask_whom(ctx: Context, notice: Notice, said: str = "") -> Reply:
    """Whom it is for: to choose, or to type."""
    school = ctx.unit is not None and ctx.unit.level is Level.SCHOOL
    labels = (
        (texts.MY_GROUP, texts.MY_TEACHERS)
        if school
        else (texts.ALL_SCHOOLS, texts.PUBLIC, texts.PRIVATE_SCHOOLS, texts.PRINCIPALS)
    )
    text = f"{said or texts.WHOM}\n{texts.WHOM_SCHOOL if school else texts.WHOM_OFFICE}"
    choices = tuple(Choice(label, f"{WHOM} {notice.code} {label}") for label in labels)
    return Reply(text, choices, talk=await_next(WHOM, notice.code, ctx.now), private=True)


def head(ctx: Context) -> Person:
    """Who writes notices. Raises Refused."""
    if ctx.person is None or ctx.person.role is Role.TEACHER:
        raise Refused(texts.ONLY_HEADS)
    return ctx.person


async def mine(ctx: Context, rest: str) -> tuple[Notice, str]:
    """The unit's notice of the code that `rest` begins with, and what follows it. Raises Refused."""
    me = head(ctx)
    code, _, words = rest.strip().partition(" ")
    found = await notices.by_code(ctx.session, code) if code else None
    if found is None or found.unit != me.unit:
        raise Refused(texts.NOT_FOUND)
    return found, words.strip()


async def draft(ctx: Context, rest: str) -> tuple[Notice, str]:
    """The same of one that may still be changed. Raises Refused."""
    found, words = await mine(ctx, rest)
    if found.stage is not Stage.DRAFT:
        raise Refused(texts.TOO_LATE)
    return found, words


async def _written(ctx: Context, me: Person, words: str) -> Reply:
    notice = await notices.write(ctx.session, me.unit, me.id, checked(words), Audience(), ctx.now)
    return ask_whom(ctx, notice)


def checked(words: str) -> str:
    text = words.strip()
    if len(text) > LONGEST:
        raise Refused(texts.too_long(len(text)))
    return text


def _choices(notice: Notice, shown: showing.Preview, ctx: Context) -> tuple[Choice, ...]:
    """Sending carries which revision, and to how many, was shown: what has changed since is shown anew."""
    send = f"{SEND} {notice.code} {notice.revision} {len(shown.reach.ways)}"
    sends: list[tuple[str, str]] = []
    if shown.at is None:
        sends = [(texts.SEND, send)]
    else:
        sends = [(texts.send_at(shown.at, ctx.now), send)]
        sends += [(texts.SEND_NIGHT, f"{send} {NIGHT}")] if notice.starts_at is None else []
    first = notice.kind is Kind.FIRST
    wanted = sends if shown.reach.ways else []
    wanted += [(texts.TEST, f"{TEST} {notice.code}"), (texts.LATER, f"{WHEN} {notice.code}")] if wanted else []
    wanted += [(texts.EDIT, f"{TEXT} {notice.code}")]
    wanted += [(texts.OTHERS, f"{WHOM} {notice.code}"), (texts.WITHOUT, f"{WITHOUT} {notice.code}")] if first else []
    return tuple(Choice(label, value) for label, value in [*wanted, (texts.DROP, f"{DROP} {notice.code}")])
