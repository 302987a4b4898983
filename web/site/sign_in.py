"""Signing in to the staff site without a password: a link from the chat, a button, a cookie; and signing out."""

import secrets

from aiohttp import web

from core.site import LINK_LIVES, LONGEST
from core.texts import site as texts
from records import people, site_sessions
from web.pages import page
from web.site.forms import said, same
from web.site.frame import HOME, Done, SitePage, StaffSite, Visit, onward, private, refusal
from web.visitors import agent

SESSIONS = f"{HOME}/phien"


def add_to(app: web.Application, site: StaffSite) -> None:
    """The way in."""
    way = _WayIn(site)
    address = rf"{HOME}/vao/{{token:[\w-]{{1,200}}}}"
    app.router.add_get(address, way.ask)
    app.router.add_post(address, way.enter)


class _WayIn:
    """Of who is not signed in yet."""

    def __init__(self, site: StaffSite) -> None:
        self._site = site

    async def ask(self, request: web.Request) -> web.StreamResponse:
        """The button: chat services look at addresses by themselves, and must not use the link up."""
        async with self._site.begin() as session:
            is_open = await site_sessions.link_is_open(session, request.match_info["token"], self._site.clock())
        if not is_open:
            return refusal(404, texts.GONE_TITLE, texts.GONE)
        form = secrets.token_urlsafe(32)
        shown = private(page("site/enter.html", say=texts, form=form, here=request.path))
        self._site.keep(shown, self._site.form_cookie, form, int(LINK_LIVES.total_seconds()), "Strict")
        return shown

    async def enter(self, request: web.Request) -> web.StreamResponse:
        """Signed in, with a session that nobody knew before; one that this browser had ends."""
        brought, expected = await said(request), request.cookies.get(self._site.form_cookie, "")
        if not expected or not same(brought.get("form"), expected):
            return refusal(403, texts.FORM_TITLE, texts.FORM)
        now = self._site.clock()
        async with self._site.begin() as session:
            id = await site_sessions.use_link(session, request.match_info["token"], now)
            person = await people.in_a_unit(session, id) if id is not None else None
            if person is None:
                return refusal(404, texts.GONE_TITLE, texts.GONE)
            before = await site_sessions.find(session, request.cookies.get(self._site.cookie, ""), now)
            if before:
                await site_sessions.end(session, before.person, now, "replaced", before.id)
            token = await site_sessions.start(session, person.id, agent(request), now)
        answer = onward(HOME)
        self._site.keep(answer, self._site.cookie, token, int(LONGEST.total_seconds()))
        self._site.keep(answer, self._site.form_cookie, "", 0)
        return answer


async def _sessions(visit: Visit) -> web.Response:
    """Where she is signed in."""
    open_ones = await site_sessions.open_ones(visit.session, visit.person.id, visit.now)
    return visit.page("sessions.html", sessions=open_ones)


async def _leave(visit: Visit) -> Done:
    """One of her sessions ends."""
    which = visit.said("phien")
    only = int(which) if which.isdecimal() and len(which) <= 18 else 0
    await site_sessions.end(visit.session, visit.person.id, visit.now, "page", only)
    return Done(texts.SESSION_ENDED, about=str(only))


async def _leave_all(visit: Visit) -> Done:
    """All of them, and links that wait."""
    await site_sessions.end(visit.session, visit.person.id, visit.now, "page")
    return Done("")


PAGE = SitePage("/phien", _sessions, texts.SESSIONS, acts={"dangxuat": _leave, "dangxuathet": _leave_all})
