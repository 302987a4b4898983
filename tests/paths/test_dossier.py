"""The dossier from end to end: asked for on Telegram, opened by the link in the running service, downloaded, closed."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from aiohttp import ClientSession

from core.people import Role
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
