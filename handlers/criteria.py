"""Criteria sets to read: which there are, each criterion, and what serves it; evidence attached and detached."""

import re
from collections.abc import Sequence

from core.codes import CODE
from core.criteria import CriteriaSet, Criterion
from core.errors import Refused
from core.evidence import DONE, Submission
from core.message import Choice, Inbound, Reply, Talk
from core.people import Level, Person, Role
from core.texts import criteria as texts
from evidence import criteria
from evidence.criteria_picks import ATTACH, NONE, SEE, what_serves
from evidence.desk import Desk
from handlers.ask import answer_question
from handlers.context import Context
from handlers.evidence import desk_of, of_mine
from handlers.speaking import refused
from knowledge.criteria_lists import number_of
from knowledge.criteria_match import named_sets
from knowledge.fold import fold
from records import criteria_work

RANK, SCORE, FORM = "/xeploai", "/tucham", "/phieutucham"
_CODE = re.compile(rf"({CODE})(?: (.*))?", re.DOTALL | re.IGNORECASE)
_SET = re.compile(r"s(\d{1,12})")
_MOST_SHOWN = 10  # pieces of evidence with a button


async def show(message: Inbound, ctx: Context, rest: str) -> Reply | None:
    """Nothing: the sets. "s12", "hạnh phúc": a set. "1.2", "1.2 hạnh phúc": a criterion. "CODE …": what it serves."""
    me, desk = member(ctx), desk_of(ctx)
    if found := _CODE.fullmatch(rest):
        return await _serve(message, ctx, found[1], (found[2] or "").strip())
    sets = await criteria.binding(desk, me.unit)
    if not sets:
        return await _otherwise(message, ctx, texts.NONE_YET)
    first, _, words = rest.partition(" ")
    number = number_of(first) if first[:1].isdecimal() else None
    if number is not None:
        return await _show_criterion(message, ctx, number, words, sets)
    meant = [*sets] if not rest else _meant(sets, rest)
    if not meant:
        return await _otherwise(message, ctx, texts.NO_SUCH_SET)
    if len(meant) == 1:
        return await _show_set(ctx, me, meant[0])
    found_all = [await criteria.assessment(desk, me.unit, one) for one in meant]
    picks = tuple(
        Choice(f"{name} {texts.complete(one)}", f"{SEE} s{one.set.id}")
        for name, one in zip(called(ctx, meant), found_all, strict=True)
    )
    return Reply(texts.SETS, picks, private=True)


async def one_set(ctx: Context, me: Person, words: str, command: str, after: str = "") -> CriteriaSet | Reply:
    """The set that the words name, or the only one; else a question whose answer is `command` with the set."""
    sets = await criteria.binding(desk_of(ctx), me.unit)
    if not sets:
        return Reply(texts.NONE_YET, private=True)
    meant = _meant(sets, words) if words else [*sets]
    if not meant:
        return Reply(texts.NO_SUCH_SET, private=True)
    return meant[0] if len(meant) == 1 else which(ctx, meant, command, after)


def which(ctx: Context, sets: Sequence[CriteriaSet], command: str, after: str = "") -> Reply:
    """A question whose answer is `command` with one of these."""
    values = (f"{command} s{one.id} {after}".strip() for one in sets)
    picks = tuple(Choice(*pair) for pair in zip(called(ctx, sets), values, strict=True))
    return Reply(texts.WHICH_SET, picks, private=True)


def called(ctx: Context, sets: Sequence[CriteriaSet]) -> list[str]:
    """How these are told apart: by name, and by who gave them where two are called the same."""
    desk, names = desk_of(ctx), [fold(one.name) for one in sets]
    twice = {name for name in names if names.count(name) > 1}
    return [texts.set_label(one, desk.short_name(one.unit) if fold(one.name) in twice else "") for one in sets]


def dossier_pick(me: Person, set: CriteriaSet) -> list[Choice]:
    """For who may open the dossier to others; a deputy may not."""
    return [] if me.role is Role.TEACHER else [Choice(texts.DOSSIER, f"/hoso {me.unit} tc{set.id}")]


def member(ctx: Context) -> Person:
    """Whose unit it is about. Raises Refused."""
    if ctx.person is None:
        raise Refused(texts.ONLY_MEMBERS)
    return ctx.person


async def speaker(ctx: Context) -> Person:
    """Who speaks for the unit. Raises Refused."""
    me, desk = member(ctx), desk_of(ctx)
    if not await desk.speaks_alone(me, me.unit):
        raise await refused(desk, me, me.unit, texts.ONLY_HEADS)
    return me


def _meant(sets: Sequence[CriteriaSet], words: str) -> list[CriteriaSet]:
    if marked := _SET.fullmatch(words.strip()):
        return [one for one in sets if one.id == int(marked[1])]
    return [*named_sets(sets, words)]


async def _otherwise(message: Inbound, ctx: Context, text: str) -> Reply | None:
    """Plain words that name no set of ours are a question to the documents."""
    if message.text.startswith("/") or message.pressed:
        return Reply(text, private=True)
    return await answer_question(message, ctx)


async def _show_set(ctx: Context, me: Person, set: CriteriaSet) -> Reply:
    desk = desk_of(ctx)
    text = texts.sheet(await criteria.assessment(desk, me.unit, set), desk.short_name(set.unit))
    picks: list[Choice] = []
    if await desk.speaks_alone(me, me.unit):
        picks += [Choice(texts.SCORE, f"{SCORE} s{set.id}"), Choice(texts.FORM, f"{FORM} s{set.id}")]
        picks += dossier_pick(me, set)
    if desk.asker(me.unit).level is not Level.SCHOOL and await desk.speaks_alone(me, me.unit):
        picks = [Choice(texts.RANK, f"{RANK} s{set.id}"), *picks]
        done, left = await criteria.ranking(desk, me.unit, set)
        text += f"\n{texts.finished(len(done), len(done) + len(left))}"
    return Reply(text, tuple(picks), private=True)


async def _show_criterion(
    message: Inbound, ctx: Context, number: str, words: str, sets: Sequence[CriteriaSet]
) -> Reply | None:
    me, desk = member(ctx), desk_of(ctx)
    named = _meant(sets, words) if words else [*sets]
    having = [one for one in named if one.by_number(number)]
    if not having:
        return await _otherwise(message, ctx, texts.no_such_number(number) if named else texts.NO_SUCH_SET)
    if len(having) > 1:
        return which(ctx, having, f"{SEE} {number}")
    [set] = having
    one = set.by_number(number)
    assert one is not None
    pieces = [piece for _, piece in await criteria_work.serving(ctx.session, me.unit, [one.id])]
    text = texts.criterion(await criteria.assessment(desk, me.unit, set), one, pieces)
    picks: tuple[Choice, ...] = ()
    if await desk.speaks_alone(me, me.unit):
        picks = tuple(
            Choice(texts.detach(piece.code, number), f"{SEE} {piece.code} -#{one.id}") for piece in pieces[:_MOST_SHOWN]
        )
    return Reply(text, picks, private=True)


async def _serve(message: Inbound, ctx: Context, code: str, what: str) -> Reply:
    """ "": which criteria? "+15 +17": these. "-#15": not that one. "khong": none of the offered. "1.2 bộ": that one."""
    desk, submission = desk_of(ctx), await of_mine(message, ctx, code)
    if ctx.person is None or not await desk.speaks_alone(ctx.person, submission.giver.unit):
        raise await refused(desk, ctx.person, submission.giver.unit, texts.ONLY_HEADS)
    sets = await criteria.binding(desk, ctx.person.unit)
    if not sets:
        return Reply(texts.NONE_YET, private=True)
    if what == NONE:
        offered = await criteria.proposed(desk, submission)
        await criteria.say(desk, submission, [one.criterion.id for one in offered], ctx.person, serves=False)
        return Reply(texts.DECLINED if offered else texts.NOTHING_TO_DECLINE, talk=Talk(), private=True)
    if what.startswith("-"):
        return await _detach(ctx, submission, sets, what)
    if submission.state not in DONE or submission.deleted_at:
        return Reply(texts.NOT_HANDED_IN, private=True)
    if not what:
        return await _offer(desk, submission, sets)
    chosen = _chosen(submission, sets, what)
    if isinstance(chosen, Reply):
        return chosen
    await criteria.say(desk, submission, [one.id for one in chosen], ctx.person, serves=True)
    said, picks = await what_serves(desk, submission)
    return Reply("\n".join([texts.attached(submission.code, chosen), *said]), picks, private=True)


async def _offer(desk: Desk, submission: Submission, sets: Sequence[CriteriaSet]) -> Reply:
    _, picks = await what_serves(desk, submission)
    if not picks:
        return Reply(texts.nothing_alike(submission.code, sets[0].criteria[0].number), private=True)
    return Reply(texts.which_criterion(submission.code), picks, private=True)


async def _detach(ctx: Context, submission: Submission, sets: Sequence[CriteriaSet], what: str) -> Reply:
    """ "-#15", "-1.2 hạnh phúc" """
    assert ctx.person is not None
    attached = {id for id, serves in (await criteria_work.said_of(ctx.session, submission.id)).items() if serves}
    mine = [one for one in _numbered(sets, what.strip("- ")) if one.id in attached]
    if not mine:
        return Reply(texts.NOT_ATTACHED, private=True)
    await criteria.say(desk_of(ctx), submission, [one.id for one in mine], ctx.person, serves=False)
    return Reply("\n".join(texts.detached(submission.code, one) for one in mine), private=True)


def _chosen(submission: Submission, sets: Sequence[CriteriaSet], what: str) -> list[Criterion] | Reply:
    """The criteria that are meant by ids, or by a number."""
    if what.startswith(ATTACH):
        ids = {int(word[1:]) for word in what.split() if re.fullmatch(r"\+\d{1,12}", word)}
        found = [one for set in sets for one in set.criteria if one.id in ids]
        return found or Reply(texts.CRITERION_GONE, private=True)
    found = _numbered(sets, what)
    if len(found) == 1:
        return found
    number = number_of(what.split()[0]) or what.split()[0]
    if not found:
        return Reply(texts.no_such_number(number), private=True)
    of = [(one, next(set for set in sets if one in set.criteria)) for one in found]
    picks = tuple(Choice(texts.pick(one, set), f"{SEE} {submission.code} {ATTACH}{one.id}") for one, set in of)
    return Reply(texts.WHICH_SET, picks, private=True)


def _numbered(sets: Sequence[CriteriaSet], what: str) -> list[Criterion]:
    """An id after "#", or a number with a set's name or without."""
    if what.startswith("#"):
        return [one for set in sets for one in set.criteria if f"#{one.id}" == what]
    first, _, words = what.partition(" ")
    number = number_of(first)
    named = _meant(sets, words) if words else sets
    return [one for set in named if number and (one := set.by_number(number))]
