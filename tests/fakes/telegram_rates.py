"""How much the local Bot API server lets through; every limit is off until it is switched on."""

import math
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.fakes.telegram_params import ApiError, Json

GROUP = (20, timedelta(seconds=60))
CHAT = (5, timedelta(seconds=5))  # one a second, five at once
OVERALL = (30, timedelta(seconds=1))


@dataclass(slots=True)
class Rates:
    """Sliding windows, as the service has them: what left the window makes room, nothing refills."""

    group: bool = False
    chat: bool = False
    overall: bool = False
    _sent: dict[int, deque[datetime]] = field(default_factory=dict)  # by chat; 0: all together

    def charge(self, chat: int, is_group: bool, count: int, now: datetime) -> None:
        """Count these messages, or refuse them with the time to wait."""
        wait = max(
            self._wait(chat, GROUP, now) if self.group and is_group else 0,
            self._wait(chat, CHAT, now) if self.chat else 0,
            self._wait(0, OVERALL, now) if self.overall else 0,
        )
        if wait:
            raise throttled(wait)
        for key in (chat, 0):
            self._sent.setdefault(key, deque(maxlen=100)).extend([now] * count)

    def _wait(self, key: int, limit: tuple[int, timedelta], now: datetime) -> int:
        most, window = limit
        sent = self._sent.get(key, deque())
        left = sent[-most] + window - now if len(sent) >= most else timedelta(0)
        return max(math.ceil(left.total_seconds()), 0)


def throttled(seconds: int) -> ApiError:
    parameters: Json = {"retry_after": seconds}
    return ApiError(429, f"Too Many Requests: retry after {seconds}", parameters)
