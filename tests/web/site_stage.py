"""The staff site of the district of tests/evidence, and the way in that the bot wrote."""

import re
from collections.abc import Mapping, Sequence

from aiohttp import web

from core.platform import Delivery
from tests.evidence.stage import District
from web.app import build
from web.sign_in import HOME as BOARD
from web.sign_in import SESSIONS, StaffSite

__all__ = ["BOARD", "SESSIONS", "path_in", "site_of"]


def site_of(here: District, *, secure: bool) -> web.Application:
    """Not started yet."""
    staff = StaffSite(here.begin, lambda: here.school.index, here.clock, secure)
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
