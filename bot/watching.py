"""Deliveries that say something to the operator rather than to the bot: a grant taken back, a quota changed."""

from collections.abc import Callable, Mapping, Sequence

from core.clock import Clock
from core.platform import Delivery
from records.alerts import raise_alert
from records.session import Begin
from web.webhooks import Store

AlertOf = Callable[[bytes], str | None]


def watched(store: Store, watchers: Mapping[str, AlertOf], begin: Begin, clock: Clock) -> Store:
    """As `store`; then an alert is raised for each delivery that a platform's watcher finds one in."""

    async def keep(deliveries: Sequence[Delivery]) -> None:
        await store(deliveries)
        found = [(one, watchers[one.platform](one.raw)) for one in deliveries if one.platform in watchers]
        for delivery, text in found:
            if text:
                async with begin() as session:
                    await raise_alert(session, f"event:{delivery.platform}:{delivery.id}", text, clock())

    return keep
