"""What an officer says of an earlier task that a draft may change."""

from collections.abc import Mapping
from dataclasses import replace

from core.amendments import Proposal, Verdict
from core.drafts import Act, Draft
from core.errors import Refused
from core.texts import amendments as texts
from core.work import TaskRef
from evidence.desk import Desk
from noticing.amending import ALL, NO, YES, alike, offered, target
from records import drafts


async def answer(desk: Desk, draft: Draft, number: int, said: str) -> tuple[Draft, str] | None:
    """The draft with this answer about its proposal, and what is said of it. None: it is no answer to it.

    `said`: YES, NO, ALL, or the task that is meant. Raises Refused where a task would be changed twice.
    """
    one, ref = draft.proposals[number], TaskRef.parse(said)
    if said == NO:
        return await _keep(desk, draft, {number: replace(one, verdict=Verdict.REFUSED)}), texts.REFUSED
    if said == ALL and alike(draft, number):
        ones = {n: replace(draft.proposals[n], verdict=Verdict.CONFIRMED) for n in alike(draft, number)}
        return await _keep(desk, draft, ones), texts.ALL_CONFIRMED
    meant = one.ref if said == YES else ref if ref in offered(one) else None
    if meant is None:
        return None
    rivals = tuple(other for other in offered(one) if other != meant)
    made = replace(one, ref=meant, rivals=rivals, verdict=Verdict.CONFIRMED)
    return await _keep(desk, draft, {number: made}), texts.CONFIRMED


async def _keep(desk: Desk, draft: Draft, answers: Mapping[int, Proposal]) -> Draft:
    ones = tuple(answers.get(number, one) for number, one in enumerate(draft.proposals))
    if ones == draft.proposals:
        return draft
    taken = [one.ref for one in ones if one.verdict is Verdict.CONFIRMED]
    if len(set(taken)) < len(taken):
        raise Refused(texts.TWICE)
    changed = await drafts.change(desk.session, draft, desk.now, proposals=ones)
    for one in answers.values():
        act = Act.AMENDS if one.verdict is Verdict.CONFIRMED else Act.AMENDS_NOT
        before, after = _described(desk, draft, one)
        await drafts.note(desk.session, draft.id, act, draft.person, desk.now, before=before, after=after)
    return changed


def _described(desk: Desk, draft: Draft, one: Proposal) -> tuple[str, str]:
    meant = target(desk, draft.read, one)
    if meant is None:
        return "", ""
    before, after = texts.described(meant.title, meant.before, meant.after)
    return (before, after) if one.verdict is Verdict.CONFIRMED else (before, "")
