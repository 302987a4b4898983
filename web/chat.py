"""The demo's chat page and its endpoints: post a message, listen, open a source, move the clock."""

import json
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from aiohttp import web

from core.capabilities import WEB_CHAT, WEB_FILES
from core.clock import local_day
from core.errors import Unreadable
from core.people import Role
from core.texts.demo import day_in_words
from core.work import Part, Passage, Plan
from web import chat_files
from web.demo import DECEMBER, DemoSite, Event, Persona
from web.pages import page
from web.site.frame import HOME
from web.webhooks import Store

AROUND = 12  # passages shown before and after the cited one
FURTHEST = 3660  # days the clock may be moved at once


def add_to(app: web.Application, site: DemoSite, store: Store) -> None:
    """The chat page under /chat; / leads to it."""
    chat = _Chat(site, store)
    app.router.add_get("/", _to_chat)
    app.router.add_get("/chat", chat.page)
    app.router.add_post("/chat/messages", chat.post)
    app.router.add_get("/chat/events", chat.events)
    app.router.add_get(r"/chat/source/{document:\d{1,12}}/{passage:\d{1,9}}", chat.source)
    app.router.add_post("/chat/clock", chat.clock)
    app.router.add_post("/chat/trang-quan-ly", chat.staff_site)
    chat_files.add_to(app, site)
    app.on_shutdown.append(chat.close)


async def _to_chat(request: web.Request) -> web.Response:
    raise web.HTTPFound("/chat")


@dataclass(frozen=True)
class _Chat:
    site: DemoSite
    store: Store

    async def page(self, request: web.Request) -> web.Response:
        """The page itself."""
        day = local_day(self.site.now())
        areas: dict[str, list[Persona]] = {}
        for persona in self.site.personas:
            areas.setdefault(persona.area, []).append(persona)
        days: dict[str, Any] = {"day": day, "next_day": day + timedelta(days=1), "day_words": day_in_words(day)}
        officer = next((one.id for one in self.site.personas if one.role is Role.STAFF), "")
        december = officer if day < DECEMBER else ""
        return page("chat.html", areas=areas, december=december, biggest=WEB_CHAT.files_in, most=WEB_FILES, **days)

    async def post(self, request: web.Request) -> web.Response:
        """A message from the page: 200 once stored; 400 where it cannot be read or names nobody of the demo."""
        body = await _json_body(request)
        talks = self.site.talks
        try:
            deliveries = talks.accept(request.headers, body)
            messages = [talks.read(delivery.raw) for delivery in deliveries]
        except Unreadable:
            raise web.HTTPBadRequest from None
        for message in messages:
            persona = self.site.persona(message.sender) if message else None
            if message is None or persona is None or message.address.chat not in persona.chats:
                raise web.HTTPBadRequest
            if not all(self.site.sent.holds(persona.id, file) for file in message.files):
                raise web.HTTPBadRequest
        await self.store(deliveries)
        for delivery in deliveries:
            talks.show(delivery)
        return web.json_response({"ok": True})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Both chats of a persona as server-sent events, from the one after `Last-Event-ID` or `?after=`."""
        persona = self.site.persona(request.query.get("persona", ""))
        if persona is None:
            raise web.HTTPNotFound
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        after = request.headers.get("Last-Event-ID") or request.query.get("after", "")
        try:
            await response.write(b"retry: 1500\n\n")
            async with aclosing(self.site.talks.subscribe(persona.chats, after)) as events:
                async for event in events:
                    await response.write(_sse(event))
        except ConnectionResetError:
            pass  # the page is gone; it comes back by itself
        return response

    async def source(self, request: web.Request) -> web.Response:
        """A passage with what stands around it, as JSON; 404 where there is none."""
        plan = await self.site.passages(int(request.match_info["document"]))
        place = int(request.match_info["passage"])
        if plan is None or all(passage.place != place for passage in plan.passages):
            raise web.HTTPNotFound
        return web.json_response(_extract(plan, place), headers={"Cache-Control": "no-store"})

    async def clock(self, request: web.Request) -> web.Response:
        """Move the clock by `days`, or forward to the day `to`; answers the day it is then."""
        days = self._days(await _json_body(request))
        if not 0 < days <= FURTHEST:
            raise web.HTTPBadRequest
        day = await self._moved(days)
        return web.json_response({"day": day.isoformat(), "text": day_in_words(day)})

    async def staff_site(self, request: web.Request) -> web.Response:
        """The way into the staff site for `persona`, as JSON; with `december` filled, on the day up to which it is."""
        try:
            asked = json.loads(await _json_body(request))
            persona, fills = self.site.persona(asked["persona"]), asked.get("december") is True
        except (ValueError, TypeError, KeyError, RecursionError):
            raise web.HTTPBadRequest from None
        if persona is None:
            raise web.HTTPBadRequest
        days = (DECEMBER - local_day(self.site.now())).days
        if fills and days > 0:
            await self.site.december()
            await self._moved(days)
        return web.json_response({"address": f"{HOME}/vao/{await self.site.way_in(persona.id)}"})

    async def _moved(self, days: int) -> date:
        """The day that it is then; everybody is told, and what it brings is done."""
        self.site.move_clock(days)
        day = local_day(self.site.now())
        chats = dict.fromkeys(chat for persona in self.site.personas for chat in persona.chats)
        self.site.talks.announce(tuple(chats), day, day_in_words(day))
        for work in self.site.at_once:
            await work()
        return day

    async def close(self, app: web.Application) -> None:
        self.site.talks.close()

    def _days(self, body: bytes) -> int:
        try:
            asked = json.loads(body)
            if "to" in asked:
                return (date.fromisoformat(asked["to"]) - local_day(self.site.now())).days
            return int(asked["days"])
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            raise web.HTTPBadRequest from None


async def _json_body(request: web.Request) -> bytes:
    """The body; 415 unless declared as JSON, which another site's page cannot do without our leave."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    return await request.read()


def _sse(event: Event | None) -> bytes:
    if event is None:
        return b": still here\n\n"
    mark = f"id: {event.id}\n" if event.id else ""
    return f"{mark}data: {event.data}\n\n".encode()


def _extract(plan: Plan, place: int) -> dict[str, Any]:
    at = next(i for i, passage in enumerate(plan.passages) if passage.place == place)
    first, last = max(0, at - AROUND), min(len(plan.passages), at + AROUND + 1)
    window = plan.passages[first:last]
    cited = _whole(plan.passages[at], window)
    return {
        "title": plan.head.title or plan.source_file,
        "number": plan.head.number or plan.head.number_as_written or "",
        "issuer": plan.head.issuing_body or "",
        "file": plan.source_file,
        "before": first > 0,
        "after": last < len(plan.passages),
        "passages": [
            {
                "text": passage.text,
                "line": passage.line,
                "row": passage.row,
                "heading": passage.part is Part.HEADING,
                "cited": passage is cited,
            }
            for passage in window
            if _whole(passage, window) is passage
        ],
    }


def _whole(passage: Passage, window: Sequence[Passage]) -> Passage:
    """The first passage of the same line that holds this one's words: a row, where this is one of its sentences."""
    return next(other for other in window if other.line == passage.line and passage.text in other.text)
