"""A unit's calendar: on which days its tasks stand, how they are called, what becomes of them."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from ical.calendar_stream import IcsCalendarStream

from core.calendar import Entry
from core.evidence import State
from core.work import Kind, Rule, Status, TaskRef
from evidence.desk import Desk
from knowledge.index import Index
from records import extensions, people
from records.session import Begin
from reminding.calendar import between, feed
from reminding.ics import write
from tests.evidence.stage import UNIT
from tests.fakes.clock import StillClock
from tests.reminding.tasks import with_task
from tests.web.dossier_stage import WEIGHING, DossierStage

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
DECEMBER = date(2023, 12, 1), date(2023, 12, 31)


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> DossierStage:
    stage = DossierStage(begin, clock, tmp_path / "files")
    await stage.opens()
    known = [replace(one.shelved, ingested_on=date(2023, 9, 10)) for one in stage.school.index.volumes]
    stage.school.index = Index.of(known, stage.school.index.tree)
    return stage


async def entries(here: DossierStage, *units: str, days: tuple[date, date] = DECEMBER) -> tuple[Entry, ...]:
    async with here.begin() as session:
        desk = Desk(session, here.school.index, here.clock())
        return await between(desk, units or (UNIT,), *days, days[1])


async def the_one(here: DossierStage, ref: TaskRef = WEIGHING) -> Entry:
    [found] = [one for one in await entries(here) if one.uid.startswith(f"{ref}-")]
    return found


async def test_a_task_stands_on_the_last_day_it_may_be_handed_in_and_is_called_as_the_paper_says(
    here: DossierStage,
) -> None:
    found = await the_one(here)
    assert (found.first, found.last) == (date(2023, 12, 4), date(2023, 12, 4))
    assert found.title.startswith("trước 05/12: Tổ chức cân - đo")
    assert found.about.startswith("trước ngày 05/12/2023 (thứ Ba)\n“")
    assert found.about.splitlines()[-1].startswith(
        "Công văn V/v kế hoạch trọng tâm tháng GDMN năm học 2023-2024 (Phòng"
    )
    task = here.school.index.by_id[WEIGHING.document].shelved.plan.obligations[WEIGHING.number]
    assert f"“{task.snippet}”" in found.about


async def test_before_a_monday_it_stands_on_the_friday(here: DossierStage) -> None:
    with_task(here, WEIGHING, due=date(2023, 12, 11))
    found = await the_one(here)
    assert found.first == date(2023, 12, 8)
    assert found.title.startswith("trước 11/12: ")
    assert "nên xong chậm nhất thứ Sáu 08/12" in found.about


async def test_an_hour_leaves_that_day_and_an_event_stands_on_its_own_days(here: DossierStage) -> None:
    with_task(here, WEIGHING, time="16:00")
    found = await the_one(here)
    assert found.first == date(2023, 12, 5)
    assert found.title.startswith("trước 16:00 05/12: ")
    event = {"kind": Kind.EVENT, "rule": Rule.EVENT, "time": "08:00-11:30", "status": Status.TENTATIVE}
    with_task(here, WEIGHING, start=date(2023, 12, 8), due=date(2023, 12, 10), **event)
    found = await the_one(here)
    assert (found.first, found.last, found.tentative) == (date(2023, 12, 8), date(2023, 12, 10), True)
    assert found.title.startswith("08:00–11:30 Tổ chức cân - đo")
    assert found.title.endswith(" (dự kiến)")


async def test_what_comes_back_stands_on_each_of_its_days_under_ids_of_their_own(here: DossierStage) -> None:
    with_task(here, WEIGHING, rule=Rule.MONTHLY, recurrence="monthly 25", due=date(2023, 12, 25))
    days = date(2023, 11, 1), date(2024, 2, 28)
    found = [one for one in await entries(here, days=days) if one.uid.startswith(f"{WEIGHING}-")]
    assert [one.first for one in found] == [
        date(2023, 11, 24),
        date(2023, 12, 25),
        date(2024, 1, 25),
        date(2024, 2, 23),
    ]
    assert [one.title[:9] for one in found] == ["hạn 25/11", "hạn 25/12", "hạn 25/01", "hạn 25/02"]
    assert len({one.uid for one in found}) == 4


async def test_a_moved_day_moves_the_same_event(here: DossierStage) -> None:
    before = await the_one(here)
    async with here.begin() as session:
        person = await people.find_person(session, here.name, "hanh")
        assert person
        await extensions.grant(session, UNIT, WEIGHING, date(2023, 12, 20), person.id, here.clock())
    after = await the_one(here)
    assert (after.uid, after.first) == (before.uid, date(2023, 12, 20))
    assert after.title.startswith("hạn 20/12: ")
    assert "Đơn vị được gia hạn đến 20/12/2023." in after.about
    assert after.changed == here.clock() > before.changed
    others = await entries(here, "VB-ANHDUONG")
    assert any(one.title.startswith("trước 05/12: Tổ chức cân") for one in others)


async def test_what_is_handed_in_is_ticked_off_and_stays_where_it_is(here: DossierStage) -> None:
    before = await the_one(here)
    await here.gives(WEIGHING, {"a.jpg": b"\xff\xd8\xff\xe0"}, State.RETURNED)
    assert await the_one(here) == before
    await here.gives(WEIGHING, {"b.jpg": b"\xff\xd8\xff\xe0b"})
    after = await the_one(here)
    assert (after.uid, after.first, after.title) == (before.uid, before.first, f"✓ {before.title}")
    assert "Đã nộp lúc 08:00 ngày 04/12/2023." in after.about


async def test_what_no_longer_stands_is_gone(here: DossierStage) -> None:
    count = len(await entries(here))
    with_task(here, WEIGHING, status=Status.SUPERSEDED)
    assert len(await entries(here)) == count - 1
    here.school.index = Index.of((), here.school.index.tree)
    assert await entries(here) == ()


async def test_nothing_without_a_day_of_another_tier_or_of_strangers_is_in_it(here: DossierStage) -> None:
    year = date(2023, 8, 1), date(2024, 8, 31)
    school, office = await entries(here, days=year), await entries(here, "PGD-VB", days=year)
    titles = {one.title for one in school}
    assert any("Tổ chức cân - đo" in title for title in titles)
    assert not titles & {one.title for one in office}
    assert any(one.title.startswith("trước 15/12: ") for one in office)
    dated = {one.uid.partition("-")[0] for one in school}
    by_id = here.school.index.by_id
    assert all(
        (ref := TaskRef.parse(one)) and by_id[ref.document].shelved.plan.obligations[ref.number].due for one in dated
    )
    assert await entries(here, "NO-SUCH") == ()


async def test_a_person_of_two_units_reads_whose_each_is(here: DossierStage) -> None:
    found = await entries(here, UNIT, "VB-ANHDUONG")
    weighing = [one.title.rpartition(" – ")[2] for one in found if "Tổ chức cân - đo" in one.title]
    assert sorted(weighing) == ["Lớp MN độc lập tư thục Ánh Dương", "MN Hoa Phượng"]
    assert len({one.uid for one in found}) == len(found)


async def test_the_feed_looks_two_months_back_and_a_year_ahead(here: DossierStage) -> None:
    today = date(2023, 12, 4)
    async with here.begin() as session:
        found = await feed(Desk(session, here.school.index, here.clock()), [UNIT], today)
    assert min(one.first for one in found) >= today - timedelta(days=60)
    assert max(one.first for one in found) > date(2024, 4, 1)
    assert list(found) == sorted(found, key=lambda one: (one.first, one.uid))


async def test_every_day_of_a_year_is_read_back_by_another_reader(here: DossierStage) -> None:
    found = await entries(here, days=(date(2023, 8, 1), date(2024, 8, 31)))
    calendar = IcsCalendarStream.calendar_from_ics(write("Hạn nộp", found).decode())
    assert len(found) == 10
    assert [(one.uid, one.dtstart, one.summary) for one in calendar.events] == [
        (one.uid, one.first, one.title) for one in found
    ]
