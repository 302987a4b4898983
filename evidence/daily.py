"""What comes for a book of daily records, or a counter: dated, entered, and how the book stands then."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

from core.clock import local_day
from core.daily import BOOKS, BY_ID, Book, Kept, Rhythm, Span
from core.evidence import Handed, State, Submission
from core.message import Choice, StoredFile
from core.people import Level
from core.rules import Limit, RuleKind
from core.texts import daily as texts
from evidence.checks import check
from evidence.desk import Desk
from evidence.kept_days import by_book, standing
from evidence.placing import NONE, PLACE, candidates
from evidence.turning import turn
from knowledge.book_rules import rule_of
from knowledge.book_words import about_a_book, names_somebody, plain
from knowledge.periods import Period, find_period
from knowledge.school_years import month_end
from records import daily, submissions

ENTER = "/vaoso"
_OFFERED = 2  # books among what files without a word may be for
_AROUND = timedelta(days=7)  # a week reaches into another month
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|zarsrc|mibextid|ref|rdid|share_url")
_LISTS = re.compile(r"\b(?:danh sach|ds)\b")
_NO_NAMES = Limit(RuleKind.COUNTS_ONLY, "", 0, stated=False)


@dataclass(frozen=True, slots=True)
class Entered:
    """The submission as it stands now, what is said of it, and what may be picked."""

    submission: Submission
    said: tuple[str, ...]
    picks: tuple[Choice, ...] = ()


async def take(desk: Desk, submission: Submission) -> Entered | None:
    """What just came, if it is for a book for certain: it stands there now, or is asked about; None: it is not."""
    unit = submission.giver.unit
    if unit is None or submission.task or submission.among:
        return None
    if intended := await daily.intended(desk.session, submission.id):
        return await put(desk, submission, BY_ID[intended[0]], intended[1])
    about = about_a_book(submission.caption, local_day(submission.opened_at), desk.index.words)
    if about is None or not await is_kept(desk, unit, about.book):
        return None
    if about.paper and not (about.book.nameless and _LISTS.search(plain(submission.caption))):
        return None
    likeliest = next(iter(await candidates(desk, submission)), None)
    if likeliest and likeliest.certain and likeliest.task.due:
        return None
    return await put(desk, submission, about.book, about.day, odd=about.odd)


async def put(desk: Desk, submission: Submission, book: Book, said: date | None, *, odd: bool = False) -> Entered:
    """It stands in this book for the day that was said, else that on which it was sent; asked about, where there is no
    such day yet; not taken, where it names children who are not to be named.
    """
    day = said or local_day(submission.opened_at)
    if odd or day > local_day(desk.now):
        if submission.state is State.COMING:
            await turn(desk, submission, State.UNPLACED, submission.giver.person)
        into = Choice(texts.TODAY, f"{ENTER} {submission.code} {book.id} {local_day(desk.now)}")
        picks = into, Choice(texts.NOT_INTO_IT, f"{PLACE} {submission.code} {NONE}")
        return Entered(await _now(desk, submission), (texts.NO_SUCH_DAY if odd else texts.to_come(day),), picks)
    handed = await submissions.with_files(desk.session, submission)
    if book.nameless and _names_children(handed):
        await daily.forget_words(desk.session, submission.id)
        await turn(desk, submission, State.WITHDRAWN, submission.giver.person)
        return Entered(await _now(desk, submission), (texts.WITH_NAMES,))
    await turn(desk, submission, State.KEPT, submission.giver.person)
    kept = await _now(desk, submission)
    said_of_it = await (_count(desk, kept, book, day) if book.counts else _enter(desk, handed, book, day))
    return Entered(kept, (said_of_it,))


async def offered(desk: Desk, submission: Submission) -> tuple[Choice, ...]:
    """Books to pick from where it is not certain what files are for: the one that is named, else those of today."""
    unit = submission.giver.unit
    if unit is None or submission.among:
        return ()
    today = local_day(submission.opened_at)
    about = about_a_book(submission.caption, today, desk.index.words)
    if about is not None:
        found = [about.book] if await is_kept(desk, unit, about.book) else []
    else:
        open_ones = await daily.kept_by(desk.session, unit) if not plain(submission.caption) else set()
        there = {one.book for one in await daily.written(desk.session, [unit], today, today)} if open_ones else set()
        found = [book for book in BOOKS if book.id in open_ones - there][:_OFFERED]
    day = (about.day if about else None) or today
    return tuple(Choice(texts.choice(one), f"{ENTER} {submission.code} {one.id} {day}") for one in found)


async def names_one(desk: Desk, unit: str, text: str) -> bool:
    """Whether the words are those of a record in a book that this unit keeps, of no paper."""
    about = about_a_book(text, local_day(desk.now), desk.index.words) if text else None
    return about is not None and not about.paper and await is_kept(desk, unit, about.book)


async def is_kept(desk: Desk, unit: str, book: Book) -> bool:
    """Whether the unit has switched it on; a counter is open at every school."""
    if book.counts:
        return desk.asker(unit).level is Level.SCHOOL
    return await daily.is_open(desk.session, unit, book.id)


async def stand(desk: Desk, units: Collection[str], first: date, last: date, only: str = "") -> dict[str, list[Kept]]:
    """How the books of these units that were kept in these days stand, by unit; counters not."""
    spans = await daily.spans(desk.session, units, first - _AROUND, last + _AROUND)
    written = await daily.written(desk.session, units, first - _AROUND, last + _AROUND, only)
    kept_in, entered = by_book(spans), by_book(written)
    found: dict[str, list[Kept]] = {}
    for unit in units:
        for book in BOOKS:
            its = kept_in.get((unit, book.id), [])
            days = {one.day for one in entered.get((unit, book.id), ())}
            if book.counts or only not in ("", book.id):
                continue
            kept = standing(book, its, days, first, last, local_day(desk.now), desk.index.workdays)
            if kept.asked or _within(its, first, last):
                found.setdefault(unit, []).append(kept)
    return found


async def count(desk: Desk, units: Collection[str], book: Book, day: date) -> dict[str, int]:
    """How many this counter has for each of these units, in the term or month of this day."""
    within, found = _reach(book, day), dict.fromkeys(units, 0)
    for one in await daily.written(desk.session, units, within.first, within.last, book.id):
        found[one.unit] += one.count
    return found


async def _enter(desk: Desk, handed: Handed, book: Book, day: date) -> str:
    submission, unit = handed.submission, handed.submission.giver.unit or ""
    await daily.enter(desk.session, submission.id, unit, book.id, day, desk.now)
    its = [one.submission for one in await daily.written(desk.session, [unit], day, day, book.id)]
    all_files = sum([len(await daily.brought(desk.session, one)) for one in its])
    found = await stand(desk, [unit], day.replace(day=1), month_end(day.year, day.month), book.id)
    kept = next(iter(found.get(unit, ())), Kept(book))
    late = (local_day(submission.opened_at) - day).days
    return texts.entered(book, day, handed.files, all_files, late, kept)


async def _count(desk: Desk, submission: Submission, book: Book, day: date) -> str:
    unit = submission.giver.unit or ""
    await daily.hold(desk.session, unit)
    before = await daily.counted(desk.session, unit, book.id, submission.id)
    things = [_thing(url, sha256) for url, sha256 in await daily.brought(desk.session, submission.id)]
    fresh = list(dict.fromkeys(thing for thing in things if thing not in before))
    if fresh:
        await daily.enter(desk.session, submission.id, unit, book.id, day, desk.now, fresh)
    total = (await count(desk, [unit], book, day))[unit]
    within = _reach(book, day)
    when = "" if within.first <= local_day(desk.now) <= within.last else within.words
    said = texts.counted(book, total, _target(desk, book, unit), when)
    return "\n".join([*([] if fresh else [texts.COUNTED_BEFORE]), said])


def _reach(book: Book, day: date) -> Period:
    """The term or month over which it counts."""
    words = "hoc ky nay" if book.rhythm is Rhythm.TERM else "thang nay"
    found = find_period(words, day)
    assert found is not None
    return found.period


def _target(desk: Desk, book: Book, unit: str) -> int | None:
    rule = rule_of(desk.index, book, desk.asker(unit))
    return rule.target if rule else None


def _thing(url: str, sha256: str) -> str:
    """A web page under the same name however its address is written; a file by its bytes."""
    if not url:
        return f"file:{sha256}"
    parts = urlsplit(url.strip().rstrip(".,;)"))
    asked = urlencode([pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0])])
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    return f"{host}{parts.path.rstrip('/')}{'?' + asked if asked else ''}"


def _names_children(handed: Handed) -> bool:
    """Papers, which may hold names, and what calls itself a list, or calls somebody by name."""
    if check(handed, {}, [_NO_NAMES]) or names_somebody(handed.submission.caption):
        return True
    return any(_LISTS.search(plain(_base(file))) for file in handed.files)


def _base(file: StoredFile) -> str:
    return file.name.replace("_", " ").replace("-", " ")


def _within(spans: Sequence[Span], first: date, last: date) -> bool:
    return any(one.first <= last and (one.last is None or one.last >= first) for one in spans)


async def _now(desk: Desk, submission: Submission) -> Submission:
    return await submissions.hold(desk.session, submission.id)
