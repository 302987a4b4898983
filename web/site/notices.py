"""The notices of her unit, the newest first; `?loc=going`: those alone that are so far, `?trang=2`: the older ones."""

from aiohttp import web

from core.notices import Stage
from core.people import Role
from core.texts import site_notices as texts
from noticing.listing import lines
from records import notices
from web.site.frame import HOME, SitePage, Visit
from web.site.paging import SIZE, whole

HEADS = frozenset({Role.PRINCIPAL, Role.STAFF, Role.ADMIN})  # who writes notices in chat
NOTICES, WRITE = f"{HOME}/thong-bao", f"{HOME}/thong-bao/moi"
_STATES = {stage.value: said for stage, said in texts.STATES.items()}


async def _show(visit: Visit) -> web.Response:
    state, number = visit.asked("loc"), max(whole(visit.asked("trang"), 5) or 1, 1)
    stages = (Stage(state),) if state in _STATES else ()
    after = (number - 1) * SIZE
    found = await notices.of_unit(visit.session, visit.person.unit, SIZE + 1, *stages, after=after)
    shown = await lines(visit.session, found[:SIZE])
    more = len(found) > SIZE
    return visit.page(
        "notices.html", its=texts, lines=shown, states=_STATES, state=state, number=number, more=more, write=WRITE
    )


PAGE = SitePage("/thong-bao", _show, texts.NOTICES, HEADS)
