"""A plan for the next school year from one that the office has published: which, for which year, and the draft."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from core.drafts import Draft
from core.file_names import portable
from core.message import Choice
from core.texts import next_year as texts
from core.work import Plan, Shelved
from evidence.desk import Desk
from evidence.plan_paper import plan_paper
from knowledge.drafting import figures
from knowledge.issuer import find_issuer
from knowledge.next_year import moved
from knowledge.plan_years import begins, may_be_moved
from knowledge.school_years import school_year, school_year_name
from noticing.checking import ways_on
from records import documents, drafted, sheets
from records.sheets import Wish

NEXT_YEAR = "next-year"  # as a wish (records.sheets), about "document.year"
_LONGEST_NAME = 120  # UTF-16 units
_SPRING, _AUTUMN = 4, 8  # from April to July one plans for the year that begins in August


@dataclass(frozen=True, slots=True)
class Made:
    """The plan moved on, and as a Word file; `source`: what it was made from, `year`: in which it begins."""

    source: Shelved
    year: int
    plan: Plan
    data: bytes


def own_plans(desk: Desk, unit: str) -> Sequence[Shelved]:
    """What the unit itself has issued and published that has days to move, the newest first."""
    found = [one.shelved for one in desk.index.volumes if one.unit == unit and may_be_moved(one.shelved.plan)]
    own = [one for one in found if _is_its_own(desk, one)]
    return sorted(own, key=lambda one: (begins(one.plan) or 0, one.id), reverse=True)


def _is_its_own(desk: Desk, one: Shelved) -> bool:
    """Not a paper from above that it keeps for its own units."""
    return issuer_of(desk, one) == one.unit


def issuer_of(desk: Desk, one: Shelved) -> str:
    """The code of who issued it; where the paper does not say, whose it is."""
    issuer = find_issuer(one.plan.head, desk.index.tree)
    return issuer.code if issuer else one.unit


def year_after(plan: Plan, today: date) -> int:
    """In which year the school year begins that a plan is drafted for: the next; of an old plan, the one to come."""
    after, current = (begins(plan) or 0) + 1, school_year(today)
    return after if after >= current else current + (_SPRING <= today.month < _AUTUMN)


def name_of(document: int, year: int) -> str:
    """The digest of the draft: one plan for one year is drafted and published once."""
    return sha256(f"{NEXT_YEAR} {document} {year}".encode()).hexdigest()


async def is_published(desk: Desk, document: int, year: int) -> bool:
    known = await documents.find_by_digest(desk.session, name_of(document, year))
    return known is not None and known.state == documents.PUBLISHED


async def want(desk: Desk, document: int, year: int, unit: str, person: int) -> None:
    """It is made beside the chat."""
    await sheets.want(desk.session, NEXT_YEAR, unit, person, desk.now, f"{document}.{year}")


def make(desk: Desk, wish: Wish) -> Made | None:
    """None: the plan is not published by this unit any more."""
    document, _, year = wish.about.partition(".")
    source = next((one for one in own_plans(desk, wish.unit) if one.id == int(document)), None)
    if source is None:
        return None
    by = int(year) - (begins(source.plan) or 0)
    plan = moved(source.plan, by, desk.index.workdays, source.first)
    name = texts.file_name(school_year_name(int(year)), source.plan.source_file)
    plan = replace(plan, source_file=portable(name, _LONGEST_NAME, texts.NAME))
    data = plan_paper(plan, desk.unit_name(wish.unit), texts.above(title_of(source)))
    return Made(source, int(year), plan, data)


async def open_draft(desk: Desk, wish: Wish, made: Made, file: str) -> tuple[str, tuple[Choice, ...]]:
    """The draft, or the one that is open already; what is said of it, and the ways on. `file`: the Word file's sum."""
    digest = name_of(made.source.id, made.year)
    draft = await drafted.being_checked(desk.session, wish.unit, wish.person, digest)
    if draft is None:
        draft = await drafted.open_drafted(desk.session, made.plan, wish.unit, wish.person, file, digest, desk.now)
    return said(draft, made), ways_on(draft)


def said(draft: Draft, made: Made) -> str:
    read = figures(draft)
    days = sum(doubt.task is not None for doubt in draft.read.doubts)
    return texts.drafted(draft, title_of(made.source), read.tasks, read.dated, days, read.doubts - days)


def title_of(one: Shelved) -> str:
    """As the pick list and the draft name it."""
    return one.plan.head.title or one.plan.source_file


def label_of(one: Shelved) -> str:
    """Its title, with the school year where the title has none."""
    name = school_year_name(begins(one.plan) or 0)
    return texts.label(title_of(one), name)
