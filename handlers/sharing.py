"""One piece of evidence for several tasks: offered, and done on the word of who speaks for the unit."""

from core.evidence import DONE
from core.message import Inbound, Reply
from core.texts import evidence as texts
from core.work import TaskRef
from evidence.giving import with_its_files
from evidence.placing import MORE, follow_up
from evidence.sharing import share, to_pick_from, what_next
from handlers.context import Context
from handlers.evidence import desk_of, of_mine
from handlers.speaking import refused


async def share_it(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE": for which task? "CODE khac 2": which others? "CODE 3.12": for this one too."""
    code, _, what = rest.partition(" ")
    if not code:
        return Reply(texts.SHARE_HOW)
    desk, submission = desk_of(ctx), await of_mine(message, ctx, code)
    if ctx.person is None or not await desk.speaks_alone(ctx.person, submission.giver.unit):
        raise await refused(desk, ctx.person, submission.giver.unit, texts.ONLY_PRINCIPALS)
    if submission.state not in DONE:
        return Reply(texts.NOTHING_TO_SHARE)
    with_its_files(submission)
    ref = TaskRef.parse(what)
    if ref is None:
        word, _, number = what.partition(" ")
        page = int(number) if word == MORE and number.isdecimal() and int(number) else 1
        offered = await to_pick_from(desk, submission, page)
        return Reply(texts.SHARE_WHICH if offered else texts.name_it(submission.code), offered)
    if desk.task(ref) is None:
        return Reply(texts.TASK_GONE)
    placed = await share(desk, submission, ref, ctx.person)
    if placed is None:
        return Reply(texts.SHARED_BEFORE)
    said, picks = await what_next(desk, placed, await follow_up(desk, placed), ctx.person)
    return Reply(texts.shared(submission.code, texts.told_of(placed.code, said)), picks, tasks=(ref,))
