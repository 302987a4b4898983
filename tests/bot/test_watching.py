"""What deliveries say to the operator: once, and no longer than it is true."""

from collections.abc import Sequence

from bot.watching import MANY, Watch
from core.errors import Unreadable
from core.platform import Delivery
from core.texts.delivery import wrong_secret
from records.alerts import open_alerts
from records.session import Begin
from tests.fakes.clock import StillClock


async def _store(deliveries: Sequence[Delivery]) -> None:
    """Somewhere."""


async def _open(begin: Begin) -> list[str]:
    async with begin() as session:
        return [alert.text for alert in await open_alerts(session)]


async def test_a_secret_set_wrongly_is_told_until_a_genuine_delivery_comes(begin: Begin, clock: StillClock) -> None:
    watch = Watch(_store, {}, begin, clock)
    for _ in range(MANY - 1):
        await watch.forged("zalo_oa")
    assert await _open(begin) == []
    for _ in range(MANY):
        await watch.forged("zalo_oa")
    assert await _open(begin) == [wrong_secret("zalo_oa")]
    await watch.keep([Delivery("telegram", "1", b"{}")])
    assert await _open(begin) == [wrong_secret("zalo_oa")]
    await watch.keep([Delivery("zalo_oa", "1", b"{}")])
    assert await _open(begin) == []


async def test_a_forgery_now_and_then_among_genuine_deliveries_is_none_of_the_operators(
    begin: Begin, clock: StillClock
) -> None:
    watch = Watch(_store, {}, begin, clock)
    for number in range(3 * MANY):
        await watch.forged("zalo_oa")
        await watch.keep([Delivery("zalo_oa", str(number), b"{}")])
    assert await _open(begin) == []


async def test_what_a_service_says_to_the_operator_is_an_alert(begin: Begin, clock: StillClock) -> None:
    watch = Watch(_store, {"zalo_oa": lambda raw: "Cấp quyền lại." if b"revoked" in raw else None}, begin, clock)
    await watch.keep([Delivery("zalo_oa", "1", b"hello"), Delivery("zalo_oa", "2", b"revoked")])
    assert await _open(begin) == ["Cấp quyền lại."]


async def test_what_nobody_can_read_is_kept_and_acknowledged(begin: Begin, clock: StillClock) -> None:
    """An error would have the service send it again, and after some refusals nothing any more."""
    stored: list[Delivery] = []

    async def store(deliveries: Sequence[Delivery]) -> None:
        stored.extend(deliveries)

    def read(raw: bytes) -> str | None:
        if raw == b"[]":
            raise Unreadable("no object")
        return "Cấp quyền lại."

    watch = Watch(store, {"zalo_oa": read}, begin, clock)
    await watch.keep([Delivery("zalo_oa", "1", b"[]"), Delivery("zalo_oa", "2", b"{}")])
    assert [one.id for one in stored] == ["1", "2"]
    assert await _open(begin) == ["Cấp quyền lại."]
