"""The staff site of the district whose schools have groups, and people who are signed in to it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient
from aiohttp.web import Application, Request

from core.people import Role
from tests.noticing.stage import Board
from tests.web.dossier_stage import DossierStage
from tests.web.site_stage import path_in
from web.site.frame import HOME
from web.site.notices import NOTICES, WRITE

Client = TestClient[Request, Application]
COUNT = f"{WRITE}/dem"
__all__ = ["COUNT", "HOME", "NOTICES", "WRITE", "Client", "NoticeStage", "Visitors", "field_in"]


@dataclass
class NoticeStage(Board, DossierStage):
    """Both: notices go out by `rounds`, evidence is there by `gives`. `khanh` is an officer of another district."""

    async def opens(self) -> "NoticeStage":
        await super().opens()
        await self.knows("khanh", "Chu Văn Khánh")
        await self.hires("quan", "Lê Văn Quản", "SO-HP", Role.ADMIN)
        return self


@dataclass
class Visitors:
    """Who is signed in; each as in a browser of her own."""

    here: NoticeStage
    client: Client
    cookies: dict[str, str] = field(default_factory=dict)

    async def gets(self, who: str, path: str) -> ClientResponse:
        return await self.client.get(path, headers=await self._as(who), allow_redirects=False)

    async def reads(self, who: str, path: str) -> str:
        answer = await self.gets(who, path)
        assert answer.status == 200, (path, answer.status)
        return await answer.text()

    async def does(self, who: str, path: str, lam: str, data: Mapping[str, str | list[str]] = {}) -> ClientResponse:
        """By a button of the site."""
        form = field_in(await self.reads(who, f"{HOME}/phien"), "form")
        fields = [(name, one) for name, said in data.items() for one in (said if isinstance(said, list) else [said])]
        sent = [*fields, ("form", form), ("lam", lam)]
        return await self.client.post(path, data=sent, headers=await self._as(who), allow_redirects=False)

    async def _as(self, who: str) -> dict[str, str]:
        if who not in self.cookies:
            path = path_in(await self.here.says(who, "trang quản lý"))
            self.client.session.cookie_jar.clear()
            form = field_in(await (await self.client.get(path)).text(), "form")
            entered = await self.client.post(path, data={"form": form}, allow_redirects=False)
            self.cookies[who] = f"nhacviec={entered.cookies['nhacviec'].value}"
        self.client.session.cookie_jar.clear()
        return {"Cookie": self.cookies[who]}


def field_in(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, (name, page)
    return found[1]
