"""What a group takes no more reaches who gives its unit's word, once; where nobody does, it is seen that it did not."""

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import select

from core.errors import Act, SendFailed
from core.message import Address, Inbound, InboundKind, Outbound, StoredFile, Urgency
from core.people import Level, Role
from core.texts.delivery import instead_of_group, sent_another_way
from records import alerts, contacts, groups, letters, outbox, people, reach
from records.session import Begin
from records.tables import OutboxRow, UnitRow
from scheduler.deliver import Deliverer
from scheduler.reach import tell_cut_off
from tests.fakes.clock import StillClock
from tests.fakes.platform import FakePlatform

GROUP = Address("telegram", "group")
LONG = "Câu này dài. " * 200  # two parts
PICTURE = StoredFile("ab" * 32, "qr.png", "image/png", 3)


class Office:
    """A school with a group on one service, which has removed the bot, and another service."""

    def __init__(self, begin: Begin, clock: StillClock) -> None:
        self.begin, self.clock = begin, clock
        self.telegram, self.zalo = FakePlatform("telegram", shut={"group"}), FakePlatform("zalo_bot")
        platforms = {one.name: one for one in (self.telegram, self.zalo)}
        self.deliverer = Deliverer(begin, platforms, clock, clock.sleep)

    async def opens(self) -> "Office":
        async with self.begin() as session:
            session.add(UnitRow(code="A", name="MN A, huyện B", level="school"))
            await session.flush()
            await groups.bind(session, GROUP, "A")
        return self

    async def hires(self, name: str, *services: str, role: Role = Role.PRINCIPAL) -> int:
        async with self.begin() as session:
            person = await people.add_person(session, name, "A", role)
            for service in services:
                await people.link(session, service, name, person.id, self.clock())
                await contacts.note(session, [Inbound(Address(service, name), name)], self.clock())
        return person.id

    async def puts(
        self, text: str, urgency: Urgency = Urgency.BULK, key: str = "notice:1:A", files: Sequence[StoredFile] = ()
    ) -> None:
        async with self.begin() as session:
            message = Outbound(GROUP, text, group=True, urgency=urgency)
            await outbox.put(session, message, key, self.clock(), stored=files)
        await self.works()

    async def works(self) -> None:
        while await self.deliverer.deliver_ready():
            pass

    async def rows(self) -> list[tuple[str, str]]:
        async with self.begin() as session:
            return [(key, state) for key, state in await session.execute(_ROWS)]


_ROWS = select(OutboxRow.key, OutboxRow.state).order_by(OutboxRow.id)


@pytest.fixture
async def office(begin: Begin, clock: StillClock) -> Office:
    return await Office(begin, clock).opens()


@pytest.mark.parametrize("urgency", [Urgency.REMINDER, Urgency.BULK])
async def test_the_principal_reads_it_in_private_and_why(office: Office, urgency: Urgency) -> None:
    await office.hires("huong", "telegram")
    await office.hires("lan", "telegram", role=Role.TEACHER)
    await office.puts("Mai họp.", urgency)
    assert office.telegram.read_by("huong") == [instead_of_group("MN A", "Mai họp.")]
    assert office.telegram.read_by("lan") == []
    assert office.telegram.sent[0].urgency is urgency
    assert not office.telegram.sent[0].group
    assert await office.rows() == [("notice:1:A#1", "failed"), ("notice:1:A#1~instead#1", "sent")]


async def test_a_principal_on_another_service_reads_it_there(office: Office) -> None:
    await office.hires("huong", "zalo_bot")
    await office.puts("Mai họp.")
    assert office.zalo.read_by("huong") == [instead_of_group("MN A", "Mai họp.")]


async def test_a_principal_who_has_blocked_the_bot_too_reads_it_on_her_other_service(office: Office) -> None:
    await office.hires("huong", "zalo_bot", "telegram")
    office.telegram.shut.add("huong")
    await office.puts("Mai họp.")
    said = instead_of_group("MN A", "Mai họp.")
    assert office.zalo.read_by("huong") in ([said], [sent_another_way("telegram", said)])


async def test_sent_again_and_again_it_is_read_once(office: Office) -> None:
    await office.hires("huong", "telegram")
    for _ in range(3):
        await office.puts("Mai họp.", key="notice:1:A")
        async with office.begin() as session:
            assert await letters.send_again(session, office.clock()) == 0  # it went another way
            (id,) = await session.scalars(select(OutboxRow.id).where(OutboxRow.key == "notice:1:A#1"))
            assert await letters.send_again(session, office.clock(), id) == 1
        await office.works()
    await office.hires("binh", "telegram")
    await office.works()
    assert len(office.telegram.read_by("huong")) == 1
    assert office.telegram.read_by("binh") == []


async def test_two_principals_read_it_once_each_all_parts_in_order_with_the_files(office: Office) -> None:
    for name in ("huong", "binh"):
        await office.hires(name, "telegram")
    await office.puts(LONG, files=[PICTURE])
    for name in ("huong", "binh"):
        first, *rest = office.telegram.read_by(name)
        assert first.startswith("(Gửi riêng thầy/cô vì nhóm của MN A ")
        assert not any("Gửi riêng" in one for one in rest)
        assert "".join([first, *rest]).count("Câu này dài.") == 200
    async with office.begin() as session:
        rows = await session.execute(select(OutboxRow.chat, OutboxRow.files).order_by(OutboxRow.id))
        assert {chat for chat, files in rows if files} == {"group", "huong", "binh"}


async def test_an_answer_is_not_carried_out_of_the_group(office: Office) -> None:
    await office.hires("huong", "telegram")
    await office.puts("Hạn là 05/12.", Urgency.ANSWER, "reply:1")
    assert await office.rows() == [("reply:1#1", "failed")]


async def test_a_group_from_which_the_bot_was_just_removed_is_still_its_schools(office: Office) -> None:
    await office.hires("huong", "telegram")
    async with office.begin() as session:
        await contacts.note(session, [Inbound(GROUP, "x", InboundKind.LEFT, group=True)], office.clock())
        await groups.deactivate(session, GROUP)
    await office.puts("Mai họp.")
    assert len(office.telegram.read_by("huong")) == 1


async def test_a_group_in_which_the_bot_may_not_write_is_not_lost(office: Office) -> None:
    await office.hires("huong", "telegram")
    office.telegram.shut.clear()
    office.telegram.failures = [SendFailed("no right", act=Act.OTHER_CHANNEL)]
    await office.puts("Mai họp.")
    assert len(office.telegram.read_by("huong")) == 1
    async with office.begin() as session:
        assert await reach.groups_cut_off(session) == set()


async def test_a_school_nobody_of_which_is_reached_is_told_upwards_and_its_message_is_seen(office: Office) -> None:
    await office.hires("huong")
    await office.puts("Mai họp.")
    async with office.begin() as session:
        assert await letters.count(session) == {"failed": 1}
        (letter,) = [one async for one in letters.letters(session, [letters.FAILED])]
        assert (letter.key, letter.reason) == ("notice:1:A#1", "kicked")
        assert await reach.unheard(session, ["A"], date(2023, 12, 4)) == {"A"}
    await tell_cut_off(office.begin, office.clock)
    async with office.begin() as session:
        (alert,) = await alerts.open_alerts(session)
    assert "nhóm của MN A, huyện B. Không có ai nhận thay nhóm của MN A, huyện B. " in alert.text


async def test_once_the_principal_can_be_written_to_only_the_group_is_told_upwards(office: Office) -> None:
    await office.hires("huong", "zalo_bot")
    await office.puts("Mai họp.")
    await tell_cut_off(office.begin, office.clock)
    async with office.begin() as session:
        (alert,) = await alerts.open_alerts(session)
        assert await reach.unheard(session, ["A"], date(2023, 12, 4)) == set()
    assert "nhóm của MN A, huyện B." in alert.text
    assert "nhận thay" not in alert.text


@pytest.mark.parametrize("level", [Level.COMMUNE, Level.DISTRICT])
async def test_for_an_office_its_officers_read_it(office: Office, level: Level) -> None:
    async with office.begin() as session:
        (unit,) = await session.scalars(select(UnitRow))
        unit.level = level.value
    await office.hires("hanh", "telegram", role=Role.STAFF)
    await office.puts("Mai họp.")
    assert len(office.telegram.read_by("hanh")) == 1
