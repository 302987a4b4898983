"""How soon a chat may have its next message."""

from collections import deque
from datetime import datetime, timedelta

from core.message import Address
from core.platform import Limits

_WINDOW = timedelta(seconds=60)
_KEPT = 1000  # chats; beyond that the quiet ones are dropped


class Pace:
    """What this process has sent in the trailing minute, chat by chat.

    A group's limit is a sliding window, not a bucket: tokens that refill would let twice as much through.
    """

    def __init__(self) -> None:
        self._sent: dict[tuple[str, str], deque[datetime]] = {}

    def wait(self, address: Address, limits: Limits, group: bool, now: datetime) -> timedelta:
        """How long to wait before sending there; zero: send now."""
        sent = self._sent.get((address.platform, address.chat))
        if not sent:
            return timedelta(0)
        free = sent[-1] + timedelta(seconds=1 / limits.per_second)
        most = limits.per_minute_group * 9 // 10  # a tenth is left for what others count differently
        if group and len(sent) >= most:
            free = max(free, sent[-most] + _WINDOW)
        return max(free - now, timedelta(0))

    def note(self, address: Address, now: datetime) -> None:
        """Something was sent there."""
        sent = self._sent.setdefault((address.platform, address.chat), deque())
        sent.append(now)
        while sent[0] <= now - _WINDOW:
            sent.popleft()
        if len(self._sent) > _KEPT:
            self._sent = {chat: times for chat, times in self._sent.items() if times[-1] > now - _WINDOW}
