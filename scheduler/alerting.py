"""What the operator must do is told to the administrators in private, once each time it arises."""

from core.clock import Clock
from core.message import Outbound, Urgency
from records import outbox, people
from records.alerts import mark_told, open_alerts
from records.session import Begin


async def tell_admins(begin: Begin, clock: Clock) -> int:
    """Queue what nobody was told yet, to every administrator who can be reached; how many alerts were told."""
    now = clock()
    async with begin() as session:
        news = [alert for alert in await open_alerts(session) if not alert.told]
        ways = {admin: await people.ways_to(session, admin) for admin in await people.admins(session)} if news else {}
        reachable = {admin: open_to[0] for admin, open_to in ways.items() if open_to}
        if not reachable:
            return 0
        for alert in news:
            for admin, address in reachable.items():
                key = f"alert:{alert.key}:{alert.raised_at.timestamp():.0f}:{admin}"
                await outbox.put(
                    session, Outbound(address, f"⚠️ {alert.text}", urgency=Urgency.REMINDER), key, now, person=admin
                )
        await mark_told(session, [alert.key for alert in news], now)
    return len(news)
