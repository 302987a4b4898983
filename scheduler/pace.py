"""How soon a chat may have its next message."""

from collections import deque
from datetime import datetime, timedelta

from core.message import Address
from core.platform import Limits

_MINUTE = timedelta(seconds=60)
_SECOND = timedelta(seconds=1)
_KEPT = 1000  # chats; beyond that the quiet ones are dropped


class Pace:
    """What this process has sent in the trailing minute, chat by chat, and in the trailing second, to all chats.

    A service's limit is a sliding window, not a bucket: tokens that refill would let twice as much through.
    """

    def __init__(self) -> None:
        self._sent: dict[tuple[str, str], deque[datetime]] = {}
        self._sent_to_all: dict[str, deque[datetime]] = {}  # by service
        self._blocked: dict[tuple[str, str], datetime] = {}

    def wait(self, address: Address, limits: Limits, group: bool, now: datetime) -> timedelta:
        """How long to wait before sending there; zero: send now. After waiting ask again: others may have sent."""
        chat = (address.platform, address.chat)
        sent, to_all = self._sent.get(chat, deque()), self._sent_to_all.get(address.platform, deque())
        free = [now, now + self.blocked_for(address, now)]
        if sent:
            free.append(sent[-1] + timedelta(seconds=1 / limits.per_second))
        if group:
            free.append(_room(sent, limits.per_minute_group, _MINUTE, now))
        free.append(_room(to_all, limits.per_second_all, _SECOND, now))
        return max(free) - now

    def note(self, address: Address, now: datetime) -> None:
        """Something was sent there."""
        _add(self._sent.setdefault((address.platform, address.chat), deque()), now, _MINUTE)
        _add(self._sent_to_all.setdefault(address.platform, deque()), now, _SECOND)
        if len(self._sent) > _KEPT:
            self._sent = {chat: times for chat, times in self._sent.items() if times[-1] > now - _MINUTE}

    def blocked_for(self, address: Address, now: datetime) -> timedelta:
        """How long the service still wants this chat left alone."""
        return max(self._blocked.get((address.platform, address.chat), now) - now, timedelta(0))

    def block(self, address: Address, until: datetime, now: datetime) -> None:
        """The service asked to leave this chat alone until then."""
        self._blocked = {chat: end for chat, end in self._blocked.items() if end > now}
        self._blocked[address.platform, address.chat] = until


def _room(sent: deque[datetime], limit: float, window: timedelta, now: datetime) -> datetime:
    """When one more fits the window; a tenth of the limit is left for what the service counts differently."""
    most = max(int(limit * 0.9), 1)
    return sent[-most] + window if len(sent) >= most else now


def _add(sent: deque[datetime], now: datetime, window: timedelta) -> None:
    sent.append(now)
    while sent[0] <= now - window:
        sent.popleft()
