"""Tasks that come back: what is handed in stops the reminders of its own day, and of no other."""

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest

from core.clock import VIETNAM
from core.evidence import Giver, State, Submission
from core.message import Address
from core.work import Obligation, Rule, TaskRef
from evidence.desk import Desk
from evidence.occasions import best_on
from knowledge.index import Index
from records import groups
from records.session import Begin
from reminding.calendar import between
from tests.evidence.stage import UNIT
from tests.fakes.clock import StillClock
from tests.reminding.tasks import with_task
from tests.reminding.test_reminders import GROUP, WEIGHING, morning
from tests.web.dossier_stage import WEIGHING as REF
from tests.web.dossier_stage import DossierStage

TASK = Obligation("mỗi tháng", "Báo cáo tháng", 1, 0, rule=Rule.MONTHLY, recurrence="monthly 25")
WEEKLY = Obligation("mỗi tuần", "Báo cáo tuần", 1, 0, rule=Rule.WEEKLY, recurrence="weekly FR")


def given(day: str, state: State = State.SUBMITTED, number: int = 1) -> Submission:
    at = datetime.combine(date.fromisoformat(day), time(9), VIETNAM)
    giver = Giver(Address("telegram", "x"), "x", unit=UNIT)
    return Submission(number, f"C{number}", giver, state, at, task=TaskRef(1, 0), handed_in_at=at)


def days(task: Obligation, *ones: Submission) -> dict[str, str]:
    return {f"{day:%m-%d}": one.code for day, one in best_on(task, ones).items()}


@pytest.mark.parametrize(
    ("came", "meant"),
    [
        ("2023-12-20", "12-25"),
        ("2023-12-25", "12-25"),
        ("2023-12-30", "12-25"),  # late
        ("2024-01-05", "12-25"),
        ("2024-01-12", "01-25"),
        ("2023-12-10", "12-25"),  # as far from the one as from the other
    ],
)
def test_it_is_for_the_nearest_day(came: str, meant: str) -> None:
    assert days(TASK, given(came)) == {meant: "C1"}


def test_what_comes_after_a_day_that_is_done_is_for_the_next() -> None:
    assert days(TASK, given("2023-12-20"), given("2024-01-05", number=2)) == {"12-25": "C1", "01-25": "C2"}
    assert days(TASK, given("2023-12-20"), given("2023-12-24", number=2)) == {"12-25": "C1"}  # something added
    returned = given("2023-12-20", State.RETURNED)
    assert days(TASK, returned, given("2024-01-05", number=2)) == {"12-25": "C2"}  # the same once more


def test_each_week_has_its_own() -> None:
    found = days(WEEKLY, given("2023-12-07"), given("2023-12-11", number=2), given("2023-12-22", number=3))
    assert found == {"12-08": "C1", "12-15": "C2", "12-22": "C3"}


def test_a_moved_day_is_one_of_them() -> None:
    found = best_on(TASK, [given("2023-12-14")], moved=date(2023, 12, 15))
    assert list(found) == [date(2023, 12, 15)]


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> DossierStage:
    stage = DossierStage(begin, clock, tmp_path / "files")
    await stage.opens()
    async with begin() as session:
        await groups.bind(session, Address(stage.name, GROUP), UNIT)
    known = [replace(one.shelved, ingested_on=date(2023, 12, 1)) for one in stage.school.index.volumes]
    stage.school.index = Index.of(known, stage.school.index.tree)
    with_task(stage, REF, rule=Rule.MONTHLY, recurrence="monthly 25", due=date(2023, 12, 25))
    return stage


async def hears(here: DossierStage, day: date) -> bool:
    """Whether the group is reminded of it that morning."""
    return any(WEIGHING in one for one in (await morning(here, day)).get(GROUP, []))


async def test_this_months_evidence_stops_this_months_reminders_only(here: DossierStage) -> None:
    assert await hears(here, date(2023, 12, 14))  # seven working days ahead
    here.clock.move(datetime(2023, 12, 18, 9, tzinfo=VIETNAM) - here.clock())
    await here.gives(REF, {"a.jpg": b"\xff\xd8\xff\xe0"})
    assert not await hears(here, date(2023, 12, 20))
    assert not await hears(here, date(2023, 12, 25))
    assert await hears(here, date(2024, 1, 25))
    assert await hears(here, date(2024, 1, 26))
    assert "(hạn 25/01)" in here.read_by(GROUP)[-1]
    assert "(hạn 25/12)" not in here.read_by(GROUP)[-1]
    here.clock.move(datetime(2024, 1, 27, 9, tzinfo=VIETNAM) - here.clock())
    await here.gives(REF, {"b.jpg": b"\xff\xd8\xff\xe0b"})
    assert not await hears(here, date(2024, 1, 30))
    assert await hears(here, date(2024, 2, 23))  # 25 February is a Sunday


async def test_a_day_before_the_document_came_is_history_and_one_that_the_next_has_followed_too(
    here: DossierStage,
) -> None:
    await morning(here, date(2023, 12, 14))
    assert "(hạn 25/11)" not in "".join(here.read_by(GROUP))  # the document came in December
    assert await hears(here, date(2024, 1, 8))
    assert "(hạn 25/12)" in here.read_by(GROUP)[-1]
    assert await hears(here, date(2024, 1, 25))
    assert "(hạn 25/12)" not in here.read_by(GROUP)[-1]
    assert "(hạn 25/01)" in here.read_by(GROUP)[-1]


async def test_the_calendar_ticks_off_that_month_alone(here: DossierStage) -> None:
    here.clock.move(datetime(2023, 12, 18, 9, tzinfo=VIETNAM) - here.clock())
    await here.gives(REF, {"a.jpg": b"\xff\xd8\xff\xe0"})
    last = date(2024, 2, 1)
    async with here.begin() as session:
        desk = Desk(session, here.school.index, here.clock())
        found = await between(desk, [UNIT], date(2023, 12, 1), last, last)
    ticked = {one.title[:12]: one.title.startswith("✓") for one in found if WEIGHING in one.title}
    assert ticked == {"✓ hạn 25/12:": True, "hạn 25/01: T": False}
