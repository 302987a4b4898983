"""People at the pages of evidence: each signed in by her own link, several in one browser's stead."""

import re
from dataclasses import dataclass, field

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient
from aiohttp.web import Application, Request

from tests.web.dossier_stage import DossierStage
from tests.web.site_stage import BOARD, SESSIONS, path_in

PROOFS = f"{BOARD}/minh-chung"


def form_in(page: str) -> str:
    found = re.search(r'name="form" value="([\w-]+)"', page)
    assert found, page
    return found[1]


@dataclass
class Browsers:
    """One client that keeps no cookies: each request brings those of who makes it."""

    here: DossierStage
    client: TestClient[Request, Application]
    cookies: dict[str, str] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)

    async def enters(self, *people: str) -> None:
        """By the link that the bot wrote."""
        for who in people:
            path = path_in(await self.here.says(who, "trang quản lý"))
            asked = await self.client.get(path)
            form, key = form_in(await asked.text()), asked.cookies["nhacviec-vao"].value
            brought = {"Cookie": f"nhacviec-vao={key}"}
            entered = await self.client.post(path, data={"form": form}, headers=brought, allow_redirects=False)
            self.cookies[who] = f"nhacviec={entered.cookies['nhacviec'].value}"
            self.forms[who] = form_in(await (await self.looks(who, SESSIONS)).text())

    async def looks(self, who: str, path: str, **headers: str) -> ClientResponse:
        brought = {"Cookie": self.cookies.get(who, "")} | headers
        return await self.client.get(path, headers=brought, allow_redirects=False)

    async def reads(self, who: str, path: str) -> str:
        answer = await self.looks(who, path)
        assert answer.status == 200, (who, path, answer.status)
        return await answer.text()

    async def does(self, who: str, path: str, what: str, **fields: str | list[str]) -> ClientResponse:
        """By the button of that value."""
        data = {"form": self.forms[who], "lam": what, **fields}
        pairs = [(name, one) for name, said in data.items() for one in ([said] if isinstance(said, str) else said)]
        headers = {"Cookie": self.cookies[who]}
        return await self.client.post(path, data=pairs, headers=headers, allow_redirects=False)


def files_in(page: str) -> list[str]:
    """The addresses of whole files on a page, each once."""
    return [*dict.fromkeys(re.findall(rf'"({PROOFS}/\w+/tep/\d+)"', page))]


def codes_in(page: str) -> list[str]:
    """What a list shows, in its order."""
    return [*dict.fromkeys(re.findall(rf'<a href="{PROOFS}/(\w{{6}})[?"]', page))]
