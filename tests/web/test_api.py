"""The HTTP API, by a real client: what a token reads, what it does not, and what its OpenAPI document promises."""

import asyncio
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from core.evidence import State
from core.people import Role
from core.texts import api as texts
from evidence import progress
from evidence.desk import Desk
from knowledge.periods import whole_month
from records import api_tokens, memberships, people
from records.erasing import erase
from records.session import Begin
from tests.fakes.clock import StillClock
from tests.web.dossier_stage import JPEG, WEIGHING, DossierStage
from tests.web.site_stage import path_in, site_of
from tests.web.test_sign_in import Client, enters, form_in

API, PAGE = "/api/v1", "/trang-quan-ly/ma-truy-cap"
EVERYTHING = ("/me", "/units", "/tasks", "/progress", "/submissions/ABC", "/documents")


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> DossierStage:
    stage = DossierStage(begin, clock, tmp_path / "files")
    await stage.opens()
    return stage


@pytest.fixture
async def client(here: DossierStage) -> AsyncIterator[Client]:
    async with TestClient(TestServer(site_of(here, secure=False))) as client:
        yield client


async def token_of(here: DossierStage, who: str) -> str:
    async with here.begin() as session:
        maker = await people.find_person(session, here.name, who)
        assert maker
        token = await api_tokens.make(session, "báo cáo", maker, here.clock())
    assert token
    return token


async def read(client: Client, token: str, path: str, **query: str) -> Any:
    answer = await client.get(API + path, params=query, headers={"Authorization": f"Bearer {token}"})
    assert (answer.status, answer.content_type, answer.headers["Cache-Control"]) == (
        200,
        "application/json",
        "no-store",
    )
    return await answer.json()


async def fault(answer: ClientResponse) -> tuple[int, str]:
    return answer.status, (await answer.json())["code"]


async def test_an_office_reads_what_its_board_shows(here: DossierStage, client: Client) -> None:
    code = await here.gives(WEIGHING, {"cân đo.jpg": JPEG}, State.SUBMITTED)
    held = await here.gives(WEIGHING, {"b.jpg": JPEG}, State.HELD, "VB-ANHDUONG")
    token = await token_of(here, "hanh")
    assert (await read(client, token, "/me"))["unit"] == "PGD-VB"
    assert {one["code"] for one in (await read(client, token, "/units"))["units"]} >= {"PGD-VB", "VB-HOAPHUONG"}
    shown = await read(client, token, "/progress", month="2023-12")
    async with here.begin() as session:
        desk = Desk(session, here.school.index, here.clock())
        ours = await progress.of_office(desk, "PGD-VB", whole_month(2023, 12))
    below = [one for one in shown["rows"] if one["unit"] != "PGD-VB"]
    assert len(below) == sum(map(len, ours.values())) > 2
    [row] = [one for one in below if one["submission"] == code]
    assert (row["unit"], row["task"], row["state"], row["due"]) == (
        "VB-HOAPHUONG",
        str(WEIGHING),
        "submitted",
        "2023-12-05",
    )
    assert held not in str(shown)
    [task] = [
        one for one in (await read(client, token, "/tasks", month="2023-12"))["tasks"] if one["id"] == str(WEIGHING)
    ]
    assert "05/12" in task["sentence"]
    found = await read(client, token, f"/submissions/{code}")
    assert [file["name"] for file in found["files"]] == ["cân đo.jpg"]
    part = await read(client, token, "/progress", month="2023-12", offset="1", limit="1")
    assert (part["rows"], part["total"]) == (shown["rows"][1:2], shown["total"])
    only = await read(client, token, "/progress", month="2023-12", unit="VB-HOAPHUONG", state="submitted")
    assert only["rows"] == [row]
    assert "2.52" not in str(await read(client, token, "/documents"))


async def test_a_token_reads_its_own_line_alone(here: DossierStage, client: Client) -> None:
    code = await here.gives(WEIGHING, {"a.jpg": JPEG}, State.SUBMITTED)
    held = await here.gives(WEIGHING, {"b.jpg": JPEG}, State.HELD, "VB-ANHDUONG")
    await here.hires("an-lao", "Bùi Thị An", "PGD-AL", Role.STAFF)
    other = {"Authorization": f"Bearer {await token_of(here, 'an-lao')}"}
    own = {"Authorization": f"Bearer {await token_of(here, 'hanh')}"}
    assert await fault(await client.get(f"{API}/submissions/{code}", headers=other)) == (404, "not_found")
    assert await fault(await client.get(f"{API}/submissions/{held}", headers=own)) == (404, "not_found")
    asked = {"unit": "VB-HOAPHUONG", "month": "2023-12"}
    assert await fault(await client.get(f"{API}/progress", params=asked, headers=other)) == (404, "not_found")
    for path in ("/units", "/progress?month=2023-12", "/tasks?month=2023-12"):
        assert "VB-" not in await (await client.get(API + path, headers=other)).text()


async def test_without_a_good_token_nothing_is_read(here: DossierStage, client: Client) -> None:
    token = await token_of(here, "hanh")
    for headers in (
        {},
        {"Authorization": "Bearer x"},
        {"Authorization": f"Basic {token}"},
        {"Authorization": "Bearer ế"},
    ):
        for path in EVERYTHING:
            assert await fault(await client.get(API + path, headers=headers)) == (401, "unauthorized"), (headers, path)
    good = {"Authorization": f"Bearer {token}"}
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert await fault(await client.request(method, f"{API}/units", headers=good)) == (405, "method_not_allowed")
    assert await fault(await client.get(f"{API}/khong-co", headers=good)) == (404, "not_found")
    for query in ({"month": "2023-13"}, {"limit": "0"}, {"offset": "x"}, {"khong": "co"}, [("month", "2023-12")] * 2):
        assert await fault(await client.get(f"{API}/progress", params=query, headers=good)) == (422, "invalid"), query
    async with here.begin() as session:  # she becomes a teacher
        hanh = await people.find_person(session, here.name, "hanh")
        assert hanh
        for one in await memberships.of_person(session, hanh.id):
            await memberships.end(session, one, None, here.clock())
    assert await fault(await client.get(f"{API}/me", headers=good)) == (401, "unauthorized")


async def test_tokens_are_made_shown_once_and_taken_back_on_their_page(here: DossierStage, client: Client) -> None:
    await enters(client, path_in(await here.says("hanh", "trang quản lý")))
    form = form_in(await (await client.get(PAGE)).text())
    for name in ("", "x" * 81):
        assert (await client.post(PAGE, data={"form": form, "lam": "taoma", "ten": name})).status == 422
    made = await (await client.post(PAGE, data={"form": form, "lam": "taoma", "ten": "phần mềm <Phòng>"})).text()
    token = made.partition(texts.made(""))[2].partition("<")[0]
    assert (await read(client, token, "/me"))["token"] == "phần mềm <Phòng>"
    again = await (await client.get(PAGE)).text()
    assert token not in again
    assert "phần mềm &lt;Phòng&gt;" in again
    id = again.partition('name="ma" value="')[2].partition('"')[0]
    here.clock.move(timedelta(minutes=1))
    for which in ("x", "999", id):
        status = (await client.post(PAGE, data={"form": form, "lam": "thuhoima", "ma": which})).status
        assert status == (200 if which == id else 422)
    assert await fault(await client.get(f"{API}/me", headers={"Authorization": f"Bearer {token}"})) == (
        401,
        "unauthorized",
    )
    mine = await token_of(here, "hanh")
    async with here.begin() as session:
        hanh = await people.find_person(session, here.name, "hanh")
        assert hanh
        await erase(session, hanh.id, here.clock())
        assert await api_tokens.find(session, mine, here.clock()) is None


async def test_whatever_the_document_allows_is_answered_as_it_promises(
    here: DossierStage, client: Client, tmp_path: Path
) -> None:
    """Schemathesis reads it and asks: no server error, no answer of another form, no parameter passed over."""
    await here.gives(WEIGHING, {"a.jpg": JPEG}, State.ACCEPTED)
    token = await token_of(here, "hanh")
    described = await (await client.get(f"{API}/openapi.json")).json()
    assert {f"{API}{path}" for path in described["paths"]} == {
        resource.canonical for resource in client.app.router.resources() if resource.canonical.startswith(f"{API}/")
    } - {f"{API}/openapi.json", f"{API}/{{rest}}"}
    asked = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "schemathesis.cli", "run", str(client.make_url(f"{API}/openapi.json"))),
        *("--header", f"Authorization: Bearer {token}", "--max-examples", "30", "--seed", "1", "--no-color"),
        *("--checks", "all", "--exclude-checks", "ignored_auth"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=tmp_path,
    )
    said, _ = await asked.communicate()
    assert asked.returncode == 0, said.decode()[-3000:]
    assert b"operations" in said.lower()
