"""The calendar over HTTP and in chat: who gets a link, what it shows, asked again and again, until it ends."""

import logging
import re
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request
from ical.calendar_stream import IcsCalendarStream
from sqlalchemy import select

from bot.logs import QUIET
from core.calendar import CalendarOf
from core.people import Role
from core.texts import calendar as texts
from handlers.calendars import in_words
from handlers.context import House
from records import calendars, extensions, memberships, people
from records.calendar_tables import CalendarLinkRow
from records.erasing import erase
from records.session import Begin
from tests.evidence.stage import UNIT
from tests.fakes.clock import StillClock
from tests.web.dossier_stage import WEIGHING, DossierStage
from web.app import build
from web.calendar import CalendarSite

Client = TestClient[Request, Application]


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> DossierStage:
    stage = DossierStage(begin, clock, tmp_path / "files")
    await stage.opens()
    return stage


@pytest.fixture
async def client(here: DossierStage) -> AsyncIterator[Client]:
    site = CalendarSite(here.begin, lambda: here.school.index, here.clock)

    async def nothing(*_: object) -> dict[str, bool]:
        return {}

    app = build(platforms={}, store=nothing, ready=nothing, demo=None, calendars=site)  # type: ignore[arg-type]
    async with TestClient(TestServer(app)) as client:
        yield client


def path_in(said: str) -> str:
    found = re.search(r"https://nhacviec\.example\.vn(/calendar/[\w-]{43}\.ics)\n", said)
    assert found, said
    return found[1]


async def titles(client: Client, path: str) -> list[str]:
    answer = await client.get(path)
    assert answer.status == 200
    return [one.summary or "" for one in IcsCalendarStream.calendar_from_ics(await answer.text()).events]


async def test_a_teacher_gets_her_own_link_renews_it_and_takes_it_back(here: DossierStage, client: Client) -> None:
    first = path_in(await here.says("lan", "link lịch"))
    assert any(one.startswith("trước 05/12: Tổ chức cân - đo") for one in await titles(client, first))
    said = await here.says("lan", "/linklich")
    assert "mở ngày 04/12/2023, máy đọc gần nhất 08:00 04/12." in said
    second = path_in(await here.taps("lan", texts.NEW))
    assert second != first
    assert (await client.get(first)).status == 404
    assert await titles(client, second)
    assert await here.says("lan", "thu hồi lịch") == texts.REVOKED
    assert (await client.get(second)).status == 404
    assert await here.says("lan", "thu hồi link lịch") == texts.NOTHING_TO_REVOKE
    async with here.begin() as session:
        kept = [row.token_hash for row in await session.scalars(select(CalendarLinkRow))]
    assert not {path.split("/")[2].removesuffix(".ics") for path in (first, second)} & set(kept)


async def test_the_units_link_is_the_principals_and_outlives_her_own(here: DossierStage, client: Client) -> None:
    assert await here.says("lan", "link lịch của trường") == texts.ONLY_HEADS
    said = await here.says("huong", "link lịch của trường")
    assert said.startswith("Link lịch chung của MN Hoa Phượng:\n")
    path = path_in(said)
    await here.says("huong", "link lịch")
    await here.says("huong", "thu hồi lịch")
    assert await titles(client, path)
    assert await here.says("huong", "thu hồi lịch của trường") == texts.REVOKED
    assert (await client.get(path)).status == 404


async def test_who_has_left_and_who_was_erased_sees_nothing(here: DossierStage, client: Client) -> None:
    paths = {who: path_in(await here.says(who, "link lịch")) for who in ("lan", "mai")}
    async with here.begin() as session:
        lan, mai = [await people.find_person(session, here.name, who) for who in paths]
        assert lan
        assert mai
        for one in await memberships.of_person(session, lan.id):
            await memberships.end(session, one, None, here.clock())
        await erase(session, mai.id, here.clock())
        assert await calendars.open_one(session, CalendarOf(person=mai.id)) is None
    assert [(await client.get(path)).status for path in paths.values()] == [404, 404]


async def test_a_person_of_two_units_sees_both(here: DossierStage, client: Client) -> None:
    async with here.begin() as session:
        lan = await people.find_person(session, here.name, "lan")
        assert lan
        await memberships.add(session, lan.id, "VB-ANHDUONG", Role.TEACHER, here.clock())
    found = await titles(client, path_in(await here.says("lan", "link lịch")))
    assert any(one.endswith("– MN Hoa Phượng") for one in found)
    assert any(one.endswith("– Lớp MN độc lập tư thục Ánh Dương") for one in found)


async def test_what_a_client_has_is_not_sent_again_until_it_changes(here: DossierStage, client: Client) -> None:
    path = path_in(await here.says("lan", "link lịch"))
    first = await client.get(path)
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert first.headers["X-Robots-Tag"] == "noindex, nofollow"
    etag, changed = first.headers["ETag"], first.headers["Last-Modified"]
    assert changed == "Mon, 04 Dec 2023 01:00:00 GMT"
    here.clock.move(timedelta(hours=5))
    for headers in ({"If-None-Match": etag}, {"If-Modified-Since": changed}, {"If-None-Match": f'"x", W/{etag}'}):
        again = await client.get(path, headers=headers)
        assert (again.status, await again.read(), again.headers["ETag"]) == (304, b"", etag), headers
    assert (await client.get(path, headers={"If-None-Match": '"x"', "If-Modified-Since": changed})).status == 200
    async with here.begin() as session:
        hanh = await people.find_person(session, here.name, "hanh")
        assert hanh
        await extensions.grant(session, UNIT, WEIGHING, date(2023, 12, 20), hanh.id, here.clock())
    for headers in ({"If-None-Match": etag}, {"If-Modified-Since": changed}):
        other = await client.get(path, headers=headers)
        assert other.status == 200
        assert "hạn 20/12" in (await other.text()).replace("\r\n ", "")
    assert other.headers["Last-Modified"] == "Mon, 04 Dec 2023 06:00:00 GMT"
    head = await client.head(path)
    assert (head.status, head.headers["ETag"]) == (200, other.headers["ETag"])


async def test_what_is_taken_off_the_shelf_changes_the_day_too(here: DossierStage, client: Client) -> None:
    path = path_in(await here.says("lan", "link lịch"))
    changed = (await client.get(path)).headers["Last-Modified"]
    here.clock.move(timedelta(hours=1))
    here.school.index = type(here.school.index).of((), here.school.index.tree)
    assert (await client.get(path, headers={"If-Modified-Since": changed})).status == 200
    assert await titles(client, path) == []


async def test_wrong_links_look_the_same_and_nothing_stands_in_a_log(
    here: DossierStage, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    path = path_in(await here.says("lan", "link lịch"))
    await titles(client, path)
    wrong = [path[:-5] + ".ics", path[:-4], f"{path}.zip", *(f"/calendar/{rest}" for rest in ("", "x.ics", "x" * 300))]
    pages = [await client.get(one) for one in wrong]
    assert {one.status for one in pages} == {404}
    assert len({await one.text() for one in pages}) == 1
    assert (await client.post(path)).status == 405
    token = path.split("/")[2].removesuffix(".ics")
    heard = [one for one in caplog.records if one.levelno >= logging.WARNING or not one.name.startswith(QUIET)]
    assert not [one for one in heard if token in one.getMessage()]


async def test_without_an_address_no_link_is_made(here: DossierStage) -> None:
    here.house = House()
    here.starts_anew()
    assert await here.says("lan", "link lịch") == texts.NO_ADDRESS


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("link lịch", ("linklich", "")),
        ("Cho em xin link lịch điện thoại", ("linklich", "")),
        ("xin đường link lịch", ("linklich", "")),
        ("lịch điện thoại", ("linklich", "")),
        ("thêm hạn nộp vào lịch điện thoại", ("linklich", "")),
        ("Link lịch chung của trường", ("linklich", "donvi")),
        ("đổi link lịch", ("linklich", "moi")),
        ("link lịch của trường mới", ("linklich", "donvi moi")),
        ("thu hồi link lịch", ("thuhoilich", "")),
        ("thu hồi lịch của trường", ("thuhoilich", "donvi")),
        ("lịch", None),
        ("lịch nhắc", None),
        ("lịch thi GVDG khi nào?", None),
        ("huỷ", None),
        ("link lịch họp ở đâu", None),
    ],
)
def test_plain_words_mean_the_commands(said: str, meant: tuple[str, str] | None) -> None:
    assert in_words(said) == meant


async def test_ics_of_a_unit_that_is_gone_shows_nothing(here: DossierStage, client: Client) -> None:
    path = path_in(await here.says("huong", "link lịch của trường"))
    here.school.index = type(here.school.index).of((), type(here.school.index.tree).of(()))
    assert await titles(client, path) == []
