"""The last way to a person: a template message of the Official Account, by its id of the person or by phone."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.platforms.zalo_oa import ZaloOA
from bot.platforms.zalo_template import ZaloTemplate
from core.errors import Act, SendFailed
from core.message import Address, Inbound, Outbound
from core.people import Role
from core.platform import Platform
from records import contacts, outbox, people
from records.session import Begin
from records.tables import PersonRow, UnitRow
from scheduler.deliver import Deliverer
from tests.fakes.clock import StillClock
from tests.fakes.platform import FakePlatform
from tests.fakes.zalo_oa_server import OneGrant, ZaloOAServer
from tests.fakes.zalo_oa_world import APP_ID

TEMPLATE, FIELD = "287654", "noi_dung"
PHONE = "0912 345 678"

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@dataclass
class Office:
    begin: Begin
    clock: StillClock
    server: ZaloOAServer
    telegram: FakePlatform
    deliverer: Deliverer

    async def knows(self, platform: str, sender: str, phone: str = "") -> int:
        """Somebody with one account, last heard of now."""
        async with self.begin() as session:
            session.add(UnitRow(code="MN1", name="MN1", level="school"))
            await session.flush()
            someone = await people.add_person(session, "Lan", "MN1", Role.TEACHER)
            (await session.get_one(PersonRow, someone.id)).phone = phone
            await people.link(session, platform, sender, someone.id, self.clock())
            await contacts.note(session, [Inbound(Address(platform, sender), sender)], self.clock())
        return someone.id

    async def sends(self, platform: str, sender: str, text: str, person: int) -> None:
        async with self.begin() as session:
            message = Outbound(Address(platform, sender), text)
            await outbox.put(session, message, "notice:1", self.clock(), person=person)
        while await self.deliverer.deliver_ready():
            pass

    def templates(self) -> list[tuple[str, object]]:
        """The template messages that were accepted: to whom, and what stood in the field."""
        calls = self.server.asked("/v3.0/oa/message/template") + self.server.asked("/business/message/template")
        return [
            (call.params.get("user_id") or call.params["phone"], call.params["template_data"][FIELD])
            for call in calls
            if call.code == 0
        ]


@pytest.fixture
async def office(begin: Begin, clock: StillClock) -> AsyncIterator[Office]:
    grant = OneGrant()
    async with ZaloOAServer(clock, grant) as server:
        server.template(TEMPLATE, **{FIELD: 200})
        account = ZaloOA.open(APP_ID, "khoa", grant, server.url, server.business_url, clock=clock)
        telegram, template = FakePlatform("telegram"), ZaloTemplate(account.send_template, TEMPLATE, FIELD)
        platforms: dict[str, Platform] = {one.name: one for one in (account, telegram, template)}
        yield Office(begin, clock, server, telegram, Deliverer(begin, platforms, clock, clock.sleep))
        await account.close()


async def test_who_is_silent_for_a_week_is_reached_by_the_accounts_id(office: Office) -> None:
    lan = office.server.person("Lan")
    lan.follows()
    person = await office.knows("zalo_oa", lan.id, PHONE)
    office.clock.move(timedelta(days=8))
    await office.sends("zalo_oa", lan.id, "Mai họp lúc 8 giờ. " + "Nội dung. " * 50, person)
    ((to, said),) = office.templates()
    assert to == lan.id
    assert "Mai họp lúc 8 giờ." in str(said)
    assert len(str(said)) <= 200


async def test_who_has_blocked_the_only_channel_is_reached_by_phone(office: Office) -> None:
    office.server.person("Lan").user.phone = "84912345678"
    person = await office.knows("telegram", "lan", PHONE)
    office.telegram.failures = [SendFailed("blocked", act=Act.GONE)]
    await office.sends("telegram", "lan", "Mai họp.", person)
    ((to, said),) = office.templates()
    assert to == "84912345678"
    assert str(said).endswith("Mai họp.")


async def test_nobody_is_written_to_twice_nor_without_a_number(office: Office) -> None:
    person = await office.knows("telegram", "lan")
    office.telegram.failures = [SendFailed("blocked", act=Act.GONE)]
    await office.sends("telegram", "lan", "Mai họp.", person)
    assert office.templates() == []
