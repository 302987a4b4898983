"""Events: who is invited and by which words, when, tentative ones as such, and nothing that the paper does not say."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from core.clock import VIETNAM
from core.hours import Hours
from core.message import Address
from core.people import Role
from core.reminding import Kind
from core.work import Status, TaskRef
from evidence.desk import Desk
from knowledge.index import Index
from knowledge.workdays import Workdays
from records import groups
from records.session import Begin
from reminding.calendar import between
from reminding.steps import evening_before, tells_of_event
from tests.evidence.stage import District
from tests.fakes.clock import StillClock
from tests.reminding.tasks import with_task
from tests.reminding.test_reminders import reminders

CONFERENCE = TaskRef(3, 6)  # 8h00, Friday 14 March 2025, tentative
TITLE = "Tổ chức hội nghị tổng kết Đề án giai đoạn 2018-2025 cấp huyện"
GROUP = "nhom-truong-son"


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    """A school of An Lão with a group; an officer of its Phòng, which has none."""
    district = await District(begin, clock, tmp_path / "files").opens()
    known = [replace(one.shelved, ingested_on=date(2024, 10, 1)) for one in district.school.index.volumes]
    district.school.index = Index.of(known, district.school.index.tree)
    await district.hires("nga", "Lê Thị Nga", "PGD-AL", Role.STAFF)
    async with begin() as session:
        await groups.bind(session, Address(district.name, GROUP), school(district))
    return district


def school(here: District) -> str:
    return min(one.code for one in here.school.index.tree.units.values() if one.parent == "PGD-AL")


async def hears(here: District, day: date, hour: int, minute: int = 30, who: str = GROUP) -> list[str]:
    here.clock.move(datetime.combine(day, time(hour, minute), VIETNAM) - here.clock())
    before = len(here.read_by(who))
    await reminders(here).work()
    await here.school.works()
    return [one for one in here.read_by(who)[before:] if "hội nghị" in one]


async def test_a_school_is_invited_three_days_before_with_the_words_of_the_paper(here: District) -> None:
    [said] = await hears(here, date(2025, 3, 11), 7)
    _, _, invitation = said.partition("Mời dự, còn 3 ngày làm việc:\n")
    assert invitation.splitlines()[:3] == [
        f"• {TITLE}",
        "08:00, thứ Sáu 14/03/2025 – dự kiến, chưa chốt",
        "Tại: Trường MN Trường Sơn",
    ]
    assert "Thành phần: Sở GD&ĐT (Đại diện" in invitation
    assert await hears(here, date(2025, 3, 12), 7) == []
    assert await hears(here, date(2025, 3, 13), 7) == []


async def test_the_evening_before_and_the_morning_of_the_day_it_is_told_once(here: District) -> None:
    eve = date(2025, 3, 13)
    assert await hears(here, eve, 16, 45) == []
    [said] = await hears(here, eve, 17)
    assert " việc ngày mai:\n\n• " in said
    assert "dự kiến, chưa chốt" in said
    assert await hears(here, eve, 18) == []
    [said] = await hears(here, date(2025, 3, 14), 7)
    assert "Mời dự hôm nay:\n• " in said
    assert await hears(here, date(2025, 3, 14), 17) == []


async def test_where_the_evening_is_quiet_nothing_is_said_the_morning_after_of_tomorrow(here: District) -> None:
    eve, quiet = date(2025, 3, 13), Hours(quiet=(time(17), time(7)))
    for hour in (17, 18):
        here.clock.move(datetime.combine(eve, time(hour, 30), VIETNAM) - here.clock())
        await reminders(here, quiet).work()
    here.clock.move(datetime.combine(eve + timedelta(days=1), time(7), VIETNAM) - here.clock())
    await here.school.works()
    assert not [one for one in here.read_by(GROUP) if "ngày mai" in one]


async def test_the_office_that_holds_it_is_told_in_its_own_words(here: District) -> None:
    [said] = await hears(here, date(2025, 3, 11), 7, who="nga")
    assert "Sự kiện, còn 3 ngày làm việc:\n• " in said
    assert "Mời dự" not in said
    assert len(await hears(here, date(2025, 3, 13), 17, who="nga")) == 1  # it has no group


async def test_a_firm_event_is_not_called_tentative_and_one_without_guests_invites_nobody(here: District) -> None:
    with_task(here, CONFERENCE, status=Status.FIRM)
    [said] = await hears(here, date(2025, 3, 11), 7)
    assert "dự kiến, chưa chốt" not in said
    volume = here.school.index.by_id[3].shelved
    plain = tuple(
        replace(one, text="+ Nội dung khác.") if "thành phần" in one.text else one for one in volume.plan.passages
    )
    others = [one.shelved for one in here.school.index.volumes if one.shelved.id != 3]
    changed = replace(volume, plan=replace(volume.plan, passages=plain))
    here.school.index = Index.of(sorted([*others, changed], key=lambda one: one.id), here.school.index.tree)
    assert await hears(here, date(2025, 3, 13), 17) == []
    assert " việc ngày mai:\n\n• " in here.read_by("nga")[-1]


async def test_an_event_of_several_days_is_told_of_before_it_begins(here: District) -> None:
    with_task(here, CONFERENCE, start=date(2025, 3, 14), due=date(2025, 3, 16), time=None)
    [said] = await hears(here, date(2025, 3, 13), 17)
    assert "từ thứ Sáu 14/03/2025 đến 16/03/2025 – dự kiến, chưa chốt" in said
    assert await hears(here, date(2025, 3, 14), 17) == []


async def test_the_months_opening_names_it_in_one_line(here: District) -> None:
    [said] = await hears(here, date(2025, 3, 3), 7)
    assert f"• {TITLE} (thứ Sáu 14/03) – dự kiến\n" in said
    assert "Thành phần" not in said


async def test_the_calendar_of_a_school_that_is_invited_shows_it_with_its_place(here: District) -> None:
    async with here.begin() as session:
        desk = Desk(session, here.school.index, here.clock())
        found = await between(desk, [school(here)], date(2025, 3, 1), date(2025, 3, 31), date(2025, 3, 31))
    [event] = [one for one in found if "hội nghị" in one.title]
    assert (event.first, event.title) == (date(2025, 3, 14), f"08:00 {TITLE} (dự kiến)")
    assert (event.place, event.tentative) == ("Trường MN Trường Sơn", True)
    assert "Thành phần: Sở GD&ĐT" in event.about


def test_an_event_on_a_sunday_is_told_of_on_the_friday_evening() -> None:
    sunday, days = date(2025, 3, 16), Workdays()
    assert evening_before(sunday, days) == date(2025, 3, 14)
    told = [day for n in range(14) if tells_of_event(day := date(2025, 3, 5) + timedelta(days=n), sunday, days)]
    assert told == [date(2025, 3, 11)]  # three working days before that Friday; the day itself is off


async def test_what_goes_on_a_day_names_the_evening_before_an_event_with_its_hour(here: District) -> None:
    here.clock.move(datetime(2025, 3, 13, 8, tzinfo=VIETNAM) - here.clock())
    asked = await reminders(here).of_the_day()
    [(goes, said)] = [(goes, one) for goes, one in asked if one.kind is Kind.EVENING and one.chat]
    assert goes == datetime(2025, 3, 13, 17, tzinfo=VIETNAM)
    assert await hears(here, date(2025, 3, 13), 17) == [said.text]
    quiet = await reminders(here, Hours(quiet=(time(17), time(7)))).of_the_day()
    assert not [one for _, one in quiet if one.kind is Kind.EVENING]


async def test_what_goes_on_a_day_has_the_opening_of_the_month_in_the_mornings_message(here: District) -> None:
    here.clock.move(datetime(2025, 3, 3, 6, tzinfo=VIETNAM) - here.clock())
    [(goes, said)] = [(goes, one) for goes, one in await reminders(here).of_the_day() if one.chat]
    assert goes == datetime(2025, 3, 3, 7, 30, tzinfo=VIETNAM)
    assert await hears(here, date(2025, 3, 3), 7) == [said.text]
