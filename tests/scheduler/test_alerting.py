"""What the operator must do reaches the administrators in private, once."""

from sqlalchemy import select

from core.message import Address, Inbound
from core.people import Role
from records import contacts, people
from records.alerts import NEWS, clear_alert, open_alerts, raise_alert
from records.session import Begin
from records.tables import OutboxRow, UnitRow
from scheduler.alerting import tell_admins
from tests.fakes.clock import StillClock


async def test_an_alert_is_told_once_to_every_admin_and_again_when_it_comes_back(
    begin: Begin, clock: StillClock
) -> None:
    await _admins(begin, clock)
    async with begin() as session:
        await raise_alert(session, "channel:zalo_oa", "Cấp quyền lại.", clock())
    assert [await tell_admins(begin, clock) for _ in range(2)] == [1, 0]
    assert await _queued(begin) == [("telegram", "an", "⚠️ Cấp quyền lại."), ("zalo_bot", "binh", "⚠️ Cấp quyền lại.")]
    await clock.sleep(60)
    async with begin() as session:
        await clear_alert(session, "channel:zalo_oa", clock())
        await raise_alert(session, "channel:zalo_oa", "Cấp quyền lại.", clock())
    assert await tell_admins(begin, clock) == 1


async def test_without_anybody_to_tell_it_waits(begin: Begin, clock: StillClock) -> None:
    async with begin() as session:
        await raise_alert(session, "a", "Hết hạn mức.", clock())
    assert await tell_admins(begin, clock) == 0
    await _admins(begin, clock)
    assert await tell_admins(begin, clock) == 1


async def test_news_is_over_once_it_was_told(begin: Begin, clock: StillClock) -> None:
    await _admins(begin, clock)
    async with begin() as session:
        await raise_alert(session, f"{NEWS}zalo_oa:1", "Zalo đã đổi số tin mẫu.", clock())
        await raise_alert(session, "channel:zalo_oa", "Cấp quyền lại.", clock())
    assert await tell_admins(begin, clock) == 2
    async with begin() as session:
        assert [alert.key for alert in await open_alerts(session)] == ["channel:zalo_oa"]


async def _admins(begin: Begin, clock: StillClock) -> None:
    async with begin() as session:
        session.add(UnitRow(code="SO", name="Sở", level="department"))
        await session.flush()
        for name, platform in (("an", "telegram"), ("binh", "zalo_bot")):
            admin = await people.add_person(session, name, "SO", Role.ADMIN)
            await people.link(session, platform, name, admin.id, clock())
            await contacts.note(session, [Inbound(Address(platform, name), name)], clock())
        await people.add_person(session, "khong-kenh", "SO", Role.ADMIN)


async def _queued(begin: Begin) -> list[tuple[str, str, str]]:
    async with begin() as session:
        rows = await session.execute(select(OutboxRow.platform, OutboxRow.chat, OutboxRow.text))
        return sorted((row.platform, row.chat, row.text) for row in rows)
