"""A unit's own points by a criteria set, the form for them, and an office's view of its schools."""

from decimal import Decimal

from core.criteria import CriteriaSet, Criterion
from core.errors import Refused
from core.message import Choice, Inbound, Reply
from core.people import Level, Person
from core.platform import Carries
from core.texts import criteria as texts
from evidence import criteria, criteria_forms
from handlers import dossier
from handlers.ask import answer_question
from handlers.context import Context
from handlers.criteria import FORM, RANK, SCORE, dossier_pick, member, one_set, speaker, which
from handlers.evidence import desk_of
from knowledge.criteria_match import named_sets
from knowledge.criteria_scores import Given, scores_in
from records import criteria as kept
from records import criteria_work, sheets


async def score(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "1.2: 8, 1.3: 9": given, all or none. Nothing: how it is done, and what lacks. "s12 …": of this set."""
    me, desk = await speaker(ctx), desk_of(ctx)
    mark, words = _marked(rest)
    said = scores_in(words)
    if said.unclear and "".join(words.split()):
        return Reply(texts.SCORE_UNCLEAR.format(said.unclear[:40]), private=True)
    set = await _set_for(ctx, me, mark or said.set, said.given, words)
    if isinstance(set, Reply):
        return set
    if not said.given:
        return Reply(texts.how_to_score(await criteria.assessment(desk, me.unit, set)), private=True)
    pairs = [(_checked(set, one), one.value) for one in said.given]
    before = await criteria_work.score(ctx.session, me.unit, {one.id: value for one, value in pairs}, me.id, ctx.now)
    now = await criteria.assessment(desk, me.unit, set)
    text = texts.scored(now, [(one, value, before.get(one.id)) for one, value in pairs])
    return Reply(text, (Choice(texts.FORM, f"{FORM} s{set.id}"), *dossier_pick(me, set)), private=True)


async def form(message: Inbound, ctx: Context, rest: str) -> Reply | None:
    """The self-assessment form as a file; where the channel carries none, a link to where it lies."""
    me = member(ctx)
    if not await kept.of_units(ctx.session, [one.code for one in ctx.index.tree.above(me.unit)]):
        return await _otherwise(message, ctx, texts.NONE_YET)
    await speaker(ctx)
    set = await one_set(ctx, me, rest, FORM)
    if isinstance(set, Reply):
        return set if set.choices or message.pressed else await _otherwise(message, ctx, set.text)
    if ctx.limits.files_out is Carries.UPLOAD or (ctx.limits.files_out is not Carries.NO and ctx.house.public_url):
        await sheets.want(ctx.session, criteria_forms.FORM, me.unit, me.id, ctx.now, str(set.id))
        return Reply(texts.FORM_COMING, private=True)
    if not ctx.house.public_url:
        return Reply(texts.NO_ADDRESS, private=True)
    return await dossier.by_criteria(ctx, me, set)


async def rank(message: Inbound, ctx: Context, rest: str) -> Reply | None:
    """The office's schools by their own points; who has not finished, by name."""
    me, desk = member(ctx), desk_of(ctx)
    sets = await criteria.binding(desk, me.unit)
    named = named_sets(sets, rest) if rest and not _marked(rest)[0] else sets
    if not sets or not named:
        return await _otherwise(message, ctx, texts.NO_SUCH_SET if sets else texts.NONE_YET)
    if desk.asker(me.unit).level is Level.SCHOOL or not await desk.speaks_alone(me, me.unit):
        raise Refused(texts.ONLY_OFFICES)
    set = await one_set(ctx, me, rest, RANK)
    if isinstance(set, Reply):
        return set
    ranked, open = await criteria.ranking(desk, me.unit, set)
    if not ranked and not open:
        return Reply(texts.NO_SCHOOLS, private=True)
    lines = [texts.rank(one.rank, desk.short_name(one.unit), one.assessment) for one in ranked]
    unfinished = [texts.unfinished(desk.short_name(one.unit), one) for one in open]
    return Reply(texts.ranked(set.name, lines, unfinished, len(lines) + len(unfinished)), private=True)


async def _set_for(ctx: Context, me: Person, words: str, given: tuple[Given, ...], rest: str) -> CriteriaSet | Reply:
    """The set that the words name; else the one that has criteria of all these numbers."""
    if words or not given:
        return await one_set(ctx, me, words, SCORE, rest)
    sets = await criteria.binding(desk_of(ctx), me.unit)
    if not sets:
        return Reply(texts.NONE_YET, private=True)
    having = [one for one in sets if all(one.by_number(it.number) for it in given)]
    if not having:
        missing = [it.number for it in given if not any(one.by_number(it.number) for one in sets)]
        return Reply(texts.no_such_number((missing or [given[0].number])[0]), private=True)
    return having[0] if len(having) == 1 else which(ctx, having, SCORE, rest)


def _marked(rest: str) -> tuple[str, str]:
    """ "s12 1.2: 8" -> the mark of a set, and the rest."""
    mark, _, words = rest.partition(" ")
    return (mark, words) if mark[:1] == "s" and mark[1:].isdecimal() else ("", rest)


def _checked(set: CriteriaSet, given: Given) -> Criterion:
    """The criterion. Raises Refused where these points do not fit."""
    one = set.by_number(given.number)
    if one is None:
        raise Refused(texts.no_such_number(given.number))
    if given.word and one.most is not None:
        raise Refused(texts.wants_points(one))
    if not given.word and one.most is None:
        raise Refused(texts.wants_a_word(one))
    if given.value > (one.most or Decimal(1)):
        raise Refused(texts.too_much(one))
    return one


async def _otherwise(message: Inbound, ctx: Context, text: str) -> Reply | None:
    """Plain words that name no set of ours are a question to the documents."""
    if message.text.startswith("/") or message.pressed:
        return Reply(text, private=True)
    return await answer_question(message, ctx)
