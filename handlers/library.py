"""The store of shared material in chat: an office puts in, a school takes out, everybody below finds."""

import re
from collections.abc import Mapping, Sequence

from core.errors import Refused
from core.evidence import Act, Submission
from core.message import Choice, Inbound, Reply, StoredFile, Talk
from core.people import Person, Role, require
from core.texts import library as texts
from evidence import library
from evidence.library import MOST_FILES, PAGE, PUT, SHOW, STORE, TAKE_OUT
from handlers.context import Context, Does
from handlers.evidence import desk_of
from knowledge.fold import fold
from records import history, submissions

LONGEST = 120  # characters of a title
ALL, PAPERS = "dongy", "tailieu"  # with how many files were looked at: "dongy3"
_SURE = re.compile(rf"({ALL}|{PAPERS})(\d+)(?: (.*))?", re.DOTALL)
_PAGE = re.compile(r"trang (\d{1,4})(?: (.*))?", re.DOTALL)
_SEEN_OR_HEARD = ("image/", "video/", "audio/")
_WORDS = re.compile(
    r"(?:(?:tim|xem|mo) (?:trong )?(?:kho )?hoc lieu|(?:tim|xem) trong kho|kho hoc lieu)(?: so)?(?: dung chung)?"
    r"(?:[ :,]+(?P<rest>.+?))?(?: (?:a|nhe|nha))?"
)
_ASKED = re.compile(r"\b(?:nop|gui|han|khi|bao gio|ai|gi|nao|thang (?:\d|nay|sau)|tuan (?:nay|sau))\b")


def in_words(text: str) -> tuple[str, str] | None:
    """ "kho học liệu âm nhạc", and what is looked for; None: it is about something else, or asks of a day."""
    said = text.strip(" \n.!")
    found = _WORDS.fullmatch(fold(said))
    if found is None or said.endswith("?") or _ASKED.search(found["rest"] or ""):
        return None
    start, end = found.span("rest")
    return "kho", said[start:end] if start >= 0 else ""


async def put(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE title": are these files fit for all to see? "CODE dongy3 title": these three are in the store."""
    me = require(ctx.person, Role.STAFF, text=texts.ONLY_OFFICES)
    code, _, said = rest.partition(" ")
    if not code:
        return Reply(texts.HOW, private=True)
    desk = desk_of(ctx)
    submission = await library.to_put(desk, me, code)
    if why := await library.why_not(desk, submission, me.unit):
        out = Choice(texts.TAKE_OUT, f"{TAKE_OUT} {submission.code}")
        return Reply(why, (out,) if why == texts.ALREADY_IN else (), private=True)
    files = await library.shown(desk, submission)
    how = _SURE.fullmatch(said)
    chosen = _papers(files) if how and how[1] == PAPERS else files[:MOST_FILES]
    title = ((how[3] or "") if how else said).strip(" \n:,")[:LONGEST]
    if how is None or not chosen or int(how[2]) != len(chosen):  # else something came since they were looked at
        return await _ask(ctx, me, submission, title, files)
    await library.put(desk, submission, me, title, chosen)
    unit = desk.short_name(submission.giver.unit)
    return Reply(texts.put(title or submission.title, submission.code, unit), talk=Talk(), private=True)


async def take_out(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE": it is in the store no more, on the school's word or the office's."""
    me = _member(ctx)
    found = await submissions.by_code(ctx.session, rest)
    if found is None or not await library.take_out(desk_of(ctx), found, me):
        raise Refused(texts.NOT_YOURS)
    return Reply(texts.taken_out(found.code), private=True)


async def show(message: Inbound, ctx: Context, rest: str) -> Reply:
    """A page of what is in the store and has these words; a pick shows one."""
    me, paged = _member(ctx), _PAGE.fullmatch(rest)
    page, words = (int(paged[1]), (paged[2] or "").strip()) if paged else (1, rest.strip())
    desk = desk_of(ctx)
    page = max(page, 1)
    count, here = await library.search(desk, me, words, page)
    if not count:
        return Reply(texts.nothing(words) if words else texts.EMPTY, private=True)
    if not here:
        page, (_, here) = 1, await library.search(desk, me, words, 1)
    picks = [Choice(texts.line(one, desk.short_name(one.unit)), f"{SHOW} {one.code}") for one in here]
    if count > page * PAGE:
        picks.append(Choice(texts.MORE, f"{STORE} trang {page + 1} {words}".strip()))
    return Reply(texts.found(count, words), tuple(picks), private=True)


async def show_one(message: Inbound, ctx: Context, rest: str) -> Reply:
    """One of them, with its files."""
    me, desk = _member(ctx), desk_of(ctx)
    one = await library.find_one(desk, me, rest.strip().upper())
    if one is None:
        raise Refused(texts.NOT_THERE)
    text = texts.detail(one, desk.unit_name(one.unit), desk.short_name(one.office))
    return Reply(text, files=one.files, private=True)


async def _ask(
    ctx: Context, me: Person, submission: Submission, title: str, files: Sequence[tuple[int, StoredFile]]
) -> Reply:
    """The files that all would see, to be looked at first."""
    seen = [file for _, file in files[:MOST_FILES]]
    if not seen:
        return Reply(texts.NOTHING_SHOWN, private=True)
    await history.note(ctx.session, submission.id, Act.SEEN, me.id, ctx.now)
    papers, command = _papers(files), f"{PUT} {submission.code}"
    picks = [Choice(texts.SURE, f"{command} {ALL}{len(seen)} {title}".strip())]
    if papers and len(papers) < len(seen):
        picks.append(Choice(texts.PAPERS_ONLY, f"{command} {PAPERS}{len(papers)} {title}".strip()))
    picks.append(Choice(texts.NOT_NOW, "/huy"))
    office = desk_of(ctx).short_name(me.unit)
    text = texts.sure(title or submission.title, office, seen, len(files) - len(seen))
    return Reply(text, tuple(picks), talk=Talk(), files=tuple(seen), private=True)


def _papers(files: Sequence[tuple[int, StoredFile]]) -> list[tuple[int, StoredFile]]:
    """Of those that are shown at once, what is neither picture, film nor sound."""
    return [one for one in files[:MOST_FILES] if not one[1].mime.startswith(_SEEN_OR_HEARD)]


def _member(ctx: Context) -> Person:
    if ctx.person is None:
        raise Refused(texts.ONLY_MEMBERS)
    return ctx.person


COMMANDS: Mapping[str, Does] = {
    "kho": show,
    "xemkho": show_one,
    "vaokho": put,
    "rutkho": take_out,
}
