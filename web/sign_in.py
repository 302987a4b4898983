"""Signing in to the staff site without a password: a link from the chat, a button, a cookie; and signing out."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from core.clock import Clock
from core.people import Person
from core.site import LINK_LIVES, LONGEST, SiteSession
from core.texts import site as texts
from knowledge.index import Index
from records import people, site_sessions
from records.session import Begin, Session
from web.pages import page
from web.private import PRIVATE
from web.visitors import agent

HOME = "/trang-quan-ly"
SESSIONS = f"{HOME}/phien"
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class StaffSite:
    """What the pages need. `index` gives what is on the shelf now; `secure`: people come by https."""

    begin: Begin
    index: Callable[[], Index]
    clock: Clock
    secure: bool = True

    @property
    def cookie(self) -> str:
        """Of a session; by https under a name that no other host can set (RFC 6265bis, 4.1.3.2)."""
        return "__Host-nhacviec" if self.secure else "nhacviec"

    @property
    def form_cookie(self) -> str:
        """Of the page with the button, before there is a session."""
        return f"{self.cookie}-vao"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is here, as known now; `form`: what every form of hers must bring back."""

    person: Person
    session: SiteSession
    form: str


def add_to(app: web.Application, site: StaffSite) -> None:
    """The way in, and the page of sessions."""
    pages = _Pages(site)
    way_in = rf"{HOME}/vao/{{token:[\w-]{{1,200}}}}"
    app.router.add_get(way_in, pages.ask)
    app.router.add_post(way_in, pages.enter)
    app.router.add_get(SESSIONS, pages.show)
    app.router.add_post(SESSIONS, pages.leave)


async def visitor(site: StaffSite, session: Session, request: web.Request) -> Visitor | None:
    """Who has signed in and belongs to a unit; None: nobody. Of who has left, the session ends."""
    token = request.cookies.get(site.cookie, "")
    found = await site_sessions.find(session, token, site.clock()) if token else None
    if found is None:
        return None
    person = await people.in_a_unit(session, found.person)
    if person is None:
        await site_sessions.end(session, found.person, site.clock(), "left")
        return None
    return Visitor(person, found, hashlib.sha256(f"form\0{token}".encode()).hexdigest())


def refusal(status: int, title: str, text: str) -> web.Response:
    """A page that says what to do next."""
    return private(page("notice.html", status, title=title, text=text))


def signed_out() -> web.Response:
    """To who must sign in first."""
    return refusal(403, texts.OUT_TITLE, texts.OUT)


def private(response: web.Response) -> web.Response:
    """No cache keeps it, no engine finds it; what may run stands in web.app.HEADERS."""
    response.headers.update(PRIVATE)
    return response


class _Pages:
    """The way in and out."""

    def __init__(self, site: StaffSite) -> None:
        self._site = site

    async def ask(self, request: web.Request) -> web.StreamResponse:
        """The button: chat services look at addresses by themselves, and must not use the link up."""
        async with self._site.begin() as session:
            is_open = await site_sessions.link_is_open(session, request.match_info["token"], self._site.clock())
        if not is_open:
            return refusal(404, texts.GONE_TITLE, texts.GONE)
        form = secrets.token_urlsafe(32)
        shown = private(page("site_enter.html", say=texts, form=form, here=request.path))
        self._set(shown, self._site.form_cookie, form, int(LINK_LIVES.total_seconds()), "Strict")
        return shown

    async def enter(self, request: web.Request) -> web.StreamResponse:
        """Signed in, with a session that nobody knew before; one that this browser had ends."""
        said, expected = await _said(request), request.cookies.get(self._site.form_cookie, "")
        if not expected or not _same(said.get("form", ""), expected):
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
        answer = _onward(HOME)
        self._set(answer, self._site.cookie, token, int(LONGEST.total_seconds()), "Lax")
        self._drop(answer, self._site.form_cookie)
        return answer

    async def show(self, request: web.Request) -> web.StreamResponse:
        """Where she is signed in."""
        async with self._site.begin() as session:
            me = await visitor(self._site, session, request)
            ones = await site_sessions.open_ones(session, me.person.id, self._site.clock()) if me else ()
        if me is None:
            return signed_out()
        return private(page("site_sessions.html", say=texts, me=me, sessions=ones, home=HOME, here=SESSIONS))

    async def leave(self, request: web.Request) -> web.StreamResponse:
        """One of her sessions ends, or all."""
        said = await _said(request)
        async with self._site.begin() as session:
            me = await visitor(self._site, session, request)
            if me is None:
                return signed_out()
            which = said.get("phien", "")
            is_all = which == "tatca"
            if not _same(said.get("form", ""), me.form) or not (is_all or (which.isdecimal() and len(which) <= 18)):
                return refusal(403, texts.FORM_TITLE, texts.FORM)
            only = None if is_all else int(which)
            await site_sessions.end(session, me.person.id, self._site.clock(), "page", only)
        if only not in (None, me.session.id):
            return _onward(SESSIONS)
        out = refusal(200, texts.OUT_TITLE, texts.OUT)
        self._drop(out, self._site.cookie)
        return out

    def _set(self, answer: web.StreamResponse, name: str, value: str, age: int, same_site: str) -> None:
        flags: dict[str, Any] = {"httponly": True, "secure": self._site.secure, "samesite": same_site, "path": "/"}
        answer.set_cookie(name, value, max_age=age, **flags)

    def _drop(self, answer: web.StreamResponse, name: str) -> None:
        self._set(answer, name, "", 0, "Lax")


async def _said(request: web.Request) -> dict[str, str]:
    """The fields of a form of ours; nothing, where it is none."""
    if request.content_type != _FORM:
        return {}
    return {name: value for name, value in (await request.post()).items() if isinstance(value, str)}


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(errors="replace"), other.encode(errors="replace"))


def _onward(to: str) -> web.Response:
    return private(web.Response(status=303, headers={"Location": to}))
