"""Whoever hands something in for the first time is told what it is for, who sees it and how long it is kept, once."""

from pathlib import Path

import pytest
from sqlalchemy import update

from core.texts import privacy
from handlers.context import House
from records.session import Begin
from records.tables import PersonRow
from tests.evidence.stage import District
from tests.fakes.clock import StillClock


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    district = await District(begin, clock, tmp_path / "files").opens()
    async with begin() as session:
        await session.execute(update(PersonRow).values(noticed_at=None))
    return district


async def test_the_first_receipt_says_what_files_are_for_and_how_long_they_are_kept(here: District) -> None:
    first = await here.hands_in("huong", "a", text="cân đo lần 2")
    assert first.endswith(f"\n\n{privacy.notice(1827)}")
    assert "Tôi giữ 5 năm rồi xoá" in first
    assert "/dulieu" in first


async def test_it_is_said_once_to_each(here: District) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    assert "Lần đầu" not in await here.hands_in("huong", "b", text="cân đo lần 2 bổ sung")
    assert "Lần đầu" in await here.hands_in("lan", "c", text="cân đo lần 2")


async def test_nothing_is_said_of_it_where_nothing_was_received(here: District) -> None:
    await here.says("huong", "thang nay nop gi")
    assert "Lần đầu" not in here.last("huong").text


async def test_an_installation_that_keeps_things_for_good_says_so(
    begin: Begin, clock: StillClock, tmp_path: Path
) -> None:
    house = House("https://nhacviec.example.vn", retention_days=0)
    here = await District(begin, clock, tmp_path / "files", house=house).opens()
    async with begin() as session:
        await session.execute(update(PersonRow).values(noticed_at=None))
    assert "Tôi giữ đến khi trường yêu cầu xoá." in await here.hands_in("huong", "a", text="cân đo lần 2")
