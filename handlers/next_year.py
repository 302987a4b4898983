"""One command drafts next year's plan from one that the office has published; see docs/plans.md."""

import re
from collections.abc import Mapping, Sequence

from core.clock import local_day
from core.codes import CODE, is_code
from core.drafts import Draft, Stage
from core.errors import Refused
from core.message import Choice, Inbound, Reply, Talk
from core.people import Person
from core.texts import next_year as texts
from core.work import Shelved
from evidence.drafts import may_publish
from handlers.context import Context, Does
from handlers.drafts import show
from handlers.evidence import desk_of
from knowledge.fold import fold
from knowledge.plan_years import begins, may_be_moved
from knowledge.school_years import school_year_name
from noticing import next_year
from records import drafted, drafts

COMMAND = "kehoachnamsau"
OF, FOR = "tu", "cho"  # before the year in which a school year begins
_MOST = 8  # plans to choose from
_YEARS = r"(?P<{}>20\d\d)(?: ?[-–/] ?20\d\d)?"
_OLD = rf"(?:nam hoc |nam )?(?:{_YEARS.format('of')}|nay|cu|truoc|ngoai)|(?:ma )?(?P<code>{CODE})"
_FROM = rf" (?:tu|dua tren|dua vao|theo)(?: (?:ban|ke hoach|van ban))* (?:{_OLD})"
_NEW = rf"(?: ban)?(?: du thao)? ke hoach(?: \w+){{0,4}}? nam(?: hoc)? (?:sau|toi|moi|ke tiep|{_YEARS.format('new')})"
_POLITE = r"(?: (?:a|nhe|nha|di|giup|voi|em|toi|luon))*"
_FOR_ME = r"(?: (?:giup|ho))(?: (?:toi|em|minh))?"
_WORDS = tuple(
    re.compile(pattern + _POLITE)
    for pattern in (
        rf"(?:hay |giup |nho )*(?:soan|du thao)(?:{_FOR_ME})?{_NEW}(?:{_FROM})?",
        rf"(?:lam|lap|viet|xay dung){_FOR_ME}{_NEW}(?:{_FROM})?",
        rf"(?:lam|lap|viet|xay dung){_NEW}{_FROM}",  # without more it may be the name of a task
    )
)
_PICKED = re.compile(r"vb(?P<id>\d{1,9})(?: (?P<year>20\d\d))?", re.IGNORECASE)


def in_words(text: str) -> tuple[str, str] | None:
    """The command that plain words stand for, and what follows it; None: they are about something else."""
    if text.rstrip().endswith("?"):
        return None
    said = " ".join(fold(text.strip(" \n.!")).split())
    found = next(filter(None, (pattern.fullmatch(said) for pattern in _WORDS)), None)
    if found is None:
        return None
    if found["code"]:
        return COMMAND, found["code"].upper()
    named = [f"{OF} {found['of']}"] * bool(found["of"]) + [f"{FOR} {found['new']}"] * bool(found["new"])
    return COMMAND, " ".join(named)


async def begin(message: Inbound, ctx: Context, rest: str) -> Reply:
    """Nothing, "tu 2025", "cho 2026": which plan, where there are several. "vb12 2026": a document, for that year.

    A code: of a draft that was published since.
    """
    if message.group:
        return Reply(texts.IN_PRIVATE)
    me = ctx.person
    if me is None or not may_publish(desk_of(ctx), me):
        raise Refused(texts.ONLY_OFFICES)
    if picked := _PICKED.fullmatch(rest.strip()):
        year = int(picked["year"]) if picked["year"] else None
        return await _of(ctx, me, _published(ctx, me, int(picked["id"])), year)
    if is_code(rest):
        return await _of(ctx, me, await _of_draft(ctx, me, rest), None)
    return await _which(ctx, me, rest)


async def _which(ctx: Context, me: Person, rest: str) -> Reply:
    """The one plan that is meant, or a list to pick from."""
    desk = desk_of(ctx)
    plans = next_year.own_plans(desk, me.unit)
    if not plans:
        raise Refused(texts.nothing_to_draft(desk.short_name(me.unit)))
    of, new = _years(rest)
    fits = [one for one in plans if of in (None, begins(one.plan)) and (new is None or (begins(one.plan) or 0) < new)]
    if len(fits) == 1:
        return await _of(ctx, me, fits[0], new)
    if fits:
        return _list(fits, new, texts.WHICH)
    named = school_year_name(of or new or 0)
    return _list(plans, None, texts.none_of_year(named) if of else texts.not_later(named))


def _years(rest: str) -> tuple[int | None, int | None]:
    """Of which school year, for which; a bare year is the old plan's."""
    of, new = re.search(rf"(?:{OF} |^)(20\d\d)", rest), re.search(rf"{FOR} (20\d\d)", rest)
    return int(of[1]) if of else None, int(new[1]) if new else None


def _list(plans: Sequence[Shelved], year: int | None, text: str) -> Reply:
    end = f" {year}" if year else ""
    picks = tuple(Choice(next_year.label_of(one), f"/{COMMAND} vb{one.id}{end}") for one in plans[:_MOST])
    return Reply(text, picks, talk=Talk(), private=True)


def _published(ctx: Context, me: Person, document: int) -> Shelved:
    """Of the person's own office. Raises Refused."""
    volume = ctx.index.by_id.get(document)
    if volume is None:
        raise Refused(texts.NOT_FOUND)
    desk = desk_of(ctx)
    if not any(one.id == document for one in next_year.own_plans(desk, me.unit)):
        if volume.unit == me.unit and not may_be_moved(volume.shelved.plan):
            raise Refused(texts.NO_DAYS)
        raise Refused(texts.not_yours(desk.short_name(next_year.issuer_of(desk, volume.shelved))))
    return volume.shelved


async def _of_draft(ctx: Context, me: Person, code: str) -> Shelved:
    """What became of a draft of hers. Raises Refused."""
    draft = await drafts.by_code(ctx.session, code)
    if draft is None or (draft.person, draft.unit) != (me.id, me.unit):
        raise Refused(texts.NOT_FOUND)
    if draft.stage is not Stage.PUBLISHED or draft.document is None:
        raise Refused(texts.NOT_PUBLISHED)
    return _published(ctx, me, draft.document)


async def _of(ctx: Context, me: Person, source: Shelved, year: int | None) -> Reply:
    """It is drafted, once: who asks again is shown the one that is open."""
    desk = desk_of(ctx)
    if year is None or year <= (begins(source.plan) or 0):
        year = next_year.year_after(source.plan, local_day(ctx.now))
    known = await drafted.being_checked(ctx.session, me.unit, me.id, next_year.name_of(source.id, year))
    if known is not None:
        return await _again(ctx, known)
    name = school_year_name(year)
    if await next_year.is_published(desk, source.id, year):
        raise Refused(texts.published_already(name))
    await next_year.want(desk, source.id, year, me.unit, me.id)
    return Reply(texts.drafting(next_year.title_of(source), name), talk=Talk(), private=True)


async def _again(ctx: Context, draft: Draft) -> Reply:
    shown = await show(ctx, draft)
    return Reply(f"{texts.open_already(draft.code)}\n\n{shown.text}", shown.choices, talk=Talk(), private=True)


COMMANDS: Mapping[str, Does] = {COMMAND: begin}
