"""Every page of the staff site and every act on it: who may, and what nobody can do to it."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from itertools import product
from pathlib import Path

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import func, select, update

from core.evidence import State
from core.people import Role
from records.session import open_engine, opener
from records.site_tables import SiteActRow
from records.tables import PersonRow, UnitRow
from tests.fakes.clock import StillClock
from tests.web.dossier_stage import JPEG, WEIGHING, DossierStage
from tests.web.site_stage import BOARD, SteadyServer, path_in, site_of
from tests.web.test_sign_in import Client, enters, form_in
from web.site.frame import SitePage
from web.site.pages import PAGES

WHO = {"lan": Role.TEACHER, "huong": Role.PRINCIPAL, "hanh": Role.STAFF, "tuan": Role.STAFF, "quan-tri": Role.ADMIN}
Enter = Callable[[str], Awaitable[Client]]
HOSTILE = "<img src=x onerror=alert(1)>\"'{{7*7}}"
_PART = re.compile(r"\{(\w+)(?::[^{}]*(?:\{[^{}]*\}[^{}]*)*)?\}")


@pytest.fixture
async def here(sqlite_url: str, tmp_path: Path) -> AsyncIterator[DossierStage]:
    engine = open_engine(sqlite_url)
    stage = DossierStage(opener(engine), StillClock(), tmp_path / "files")
    await stage.opens()
    await stage.hires("quan-tri", "Nguyễn Văn Quản", "PGD-VB", Role.ADMIN)
    yield stage
    await engine.dispose()


@pytest.fixture
async def server(here: DossierStage) -> AsyncIterator[TestServer]:
    server = SteadyServer(site_of(here, secure=False))
    await server.start_server()
    yield server
    await server.close()


@pytest.fixture
async def enter(here: DossierStage, server: TestServer) -> AsyncIterator[Enter]:
    """A browser of somebody's who has signed in."""
    async with AsyncExitStack() as browsers:

        async def enter(who: str) -> Client:
            client: Client = await browsers.enter_async_context(TestClient(server))
            await enters(client, path_in(await here.says(who, "trang quản lý")))
            return client

        yield enter


def address(page: SitePage, **parts: str) -> str:
    """Where the page is; what its path names that is not given is nowhere."""
    return _PART.sub(lambda part: parts.get(part[1], "AAAAA2" if part[1] == "code" else "0"), page.address)


async def acts_done(here: DossierStage) -> int:
    async with here.begin() as session:
        return await session.scalar(select(func.count()).select_from(SiteActRow)) or 0


async def test_nobody_who_has_not_signed_in_sees_or_does_anything(server: TestServer) -> None:
    async with TestClient(server) as client:
        for page in PAGES:
            assert (await client.get(address(page))).status == 403, page.path
            for act in page.acts:
                assert (await client.post(address(page), data={"lam": act})).status == 403, (page.path, act)


async def test_every_page_opens_for_the_roles_that_it_names_and_for_no_other(enter: Enter) -> None:
    for who, role in WHO.items():
        client = await enter(who)
        for page in PAGES:
            answer = await client.get(address(page))
            whole = "{" not in page.path
            expected = {200} if role in page.roles and whole else {404}
            assert answer.status in expected, (who, page.path, answer.status)
            assert_safe(answer)
        menu = re.findall(r'<nav class="menu".*?</nav>', await (await client.get(BOARD)).text(), re.DOTALL)[0]
        named = {page.name for page in PAGES if page.name and role in page.roles}
        assert set(re.findall(r">([^<>\n]+)</a>", menu)) == named


async def test_a_form_from_elsewhere_does_nothing_on_any_page(here: DossierStage, enter: Enter) -> None:
    mine, hers = await enter("hanh"), await enter("huong")
    foreign = form_in(await (await hers.get(f"{BOARD}/phien")).text())
    before = await acts_done(here)
    for page in PAGES:
        for act, form in product(page.acts, ("", "x", foreign)):
            answer = await mine.post(address(page), data={"lam": act, "form": form}, allow_redirects=False)
            assert answer.status in (403, 404), (page.path, act)
            assert_safe(answer)
        if page.acts:
            own = form_in(await (await mine.get(f"{BOARD}/phien")).text())
            for data in ({"lam": "khong-co", "form": own}, {"form": own}):
                assert (await mine.post(address(page), data=data)).status in (403, 404), page.path
            assert (await mine.post(address(page), json={"lam": next(iter(page.acts)), "form": own})).status in (
                403,
                404,
            )
    assert await acts_done(here) == before


async def test_what_people_and_papers_are_called_never_becomes_markup(here: DossierStage, enter: Enter) -> None:
    code = await here.gives(WEIGHING, {f"{HOSTILE}.jpg": JPEG}, State.SUBMITTED)
    async with here.begin() as session:
        await session.execute(update(PersonRow).values(name=HOSTILE))
        await session.execute(update(UnitRow).values(name=HOSTILE))
    for who in ("huong", "hanh"):
        client = await enter(who)
        for page in PAGES:
            for query in ({}, *({name: HOSTILE} for name in _asked(page))):
                answer = await client.get(address(page, code=code), params=query)
                assert answer.status < 500, (page.path, query)
                assert answer.content_type != "text/html" or HOSTILE not in await answer.text(), (page.path, query)


async def test_no_address_and_no_form_leads_elsewhere(enter: Enter) -> None:
    client = await enter("hanh")
    for page in PAGES:
        own = form_in(await (await client.get(f"{BOARD}/phien")).text())
        for act in page.acts if page.path != "/phien" else ():
            answer = await client.post(
                f"{address(page)}?to=//evil.example&next=https://evil.example",
                data={"lam": act, "form": own, "to": "//evil.example", "here": "https://evil.example"},
                allow_redirects=False,
            )
            assert answer.status < 500, (page.path, act)
            assert answer.headers.get("Location", BOARD).startswith(BOARD), (page.path, act)


def assert_safe(answer: ClientResponse) -> None:
    """Kept by nobody, framed by nobody, and nothing runs that is not ours."""
    policy: Mapping[str, str] = dict(
        part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy.get("script-src", "'self'") == "'self'"
    assert policy.get("style-src", "'self'") == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def _asked(page: SitePage) -> set[str]:
    """What the page's own file asks of its address."""
    source = Path(page.show.__code__.co_filename).read_text(encoding="utf-8")
    return {"thang", *re.findall(r'asked\("([\w-]+)"\)', source)}
