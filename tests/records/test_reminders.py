"""What waits to remind a unit is taken back, but not what a process has in hand: it may have arrived."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.message import Address, Outbound, Urgency
from core.work import TaskRef
from records import outbox, reminders
from records.session import Begin
from records.tables import OutboxRow
from tests.fakes.clock import START

REF = TaskRef(1, 2)


@pytest.mark.parametrize(("in_hand", "left"), [(False, 0), (True, 1)])
async def test_what_is_being_sent_is_not_taken_back(begin: Begin, in_hand: bool, left: int) -> None:
    message = Outbound(Address("fake", "group"), "a", group=True, tasks=(REF,), urgency=Urgency.REMINDER)
    async with begin() as session:
        await outbox.put(session, message, "reminder:A:2023-12-04:fake:group", START)
    if in_hand:
        async with begin() as session:
            assert await outbox.claim(session, ["fake"], START, timedelta(seconds=30), 9)
    async with begin() as session:
        await reminders.take_back(session, "A", REF)
    async with begin() as session:
        assert len((await session.scalars(select(OutboxRow.id))).all()) == left
