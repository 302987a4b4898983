"""A draft beside the document that it was read from, for the officer who checks it: doubts, changes, items."""

from typing import Any

from aiohttp import web

from core.drafts import Draft, Stage
from core.errors import Refused
from core.texts import amendments
from core.texts import drafts as said_of
from core.texts import site_papers as texts
from core.work import Obligation
from knowledge.corrections import renamed
from knowledge.drafting import open_doubts
from knowledge.proposed import asked_about
from noticing import draft_items
from noticing import drafts as kept
from noticing.amending import ALL, NO, YES
from noticing.amending_answers import answer
from noticing.checking import issuers
from noticing.draft_sheet import draft_sheet
from records import drafts
from web.site.frame import HOME, OFFICERS, Done, SitePage, Visit, nothing_here
from web.site.paging import SIZE, sheet, whole
from web.site.papers import PAPERS

DRAFT = f"{PAPERS}/nhap/{{code}}"
_MOST_TYPED = 400  # characters


def address(draft: Draft, step: str = "") -> str:
    """Of a draft's page, or of one below it."""
    return f"{HOME}{PAPERS}/nhap/{draft.code}{step}"


async def own(visit: Visit) -> Draft:
    """The draft of the address. Raises Refused where it is not hers."""
    return await kept.own(visit.desk, visit.person, visit.part("code"))


async def to_check(visit: Visit) -> Draft:
    """The same of one that is being checked. Raises Refused."""
    draft = await own(visit)
    kept.must_be_read(draft)
    return draft


async def _show(visit: Visit) -> web.Response:
    try:
        draft = await own(visit)
    except Refused:
        return nothing_here()
    log = await drafts.log(visit.session, draft.id)
    if draft.stage is not Stage.READ:
        return visit.page("draft_closed.html", its=texts, draft=draft, log=log)
    desk = visit.desk
    found = draft_sheet(desk, draft)
    values: dict[str, Any] = {"draft": draft, "sheet": found, "log": log, "items": sheet(visit, found.items)}
    values["page_of"] = {one.number: one.number // SIZE + 1 for one in found.items}
    values["issuers"] = issuers(desk, draft.unit)
    return visit.page("draft.html", its=texts, here=address(draft), **values)


async def _keep(visit: Visit) -> Done:
    draft, number = await to_check(visit), _number(visit, "cho")
    if number not in open_doubts(draft):
        return _done(visit, draft, said_of.kept(None))
    item = draft.read.doubts[number].task
    return _done(
        visit, await draft_items.keep(visit.desk, draft, number), said_of.kept(None if item is None else item + 1)
    )


async def _drop(visit: Visit) -> Done:
    draft = await to_check(visit)
    item = _item(visit, draft)
    return _done(visit, await draft_items.drop(visit.desk, draft, item), said_of.dropped(item + 1), item)


async def _restore(visit: Visit) -> Done:
    draft = await to_check(visit)
    item = _item(visit, draft)
    return _done(visit, await draft_items.restore(visit.desk, draft, item), said_of.restored(item + 1), item)


async def _correct(visit: Visit) -> Done:
    """What is typed beside a doubt, or in the fields of an item."""
    draft = await to_check(visit)
    item = _item(visit, draft)
    before = draft.read.obligations[item]
    after = _typed(visit, draft, before)
    if after == before:
        raise Refused(texts.NOTHING_CHANGED)
    changed = await draft_items.put_right(visit.desk, draft, item, after)
    return _done(visit, changed, said_of.understood(item + 1, changed.read.obligations[item]), item)


def _typed(visit: Visit, draft: Draft, task: Obligation) -> Obligation:
    for name in ("han", "gui"):
        if words := visit.said(name)[:_MOST_TYPED]:
            task = draft_items.as_corrected(visit.desk, draft, words, task)
    title = visit.said("viec").split()  # its field holds the item's own words until others are written
    return renamed(" ".join(title), task) if title and title != task.task.split() else task


async def _answer(visit: Visit) -> Done:
    draft, number = await to_check(visit), _number(visit, "viec")
    said = {"vb-dung": YES, "vb-khong": NO, "vb-ca": ALL}.get(visit.said("lam")) or visit.said("khac")
    answered = await answer(visit.desk, draft, number, said) if number in asked_about(draft) else None
    if answered is None:
        raise Refused(amendments.RIGHT)
    return Done(answered[1], draft.code, f"{visit.request.path_qs}#viec-cu")


async def _issuer(visit: Visit) -> Done:
    draft = await to_check(visit)
    changed = await kept.set_issuer(visit.desk, draft, visit.said("donvi"))
    return Done(visit.desk.short_name(changed.issuer), draft.code)


async def _cancel(visit: Visit) -> Done:
    draft = await own(visit)
    await kept.cancel(visit.desk, draft)
    return Done(said_of.CANCELLED, draft.code, f"{HOME}{PAPERS}")


def _done(visit: Visit, draft: Draft, text: str, item: int | None = None) -> Done:
    """Back to the doubts where it was done there, else to the item."""
    at = "soat" if item is None or visit.said("cho") else f"muc-{item + 1}"
    return Done(text, draft.code, f"{visit.request.path_qs}#{at}")


def _number(visit: Visit, name: str) -> int:
    """-1: it is none."""
    found = whole(visit.said(name), 6)
    return -1 if found is None else found


def _item(visit: Visit, draft: Draft) -> int:
    """Raises Refused."""
    number, most = _number(visit, "muc"), len(draft.read.obligations)
    if not 0 <= number < most:
        raise Refused(said_of.no_item(number + 1, most))
    return number


PAGE = SitePage(
    DRAFT,
    _show,
    roles=OFFICERS,
    acts={
        "vb-giu": _keep,
        "vb-sua": _correct,
        "vb-bo": _drop,
        "vb-lay": _restore,
        "vb-dung": _answer,
        "vb-khong": _answer,
        "vb-ca": _answer,
        "vb-khac": _answer,
        "vb-donvi": _issuer,
        "vb-huy": _cancel,
    },
)
