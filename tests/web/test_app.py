"""Webhooks, health and headers of the real site."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application

from core.errors import Forged, Unreadable
from core.message import Address, FileRef, Inbound, Outbound
from core.platform import Delivery, Limits, Platform
from tests.web.stage import stage
from web.app import MAX_BODY, build


@dataclass(frozen=True, slots=True)
class Postman:
    """A service that signs with the word "thật" and numbers its updates."""

    name: str = "telegram"
    limits: Limits = Limits(text=100)
    group_limits: Limits = Limits(text=100)

    def accept(self, headers: Mapping[str, str], body: bytes) -> list[Delivery]:
        if headers.get("X-Secret") != "that":
            raise Forged
        try:
            return [Delivery(self.name, str(json.loads(body)["update_id"]), body)]
        except (ValueError, KeyError) as e:
            raise Unreadable("no id") from e

    def read(self, raw: bytes) -> Inbound | None:
        return None

    async def send(self, message: Outbound) -> str:
        return ""

    async def fetch(self, file: FileRef, into: BinaryIO) -> None:
        pass

    async def typing(self, address: Address) -> None:
        pass

    async def acknowledge(self, raw: bytes) -> None:
        pass


@dataclass(slots=True)
class Inbox:
    kept: list[str] = field(default_factory=list)
    full: bool = False

    async def store(self, deliveries: Sequence[Delivery]) -> None:
        if self.full:
            raise OSError("disk full")
        self.kept += [delivery.id for delivery in deliveries]


@dataclass(slots=True)
class Parts:
    works: bool = True

    async def ready(self) -> Mapping[str, bool]:
        return {"database": True, "telegram": self.works}


def site(inbox: Inbox, parts: Parts, **platforms: Platform) -> Application:
    return build(platforms=platforms, store=inbox.store, ready=parts.ready, demo=None)


def client(inbox: Inbox) -> TestClient:  # type: ignore[type-arg]  # its parameters differ between releases
    return TestClient(TestServer(site(inbox, Parts(), telegram=Postman())))


SECRET = {"X-Secret": "that"}


async def test_a_delivery_is_stored_before_it_is_acknowledged() -> None:
    inbox = Inbox()
    async with client(inbox) as service:
        answer = await service.post("/webhook/telegram", data=b'{"update_id": 7}', headers=SECRET)
        assert (answer.status, await answer.json(), inbox.kept) == (200, {"ok": True}, ["7"])


async def test_what_could_not_be_stored_is_not_acknowledged() -> None:
    async with client(Inbox(full=True)) as service:
        answer = await service.post("/webhook/telegram", data=b'{"update_id": 7}', headers=SECRET)
        assert answer.status == 500


async def test_a_forged_delivery_is_refused_and_not_kept() -> None:
    inbox = Inbox()
    async with client(inbox) as service:
        answer = await service.post("/webhook/telegram", data=b'{"update_id": 7}')
        assert (answer.status, inbox.kept) == (403, [])


@pytest.mark.parametrize("body", [b"", b"{}", b"\x00\xff"])
async def test_a_delivery_without_an_id_is_refused(body: bytes) -> None:
    inbox = Inbox()
    async with client(inbox) as service:
        answer = await service.post("/webhook/telegram", data=body, headers=SECRET)
        assert (answer.status, inbox.kept) == (400, [])


async def test_a_body_over_the_limit_is_refused_unread() -> None:
    inbox = Inbox()
    async with client(inbox) as service:
        answer = await service.post("/webhook/telegram", data=BytesIO(b" " * (MAX_BODY + 1)), headers=SECRET)
        assert (answer.status, inbox.kept) == (413, [])


async def test_only_services_that_run_have_a_webhook() -> None:
    async with TestClient(TestServer(site(Inbox(), Parts()))) as service:
        assert (await service.post("/webhook/telegram", data=b'{"update_id": 7}', headers=SECRET)).status == 404


async def test_health_and_readiness_are_two_things() -> None:
    parts = Parts()
    async with TestClient(TestServer(site(Inbox(), parts))) as service:
        ready = await service.get("/readyz")
        assert (ready.status, await ready.json()) == (
            200,
            {"ready": True, "parts": {"database": True, "telegram": True}},
        )
        parts.works = False
        ready = await service.get("/readyz")
        assert (ready.status, (await ready.json())["parts"]) == (503, {"database": True, "telegram": False})
        assert (await service.get("/healthz")).status == 200


@pytest.mark.parametrize("path", ["/", "/chat", "/chat/events?persona=lan", "/chat/source/1/30"])
async def test_the_chat_page_exists_only_in_the_demo(path: str) -> None:
    async with TestClient(TestServer(stage(demo=False).app)) as service:
        assert (await service.get(path)).status == 404


async def test_every_answer_forbids_what_the_page_does_not_need() -> None:
    async with TestClient(TestServer(stage().app)) as service:
        for path in ("/chat", "/healthz", "/static/chat.js", "/nowhere"):
            headers = (await service.get(path)).headers
            policy = headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Referrer-Policy"] == "no-referrer"


async def test_the_server_stops_although_a_page_listens() -> None:
    server = TestServer(stage().app)
    await server.start_server()
    async with ClientSession() as session, session.get(server.make_url("/chat/events?persona=lan")) as stream:
        await stream.content.readline()
        await server.close()
        assert b"data" not in await stream.content.read()
