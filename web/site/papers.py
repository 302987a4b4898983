"""The documents that somebody may read, and of an officer what she is checking: `?tim=…&xep=ten&trang=2`."""

from datetime import timedelta
from typing import Any

from aiohttp import web

from core.evidence import Giver
from core.texts import site_papers as texts
from evidence.drafts import may_publish
from evidence.papers import NEWEST, listed
from knowledge.drafting import open_doubts
from knowledge.proposed import open_proposals
from records import drafts, people, uploads
from web.site.frame import SitePage, Visit
from web.site.paging import whole

PAPERS = "/van-ban"
_FAILED_LATELY = timedelta(days=1)


async def _show(visit: Visit) -> web.Response:
    desk, me = visit.desk, visit.person
    order = visit.asked("xep") if visit.asked("xep") in texts.SORTS else NEWEST
    found = listed(desk, me, visit.asked("tim")[:200], order, whole(visit.asked("trang")) or 1)
    publishes = may_publish(desk, me)
    since = visit.now - _FAILED_LATELY
    mine = await drafts.open_ones(visit.session, me.id, me.unit, since) if publishes else ()
    left = [(one, len(open_doubts(one)) + len(open_proposals(one))) for one in mine]
    link = await _link(visit) if publishes and visit.asked("tep") else ""
    values: dict[str, Any] = {"found": found, "order": order, "drafts": left, "publishes": publishes, "link": link}
    return visit.page("papers.html", its=texts, **values)


async def _link(visit: Visit) -> str:
    """The upload page's address, as the chat gives it: what comes through it is told where she writes to the bot."""
    [address, *_] = await people.ways_to(visit.session, visit.person.id) or [None]
    if address is None or not visit.site.house.public_url:
        return ""
    giver = Giver(address, address.chat, False, visit.person.id, visit.person.unit)
    offer = await uploads.offer(visit.session, giver, visit.now)
    return f"{visit.site.house.public_url}/upload/{offer.token}"


PAGE = SitePage(PAPERS, _show, texts.PAPERS)
