"""Which part of its dossier a file is, where neither its name nor the caption says so: picked, or typed."""

from core.archives import original
from core.evidence import NO_PART, State, Submission
from core.message import Inbound, Reply
from core.texts import evidence as texts
from core.texts import rules
from evidence.desk import Desk
from evidence.giving import with_its_files
from evidence.parts import named_part
from evidence.placing import follow_up, take_as_it_is
from evidence.questions import Asked, faults_of, open_part, picks
from evidence.sharing import what_next
from handlers.context import Context
from handlers.evidence import desk_of, to_change
from handlers.files import giver_of
from records import given, received

LONGEST = 60  # characters of a text that may name a part


async def which(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE MARK 1": these files are the second of the parts that have not come; "CODE MARK -": none of them."""
    code, _, said = rest.partition(" ")
    desk, submission = desk_of(ctx), await to_change(message, ctx, code)
    if submission.state is not State.QUESTIONED:
        return Reply(rules.NOT_WAITING)
    with_its_files(submission)
    asked = await open_part(desk, submission, await faults_of(desk, submission))
    mark, _, number = said.partition(" ")
    part = _part(asked, number) if asked and mark == asked.mark else ""
    if not asked or not part:
        lines = [rules.PART_KNOWN, await follow_up(desk, submission)]
        return Reply(texts.told_of(submission.code, "\n".join(lines)), await picks(desk, submission))
    return await _note(desk, ctx, submission, asked, part)


async def in_words(message: Inbound, ctx: Context) -> Reply | None:
    """ "biên bản", where the sender is asked about a file; None: this says something else."""
    if len(message.text) > LONGEST or message.text.rstrip().endswith("?"):
        return None
    for one in await given.questioned_of(ctx.session, giver_of(message, ctx)):
        desk = desk_of(ctx)
        asked = await open_part(desk, one, await faults_of(desk, one))
        if asked and (part := named_part(asked.parts, message.text)):
            return await which(message, ctx, f"{one.code} {asked.mark} {asked.parts.index(part)}")
    return None


async def _note(desk: Desk, ctx: Context, submission: Submission, asked: Asked, part: str) -> Reply:
    """The dossier may be whole by it: then it is handed in, with all that waited for the rest."""
    files = {original(file) for file in asked.files}
    await received.call_part(ctx.session, submission.id, files, part)
    said = rules.part_noted(asked.names, "" if part == NO_PART else part, pictures=asked.pictures)
    if not await faults_of(desk, submission):
        submission = await take_as_it_is(desk, submission, ctx.person)
    told, choices = await what_next(desk, submission, await follow_up(desk, submission), ctx.person)
    tasks = (submission.task,) if submission.task else ()
    return Reply(texts.told_of(submission.code, f"{said}\n{told}"), choices, tasks=tasks)


def _part(asked: Asked, number: str) -> str:
    """Empty: there is none of this number."""
    if number == NO_PART:
        return NO_PART
    return asked.parts[int(number)] if number.isdecimal() and int(number) < len(asked.parts) else ""
