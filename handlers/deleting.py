"""Deleting evidence because somebody asks for it, and the certificates of what was deleted."""

from collections.abc import Sequence

from core.errors import Refused
from core.evidence import Submission
from core.message import Choice, Inbound, Reply, StoredFile
from core.people import Person, Role
from core.texts import evidence as evidence_texts
from core.texts import privacy as texts
from evidence.deleting import on_request, sharing
from handlers.context import Context
from handlers.evidence import desk_of
from records import deleting, deletions, submissions
from records.deleting import Held

COMMAND, WHOLE, YES = "/xoaminhchung", "het", "dong y"
SHOWN = 10  # certificates of one message


async def delete(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE": all of it, or which file? "CODE het", "CODE 17": sure? "CODE 17 dong y": deleted."""
    code, _, said = rest.partition(" ")
    if not code:
        return Reply(texts.HOW_TO_DELETE, private=True)
    submission, me = await _mine(ctx, code)
    held = await deleting.held(ctx.session, [submission.id])
    if not held:
        return Reply(texts.NOTHING_LEFT, private=True)
    what = said.removesuffix(YES).strip()
    if not what:
        return Reply(texts.which(submission, len(held)), _picks(submission.code, held), private=True)
    files = [one for one in held if what in (WHOLE, str(one.id))]
    if not files:
        return Reply(texts.FILE_GONE, private=True)
    others = await sharing(desk_of(ctx), submission, files)
    for other in others:
        await _settled(ctx, other.submission)
    if not said.endswith(YES):
        named = "" if what == WHOLE else files[0].name
        picks = Choice(texts.SURE, f"{COMMAND} {submission.code} {what} {YES}"), Choice(texts.KEEP, "/huy")
        return Reply(texts.sure(submission, named, others), picks, private=True)
    made = await on_request(desk_of(ctx), submission, files, me)
    return Reply(texts.done(submission.code, made) if made else texts.FILE_GONE, private=True)


async def certificates(message: Inbound, ctx: Context, rest: str) -> Reply:
    """The unit's, or the Word file of the one with this code."""
    me = ctx.person
    if me is None or me.role is Role.TEACHER:
        raise Refused(texts.ONLY_PRINCIPALS)
    if rest:
        return await _certificate(ctx, me, rest.strip().upper())
    made = await deletions.of_unit(ctx.session, me.unit)
    return Reply(texts.certificates(made, SHOWN) if made else texts.NO_CERTIFICATES, private=True)


async def _certificate(ctx: Context, me: Person, code: str) -> Reply:
    made = next((one for one in await deletions.of_unit(ctx.session, me.unit) if one.code == code), None)
    if made is None:
        return Reply(texts.NO_CERTIFICATE, private=True)
    paper = await deletions.paper_of(ctx.session, made.number)
    if paper is None:
        return Reply(texts.NOT_READY, private=True)
    file = StoredFile(paper.sha256, texts.file_name(code), paper.mime, paper.size)
    return Reply(texts.certificate(made), files=(file,), private=True)


def _picks(code: str, held: Sequence[Held]) -> tuple[Choice, ...]:
    files = (
        Choice(texts.one_of(number, one.name, one.size), f"{COMMAND} {code} {one.id}")
        for number, one in enumerate(held, 1)
    )
    return (Choice(texts.whole(len(held)), f"{COMMAND} {code} {WHOLE}"), *(files if len(held) > 1 else ()))


async def _mine(ctx: Context, code: str) -> tuple[Submission, Person]:
    """The submission of this code, of which nothing is awaited, for who gives the unit's word. Raises Refused."""
    me, found = ctx.person, await submissions.find(ctx.session, code)
    if me is None or found is None or found.giver.unit != me.unit:
        raise Refused(evidence_texts.NOT_FOUND)
    if me.role is Role.TEACHER:  # not a deputy either: what is deleted cannot be had back
        raise Refused(texts.ONLY_PRINCIPALS)
    await _settled(ctx, found)
    return found, me


async def _settled(ctx: Context, submission: Submission) -> None:
    if await deleting.is_awaited(ctx.session, submission.id):
        raise Refused(texts.not_yet(submission.code))
