"""Who is signed in to the staff site of the district, each in a browser of her own; forms pressed there."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientResponse, ClientSession, CookieJar, FormData
from aiohttp.test_utils import TestServer
from aiohttp.web import Application

from core.people import Role
from records.session import Begin
from tests.fakes.clock import StillClock
from tests.web.dossier_stage import DossierStage
from tests.web.site_stage import BOARD, path_in, site_of

UNITS, IMPORT, INVITES, POSTER = (f"{BOARD}/don-vi{rest}" for rest in ("", "/nhap", "/moi", "/to-dan"))
ROLES = {  # who they are, beside those of the stage
    "khanh": "Chu Văn Khánh",  # an officer of another district
    "quan": "Nguyễn Văn Quân",  # looks after the installation
}


@dataclass
class Visitor:
    """A browser with somebody's session."""

    browser: ClientSession
    form: str = ""

    async def status(self, path: str) -> int:
        async with self.browser.get(path) as answer:
            return answer.status

    async def reads(self, path: str) -> str:
        """The page."""
        async with self.browser.get(path) as answer:
            return await answer.text()

    async def presses(
        self, path: str, button: str, said: Mapping[str, str] | None = None, file: str | None = None
    ) -> tuple[int, str]:
        """A form of hers; what comes in the end."""
        data = FormData({"lam": button, "form": self.form, **(said or {})})
        if file is not None:
            data.add_field("tep", file.encode(), filename="danh-sach.csv", content_type="text/csv")
        async with self.browser.post(path, data=data) as answer:
            return answer.status, await answer.text()


async def opened(begin: Begin, clock: StillClock, folder: Path) -> DossierStage:
    """The district, with an officer of another and who looks after the installation."""
    stage = DossierStage(begin, clock, folder)
    await stage.opens()
    await stage.knows("khanh", ROLES["khanh"])
    await stage.hires("quan", ROLES["quan"], "PGD-AL", Role.ADMIN)
    return stage


class Visitors:
    """Everybody signs in when first asked for."""

    def __init__(self, here: DossierStage, server: TestServer, stack: AsyncExitStack) -> None:
        self._here, self._server, self._stack = here, server, stack
        self._known: dict[str, Visitor] = {}

    async def get(self, who: str) -> Visitor:
        if who not in self._known:
            session = ClientSession(self._server.make_url("/"), cookie_jar=CookieJar(unsafe=True))
            one = Visitor(await self._stack.enter_async_context(session))
            path = path_in(await self._here.says(who, "trang quản lý"))
            answer = await self._enters(one, path)
            one.form = form_in(await one.reads(f"{BOARD}/phien")) if answer.status == 200 else ""
            self._known[who] = one
        return self._known[who]

    async def _enters(self, one: Visitor, path: str) -> ClientResponse:
        form = form_in(await one.reads(path))
        async with one.browser.post(path, data={"form": form}) as answer:
            await answer.read()
            return answer


@asynccontextmanager
async def visitors(here: DossierStage, app: Application | None = None) -> AsyncIterator[Visitors]:
    """`app`: the site; None: as `site_of` has it."""
    async with AsyncExitStack() as stack:
        server = TestServer(app or site_of(here, secure=False))
        await server.start_server()
        stack.push_async_callback(server.close)
        yield Visitors(here, server, stack)


def form_in(page: str) -> str:
    found = re.search(r'name="form" value="([\w-]+)"', page)
    assert found, page
    return found[1]
