"""Somebody gets all that is kept of her, and the files that she handed in as she gave them: hers alone."""

import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request

from core.texts import privacy as texts
from handlers.context import House
from records.privacy_tables import OwnDataLinkRow
from records.session import Begin
from tests.evidence.privacy_stage import PrivacyStage
from tests.fakes.clock import StillClock

Client = TestClient[Request, Application]
WEIGHING = "Tổ chức cân - đo, theo dõi biểu đồ tăng trưởng của trẻ lần 2"


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> PrivacyStage:
    return await PrivacyStage(begin, clock, tmp_path / "files").opens()


@pytest.fixture
async def client(here: PrivacyStage) -> AsyncIterator[Client]:
    async with TestClient(TestServer(here.app())) as client:
        yield client


async def link(here: PrivacyStage, who: str, said: str = "lấy dữ liệu của tôi") -> str:
    """The path of the link that is sent to this person."""
    found = re.search(r"https://nhacviec\.example\.vn(/du-lieu/[\w-]{43})\n", await here.says(who, said))
    assert found
    return found[1]


async def zipped(client: Client, path: str) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The JSON, and the files by their paths."""
    answer = await client.get(f"{path}.zip")
    assert answer.status == 200
    with ZipFile(BytesIO(await answer.read())) as packed:
        assert packed.testzip() is None
        found = {name: packed.read(name) for name in packed.namelist()}
    return json.loads(found.pop(texts.JSON)), found


async def test_she_gets_exactly_what_is_kept_of_her_and_what_she_gave(here: PrivacyStage, client: Client) -> None:
    await here.hands_in("lan", "a", "b", text="cân đo lần 2")
    code = (await here.rows())[0].code
    await here.taps("huong", "Nộp")
    await here.hands_in("huong", "c", text="cân đo lần 2")
    await here.says("hanh", f"/xemnop {code}")
    await here.says("hanh", f"/tralai {code} Ảnh mờ")
    here.clock.move(timedelta(minutes=1))
    data, files = await zipped(client, await link(here, "lan"))
    assert files == {f"tệp/{code}/01 ảnh.jpg": here.contents["a"], f"tệp/{code}/02 ảnh.jpg": here.contents["b"]}
    assert data["name"] == "Nguyễn Thị Lan"
    assert [(one["unit"], one["role"], one["state"]) for one in data["places"]] == [
        ("MN Hoa Phượng, huyện Vĩnh Bảo, Hải Phòng", "teacher", "active")
    ]
    assert [(one["service"], one["account"]) for one in data["channels"]] == [("telegram", "lan")]
    [given] = data["submissions"]
    assert (given["code"], given["task"], given["state"], given["caption"]) == (
        code,
        WEIGHING,
        "returned",
        "cân đo lần 2",
    )
    assert [(step["what"], step["by"], step["note"]) for step in given["log"]] == [
        ("held", "Nguyễn Thị Lan", ""),
        ("submitted", "Phạm Thị Hương", ""),
        ("seen", "Vũ Thị Hạnh", ""),
        ("returned", "Vũ Thị Hạnh", "Ảnh mờ"),
    ]
    assert given["log"][0]["at"] == "2023-12-04T01:00:12+00:00"
    told = [one["text"] for one in data["messages"]]
    assert told == here.read_by("lan")[:-1]  # without the link itself
    assert any("Lý do: Ảnh mờ" in text for text in told)


async def test_the_page_says_what_it_holds_and_the_button_stands_under_my_data(
    here: PrivacyStage, client: Client
) -> None:
    await here.hands_in("lan", "c", text="cân đo lần 2")
    said = await here.says("lan", "dữ liệu của tôi")
    assert texts.purpose(1827) in said
    assert "Tôi giữ 5 năm rồi xoá" in said
    path = re.search(r"/du-lieu/[\w-]{43}", await here.taps("lan", "Lấy dữ liệu của tôi"))
    assert path
    answer = await client.get(path[0])
    page = await answer.text()
    assert "Nguyễn Thị Lan: 1 lần nộp, 1 tệp như lúc thầy/cô gửi." in page
    assert "Tải về (ZIP, 10 byte)" in page
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


async def test_wrong_and_expired_links_get_the_page_of_the_dossiers(here: PrivacyStage, client: Client) -> None:
    gone = await (await client.get("/dossier/x")).text()
    path = await link(here, "lan")
    for wrong in (f"{path}A", f"{path[:-1]}", "/du-lieu/x", "/du-lieu/a/b"):
        for end in ("", ".zip"):
            answer = await client.get(f"{wrong}{end}")
            assert (answer.status, await answer.text()) == (404, gone)
    here.clock.move(timedelta(hours=24) - timedelta(seconds=1))
    assert (await client.get(path)).status == 200
    here.clock.move(timedelta(seconds=1))
    for end in ("", ".zip"):
        answer = await client.get(f"{path}{end}")
        assert (answer.status, await answer.text()) == (404, gone)
    await link(here, "lan")
    assert len(await here.all(OwnDataLinkRow)) == 1
    assert path.rpartition("/")[2] not in repr([vars(row) for row in await here.all(OwnDataLinkRow)])


async def test_a_download_that_broke_goes_on_though_something_was_said_since(
    here: PrivacyStage, client: Client
) -> None:
    await here.hands_in("lan", "a", text="cân đo lần 2")
    path = f"{await link(here, 'lan')}.zip"
    answer = await client.get(path)
    whole, tag = await answer.read(), answer.headers["ETag"]
    here.clock.move(timedelta(hours=2))
    await here.says("lan", "tháng này nộp gì?")
    await here.taps("huong", "Nộp")
    answer = await client.get(path, headers={"Range": "bytes=1000-", "If-Range": tag})
    assert (answer.status, await answer.read()) in ((206, whole[1000:]), (200, await (await client.get(path)).read()))


async def test_what_was_deleted_is_named_and_nothing_fails(here: PrivacyStage, client: Client) -> None:
    await here.hands_in("huong", "a", "b", text="cân đo lần 2")
    here.ages()
    file = (await here.received())[1].id
    code = (await here.rows())[0].code
    await here.says("huong", f"/xoaminhchung {code} {file} dong y")
    await here.expiring().finish()
    data, files = await zipped(client, await link(here, "huong"))
    assert files == {f"tệp/{code}/01 ảnh.jpg": here.contents["a"]}
    assert [one["state"] for one in data["submissions"][0]["files"]] == ["stored", "deleted"]


async def test_who_deletes_herself_deletes_her_links(here: PrivacyStage, client: Client) -> None:
    path = await link(here, "lan")
    await here.says("lan", "/xoadulieu dong y")
    assert (await client.get(path)).status == 404


async def test_nobody_unknown_gets_anything_and_without_an_address_it_is_said(here: PrivacyStage) -> None:
    assert "/du-lieu/" not in await here.says("stranger", "lấy dữ liệu của tôi")
    here.house = House()
    here.starts_anew()
    assert await here.says("lan", "lấy dữ liệu của tôi") == texts.NO_ADDRESS


async def test_who_has_handed_in_nothing_reads_so_in_words(here: PrivacyStage, client: Client) -> None:
    page = await (await client.get(await link(here, "huong"))).text()
    assert "Tải về (ZIP, chưa có tệp nào đã nộp)" in page
    assert "byte" not in page


async def test_who_spoke_in_whose_stead_and_what_she_noted_about_data_is_in_it(
    here: PrivacyStage, client: Client
) -> None:
    assert "đến hết ngày 10/12" in await here.says("huong", "uỷ quyền cho cô Lan đến 10/12")
    await here.says("huong", "ghi yêu cầu xoá ảnh: phụ huynh lớp 3A")
    here.clock.move(timedelta(minutes=1))
    hers, _ = await zipped(client, await link(here, "huong"))
    lans, _ = await zipped(client, await link(here, "lan"))
    mais, _ = await zipped(client, await link(here, "mai"))
    stood = [
        [(one["as_deputy"], one["other"], one["until"]) for one in data["in_stead"]] for data in (hers, lans, mais)
    ]
    assert stood == [[(False, "Nguyễn Thị Lan", "2023-12-10")], [(True, "Phạm Thị Hương", "2023-12-10")], []]
    [asked] = hers["requests"]
    assert (asked["kind"], asked["words"], asked["done_at"]) == ("delete", "xoá ảnh: phụ huynh lớp 3A", None)
    assert asked["unit"].startswith("MN Hoa Phượng")
    assert lans["requests"] == mais["requests"] == []
