"""The notices of her unit, the newest first; `?loc=going`: those alone that are so far, `?trang=2`: the older ones."""

from aiohttp import web

from core.notices import Stage
from core.people import Role
from core.texts import site_notices as texts
from noticing.listing import lines
from records import notices
from web.site.frame import HOME, SitePage, Visit

HEADS = frozenset({Role.PRINCIPAL, Role.STAFF, Role.ADMIN})  # who writes notices in chat
NOTICES, WRITE = f"{HOME}/thong-bao", f"{HOME}/thong-bao/moi"
ON_A_PAGE = 50
_STATES = {stage.value: said for stage, said in texts.STATES.items()}


async def _show(visit: Visit) -> web.Response:
    state, number = visit.asked("loc"), page_number(visit)
    stages = (Stage(state),) if state in _STATES else ()
    after = (number - 1) * ON_A_PAGE
    found = await notices.of_unit(visit.session, visit.person.unit, ON_A_PAGE + 1, *stages, after=after)
    shown = await lines(visit.session, found[:ON_A_PAGE])
    more = len(found) > ON_A_PAGE
    return visit.page(
        "notices.html", its=texts, lines=shown, states=_STATES, state=state, number=number, more=more, write=WRITE
    )


def page_number(visit: Visit) -> int:
    """Of a list that is shown in parts, from 1."""
    said = visit.asked("trang")
    return max(int(said), 1) if said.isdecimal() and len(said) < 6 else 1


PAGE = SitePage("/thong-bao", _show, texts.NOTICES, HEADS)
