"""What will happen once a draft is published, and the button that does it."""

from typing import Any

from aiohttp import web

from core.drafts import Draft, Stage
from core.errors import Refused
from core.texts import drafts as said_of
from core.texts import site_papers as texts
from knowledge.drafting import open_doubts
from noticing.drafts import with_changes
from noticing.publishing import against, preview, publish_once
from web.site.draft import DRAFT, address, own, to_check
from web.site.frame import HOME, OFFICERS, Done, SitePage, Visit, nothing_here, onward
from web.site.papers import PAPERS


async def _show(visit: Visit) -> web.Response:
    try:
        draft = await own(visit)
    except Refused:
        return nothing_here()
    if draft.stage is not Stage.READ:
        return onward(address(draft))
    draft = await with_changes(visit.desk, draft)
    why = _against(draft)
    doubts = [draft.read.doubts[number] for number in open_doubts(draft)]
    said = "" if why else await preview(visit.desk, draft)
    values: dict[str, Any] = {"draft": draft, "why": why, "doubts": doubts, "preview": said, "back": address(draft)}
    return visit.page("draft_publishing.html", its=texts, **values)


async def _publish(visit: Visit) -> Done:
    """Once, as it was previewed."""
    draft = await with_changes(visit.desk, await to_check(visit))
    if why := _against(draft):
        raise Refused(why)
    if visit.said("ban") != str(draft.revision):
        raise Refused(said_of.changed())
    if open_doubts(draft) and not visit.said("van"):
        raise Refused(texts.STILL_DOUBTFUL)
    at = visit.site.house.hours.open_at(visit.now)
    done = await publish_once(visit.desk, draft, at)
    if done is None:
        return Done(said_of.known(draft.name), draft.code, f"{HOME}{PAPERS}")
    published, told = done
    return Done(said_of.published(published, told, at, visit.now), draft.code, address(published))


def _against(draft: Draft) -> str:
    return against(draft) if draft.issuer else texts.NO_ISSUER


PAGE = SitePage(f"{DRAFT}/cong-bo", _show, roles=OFFICERS, acts={"vb-congbo": _publish})
