"""A calendar of due days for whoever has a link to it: phones and calendar services ask for it again and again."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from core.calendar import CalendarLink
from core.clock import Clock, local_day
from core.texts import calendar as texts
from evidence.desk import Desk
from knowledge.index import Index
from records import calendars, memberships
from records.session import Begin, Session
from reminding.calendar import feed
from reminding.ics import write
from web.private import PRIVATE, gone


@dataclass(frozen=True, slots=True)
class CalendarSite:
    """What the feed needs. `index` gives what is on the shelf now."""

    begin: Begin
    index: Callable[[], Index]
    clock: Clock


def add_to(app: web.Application, site: CalendarSite) -> None:
    """/calendar/<token>.ics, by GET and HEAD alone. Whatever is wrong with a link, the answer is the same."""

    async def show(request: web.Request) -> web.StreamResponse:
        now = site.clock()
        async with site.begin() as session:
            link = await calendars.find(session, request.match_info["token"])
            units = await _units(session, link) if link else ()
            if link is None or not units:
                raise gone()
            desk = Desk(session, site.index(), now)
            name = texts.name([desk.short_name(unit) for unit in units])
            body = write(name, await feed(desk, units, local_day(now)))
            etag = hashlib.sha256(body).hexdigest()[:32]
            changed = await calendars.note_read(session, link, etag, now)
        return _answer(request, body, etag, changed)

    async def nothing(request: web.Request) -> web.StreamResponse:
        raise gone()

    app.router.add_get(r"/calendar/{token:[\w-]{1,200}}.ics", show)
    app.router.add_get("/calendar/{rest:.*}", nothing)


async def _units(session: Session, link: CalendarLink) -> Sequence[str]:
    """Those of the calendar; of who has left hers, none."""
    if link.of.unit:
        return (link.of.unit,)
    return tuple(dict.fromkeys(one.unit for one in await memberships.of_person(session, link.of.person)))


def _answer(request: web.Request, body: bytes, etag: str, changed: datetime) -> web.Response:
    fresh = web.Response(body=body, content_type="text/calendar", charset="utf-8")
    fresh.headers["Content-Disposition"] = f'inline; filename="{texts.FILE_NAME}"'
    answer = web.Response(status=304) if _has_it(request, etag, changed) else fresh
    answer.etag, answer.last_modified = etag, changed
    answer.headers.update({**PRIVATE, "Cache-Control": "private, no-cache"})  # kept, but asked for again each time
    return answer


def _has_it(request: web.Request, etag: str, changed: datetime) -> bool:
    """What it has goes by its mark, and by the second only where it names no mark (RFC 9110, 13.2.2)."""
    if request.if_none_match is not None:
        return any(one.value in (etag, "*") for one in request.if_none_match)
    since = request.if_modified_since
    return since is not None and changed.replace(microsecond=0) <= since
