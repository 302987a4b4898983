"""What the pages of the staff site share: who is here, what a page is, how its forms act."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import quote, unquote

from aiohttp import web
from aiohttp.web_request import FileField
from multidict import MultiDict, MultiDictProxy

from core.clock import Clock
from core.errors import Refused
from core.health import Machine
from core.people import Person, Role
from core.site import SiteSession
from core.texts import site as texts
from evidence.desk import Desk
from handlers.context import House
from knowledge.index import Index
from records import people, pulse, site_acts, site_sessions
from records.files import FileStore
from records.session import Begin, Session
from web.pages import page
from web.private import PRIVATE
from web.site.forms import Form, said, same

HOME = "/trang-quan-ly"
EVERYBODY = frozenset(Role)
OFFICERS = frozenset({Role.STAFF, Role.ADMIN})
_TOLD = 60  # seconds that what was done waits to be shown


@dataclass(frozen=True, slots=True)
class StaffSite:
    """What the pages need. `index` gives what is on the shelf now; `secure`: people come by https.

    `told`: called when something was done on a page, so that what it has queued goes out. `pause`: between two looks
    at whether something has changed, while a page is open. `machine`: how the service is; asking makes it look again.
    """

    begin: Begin
    store: FileStore
    index: Callable[[], Index]
    clock: Clock
    told: Callable[[], None]
    house: House = House()
    secure: bool = True
    pause: Callable[[], Awaitable[object]] = partial(asyncio.sleep, 2)
    machine: Callable[[], Machine] = Machine

    @property
    def cookie(self) -> str:
        """Of a session; by https under a name that no other host can set (RFC 6265bis, 4.1.3.2)."""
        return "__Host-nhacviec" if self.secure else "nhacviec"

    @property
    def form_cookie(self) -> str:
        """Of the page with the button, before there is a session."""
        return f"{self.cookie}-vao"

    @property
    def told_cookie(self) -> str:
        """What was done, until the next page has shown it."""
        return f"{self.cookie}-xong"

    def keep(self, answer: web.StreamResponse, name: str, value: str, age: int, same_site: str = "Lax") -> None:
        """A cookie for so many seconds; 0: it goes."""
        flags: dict[str, Any] = {"httponly": True, "secure": self.secure, "samesite": same_site, "path": "/"}
        answer.set_cookie(name, value, max_age=age, **flags)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is here, as known now; `form`: what every form of hers must bring back."""

    person: Person
    session: SiteSession
    form: str


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of who has signed in, in one transaction. `fault`: why what she asked for was not done.

    `pulse`: of what is shown (records.pulse).
    """

    site: StaffSite
    request: web.Request
    me: Visitor
    session: Session
    now: datetime
    form: Form
    pulse: str
    fault: str = ""

    @property
    def person(self) -> Person:
        return self.me.person

    @property
    def desk(self) -> Desk:
        house = self.site.house
        return Desk(self.session, self.site.index(), self.now, house.confirm_evidence, house.retention_days)

    def asked(self, name: str) -> str:
        """Of the address, after the question mark; empty: it is not there."""
        return self.request.query.get(name, "").strip()

    def part(self, name: str) -> str:
        """Of the address, as the page's path names it."""
        return self.request.match_info[name]

    def said(self, name: str) -> str:
        """Of the form; empty: nothing was written."""
        found = self.form.get(name, "")
        return found.strip() if isinstance(found, str) else ""

    def chosen(self, name: str) -> tuple[str, ...]:
        """Of the form, where several may be ticked."""
        return tuple(one for one in self.form.getall(name, ()) if isinstance(one, str))

    def file(self, name: str) -> tuple[str, bytes] | None:
        """A small file of the form, its name and bytes; None: none was chosen."""
        found = self.form.get(name)
        return (found.filename, found.file.read()) if isinstance(found, FileField) else None

    def page(self, template: str, status: int = 200, **values: Any) -> web.Response:
        """A page of the site; the template also gets `say`, `me`, `visit` and the menu."""
        return private(page(f"site/{template}", 422 if self.fault else status, **_framed(self), **values))


@dataclass(frozen=True, slots=True)
class Done:
    """What a form has done: `text` is shown on the next page, `about` names what it was done to, for the journal.

    `to`: the next page; empty: the one where the form stands.
    """

    text: str
    about: str = ""
    to: str = ""


Show = Callable[[Visit], Awaitable[web.StreamResponse]]
Act = Callable[[Visit], Awaitable[Done]]  # raises Refused: nothing is done, and the page says why


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page: where it is below HOME, who may open it, and what its forms do, by the value of their button `lam`.

    `name`: in the menu; empty: it does not stand there. An act is written into the journal under its own name.
    """

    path: str
    show: Show
    name: str = ""
    roles: frozenset[Role] = EVERYBODY
    acts: Mapping[str, Act] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"{HOME}{self.path}"


MENU: web.AppKey[Sequence[SitePage]] = web.AppKey("menu", Sequence[SitePage])


def add_pages(app: web.Application, site: StaffSite, pages: Sequence[SitePage]) -> None:
    """Where they answer: GET shows a page, POST acts."""
    app[MENU] = pages
    for its in pages:
        shown = _Shown(site, its)
        app.router.add_get(its.address, shown.show)
        if its.acts:
            app.router.add_post(its.address, shown.act)


async def visitor(site: StaffSite, session: Session, request: web.Request, *, is_use: bool = True) -> Visitor | None:
    """Who has signed in and belongs to a unit; None: nobody. Of who has left, the session ends.

    `is_use`: it goes on for longer because of this.
    """
    token = request.cookies.get(site.cookie, "")
    found = await site_sessions.find(session, token, site.clock(), is_use=is_use) if token else None
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


def nothing_here() -> web.Response:
    """No such thing, or not hers to see: it looks the same."""
    return refusal(404, texts.NOTHING_TITLE, texts.NOTHING)


def private(response: web.Response) -> web.Response:
    """No cache keeps it, no engine finds it; what may run stands in web.app.HEADERS."""
    response.headers.update(PRIVATE)
    return response


def onward(to: str) -> web.Response:
    """After a form: the page to look at now."""
    return private(web.Response(status=303, headers={"Location": to}))


class _Shown:
    """A page's two ways: to look at it, and to do something there."""

    def __init__(self, site: StaffSite, its: SitePage) -> None:
        self._site, self._its = site, its

    async def show(self, request: web.Request) -> web.StreamResponse:
        async with self._site.begin() as session:
            visit = await self._visit(session, request, MultiDictProxy(MultiDict()))
            if isinstance(visit, web.Response):
                return visit
            answer = await self._its.show(visit)
        if self._site.told_cookie in request.cookies and not answer.prepared:
            self._site.keep(answer, self._site.told_cookie, "", 0)
        return answer

    async def act(self, request: web.Request) -> web.StreamResponse:
        try:
            form = await said(request)
        except web.HTTPRequestEntityTooLarge:
            return refusal(413, texts.FORM_TITLE, texts.TOO_LARGE)
        try:
            async with self._site.begin() as session:
                visit = await self._visit(session, request, form)
                if isinstance(visit, web.Response):
                    return visit
                act = self._its.acts.get(visit.said("lam"))
                if act is None or not same(form.get("form"), visit.me.form):
                    return refusal(403, texts.FORM_TITLE, texts.FORM)
                done = await act(visit)
                await site_acts.note(session, visit.me.session, visit.person, visit.said("lam"), done.about, visit.now)
        except Refused as why:
            return await self._again(request, form, str(why))
        self._site.told()
        answer = onward(done.to or request.path_qs)
        self._site.keep(answer, self._site.told_cookie, quote(done.text)[:3000], _TOLD)
        return answer

    async def _again(self, request: web.Request, form: Form, why: str) -> web.StreamResponse:
        """The page with what she wrote, and why it was not done."""
        async with self._site.begin() as session:
            visit = await self._visit(session, request, form)
            return visit if isinstance(visit, web.Response) else await self._its.show(replace(visit, fault=why))

    async def _visit(self, session: Session, request: web.Request, form: Form) -> Visit | web.Response:
        """Who has not signed in, or must not see the page, gets another."""
        me = await visitor(self._site, session, request)
        if me is None:
            return signed_out()
        if me.person.role not in self._its.roles:
            return nothing_here()
        return Visit(self._site, request, me, session, self._site.clock(), form, await pulse.of(session))


def _framed(visit: Visit) -> dict[str, Any]:
    """What the frame around every page is made from."""
    told = unquote(visit.request.cookies.get(visit.site.told_cookie, ""))
    frame = {"say": texts, "me": visit.me, "visit": visit, "fault": visit.fault, "told": "" if visit.fault else told}
    menu = [one for one in visit.request.app[MENU] if one.name and visit.person.role in one.roles]
    return {**frame, "home": HOME, "menu": menu}
