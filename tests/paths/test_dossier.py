"""The dossier from end to end: asked for on Telegram, opened by the link in the running service, downloaded, closed."""

import asyncio
import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from aiohttp import ClientSession
from PIL import Image

from core.people import Role
from core.texts.dossier import BLUR
from handlers.files import QUIET
from tests.media.crowd import astronaut, detail, needs_a_detector
from tests.media.made import saved
from tests.paths.conftest import Town

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_an_inspector_opens_what_the_principal_was_sent(town: Town) -> None:
    principal = await town.resident("Cô Hương", "VB-HOAPHUONG", Role.PRINCIPAL)
    said = await town.asks(principal, "ho so minh chung thang 12")
    found = re.search(r"http://\S+/dossier/\S+", said)
    assert found, said
    async with ClientSession() as browser:
        async with browser.get(found[0]) as page:
            assert page.status == 200
            assert "MN Hoa Phượng" in await page.text()
        async with browser.get(f"{found[0]}.zip") as answer:
            assert ZipFile(BytesIO(await answer.read())).namelist() == ["Mục lục.xlsx", "Mục lục.docx"]
        assert "Mở 1 lần từ 1 nơi" in await town.asks(principal, "/hoso")
        code = re.search(r"thu hồi hồ sơ (\w{6})", said)
        assert code
        await town.asks(principal, f"thu hoi ho so {code[1]}")
        async with browser.get(found[0]) as page:
            assert page.status == 404


@needs_a_detector
async def test_outsiders_see_no_faces(town: Town) -> None:
    principal = await town.resident("Cô Hương", "VB-HOAPHUONG", Role.PRINCIPAL)
    answer = await town.reads(principal, lambda: principal.says("can do lan 2 han nao"))
    principal.sends_photo(reply_to=answer, content=saved(astronaut(), "JPEG"))
    await town.server.until(lambda: town.server.asked("getFile"))
    await town.reads(principal, lambda: town.clock.move(QUIET))
    await town.asks(principal, "ho so minh chung")
    link = re.search(
        r"http://\S+/dossier/\S+", str((await town.reads(principal, lambda: principal.taps(BLUR)))["text"])
    )
    assert link
    async with ClientSession() as browser, asyncio.timeout(60):
        waiting = True
        while waiting:
            async with browser.get(link[0]) as page:
                waiting = "đang che mặt" in await page.text()
        async with browser.get(f"{link[0]}.zip") as answer_of_zip:
            packed = ZipFile(BytesIO(await answer_of_zip.read()))
    [picture] = [packed.read(name) for name in packed.namelist() if name.endswith(".jpg")]
    with Image.open(BytesIO(picture)) as shown:
        assert detail(astronaut(), (110, 118), 91) > 6 > 4 > detail(shown.copy(), (110, 118), 91)
