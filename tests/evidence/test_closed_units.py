"""A school that was closed or merged: what is still handed in for it is not lost, and nobody waits for it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core.people import UnitTree
from records.session import Begin
from scheduler.fallen import Fallen
from tests.evidence.stage import UNIT, District
from tests.fakes.clock import StillClock

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

CLOSED = date(2023, 11, 1)
REPORT = "0/{} trường đã nộp"


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    return await District(begin, clock, tmp_path / "files").opens()


def closes(here: District, unit: str, successor: str = "") -> None:
    index = here.school.index
    units = {**index.tree.units}
    units[unit] = replace(units[unit], valid_to=CLOSED, successor=successor)
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


async def the_chore_runs(here: District) -> None:
    index = here.school.index
    await Fallen(here.begin, lambda: index, here.clock, here.school.deliverer.wake).work()
    await here.school.works()


async def test_what_the_schools_of_a_closed_office_hand_in_is_looked_at_by_the_office_above_it(here: District) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")  # while the office was there
    closes(here, "PGD-VB")
    receipt = await here.hands_in("mai", "b", text="cân đo lần 2")
    assert "Đã ghi là nộp. Sở Giáo dục và Đào tạo Hải Phòng sẽ xem." in receipt
    assert "2 lần nộp" in await here.says("tuan", "/duyet")
    assert "Không có minh chứng nào" in await here.says("hanh", "/duyet")
    code = (await here.rows())[0].code
    assert "không thấy" in await here.says("hanh", f"/nhan {code}")
    assert f"Đã nhận {code}" in await here.says("tuan", f"/nhan {code}")
    assert "Sở Giáo dục và Đào tạo Hải Phòng đã nhận minh chứng" in here.read_by("huong")[-1]


async def test_who_has_it_now_is_told_once(here: District) -> None:
    await the_chore_runs(here)
    assert here.read_by("tuan") == []
    await here.hands_in("huong", "a", text="cân đo lần 2")
    closes(here, "PGD-VB")
    await here.hands_in("mai", "b", text="cân đo lần 2")
    await the_chore_runs(here)
    [told] = here.read_by("tuan")
    assert told.startswith("Phòng GDĐT huyện Vĩnh Bảo không còn hoạt động")
    assert "2 đơn vị (Lớp MN độc lập tư thục Ánh Dương, MN Hoa Phượng)" in told
    assert "Đang chờ: 2 lần nộp. Xem: /duyet" in told
    await here.hands_in("huong", "c", text="bổ sung cân đo lần 2")
    await the_chore_runs(here)
    assert here.read_by("tuan") == [told]
    assert not any("không còn hoạt động" in one for one in here.read_by("hanh"))


async def test_an_office_with_a_successor_is_not_told_of(here: District) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    closes(here, "PGD-VB", successor="PGD-AL")
    await the_chore_runs(here)
    assert here.read_by("tuan") == []


async def test_of_two_closed_offices_above_each_other_the_next_that_is_open_has_it(here: District) -> None:
    closes(here, "PGD-VB")
    closes(here, "SO-HP")
    assert "Bộ Giáo dục và Đào tạo sẽ xem" in await here.hands_in("huong", "a", text="cân đo lần 2")
