"""A school that was closed or merged: what is still handed in for it is not lost, and nobody waits for it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core.people import UnitTree
from records.session import Begin
from tests.evidence.stage import UNIT, District
from tests.fakes.clock import StillClock

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

REPORT = "0/{} trường đã nộp"


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    return await District(begin, clock, tmp_path / "files").opens()


def closes(here: District, unit: str, successor: str = "") -> None:
    index = here.school.index
    units = {**index.tree.units}
    units[unit] = replace(units[unit], valid_to=date(2023, 11, 1), successor=successor)
    here.school.index = replace(index, tree=UnitTree.of(units.values()))


@pytest.mark.parametrize("successor", ["", "VB-ANHDUONG"])
async def test_what_comes_from_it_is_received_and_the_office_sees_it(here: District, successor: str) -> None:
    closes(here, UNIT, successor=successor)
    receipt = await here.hands_in("huong", "a", text="cân đo lần 2")
    assert "Đã ghi là nộp. Phòng GDĐT huyện Vĩnh Bảo sẽ xem." in receipt
    assert "1 lần nộp" in await here.says("hanh", "/duyet")


async def test_the_office_does_not_wait_for_it(here: District) -> None:
    assert REPORT.format(2) in await here.says("hanh", "/tiendo")
    closes(here, UNIT)
    said = await here.says("hanh", "/tiendo")
    assert REPORT.format(2) not in said
    assert said.count(REPORT.format(1)) == 2  # another report is of one school anyhow
