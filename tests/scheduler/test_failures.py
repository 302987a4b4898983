"""What becomes of messages whose service is down or has lost the person: later, another way, or no more."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from core.errors import Act, SendFailed
from core.message import Address, Inbound, InboundKind, Outbound, StoredFile
from core.people import Role
from core.platform import Platform
from core.texts.delivery import sent_another_way
from records import alerts, contacts, outbox, people
from records.session import Begin
from records.tables import OutboxRow, UnitRow
from scheduler.deliver import Deliverer
from scheduler.failures import note_mended
from tests.fakes.clock import StillClock
from tests.fakes.platform import FakePlatform

MINUTE = timedelta(minutes=1)


class Down(FakePlatform):
    """Cannot be reached until `up`."""

    up: bool = False

    async def send(self, message: Outbound) -> str:
        if not self.up:
            raise SendFailed(outbox.OFFLINE, timedelta(seconds=5))
        return await super().send(message)


class Office:
    """Three services, one of them down, and Lan, who has an account with each."""

    def __init__(self, begin: Begin, clock: StillClock) -> None:
        self.begin, self.clock = begin, clock
        self.telegram, self.zalo, self.oa = FakePlatform("telegram"), Down("zalo_bot"), FakePlatform("zalo_oa")
        platforms: dict[str, Platform] = {one.name: one for one in (self.telegram, self.zalo, self.oa)}
        self.deliverer = Deliverer(begin, platforms, clock, clock.sleep, jitter=lambda: 0.0)
        self.lan = 0

    async def opens(self) -> "Office":
        async with self.begin() as session:
            session.add(UnitRow(code="MN1", name="MN1", level="school"))
            await session.flush()
            self.lan = (await people.add_person(session, "Lan", "MN1", Role.TEACHER)).id
            for number, name in enumerate(("zalo_oa", "telegram", "zalo_bot")):
                await people.link(session, name, "lan", self.lan, self.clock())
                heard = Inbound(Address(name, "lan"), "lan")
                await contacts.note(session, [heard], self.clock() + number * MINUTE)
        return self

    async def puts(self, platform: str, text: str, person: int | None = None) -> None:
        async with self.begin() as session:
            message = Outbound(Address(platform, "lan"), text)
            await outbox.put(session, message, f"notice:{platform}:{text}", self.clock(), person=person)

    async def passes(self, time: timedelta) -> None:
        """Everything that becomes ready in this time is tried when it is."""
        end = self.clock() + time
        await self._deliver()
        while (ready_at := await self._next()) is not None and ready_at <= end:
            self.clock.now = ready_at
            await self._deliver()
        self.clock.now = end

    async def states(self) -> list[str]:
        async with self.begin() as session:
            return list(await session.scalars(select(OutboxRow.state).order_by(OutboxRow.id)))

    async def alerts(self) -> list[str]:
        async with self.begin() as session:
            return [alert.key for alert in await alerts.open_alerts(session)]

    async def _deliver(self) -> None:
        while await self.deliverer.deliver_ready():
            pass

    async def _next(self) -> datetime | None:
        async with self.begin() as session:
            return await outbox.next_ready(session, ["telegram", "zalo_bot", "zalo_oa"], self.clock())


@pytest.fixture
async def office(begin: Begin, clock: StillClock) -> Office:
    return await Office(begin, clock).opens()


async def test_a_service_that_is_down_for_an_hour_holds_up_nobody_and_gets_all_in_order(office: Office) -> None:
    for number in range(6):
        await office.puts("zalo_bot", f"z{number}")
        await office.puts("telegram", f"t{number}")
        await office.passes(10 * MINUTE)
        assert office.telegram.read_by("lan") == [f"t{seen}" for seen in range(number + 1)]
    assert office.zalo.read_by("lan") == []
    office.zalo.up = True
    await office.passes(60 * MINUTE)
    assert office.zalo.read_by("lan") == [f"z{number}" for number in range(6)]


async def test_once_a_service_answers_again_nothing_waits_out_its_pause(office: Office) -> None:
    await office.puts("zalo_bot", "a")
    await office.passes(60 * MINUTE)
    office.zalo.up = True
    async with office.begin() as session:
        other = Outbound(Address("zalo_bot", "mai"), "b")
        await outbox.put(session, other, "notice:b", office.clock())
    await office.passes(MINUTE)
    assert office.zalo.read_by("mai") == ["b"]
    assert office.zalo.read_by("lan") == ["a"]


async def test_what_the_operator_has_mended_is_no_alert_any_more_and_is_one_again(office: Office) -> None:
    for _ in range(2):
        office.oa.failures = [SendFailed("-321", MINUTE, act=Act.OPERATOR)]
        await office.puts("zalo_oa", f"Lần {office.clock()}")
        await office.passes(MINUTE / 2)
        assert await office.alerts() == ["send:zalo_oa"]
        async with office.begin() as session:
            await alerts.mark_told(session, ["send:zalo_oa"], office.clock())
        await office.passes(2 * MINUTE)
        assert await office.alerts() == []


async def test_once_the_operator_has_acted_nothing_waits_out_its_pause(office: Office) -> None:
    office.oa.failures = [SendFailed("-321", 60 * MINUTE, act=Act.OPERATOR)]
    await office.puts("zalo_oa", "a")
    await office.passes(MINUTE)
    await office.puts("zalo_oa", "b")  # behind the other
    await office.passes(MINUTE)
    assert office.oa.read_by("lan") == []
    async with office.begin() as session:
        await outbox.put(session, Outbound(Address("zalo_oa", "mai"), "c"), "notice:c", office.clock())
    await office.passes(MINUTE)
    assert office.oa.read_by("lan") == ["a", "b"]


async def test_a_new_grant_lets_out_what_waited_for_it(office: Office) -> None:
    office.oa.failures = [SendFailed("no grant", 60 * MINUTE, act=Act.OPERATOR)]
    await office.puts("zalo_oa", "a")
    await office.passes(MINUTE)
    async with office.begin() as session:
        await note_mended(session, "zalo_oa", office.clock())
    assert await office.alerts() == []
    await office.passes(MINUTE)
    assert office.oa.read_by("lan") == ["a"]


async def test_a_group_that_takes_messages_again_says_nothing_of_another(office: Office) -> None:
    office.oa.failures = [SendFailed("-237", MINUTE, act=Act.OPERATOR)] * 2
    for chat in ("tổ lá", "tổ mầm"):
        async with office.begin() as session:
            await outbox.put(session, Outbound(Address("zalo_oa", chat), "Họp.", group=True), chat, office.clock())
    await office.passes(MINUTE / 2)
    assert len(await office.alerts()) == 2
    office.oa.failures = [SendFailed("-237", 60 * MINUTE, act=Act.OPERATOR)]
    await office.passes(MINUTE)
    [left] = await office.alerts()
    assert left.startswith("send:zalo_oa:tổ ")


async def test_what_cannot_reach_a_person_here_goes_by_the_channel_last_used_and_says_so(office: Office) -> None:
    office.oa.failures = [SendFailed("-230", act=Act.OTHER_CHANNEL)]
    office.zalo.up = True
    await office.puts("zalo_oa", "Mai họp.", person=office.lan)
    await office.passes(MINUTE)
    assert office.zalo.read_by("lan") == [sent_another_way("zalo_oa", "Mai họp.")]
    assert await office.states() == ["failed", "sent"]


@pytest.mark.parametrize(("act", "left"), [(Act.GONE, 0), (Act.OTHER_CHANNEL, 3)])
async def test_each_channel_is_tried_once_and_then_it_is_given_up(office: Office, act: Act, left: int) -> None:
    office.zalo.up = True
    for one in (office.oa, office.zalo, office.telegram):
        one.failures = [SendFailed("blocked", act=act)] * 9
    await office.puts("zalo_oa", "Mai họp.", person=office.lan)
    await office.passes(MINUTE)
    assert await office.states() == ["failed"] * 3
    async with office.begin() as session:
        assert len(await people.ways_to(session, office.lan)) == left


async def test_by_the_third_channel_only_the_second_is_spoken_of(office: Office) -> None:
    office.zalo.up = True
    for one in (office.oa, office.zalo):
        one.failures = [SendFailed("-230", act=Act.OTHER_CHANNEL)]
    await office.puts("zalo_oa", "Mai họp.", person=office.lan)
    await office.passes(MINUTE)
    assert office.telegram.read_by("lan") == [sent_another_way("zalo_bot", "Mai họp.")]


async def test_what_is_not_for_a_person_goes_no_other_way(office: Office) -> None:
    office.oa.failures = [SendFailed("-230", act=Act.OTHER_CHANNEL)]
    await office.puts("zalo_oa", "Mai họp.")
    await office.passes(MINUTE)
    assert await office.states() == ["failed"]


async def test_the_preferred_channel_comes_first_and_a_blocked_one_not_at_all(office: Office) -> None:
    async with office.begin() as session:
        await contacts.note(session, [Inbound(Address("telegram", "lan"), "lan", InboundKind.LEFT)], office.clock())
        assert [way.platform for way in await people.ways_to(session, office.lan)] == ["zalo_bot", "zalo_oa"]


async def test_files_go_the_other_way_too(office: Office) -> None:
    office.zalo.up = True
    office.oa.failures = [SendFailed("-230", act=Act.OTHER_CHANNEL)]
    async with office.begin() as session:
        message = Outbound(Address("zalo_oa", "lan"), "Mã QR")
        stored = (StoredFile("ab" * 32, "qr.png", "image/png", 3),)
        await outbox.put(session, message, "notice:qr", office.clock(), stored=stored, person=office.lan)
    await office.passes(MINUTE)
    async with office.begin() as session:
        rows = (await session.scalars(select(OutboxRow.files).order_by(OutboxRow.id))).all()
    assert rows[0] == rows[1] != []


async def test_the_operator_no_longer_hears_of_what_has_gone_out_since(office: Office) -> None:
    office.oa.failures = [SendFailed("quota", MINUTE, act=Act.OPERATOR)] * 2
    await office.puts("zalo_oa", "a")
    await office.passes(MINUTE)
    assert await office.alerts() == ["send:zalo_oa"]
    async with office.begin() as session:
        await outbox.put(session, Outbound(Address("zalo_oa", "mai"), "b"), "notice:b", office.clock())
    await office.passes(MINUTE)
    assert (office.oa.read_by("mai"), office.oa.read_by("lan"), await office.alerts()) == (["b"], ["a"], [])


async def test_the_operator_hears_of_what_was_tried_for_hours_in_vain(office: Office) -> None:
    await office.puts("zalo_bot", "a")
    await office.passes(60 * MINUTE)
    assert (await office.states(), await office.alerts()) == (["waiting"], [])
    await office.passes(24 * 60 * MINUTE)
    assert (await office.states(), await office.alerts()) == (["failed"], ["send:zalo_bot"])
