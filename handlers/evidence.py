"""Handing in: which task files are for, before they come, with them and after; the principal's word; taking back."""

from core.codes import is_code
from core.errors import Refused
from core.evidence import Giver, State, Submission
from core.message import Choice, Inbound, Reply
from core.texts import evidence as texts
from core.texts import rules as rule_texts
from core.texts.files import NO_FILES_HERE
from core.work import TaskRef
from evidence import giving
from evidence.completing import to_be_sent
from evidence.desk import Desk, title_of
from evidence.due_days import done_by
from evidence.giving import with_its_files
from evidence.placing import MORE, NONE, OFFERED, candidates, choices, follow_up, may_be_placed, place
from evidence.sharing import what_next
from evidence.turning import turn
from handlers.awaited import await_next, awaited_by
from handlers.context import Context
from handlers.speaking import refused
from knowledge.meant_for import likely_tasks
from knowledge.tiers import concerns, owned, tier_of
from records import submissions, units
from records.named import named_in

COMMAND = "/nop"
SHOWN = 5  # tasks that /nop lists


def desk_of(ctx: Context) -> Desk:
    """Where evidence is handed in, as this message finds it."""
    return Desk(ctx.session, ctx.index, ctx.now, ctx.house.confirm_evidence, ctx.house.retention_days)


async def offer_tasks(message: Inbound, ctx: Context, rest: str, link: str) -> Reply:
    """What the unit has to hand in, to pick from; `rest` names one. `link`: the sentence with the upload link."""
    desk = desk_of(ctx)
    assert ctx.unit is not None
    ref, rest = TaskRef.parse(rest), "" if is_code(rest) else rest  # no task is called so
    if ref is None:
        done = await done_by(desk, ctx.unit.code)
        unit = ctx.unit.code
        found = await desk.moved(unit, likely_tasks(ctx.index, rest, desk.asker(unit), ctx.now, done, SHOWN))
        if not (found and found[0].certain):
            picks = tuple(
                Choice(texts.label(title_of(one.task), one.task.until), f"{COMMAND} {one.ref}") for one in found
            )
            said = "\n\n".join(filter(None, (texts.PICK if picks else "", link)))
            return Reply(said or NO_FILES_HERE, picks, private=True)
        ref = found[0].ref
    task = await desk.owed(ctx.unit.code, ref)
    if task is None:
        return Reply(texts.TASK_GONE)
    parts = await to_be_sent(desk, ref, ctx.unit.code)
    said = "\n\n".join(filter(None, (texts.send_for(title_of(task), task.until), parts, link)))
    return Reply(said, talk=await_next(COMMAND, str(ref), ctx.now), tasks=(ref,), private=True)


def meant_by_talk(ctx: Context) -> TaskRef | None:
    """The task that was picked a moment ago for what is to be sent."""
    return TaskRef.parse(awaited_by(COMMAND, ctx))


async def named_by_answer(message: Inbound, ctx: Context) -> tuple[TaskRef, ...]:
    """The unit's tasks that stand in the message of ours which is answered."""
    if not message.reply_to or ctx.unit is None:
        return ()
    named = await named_in(ctx.session, message.address, message.reply_to)
    if named.tasks:
        return named.tasks
    asker = desk_of(ctx).asker(ctx.unit.code)
    tier, found = tier_of(asker.level), []
    for source in named.sources:
        volume = ctx.index.by_id.get(source.document_id)
        for number, task in enumerate(volume.shelved.plan.obligations if volume else ()):
            if task.passage == source.passage and concerns(task, tier) and owned(task, asker):
                found.append(TaskRef(source.document_id, number))
    return tuple(dict.fromkeys(found))


async def place_it(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE 3.12", "CODE khac 2", "CODE khong", or "CODE words": what a submission is for."""
    code, _, what = rest.partition(" ")
    desk, submission = desk_of(ctx), await to_change(message, ctx, code)
    if not may_be_placed(submission):
        raise Refused(texts.ALREADY)
    if what == NONE:
        await turn(desk, submission, State.KEPT, ctx.person.id if ctx.person else None)
        return Reply(texts.KEPT)
    with_its_files(submission)
    ref = TaskRef.parse(what)
    if ref is None:
        return await _which(desk, submission, what)
    if desk.task(ref) is None:
        return Reply(texts.TASK_GONE)
    placed = await place(desk, submission, ref, ctx.person)
    said, picks = await what_next(desk, placed, await follow_up(desk, placed), ctx.person)
    return Reply(texts.told_of(placed.code, said), picks, tasks=(ref,))


async def confirm(message: Inbound, ctx: Context, rest: str) -> Reply:
    """The principal's word: it is handed in."""
    desk, submission = desk_of(ctx), await _to_give_word_of(message, ctx, rest)
    assert ctx.person is not None
    done = await giving.confirm(desk, submission, ctx.person)
    if done is None:
        return Reply(texts.ALREADY)
    placed, told = done
    said, picks = await what_next(desk, placed, told, ctx.person)
    return Reply(texts.told_of(placed.code, said), picks)


async def hand_in_anyway(message: Inbound, ctx: Context, rest: str) -> Reply:
    """The giver's word: it is handed in as it is, though it breaks a rule of its document."""
    desk, submission = desk_of(ctx), await to_change(message, ctx, rest)
    done = await giving.hand_in_anyway(desk, submission, ctx.person)
    if done is None:
        return Reply(rule_texts.NOT_WAITING)
    taken, told = done
    return Reply(texts.told_of(taken.code, told), tasks=(taken.task,) if taken.task else ())


async def send_again(message: Inbound, ctx: Context, rest: str) -> Reply:
    """The giver's word: it is withdrawn, and what is sent next takes its place."""
    submission = await to_change(message, ctx, rest)
    if submission.state is not State.QUESTIONED or submission.task is None:
        return Reply(rule_texts.NOT_WAITING)
    await giving.take_back(desk_of(ctx), submission, ctx.person)
    said = rule_texts.again(texts.label(submission.title, submission.due))
    return Reply(said, talk=await_next(COMMAND, str(submission.task), ctx.now), tasks=(submission.task,))


async def not_yet(message: Inbound, ctx: Context, rest: str) -> Reply:
    """The principal's word: it is not handed in; the giver may do better."""
    submission = await _to_give_word_of(message, ctx, rest)
    assert ctx.person is not None
    done = await giving.not_yet(desk_of(ctx), submission, ctx.person)
    return Reply(texts.NOT_YET_DONE if done else texts.ALREADY)


async def take_back(message: Inbound, ctx: Context, rest: str) -> Reply:
    """The giver, or a principal, takes back what was not accepted."""
    submission = await to_change(message, ctx, rest)
    done = await giving.take_back(desk_of(ctx), submission, ctx.person)
    return Reply(texts.taken_back(submission.code) if done else texts.ALREADY)


async def _which(desk: Desk, submission: Submission, what: str) -> Reply:
    """A page of tasks to pick from; words narrow them."""
    word, _, number = what.partition(" ")
    page, words = (int(number), "") if word == MORE and number.isdecimal() else (1, what)
    found = await candidates(desk, submission, words)
    if len(found) <= (page - 1) * OFFERED:
        return Reply(texts.name_it(submission.code))
    return Reply(texts.WHICH_TASK, choices(submission.code, found, page))


async def to_change(message: Inbound, ctx: Context, code: str) -> Submission:
    """The submission of this code, held with its unit, if the sender gave it or speaks for the unit. Raises Refused."""
    await _hold_own_unit(ctx)
    submission, desk = await of_mine(message, ctx, code), desk_of(ctx)
    giver = submission.giver
    own = _gave(message, giver) or (ctx.person is not None and giver.person == ctx.person.id)
    if not (own or await desk.speaks_alone(ctx.person, giver.unit)):
        raise await refused(desk, ctx.person, giver.unit, texts.NOT_FOUND)
    return submission


async def _to_give_word_of(message: Inbound, ctx: Context, code: str) -> Submission:
    """The submission of this code, held with its unit, if the sender speaks for the unit. Raises Refused."""
    await _hold_own_unit(ctx)
    submission, desk = await of_mine(message, ctx, code), desk_of(ctx)
    if not await desk.speaks_alone(ctx.person, submission.giver.unit):
        raise await refused(desk, ctx.person, submission.giver.unit, texts.ONLY_PRINCIPALS)
    return submission


async def _hold_own_unit(ctx: Context) -> None:
    """Before any submission of it: parts of one dossier that come at once are looked at one after the other."""
    unit = ctx.person.unit if ctx.person else ctx.unit.code if ctx.unit else ""
    await units.hold(ctx.session, unit)


async def of_mine(message: Inbound, ctx: Context, code: str) -> Submission:
    """The submission of this code, if it is the unit's; for who is not known, if it came here. Raises Refused."""
    if not code.strip():
        raise Refused(texts.WHICH)
    found = await submissions.by_code(ctx.session, code)
    if found is None or not _is_mine(message, ctx, found.giver):
        raise Refused(texts.NOT_FOUND)
    return found


def _is_mine(message: Inbound, ctx: Context, giver: Giver) -> bool:
    if ctx.person is not None:
        return giver.unit == ctx.person.unit
    chat, here = giver.address, message.address
    in_this_chat = (chat.platform, chat.chat) == (here.platform, here.chat)
    return ctx.unit is not None and giver.unit == ctx.unit.code and (in_this_chat or _gave(message, giver))


def _gave(message: Inbound, giver: Giver) -> bool:
    return (giver.address.platform, giver.sender) == (message.address.platform, message.sender)
