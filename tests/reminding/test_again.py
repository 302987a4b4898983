""" "Nhắc lại …" from end to end: when it will come is said, it comes then, once, with what is still to be done."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from core.clock import VIETNAM
from core.message import Address
from core.texts import reminders as texts
from records import groups, memberships, people
from records.erasing import erase
from records.session import Begin
from records.tables import OutboxRow
from tests.evidence.stage import UNIT, District
from tests.fakes.clock import StillClock
from tests.reminding.test_reminders import GROUP, WEIGHING, morning, reminders

MONDAY = date(2023, 12, 4)
FIGURES = "Tổng hợp báo cáo kết quả và thống kê số liệu thực hiện nhiệm vụ học kỳ I"


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    district = await District(begin, clock, tmp_path / "files").opens()
    async with begin() as session:
        await groups.bind(session, Address(district.name, GROUP), UNIT)
    return district


async def round_at(here: District, day: date, hour: int, minute: int = 0) -> list[str]:
    """What the principal reads when the worker has run then."""
    here.clock.move(datetime.combine(day, time(hour, minute), VIETNAM) - here.clock())
    before = len(here.read_by("huong"))
    await reminders(here).work()
    await here.school.works()
    return here.read_by("huong")[before:]


async def test_it_comes_once_at_the_hour_that_was_named(here: District) -> None:
    await morning(here, MONDAY, time(9))
    said = await here.says("huong", "nhắc lại 15h nhé")
    lines = said.splitlines()
    assert lines[0] == "Vâng, 15:00 hôm nay tôi nhắc lại:"
    assert f"• {WEIGHING} (trước 05/12)" in lines
    assert f"• {FIGURES} (trước 05/12)" in lines
    assert "giờ nghỉ" not in said
    assert await round_at(here, MONDAY, 14, 55) == []
    [again] = await round_at(here, MONDAY, 15)
    assert again.startswith("Thầy/cô dặn tôi nhắc lại, MN Hoa Phượng:\n\nHôm nay nên xong:\n")
    assert await round_at(here, MONDAY, 15, 5) == []
    assert (await round_at(here, MONDAY, 16)) == []


async def test_what_is_in_by_then_is_not_said_and_with_nothing_left_nothing_comes(here: District) -> None:
    await morning(here, MONDAY, time(9))
    await here.says("huong", "nhắc lại chiều nay")
    await here.hands_in("huong", "a", text="cân đo lần 2")
    [again] = await round_at(here, MONDAY, 14)
    assert WEIGHING not in again
    assert FIGURES in again
    await here.says("huong", "nhắc lại 16h", reply_to=here.id_of_last("huong"))
    await here.says("huong", "/thoinhac", reply_to=here.id_of_last("huong"))
    assert await round_at(here, MONDAY, 16) == []


async def test_one_that_waits_to_go_out_is_said_anew_without_what_came_in(here: District) -> None:
    await morning(here, MONDAY, time(9))
    await here.says("huong", "nhắc lại 15h")
    here.clock.move(datetime.combine(MONDAY, time(15), VIETNAM) - here.clock())
    await reminders(here).work()  # queued, not sent
    async with here.begin() as session:
        later = update(OutboxRow).where(OutboxRow.state == "waiting")
        await session.execute(later.values(ready_at=here.clock() + timedelta(minutes=5)))
    await here.hands_in("huong", "a", text="cân đo lần 2")
    [again] = await round_at(here, MONDAY, 15, 5)
    assert again.startswith("Thầy/cô dặn tôi nhắc lại")
    assert WEIGHING not in again
    assert FIGURES in again


async def test_quiet_time_is_passed_over_and_that_is_said(here: District) -> None:
    friday = date(2023, 12, 8)
    await morning(here, friday, time(9))
    said = await here.says("huong", "nhắc lại ngày mai")
    assert said.startswith("Vâng, 08:00 thứ Hai 11/12 tôi nhắc lại:\n")
    assert "\n\nGiờ thầy/cô chọn là giờ nghỉ, nên tôi nhắc vào lúc ấy.\n" in said
    assert await round_at(here, date(2023, 12, 9), 8) == []
    assert any("dặn tôi nhắc lại" in one for one in await round_at(here, date(2023, 12, 11), 8))


async def test_a_later_word_takes_the_place_of_an_earlier_one(here: District) -> None:
    await morning(here, MONDAY, time(9))
    await here.says("huong", "nhắc lại 10h")
    await here.says("huong", "nhắc lại 11h")
    assert await round_at(here, MONDAY, 10) == []
    assert len(await round_at(here, MONDAY, 11)) == 1


async def test_without_an_hour_it_is_asked_for(here: District) -> None:
    await morning(here, MONDAY, time(9))
    asked = await here.says("huong", "nhắc lại")
    assert asked.startswith("Tôi nhắc lại lúc nào? ")
    assert (await here.taps("huong", "Sáng mai")).startswith("Vâng, 08:00 thứ Ba 05/12 tôi nhắc lại:")
    assert (await here.says("huong", "nhắc lại khi rảnh")).startswith("Tôi chưa hiểu giờ ấy. Tôi nhắc lại lúc nào? ")


async def test_a_teacher_is_reminded_in_private_and_a_group_by_the_principals_word(here: District) -> None:
    await morning(here, MONDAY, time(9))
    await here.school.says_in(GROUP, "lan", "nhắc lại 15h", "g1", addressed=True)
    assert here.read_by(GROUP)[-1] == texts.AGAIN_IN_PRIVATE
    assert await here.says("lan", "nhắc lại 15h") == texts.AGAIN_WHICH  # she was told nothing in private
    await here.school.says_in(GROUP, "huong", "nhắc lại 15h", "g2", addressed=True)
    assert here.read_by(GROUP)[-1].startswith("Vâng, 15:00 hôm nay tôi nhắc lại:")
    assert await round_at(here, MONDAY, 15) == []
    assert here.read_by(GROUP)[-1].startswith("Nhắc lại theo lời dặn, MN Hoa Phượng:")
    assert not [one for one in here.read_by(GROUP) if one.startswith("Chiều nay")]  # it has chosen its own hour


async def test_after_hours_of_silence_it_is_still_said_and_not_after_a_day(here: District) -> None:
    await morning(here, MONDAY, time(9))
    await here.says("huong", "nhắc lại 15h")
    assert len(await round_at(here, MONDAY, 20)) == 1
    await here.says("huong", "nhắc lại 20h30")
    assert not [one for one in await round_at(here, date(2023, 12, 6), 12, 30) if "dặn tôi" in one]


async def test_who_has_left_or_was_erased_hears_nothing(here: District) -> None:
    await morning(here, MONDAY, time(9))
    await here.says("huong", "nhắc lại 15h")
    async with here.begin() as session:
        huong = await people.find_person(session, here.name, "huong")
        assert huong
        [place] = await memberships.of_person(session, huong.id)
        await memberships.end(session, place, None, here.clock())
    assert await round_at(here, MONDAY, 15) == []
    async with here.begin() as session:
        await erase(session, huong.id, here.clock())
    assert await round_at(here, MONDAY, 15, 5) == []


async def test_in_the_night_between_two_rounds_nothing_is_lost(here: District) -> None:
    await morning(here, MONDAY, time(9))
    assert "06:30 thứ Ba 05/12" in await here.says("huong", "nhắc lại 22h")
    assert await round_at(here, MONDAY, 22) == []
    assert len(await round_at(here, MONDAY + timedelta(days=1), 6, 30)) == 1
