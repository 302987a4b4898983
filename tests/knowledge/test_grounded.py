"""No date, number or quoted word in an answer but from its sources, or counted from them."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from core.answer import Answer
from core.clock import VIETNAM
from core.people import Asker, Role
from core.work import Obligation, Passage
from knowledge.answer import answer
from knowledge.fold import fold
from knowledge.index import Index
from knowledge.periods import find_period
from knowledge.school_years import school_year
from knowledge.workdays import last_working
from tests.knowledge.library import FOUNDING, INVENTED, library

UNITS = {
    FOUNDING: ("VB-HOAPHUONG", "VB-ANHDUONG", "AL-QUANGTRUNG", "DH-HOASIM", "PGD-VB", "PGD-AL", "SO-HP", "TN-MINHDUC"),
    INVENTED: ("VD-HOASEN", "VD-ONGVANG", "P-VYDA", "BL-TRAMY", "SO-HUE"),
}
OPENINGS = st.sampled_from(
    ["", "hạn ", "han nop ", "khi nào ", "ai ", "bao nhiêu ", "mấy ", "có phải ", "còn mấy ngày ", "quá hạn ", "gồm "]
)
ENDINGS = st.sampled_from(
    ["", " nộp gì", " hạn nào", " khi nao", " ở đâu", " gửi ai", " bao nhieu", " tháng này", " tuần sau", " số mấy"]
    + [" quá hạn chưa", " là ngày nào", " có phải 30/6 không", " tháng 12 nộp gì", " thế nào", " gồm những gì"]
)
DAYS = st.dates(date(2021, 8, 1), date(2026, 11, 1)).map(lambda day: datetime.combine(day, time(8), VIETNAM))
_DAY = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?:/(\d{4}))?(?![\d/])")
_NUMBER = re.compile(r"\d+")
_QUOTED = re.compile(r"^“(.+)”$", re.MULTILINE)


@st.composite
def questions(draw: st.DrawFn, shelf: Index) -> str:
    """A question made of words that stand side by side in some document, between asking words."""
    volume = draw(st.sampled_from(shelf.volumes))
    passage = draw(st.sampled_from(volume.shelved.plan.passages))
    words = passage.text.split()
    start = draw(st.integers(0, max(len(words) - 1, 0)))
    subject = " ".join(words[start : start + draw(st.integers(0, 8))])
    text = f"{draw(OPENINGS)}{subject}{draw(ENDINGS)}"
    return fold(text) if draw(st.booleans()) else text


@given(st.data(), DAYS)
@settings(max_examples=300, deadline=None)
def test_every_date_and_number_has_a_source(data: st.DataObject, now: datetime) -> None:
    sides = data.draw(st.sampled_from((FOUNDING, INVENTED)))
    shelf = library(*sides)
    unit = shelf.tree.units[data.draw(st.sampled_from(UNITS[sides]))]
    question = data.draw(questions(shelf))
    found = answer(shelf, question, Asker(unit, Role.TEACHER, unit.level), now)
    assert ungrounded(found, shelf, question, now) == []


def ungrounded(found: Answer, shelf: Index, question: str, now: datetime) -> list[str]:
    """The dates, numbers and quotes of the answer that neither a source holds nor a rule gives."""
    told = "\n".join((found.text, *found.more))
    sources = _sources(found, shelf)
    days = _days(found, shelf, question, now)
    written = {(int(d), int(m)) for d, m, _ in _DAY.findall(sources)} | {(day.day, day.month) for day in days}
    bad = [m.group() for m in _DAY.finditer(told) if (int(m[1]), int(m[2])) not in written]
    years = {int(y) for y in _NUMBER.findall(sources)} | {y for day in days for y in (day.year, day.year + 1)}
    years |= _school_years(found, shelf)
    bad += [m.group() for m in _DAY.finditer(told) if m[3] and int(m[3]) not in years]
    numbers = {int(n) for n in _NUMBER.findall(sources)} | _counted(told, days, question, now)
    bad += [n for n in _NUMBER.findall(_DAY.sub(" ", told)) if int(n) not in numbers and int(n) not in years]
    flat = " ".join(sources.replace("*", "").split())
    return bad + [quote for quote in _QUOTED.findall(told) if not _stands(quote, flat)]


def _sources(found: Answer, shelf: Index) -> str:
    """The cited passages whole, what is shown beside them, and the documents' own heads."""
    parts = []
    for citation in (*found.citations, *found.later):
        plan = shelf.by_id[citation.document_id].shelved.plan
        head = plan.head
        parts += [
            citation.quote,
            citation.document,
            citation.section,
            citation.row,
            *_with_those_above(plan.passages, citation.passage),
        ]
        parts += [head.number_as_written or "", head.date_as_written or "", head.signer or "", head.date_month or ""]
        parts += [contact.value for contact in head.contacts]
    return "\n".join(parts)


def _with_those_above(passages: Sequence[Passage], place: int | None) -> Iterator[str]:
    """The passage and those it stands under, where a task often has its name."""
    while place is not None:
        yield passages[place].text
        place = passages[place].parent


def _school_years(found: Answer, shelf: Index) -> set[int]:
    """Of the cited documents, counted from their dates; where none is cited, of those that there are."""
    cited = [shelf.by_id[citation.document_id] for citation in (*found.citations, *found.later)]
    first = {volume.year for volume in cited or shelf.volumes}
    return {year + more for year in first if year for more in (0, 1)}


def _days(found: Answer, shelf: Index, question: str, now: datetime) -> set[date]:
    """The days of the cited tasks, the last ones in time, also of working days, and those of the period asked for."""
    cited = {(c.document_id, c.passage) for c in (*found.citations, *found.later)}
    tasks: list[Obligation] = []
    for document, passage in cited:
        tasks += [o for o in shelf.by_id[document].shelved.plan.obligations if o.passage == passage]
    days = {day for task in tasks for day in (task.start, task.due) if day}
    days |= {task.until.last for task in tasks if task.until}
    days |= {last_working(day - timedelta(days=back)) for day in days for back in (0, 1)}
    days |= {date(int(month[:4]), int(month[5:7]), 1) for task in tasks for month in task.months}
    if period := find_period(" ".join(fold(question).split()), now.date()):
        days |= {period.period.first, period.period.last}
    return days | {now.date(), now.date() + timedelta(days=1), now.date() + timedelta(days=30)}


def _counted(told: str, days: set[date], question: str, now: datetime) -> set[int]:
    """List numbers and counts, days left, months and school years."""
    counts = set(range(max(told.count("\n"), 12) + 130))
    left = {abs((day - now.date()).days) for day in days}
    start = school_year(now.date())
    return counts | left | {start - 1, start, start + 1} | {int(n) for n in _NUMBER.findall(question) if len(n) < 9}


def _stands(quote: str, sources: str) -> bool:
    """Whether the quote is a run of the sources, but for bullets, tags and the marks between cells."""
    pieces = [piece.strip() for piece in re.split(r"[·…]", quote)]
    bare = " ".join(re.sub(r"<[^>]+>", " ", sources).split())
    return all(" ".join(piece.split()) in bare for piece in pieces if piece)
