"""Addresses that were given out of what was handed in: gone once all that has the file is withdrawn."""

from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from core.links import LIFETIME
from records import facts
from records.files import FileStore
from records.session import Begin
from scheduler.looking import Looker
from tests.evidence.stage import District
from tests.fakes.clock import StillClock
from tests.media.made import telling_jpeg
from tests.web.file_stage import FileStage

pytestmark = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    district = District(begin, clock, tmp_path / "files", contents={"a": telling_jpeg()})
    district.look = Looker(begin, FileStore(district.folder), clock).look
    return await district.opens()


async def given_out(here: District, stage: FileStage) -> str:
    """The address under which the office was shown the picture of what was handed in last."""
    async with here.begin() as session:
        [(_, _, file)] = await facts.shown(session, [(await here.rows())[-1].id])
    return f"/f/{stage.links.token(file, here.clock() + LIFETIME)}"


async def test_an_address_is_gone_once_all_that_has_the_file_is_withdrawn(here: District) -> None:
    stage = FileStage(here.begin, here.clock, here.folder)
    await here.hands_in("huong", "a", text="cân đo lần 2")
    path = await given_out(here, stage)
    await here.hands_in("huong", "a", text="cân đo lần 2")
    codes = [row.code for row in await here.rows()]
    async with TestClient(TestServer(stage.app())) as client:
        opened = []
        for code in codes:
            opened.append((await client.get(path)).status)
            await here.says("huong", f"/rutlai {code}")
        opened.append((await client.get(path)).status)
        assert opened == [200, 200, 404]
