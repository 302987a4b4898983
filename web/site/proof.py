"""One submission: what it is for, its files large, what happened to it, and what the reader may do with it.

Its address brings the cut of the list along, so that the next of the same list comes after it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from aiohttp import web

from core.clock import local_day
from core.errors import Refused
from core.evidence import State, Submission
from core.texts import asking as asking_texts
from core.texts import evidence as evidence_texts
from core.texts import progress as progress_texts
from core.texts import site_proofs as texts
from evidence import asking, extending, giving, proof, proof_list, review
from evidence.desk import title_of
from evidence.proof import May
from knowledge.typed_days import day_in
from records import proofs, submissions, units
from web.site.frame import Done, SitePage, Visit, nothing_here
from web.site.proofs import ADDRESS, cut_of

CODE = "{code:[A-Za-z2-9]{6}}"
_UNITS_OWN = {May.CONFIRM, May.ANYWAY, May.TAKE_BACK}  # its dossier's other parts may change with it


@dataclass(frozen=True, slots=True)
class Around:
    """Where it stands in the list, from 1; 0: not there. Codes before and after it; empty: none."""

    at: int = 0
    of: int = 0
    before: str = ""
    after: str = ""


async def _show(visit: Visit) -> web.Response:
    found = await proof.find(visit.desk, visit.person, visit.part("code"))
    if found is None:
        return nothing_here()
    cut, around = cut_of(visit), await _around(visit, found.handed.submission.code)
    shown: dict[str, Any] = {"its": texts, "proof": found, "submission": found.handed.submission, "list": ADDRESS}
    shown |= {"cut": cut, "around": around, "today": local_day(visit.now), "May": May, "withdrawn": State.WITHDRAWN}
    return visit.page("proof.html", **shown)


async def _around(visit: Visit, code: str) -> Around:
    wanted = cut_of(visit).wanted
    its = await proof_list.scope(visit.desk, visit.person, wanted)
    codes = await proofs.codes(visit.session, proof_list.narrowed(visit.desk, its, wanted))
    if code not in codes:
        return Around(0, len(codes), "", codes[0] if codes else "")
    at = codes.index(code)
    before, after = codes[at - 1] if at else "", codes[at + 1] if at + 1 < len(codes) else ""
    return Around(at + 1, len(codes), before, after)


async def _held(visit: Visit, may: May) -> Submission:
    """What the page is about, if she may do that with it now. Raises Refused."""
    if may in _UNITS_OWN:
        await units.hold(visit.session, visit.person.unit)
    desk, me = visit.desk, visit.person
    found = await submissions.by_code(visit.session, visit.part("code"))
    if found is None or not await proof.opens(desk, me, found):
        raise Refused(evidence_texts.NOT_FOUND)
    if may not in await proof.may(desk, me, found):
        raise Refused(texts.NOT_NOW)
    return found


async def _accept(visit: Visit) -> Done:
    one, to = await _held(visit, May.DECIDE), await _onward(visit)
    await review.accept(visit.desk, one, visit.person)
    return _done(visit, evidence_texts.accepted, one, to)


async def _send_back(visit: Visit) -> Done:
    """For a reason that chat offers, or in her own words, or both."""
    one, to = await _held(visit, May.DECIDE), await _onward(visit)
    picked = [why for why in visit.chosen("mau") if why in evidence_texts.REASONS]
    reason = ". ".join([*picked, *filter(None, [visit.said("lydo")])])
    if not reason:
        raise Refused(texts.NO_REASON)
    await review.send_back(visit.desk, one, visit.person, reason)
    return _done(visit, evidence_texts.sent_back, one, to)


async def _ask(visit: Visit) -> Done:
    one, question = await _held(visit, May.ASK), visit.said("cauhoi")
    if not question:
        raise Refused(texts.NO_QUESTION)
    await asking.ask(visit.desk, one, visit.person, question)
    return _done(visit, asking_texts.asked, one)


async def _extend(visit: Visit) -> Done:
    """The unit of this one has longer for its task."""
    one = await _held(visit, May.EXTEND)
    task, unit, today = visit.desk.task(one.task) if one.task else None, one.giver.unit, local_day(visit.now)
    due = _day(visit.said("den"), today)
    if due is None:
        raise Refused(texts.NO_DAY)
    assert task is not None
    assert one.task is not None
    assert unit is not None
    await extending.grant(visit.desk, visit.person, unit, one.task, task, due)
    return Done(progress_texts.extended(visit.desk.short_name(unit), title_of(task), due), about=one.code)


def _day(said: str, today: date) -> date | None:
    """As the browser's calendar writes it, or as people do; today or later."""
    try:
        found = date.fromisoformat(said)
    except ValueError:
        return day_in(said, today)
    return found if found >= today else None


async def _confirm(visit: Visit) -> Done:
    one, to = await _held(visit, May.CONFIRM), await _onward(visit)
    done = await giving.confirm(visit.desk, one, visit.person)
    assert done is not None
    return Done(evidence_texts.told_of(one.code, done[1]), one.code, to)


async def _not_yet(visit: Visit) -> Done:
    one, to = await _held(visit, May.CONFIRM), await _onward(visit)
    await giving.not_yet(visit.desk, one, visit.person)
    return Done(evidence_texts.NOT_YET_DONE, one.code, to)


async def _anyway(visit: Visit) -> Done:
    one = await _held(visit, May.ANYWAY)
    done = await giving.hand_in_anyway(visit.desk, one, visit.person)
    assert done is not None
    return Done(evidence_texts.told_of(one.code, done[1]), one.code)


async def _take_back(visit: Visit) -> Done:
    one = await _held(visit, May.TAKE_BACK)
    await giving.take_back(visit.desk, one, visit.person)
    return Done(evidence_texts.taken_back(one.code), one.code)


async def _answer(visit: Visit) -> Done:
    one, words = await _held(visit, May.ANSWER), visit.said("dap")
    if not words:
        raise Refused(texts.NO_ANSWER)
    await asking.answer(visit.desk, one, visit.person.id, words)
    office = visit.desk.above(one.giver.unit or "")
    return Done(asking_texts.passed_on(visit.desk.short_name(office.code) if office else ""), one.code)


async def _onward(visit: Visit) -> str:
    """Where to go once it is decided: the next of the list, else the list."""
    cut, around = cut_of(visit), await _around(visit, visit.part("code").upper())
    following = around.after or around.before
    return cut.address(f"{ADDRESS}/{following}") if following else cut.address()


def _done(visit: Visit, said: Callable[[Submission, str], str], one: Submission, to: str = "") -> Done:
    return Done(said(one, visit.desk.short_name(one.giver.unit)), one.code, to)


_ACTS: dict[str, Callable[[Visit], Awaitable[Done]]] = {
    "nhan": _accept,
    "tralai": _send_back,
    "hoi": _ask,
    "giahan": _extend,
    "nop": _confirm,
    "chuanop": _not_yet,
    "vannop": _anyway,
    "rutlai": _take_back,
    "traloi": _answer,
}
PAGE = SitePage(f"/minh-chung/{CODE}", _show, acts=_ACTS)
