"""What an officer settles in a draft: doubts kept, items corrected, dropped and taken back; the log has each.

Items and doubts are numbered from 0, as in the draft's plan.
"""

from dataclasses import replace

from core.clock import local_day
from core.drafts import Act, Draft, Fate
from core.errors import BadInput, Refused
from core.texts import drafts as texts
from core.texts.dates import DAY_BY_HAND
from core.texts.short import cut
from core.work import Obligation
from evidence.desk import Desk
from knowledge.corrections import corrected
from knowledge.drafting import settled_by, with_item
from records import drafts


async def keep(desk: Desk, draft: Draft, number: int) -> Draft:
    """What this open doubt is about stays as it was read."""
    doubt = draft.read.doubts[number]
    item = None if doubt.task is None else doubt.task + 1
    changed = await drafts.change(desk.session, draft, desk.now, settled={**draft.settled, number: Fate.KEPT})
    await drafts.note(desk.session, draft.id, Act.KEPT, draft.person, desk.now, item, before=cut(doubt.message, 200))
    return changed


async def drop(desk: Desk, draft: Draft, item: int) -> Draft:
    """The item is not published. Raises Refused where it is dropped already."""
    if item in draft.dropped:
        raise Refused(texts.already(item + 1, gone=True))
    changed = await drafts.change(desk.session, draft, desk.now, dropped=draft.dropped | {item})
    before = texts.described(draft.read.obligations[item])
    await drafts.note(desk.session, draft.id, Act.DROPPED, draft.person, desk.now, item + 1, before=before)
    return changed


async def restore(desk: Desk, draft: Draft, item: int) -> Draft:
    """The item is published after all. Raises Refused where it was not dropped."""
    if item not in draft.dropped:
        raise Refused(texts.already(item + 1, gone=False))
    changed = await drafts.change(desk.session, draft, desk.now, dropped=draft.dropped - {item})
    after = texts.described(draft.read.obligations[item])
    await drafts.note(desk.session, draft.id, Act.RESTORED, draft.person, desk.now, item + 1, after=after)
    return changed


def as_corrected(desk: Desk, draft: Draft, words: str, task: Obligation) -> Obligation:
    """An item of the draft as these words put it right. Raises Refused."""
    try:
        after = corrected(words, task, draft.read.head, local_day(desk.now))
    except BadInput as bad:
        raise Refused(texts.wrong_day(bad.text)) from bad
    if after is None:
        raise Refused(texts.NOT_UNDERSTOOD)
    return after


async def put_right(desk: Desk, draft: Draft, item: int, after: Obligation) -> Draft:
    """The item is so from now on. One that had been dropped is there again; what was doubtful of what has changed is
    settled.
    """
    before = draft.read.obligations[item]
    after = replace(after, note=_note(before, after))
    settled = {**draft.settled, **settled_by(replace(draft, dropped=draft.dropped - {item}), item, before, after)}
    plan, dropped = with_item(draft.read, item, after), draft.dropped - {item}
    changed = await drafts.change(desk.session, draft, desk.now, plan=plan, settled=settled, dropped=dropped)
    told = texts.described(before), texts.described(after)
    await drafts.note(desk.session, draft.id, Act.CORRECTED, draft.person, desk.now, item + 1, *told)
    return changed


def _note(before: Obligation, after: Obligation) -> str:
    """What is said with an item that somebody has corrected, however often."""
    days = (before.due, before.rule, before.time) != (after.due, after.rule, after.time)
    return DAY_BY_HAND if days or before.note == DAY_BY_HAND else texts.BY_HAND
