"""A criteria set typed in chat: its name, its lines in one message or several, shown whole before it is kept."""

import re

from core.criteria import Criterion
from core.errors import BadInput, Refused
from core.message import Choice, Inbound, Reply, Talk
from core.people import Person
from core.texts import criteria_writing as texts
from evidence import criteria
from handlers.awaited import await_next, awaited_by
from handlers.context import Context
from handlers.criteria import speaker
from handlers.evidence import desk_of
from knowledge.criteria_lists import criteria_of, is_listed, number_of, typed
from knowledge.fold import fold
from records import criteria as kept
from records.criteria import Draft

WRITE, REMOVE = "/thembo", "/xoabo"
LONGEST_NAME, LONGEST = 100, 30_000  # characters
_DONE, _SAVE, _ANEW, _DROP, _LINES = "xong", "luu", "moi", "bo", "dong"
_FINISHED = re.compile(r"(?:da |em |toi )?(?:xong|het|xem lai|du)(?: (?:roi|a|nhe|nha|em|co|thay|bot))*")


def wanted(message: Inbound, ctx: Context) -> str:
    """What stands before words of a list that is being typed; empty: they are about something else."""
    said = message.text.strip()
    if message.group or not awaited_by(WRITE, ctx) or (said.endswith("?") and "\n" not in said):
        return ""
    return _LINES if _is_end(said) or is_listed(said) else ""


async def write(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "NAME": its lines are asked for. "dong LINES": noted. "xong": shown. "luu N": kept. "moi", "bo": thrown away."""
    me = await speaker(ctx)
    if message.group:
        return Reply(texts.IN_PRIVATE)
    word, _, more = rest.partition(" ")
    draft = await kept.draft_of(ctx.session, me.id)
    if rest == _DONE or (word == _LINES and _is_end(more)):
        return await _shown(ctx, me, draft)
    if word == _LINES and more:
        return await _noted(ctx, me, draft, more)
    if word == _SAVE and (more.isdecimal() or not more):
        return await _saved(ctx, me, draft, more)
    if rest == _ANEW and draft:
        return await _begun(ctx, me, Draft(me.unit, draft.name, ""))
    if rest == _DROP:
        await kept.drop_draft(ctx.session, me.id)
        return Reply(texts.DROPPED, talk=Talk(), private=True)
    name, _, lines = rest.partition("\n")
    begun = await _named(ctx, me, draft, name.strip(' :."“”'))
    started = await kept.draft_of(ctx.session, me.id) if lines.strip() and begun.talk else None
    return await _noted(ctx, me, started, lines) if started else begun


async def cancelled(ctx: Context) -> None:
    """What is being typed is thrown away."""
    if ctx.person is not None and awaited_by(WRITE, ctx):
        await kept.drop_draft(ctx.session, ctx.person.id)


async def remove(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "NAME": sure? "sID co": it binds nobody any more."""
    me, desk = await speaker(ctx), desk_of(ctx)
    mark, _, sure = rest.partition(" ")
    mine = await kept.of_units(ctx.session, [me.unit])
    found = [one for one in mine if f"s{one.id}" == mark or fold(one.name) == fold(rest)]
    if not rest or not found:
        return Reply(texts.NOT_GIVEN_HERE if rest else texts.HOW_TO_TAKE_BACK, private=True)
    [set] = found
    if sure == _SAVE:
        await kept.take_back(ctx.session, set.id, desk.now)
        return Reply(texts.taken_back(set), private=True)
    picks = Choice(texts.TAKE_BACK, f"{REMOVE} s{set.id} {_SAVE}"), Choice(texts.NOT_NOW, "/huy")
    return Reply(texts.ask_take_back(set), picks, private=True)


def _is_end(said: str) -> bool:
    return bool(_FINISHED.fullmatch(fold(said).strip(" .!")))


async def _named(ctx: Context, me: Person, draft: Draft | None, name: str) -> Reply:
    if not name and draft and draft.unit == me.unit:
        name = draft.name
    if not name:
        return Reply(texts.WHOSE_NAME, private=True)
    if len(name) > LONGEST_NAME:
        return Reply(texts.NAME_TOO_LONG, private=True)
    if draft and draft.unit == me.unit and fold(draft.name) == fold(name) and draft.lines:
        return Reply(texts.go_on(draft.name, _count(draft)), talk=_await(ctx), private=True)
    return await _begun(ctx, me, Draft(me.unit, name, ""))


async def _begun(ctx: Context, me: Person, draft: Draft) -> Reply:
    await kept.keep_draft(ctx.session, me.id, draft, ctx.now)
    text = texts.ask_lines(draft.name, desk_of(ctx).short_name(me.unit))
    return Reply(text, talk=_await(ctx), private=True)


async def _noted(ctx: Context, me: Person, draft: Draft | None, said: str) -> Reply:
    draft = _mine(me, draft)
    lines = _merged(draft.lines, said)
    if len(lines) > LONGEST:
        return Reply(texts.TOO_LONG, talk=_await(ctx), private=True)
    draft = Draft(draft.unit, draft.name, lines)
    await kept.keep_draft(ctx.session, me.id, draft, ctx.now)
    picks = Choice(texts.DONE_TYPING, f"{WRITE} {_DONE}"), Choice(texts.DROP, f"{WRITE} {_DROP}")
    return Reply(texts.noted(_count(draft)), picks, talk=_await(ctx), private=True)


async def _shown(ctx: Context, me: Person, draft: Draft | None) -> Reply:
    """All that will happen; what is wrong with the lines, where they cannot be kept."""
    draft = _mine(me, draft)
    listed = _listed(draft)
    if isinstance(listed, str):
        return Reply(listed, talk=_await(ctx), private=True)
    desk = desk_of(ctx)
    change = await criteria.would_replace(desk, me.unit, draft.name, listed)
    schools = criteria.bound_schools(desk, me.unit, change.set)
    picks = (
        Choice(texts.SAVE, f"{WRITE} {_SAVE} {_seal(draft)}"),
        Choice(texts.START_ANEW, f"{WRITE} {_ANEW}"),
        Choice(texts.DROP, f"{WRITE} {_DROP}"),
    )
    text = texts.preview(change, desk.short_name(me.unit), len(schools))
    return Reply(text, picks, talk=_await(ctx), private=True)


async def _saved(ctx: Context, me: Person, draft: Draft | None, seal: str) -> Reply:
    """What was shown, and nothing else."""
    draft = _mine(me, draft)
    listed = _listed(draft)
    if isinstance(listed, str) or seal != str(_seal(draft)):
        shown = await _shown(ctx, me, draft)
        return Reply(f"{texts.CHANGED_SINCE}\n\n{shown.text}", shown.choices, talk=shown.talk, private=True)
    desk = desk_of(ctx)
    change = await criteria.give(desk, me.unit, draft.name, listed, me.id)
    await kept.drop_draft(ctx.session, me.id)
    return Reply(texts.saved(change, desk.short_name(me.unit)), talk=Talk(), private=True)


def _mine(me: Person, draft: Draft | None) -> Draft:
    """Raises Refused where nothing is being typed for this unit."""
    if draft is None or draft.unit != me.unit:
        raise Refused(texts.NO_DRAFT)
    return draft


def _listed(draft: Draft) -> tuple[Criterion, ...] | str:
    """The criteria, or what is wrong."""
    if not draft.lines.strip():
        return texts.NOTHING_TYPED
    try:
        return criteria_of(typed(draft.lines))
    except BadInput as bad:
        return texts.faults(bad.text)


def _merged(before: str, said: str) -> str:
    """The lines so far with these; one with a number that is there takes that one's place."""
    lines = before.splitlines()
    for row, line in ((row, said.splitlines()[row.line - 1]) for row in typed(said)):
        number = number_of(row.number) if row.number else None
        at = next((at for at, one in enumerate(lines) if number and _number_of_line(one) == number), None)
        if at is None:
            lines.append(line.strip())
        else:
            lines[at] = line.strip()
    return "\n".join(lines)


def _number_of_line(line: str) -> str | None:
    return next((number_of(row.number) for row in typed(line) if row.number), None)


def _count(draft: Draft) -> int:
    """Criteria, headings left out; lines, where something is wrong with them."""
    try:
        return len(criteria_of(typed(draft.lines)))
    except BadInput:
        return len(typed(draft.lines))


def _seal(draft: Draft) -> int:
    """Changes with what was typed."""
    return sum((at + 1) * ord(char) for at, char in enumerate(f"{draft.name}\n{draft.lines}"))


def _await(ctx: Context) -> Talk:
    return await_next(WRITE, _LINES, ctx.now)
