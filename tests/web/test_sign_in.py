"""The staff site over HTTP: a link from the chat signs in once, sessions end when they should, each sees her own."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from http.cookies import Morsel, SimpleCookie
from pathlib import Path

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request
from sqlalchemy import select, update

from core.evidence import State
from core.people import Role
from core.texts import site as texts
from handlers.context import House
from records import memberships, people
from records.erasing import erase
from records.session import Begin
from records.site_tables import SiteLinkRow, SiteSessionRow
from records.tables import PersonRow
from tests.fakes.clock import StillClock
from tests.web.dossier_stage import JPEG, WEIGHING, DossierStage
from tests.web.site_stage import BOARD, SESSIONS, path_in, site_of

Client = TestClient[Request, Application]
HTTPS = "__Host-nhacviec"


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> DossierStage:
    stage = DossierStage(begin, clock, tmp_path / "files")
    await stage.opens()
    return stage


@pytest.fixture
async def client(here: DossierStage) -> AsyncIterator[Client]:
    async with TestClient(TestServer(site_of(here, secure=False))) as client:
        yield client


def form_in(page: str) -> str:
    found = re.search(r'name="form" value="([\w-]+)"', page)
    assert found, page
    return found[1]


async def enters(client: Client, path: str) -> ClientResponse:
    """By the button; what it answers, before going on."""
    form = form_in(await (await client.get(path)).text())
    return await client.post(path, data={"form": form}, allow_redirects=False)


def set_by(answer: ClientResponse, name: str) -> Morsel[str]:
    found: SimpleCookie = answer.cookies
    return found[name]


async def audit(here: DossierStage) -> list[tuple[str, str | None]]:
    async with here.begin() as session:
        rows = await session.scalars(select(SiteSessionRow).order_by(SiteSessionRow.id))
        return [(row.agent, row.ending) for row in rows]


async def test_a_link_signs_in_once_and_a_preview_does_not_use_it_up(here: DossierStage, client: Client) -> None:
    path = path_in(await here.says("hanh", "Trang quản lý"))
    assert (await client.get(BOARD)).status == 403
    for _ in range(3):
        assert (await client.get(path, headers={"User-Agent": "ZaloPC-link-preview"})).status == 200
    planted = {"Cookie": "nhacviec=planted-before-sign-in"}
    form = form_in(await (await client.get(path)).text())
    own = client.session.cookie_jar.filter_cookies(client.make_url("/"))["nhacviec-vao"].value
    both = {"Cookie": f"{planted['Cookie']}; nhacviec-vao={own}", "User-Agent": "Mozilla Firefox/1"}
    client.session.cookie_jar.clear()
    entered = await client.post(path, data={"form": form}, headers=both, allow_redirects=False)
    assert (entered.status, entered.headers["Location"]) == (303, BOARD)
    cookie = set_by(entered, "nhacviec").value
    assert cookie != "planted-before-sign-in"
    shown = await client.get(BOARD)
    assert (shown.status, shown.headers["Cache-Control"]) == (200, "no-store")
    assert "script-src 'self'" in shown.headers["Content-Security-Policy"]
    assert (await client.get(path)).status == 404
    assert (await client.post(path, data={"form": form}, headers=both)).status == 404
    async with here.begin() as session:
        links = [row.token_hash for row in await session.scalars(select(SiteLinkRow))]
        kept = [row.token_hash for row in await session.scalars(select(SiteSessionRow))]
    assert not {path.rpartition("/")[2], cookie} & {*links, *kept}
    assert await audit(here) == [("Firefox", None)]


async def test_links_that_sign_nobody_in(here: DossierStage, client: Client) -> None:
    old = path_in(await here.says("lan", "/trang"))
    new = path_in(await here.says("lan", "trang quan ly"))
    assert (await client.get(old)).status == 404  # a newer one was made
    form = form_in(await (await client.get(new)).text())
    here.clock.move(timedelta(minutes=10))
    assert (await client.post(new, data={"form": form})).status == 404
    forged = f"{BOARD}/vao/{'x' * 43}"
    assert (await client.get(forged)).status == 404
    left = path_in(await here.says("lan", "trang quản lý"))
    form = form_in(await (await client.get(left)).text())
    async with here.begin() as session:
        lan = await people.find_person(session, here.name, "lan")
        assert lan
        for one in await memberships.of_person(session, lan.id):
            await memberships.end(session, one, None, here.clock())
    assert (await client.post(left, data={"form": form})).status == 404
    assert await audit(here) == []


async def test_a_form_from_elsewhere_does_nothing(here: DossierStage, client: Client) -> None:
    path = path_in(await here.says("hanh", "trang quản lý"))
    for data in ({}, {"form": "x"}):
        assert (await client.post(path, data=data)).status == 403
    await client.get(path)
    for data in ({}, {"form": "x"}, {"form": "ế"}):
        assert (await client.post(path, data=data)).status == 403
    assert (await enters(client, path)).status == 303  # none of it used the link up
    mine = form_in(await (await client.get(SESSIONS)).text())
    for said in (
        {"lam": "dangxuathet"},
        {"lam": "dangxuathet", "form": "x"},
        {"form": mine},
        {"lam": "x", "form": mine},
    ):
        assert (await client.post(SESSIONS, data=said)).status == 403
    assert (await client.post(SESSIONS, json={"lam": "dangxuathet", "form": mine})).status == 403
    assert (await client.get(BOARD)).status == 200


async def test_sessions_are_listed_and_ended_by_their_own_person_alone(here: DossierStage, client: Client) -> None:
    servers = [TestServer(site_of(here, secure=False)) for _ in range(2)]
    async with TestClient(servers[0]) as phone, TestClient(servers[1]) as other:
        for browser, who in ((client, "hanh"), (phone, "hanh"), (other, "lan")):
            await enters(browser, path_in(await here.says(who, "trang quản lý")))
        listed = await (await client.get(SESSIONS)).text()
        ids = re.findall(r'name="phien" value="(\d+)"', listed)
        assert (len(ids), listed.count(texts.HERE)) == (2, 1)
        form = form_in(await (await other.get(SESSIONS)).text())
        for id in ids:  # another's
            await other.post(SESSIONS, data={"lam": "dangxuat", "phien": id, "form": form})
        assert [(await one.get(BOARD)).status for one in (client, phone, other)] == [200, 200, 200]
        await client.post(SESSIONS, data={"lam": "dangxuat", "phien": max(ids, key=int), "form": form_in(listed)})
        assert [(await one.get(BOARD)).status for one in (client, phone, other)] == [200, 403, 200]
        assert await here.says("hanh", "Đăng xuất mọi nơi") == texts.signed_out(1)
        assert [(await one.get(BOARD)).status for one in (client, phone, other)] == [403, 403, 200]
        assert await here.says("hanh", "dang xuat moi noi") == texts.NOWHERE
        await other.post(SESSIONS, data={"lam": "dangxuathet", "form": form})
        assert (await other.get(BOARD)).status == 403
    assert [how for _, how in await audit(here)] == ["chat", "page", "page"]


async def test_it_ends_by_itself_and_another_sign_in_takes_its_place(here: DossierStage, client: Client) -> None:
    await enters(client, path_in(await here.says("hanh", "trang quản lý")))
    for _ in range(14):  # never idle for long
        here.clock.move(timedelta(hours=11, minutes=59))
        assert (await client.get(BOARD)).status == 200
    here.clock.move(timedelta(hours=1))  # 7 days
    assert (await client.get(BOARD)).status == 403
    await enters(client, path_in(await here.says("hanh", "trang quản lý")))
    await enters(client, path_in(await here.says("hanh", "trang quản lý")))
    here.clock.move(timedelta(hours=12))
    assert (await client.get(BOARD)).status == 403
    assert [how for _, how in await audit(here)] == ["lapsed", "replaced", "lapsed"]


async def test_role_and_unit_count_as_they_are_now(here: DossierStage, client: Client) -> None:
    await here.gives(WEIGHING, {"a.jpg": JPEG}, State.ACCEPTED, "VB-ANHDUONG")
    month = f"{BOARD}?thang=2023-12"
    await enters(client, path_in(await here.says("hanh", "trang quản lý")))
    page = await (await client.get(month)).text()
    assert texts.BELOW in page
    assert "Hoa Phượng" in page
    row = next(one for one in page.split("<tr>") if "Ánh Dương" in one)
    assert "<td class=a>" in row
    assert "Đầm Hà" not in page  # of another district
    assert (await client.get(f"{BOARD}?thang=2023-13")).status == 400
    async with here.begin() as session:
        hanh = await people.find_person(session, here.name, "hanh")
        assert hanh
        [member] = await memberships.of_person(session, hanh.id)
        await memberships.end(session, member, None, here.clock())
        await memberships.add(session, hanh.id, "VB-HOAPHUONG", Role.TEACHER, here.clock())
        moved = update(PersonRow).where(PersonRow.id == hanh.id)
        await session.execute(moved.values(unit="VB-HOAPHUONG", role=Role.TEACHER.value))
    page = await (await client.get(month)).text()
    assert "Hoa Phượng" in page
    assert texts.BELOW not in page
    assert "Ánh Dương" not in page
    async with here.begin() as session:
        for one in await memberships.of_person(session, hanh.id):
            await memberships.end(session, one, None, here.clock())
    assert (await client.get(month)).status == 403
    async with here.begin() as session:
        await erase(session, hanh.id, here.clock())
        assert not (await session.scalars(select(SiteSessionRow))).all()


async def test_a_school_sees_its_own_as_chat_says_it(here: DossierStage, client: Client) -> None:
    await here.gives(WEIGHING, {"a.jpg": JPEG}, State.RETURNED)
    await enters(client, path_in(await here.says("lan", "trang quản lý")))
    page = await (await client.get(f"{BOARD}?thang=2023-12")).text()
    said = await here.says("lan", "tiến độ tháng 12")
    assert "↩" in said
    assert page.count('<li class="r">') == 1  # the one that chat names
    assert page.count("<li class=") >= len(said.splitlines()) - 2
    assert "Ánh Dương" not in page


async def test_by_https_the_cookies_are_for_this_host_alone(here: DossierStage) -> None:
    async with TestClient(TestServer(site_of(here, secure=True))) as client:
        path = path_in(await here.says("lan", "trang quản lý"))
        asked = await client.get(path)
        form = set_by(asked, f"{HTTPS}-vao")
        sent = {"Cookie": f"{form.key}={form.value}"}
        data = {"form": form_in(await asked.text())}
        entered = await client.post(path, data=data, headers=sent, allow_redirects=False)
        assert entered.headers["Cache-Control"] == "no-store"
        for cookie, same_site in ((form, "Strict"), (set_by(entered, HTTPS), "Lax")):
            flags = cookie["httponly"], cookie["secure"], cookie["samesite"], cookie["path"], cookie["domain"]
            assert flags == (True, True, same_site, "/", "")


async def test_without_an_address_it_is_said_so(begin: Begin, clock: StillClock, tmp_path: Path) -> None:
    stage = await DossierStage(begin, clock, tmp_path / "files", house=House()).opens()
    assert await stage.says("lan", "trang quản lý") == texts.NO_ADDRESS
