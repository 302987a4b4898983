"""The calendar from end to end: asked for on Telegram, read from the running service, moved, taken back."""

import re

import pytest
from aiohttp import ClientSession
from ical.calendar_stream import IcsCalendarStream

from core.people import Role
from tests.paths.conftest import Town

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_a_phone_reads_what_a_teacher_was_sent_until_she_takes_it_back(town: Town) -> None:
    teacher = await town.resident("Cô Lan", "VB-HOAPHUONG", Role.TEACHER)
    found = re.search(r"http://\S+/calendar/\S+\.ics", await town.asks(teacher, "link lich"))
    assert found
    async with ClientSession() as phone:
        async with phone.get(found[0]) as answer:
            assert answer.status == 200
            etag = answer.headers["ETag"]
            events = IcsCalendarStream.calendar_from_ics(await answer.text()).events
        assert {str(one.dtstart) for one in events if "trước 05/12" in (one.summary or "")} == {"2023-12-04"}
        async with phone.get(found[0], headers={"If-None-Match": etag}) as answer:
            assert (answer.status, await answer.read()) == (304, b"")
        await town.asks(teacher, "thu hoi lich")
        async with phone.get(found[0], headers={"If-None-Match": etag}) as answer:
            assert answer.status == 404
