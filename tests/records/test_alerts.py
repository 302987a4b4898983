"""Alerts: raised once, cleared, raised again."""

from datetime import timedelta

from records.alerts import clear_alert, open_alerts, raise_alert
from records.session import Begin
from tests.fakes.clock import StillClock


async def _open(begin: Begin) -> list[tuple[str, str]]:
    async with begin() as session:
        return [(alert.key, alert.text) for alert in await open_alerts(session)]


async def test_an_alert_is_open_until_it_is_cleared_and_may_come_again(begin: Begin, clock: StillClock) -> None:
    for _ in range(2):
        async with begin() as session:
            await raise_alert(session, "grant", "Hãy cấp quyền lại.", clock())
        assert await _open(begin) == [("grant", "Hãy cấp quyền lại.")]
        async with begin() as session:
            await clear_alert(session, "grant", clock())
        assert await _open(begin) == []


async def test_saying_it_again_changes_nothing_and_other_words_do(begin: Begin, clock: StillClock) -> None:
    async with begin() as session:
        await raise_alert(session, "grant", "một", clock())
        clock.move(timedelta(hours=1))
        await raise_alert(session, "grant", "một", clock())
        (same,) = await open_alerts(session)
        await raise_alert(session, "grant", "hai", clock())
        (other,) = await open_alerts(session)
    assert (same.raised_at, same.told) == (clock() - timedelta(hours=1), False)
    assert (other.text, other.raised_at) == ("hai", clock())
