"""What deliveries say to the operator rather than to the bot: a grant taken back, a quota changed, a wrong secret."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from core.clock import Clock
from core.errors import Unreadable
from core.platform import Delivery
from core.texts import delivery as texts
from records.alerts import NEWS, clear_alert, raise_alert
from records.session import Begin
from web.webhooks import Store

MANY = 5  # forged deliveries in a row, and not one genuine: the secret in our settings is the wrong one

AlertOf = Callable[[bytes], str | None]  # raises Unreadable


class Watch:
    """Stands before `store`: `keep` stores what is genuine, `forged` counts what is not."""

    def __init__(self, store: Store, watchers: Mapping[str, AlertOf], begin: Begin, clock: Clock) -> None:
        self._store = store
        self._watchers = watchers
        self._begin = begin
        self._clock = clock
        self._forged: Counter[str] = Counter()

    async def keep(self, deliveries: Sequence[Delivery]) -> None:
        """As `store`; then an alert is raised for each delivery that a platform's watcher finds one in."""
        await self._store(deliveries)
        for one in deliveries:
            if self._forged.pop(one.platform, 0) >= MANY:
                async with self._begin() as session:
                    await clear_alert(session, f"forged:{one.platform}", self._clock())
            if text := self._alert_in(one):
                await self._raise(f"{NEWS}{one.platform}:{one.id}", text)

    async def forged(self, platform: str) -> None:
        """A delivery with a wrong secret or signature came."""
        self._forged[platform] += 1
        if self._forged[platform] == MANY:
            await self._raise(f"forged:{platform}", texts.wrong_secret(platform))

    def _alert_in(self, one: Delivery) -> str | None:
        """None also for what nobody can read: it is stored, and put aside when its turn comes."""
        try:
            return self._watchers[one.platform](one.raw) if one.platform in self._watchers else None
        except Unreadable:
            return None

    async def _raise(self, key: str, text: str) -> None:
        async with self._begin() as session:
            await raise_alert(session, key, text, self._clock())
