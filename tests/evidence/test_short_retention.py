"""Where messages are kept for days only, what they said is gone, and nothing is said a second time."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from records.old_messages import KEYS_KEPT
from records.session import Begin
from records.tables import OutboxRow
from scheduler.data_requests import Requests
from tests.evidence.privacy_stage import PrivacyStage
from tests.fakes.clock import StillClock

DAYS = 2


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> PrivacyStage:
    return await PrivacyStage(begin, clock, tmp_path / "files").opens()


async def asked(here: PrivacyStage) -> None:
    """A request about data is noted."""
    await here.says("huong", "ghi yêu cầu phụ huynh lớp 3A: xoá ảnh")
    await here.taps("huong", "Xoá")


async def day_by_day(here: PrivacyStage, days: int) -> list[str]:
    """What the principal reads meanwhile."""
    before = len(here.read_by("huong"))
    requests = Requests(here.begin, lambda: here.school.index, here.clock, DAYS, here.school.deliverer.wake)
    for _ in range(days):
        await requests.work()
        await here.school.works()
        await here.after(1, DAYS)
    return here.read_by("huong")[before:]


async def test_a_reminder_of_a_request_about_data_is_not_said_again(here: PrivacyStage) -> None:
    await asked(here)
    told = await day_by_day(here, 40)
    assert len(told) == len(set(told)) == 2  # to answer, to have it done


async def test_of_what_was_said_the_key_alone_is_kept_and_that_not_for_ever(here: PrivacyStage) -> None:
    await asked(here)
    await day_by_day(here, 10)
    old = [row for row in await here.all(OutboxRow) if row.queued_at < here.clock() - timedelta(days=DAYS)]
    assert {(row.state, row.text, row.chat, row.person_id) for row in old} == {("gone", "", "", None)}
    assert {row.key.partition(":")[0] for row in old} == {"request"}
    here.clock.move(KEYS_KEPT)
    await here.after(1, DAYS)
    assert await here.all(OutboxRow) == []


async def test_what_still_waits_is_kept_with_its_words(here: PrivacyStage) -> None:
    await asked(here)
    async with here.begin() as session:
        waiting = update(OutboxRow).values(state="waiting", ready_at=here.clock() + timedelta(days=900))
        await session.execute(waiting)
    before = [row.text for row in await here.all(OutboxRow)]
    await here.after(500, DAYS)
    assert [row.text for row in await here.all(OutboxRow) if row.state == "waiting"] == before
