"""Where the API answers: a token is looked at, what is asked is checked, faults are JSON."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from aiohttp import hdrs, web
from pydantic import BaseModel, ValidationError

from core.clock import Clock
from core.people import Role
from core.texts import api as texts
from evidence.desk import Desk
from knowledge.index import Index
from records import api_tokens, people
from records.session import Begin, Session
from web.api.models import Fault
from web.api.openapi import document
from web.api.operations import OPERATIONS, Call, NotFound, Operation

BASE = "/api/v1"
_HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


@dataclass(frozen=True, slots=True)
class ApiSite:
    """What it reads from; `index` gives what is on the shelf now."""

    begin: Begin
    index: Callable[[], Index]
    clock: Clock


def add_to(app: web.Application, site: ApiSite) -> None:
    """/api/v1/… for who has a token, /api/v1/openapi.json for everybody."""
    described = document(OPERATIONS, BASE)

    async def describe(request: web.Request) -> web.Response:
        return web.json_response(described, headers=_HEADERS)

    app.router.add_get(f"{BASE}/openapi.json", describe)
    for one in OPERATIONS:
        app.router.add_get(BASE + one.path, _answers(site, one))
        app.router.add_route(hdrs.METH_ANY, BASE + one.path, _only_read)
    app.router.add_route(hdrs.METH_ANY, BASE + "/{rest:.*}", _no_way)


def _answers(site: ApiSite, one: Operation) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(request: web.Request) -> web.StreamResponse:
        async with site.begin() as session:
            call = await _call(site, session, request)
            if call is None:
                return _fault(401, "unauthorized", texts.NO_TOKEN, {"WWW-Authenticate": "Bearer"})
            try:
                asked = one.asks.model_validate(_said(request))
            except ValidationError as error:
                where = ", ".join(sorted({str(fault["loc"][0]) for fault in error.errors() if fault["loc"]}))
                return _fault(422, "invalid", f"{texts.WRONG}: {where}.")
            try:
                return _json(200, await one.does(call, asked))
            except NotFound:
                return _fault(404, "not_found", texts.NOTHING)

    return answer


async def _call(site: ApiSite, session: Session, request: web.Request) -> Call | None:
    """None: no token, or its maker is no officer of that unit any more."""
    scheme, _, token = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
    now = site.clock()
    found = await api_tokens.find(session, token.strip(), now) if scheme.lower() == "bearer" else None
    maker = await people.in_a_unit(session, found.made_by) if found else None
    if found is None or maker is None or maker.unit != found.unit or maker.role not in (Role.STAFF, Role.ADMIN):
        return None
    return Call(Desk(session, site.index(), now), found, maker)


def _said(request: web.Request) -> Mapping[str, object]:
    """Of the address; what is said twice is wrong, as a list is where one value is asked for."""
    query = {name: query[0] if len(query := request.query.getall(name)) == 1 else query for name in request.query}
    return {**query, **request.match_info}


async def _only_read(request: web.Request) -> web.Response:
    return _fault(405, "method_not_allowed", texts.ONLY_READ, {"Allow": "GET, HEAD"})


async def _no_way(request: web.Request) -> web.Response:
    return _fault(404, "not_found", texts.NO_WAY)


def _fault(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> web.Response:
    return _json(status, Fault.model_validate({"code": code, "message": message}), headers)


def _json(status: int, body: BaseModel, headers: Mapping[str, str] | None = None) -> web.Response:
    return web.Response(
        status=status,
        text=body.model_dump_json(),
        content_type="application/json",
        headers={**_HEADERS, **(headers or {})},
    )
