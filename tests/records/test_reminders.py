"""What waits to remind a unit is taken back, but not what a process has in hand: it may have arrived."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.clock import local_day
from core.message import Address, Outbound, Urgency
from core.reminding import Kind, Message
from core.work import TaskRef
from records import outbox, reminders
from records.session import Begin
from records.tables import OutboxRow
from tests.fakes.clock import START

REF = TaskRef(1, 2)


@pytest.mark.parametrize(("in_hand", "left"), [(False, 0), (True, 1)])
async def test_what_is_being_sent_is_not_taken_back(begin: Begin, in_hand: bool, left: int) -> None:
    said = Message(Kind.MORNING, local_day(START), ("A",), "a", (REF,), Address("fake", "group"))
    message = Outbound(Address("fake", "group"), said.text, group=True, tasks=said.tasks, urgency=Urgency.REMINDER)
    async with begin() as session:
        await reminders.note(session, [said])
        await outbox.put(session, message, reminders.key(said), START)
    if in_hand:
        async with begin() as session:
            assert await outbox.claim(session, ["fake"], START, timedelta(seconds=30), 9)
    async with begin() as session:
        await reminders.take_back(session, "A", REF, START)
    async with begin() as session:
        assert len((await session.scalars(select(OutboxRow.id))).all()) == left
