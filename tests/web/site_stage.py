"""The staff site of the district of tests/evidence, and the way in that the bot wrote."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from core.health import Machine
from core.platform import Delivery
from handlers.context import House
from tests.web.dossier_stage import DossierStage
from web.app import build
from web.site.frame import HOME as BOARD
from web.site.frame import StaffSite
from web.site.sign_in import SESSIONS

_HOUSE = House(public_url="https://nhacviec.example.vn")
Pause = Callable[[], Awaitable[object]]

__all__ = ["BOARD", "SESSIONS", "SteadyServer", "path_in", "site_of"]


class SteadyServer(TestServer):
    """As the service runs: who goes away from a page does not cut short what was begun for her."""

    async def _make_runner(self, **how: Any) -> web.AppRunner:
        runner = await super()._make_runner(**{**how, "handler_cancellation": False})
        assert isinstance(runner, web.AppRunner)
        return runner


async def shortly() -> None:
    """Between two looks at whether something has changed."""
    await asyncio.sleep(0.05)


def site_of(
    here: DossierStage,
    *,
    secure: bool,
    pause: Pause = shortly,
    machine: Callable[[], Machine] = Machine,
    house: House = _HOUSE,
) -> web.Application:
    """Not started yet."""
    staff = StaffSite(
        here.begin, here.store, lambda: here.school.index, here.clock, lambda: None, house, secure, pause, machine
    )
    return build(platforms={}, store=_nowhere, ready=_ready, demo=None, staff=staff)


def path_in(said: str) -> str:
    """The path of the address in what the bot said."""
    found = re.search(r"https://nhacviec\.example\.vn(/trang-quan-ly/vao/[\w-]{43})\n", said)
    assert found, said
    return found[1]


async def _nowhere(deliveries: Sequence[Delivery]) -> None:
    raise AssertionError("nothing is delivered here")


async def _ready() -> Mapping[str, bool]:
    return {"database": True}
