"""How soon a chat may have its next message."""

from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import TypeVar

from core.message import Address, Urgency
from core.platform import Limits

_MINUTE = timedelta(seconds=60)
_SECOND = timedelta(seconds=1)
_UNTIL_ANSWERED = timedelta(milliseconds=20)  # after which to ask again, where all depends on what is under way
_SLOWER = 0.8  # of the pace after a refusal, once more after each further one
_MOST_STEPS = 6

_Kept = TypeVar("_Kept")
Chat = tuple[str, str]  # the service and its chat; "": all its chats together


class Pace:
    """What this process has sent in the trailing minute, chat by chat, and in the trailing second, to all chats.

    A service's limit is a sliding window, not a bucket: tokens that refill would let twice as much through. When it
    counted a message is known only to lie before its answer: to all chats together, a place is free again that long
    after the answer, so that no delay on the way can make it too many.
    """

    def __init__(self) -> None:
        self._sent: OrderedDict[Chat, deque[datetime]] = OrderedDict()  # the chats in the order of their last message
        self._answered: dict[str, deque[datetime]] = {}  # by service
        self._under_way: Counter[str] = Counter()
        self._waiting: Counter[tuple[str, Urgency]] = Counter()
        self._blocked: dict[Chat, datetime] = {}
        self._ends: list[tuple[datetime, Chat]] = []  # a heap: when blocks end
        self._slowed: OrderedDict[Chat, tuple[int, datetime]] = OrderedDict()  # by how many steps, since when

    def wait(
        self, address: Address, limits: Limits, group: bool, now: datetime, urgency: Urgency = Urgency.ANSWER
    ) -> timedelta:
        """How long to wait before sending there; zero: send now. After waiting ask again: others may have sent."""
        return max(self.wait_for_all(address, limits, now, urgency), self.wait_for_chat(address, limits, group, now))

    def wait_for_chat(self, address: Address, limits: Limits, group: bool, now: datetime) -> timedelta:
        """The same as far as the chat's own pace goes."""
        chat = (address.platform, address.chat)
        sent, slower = self._sent.get(chat, deque()), self._factor(chat, now)
        free = [now]
        if sent:
            free.append(sent[-1] + timedelta(seconds=1 / (limits.per_second * slower)))
        if group:
            free.append(_room(sent, limits.per_minute_group * slower, now))
        return max(free) - now

    def wait_for_all(self, address: Address, limits: Limits, now: datetime, urgency: Urgency) -> timedelta:
        """The same as far as the chat's own pace does not matter; what is more urgent and waits goes first."""
        platform = address.platform
        most = max(int(limits.per_second_all * self._factor((platform, ""), now)), 1)
        answered = self._answered.setdefault(platform, deque())
        while answered and answered[0] <= now - _SECOND:
            answered.popleft()
        ahead = sum(self._waiting[platform, other] for other in Urgency if other < urgency)
        too_many = len(answered) + self._under_way[platform] + ahead - most
        blocked = self.blocked_for(address, now)
        if too_many < 0:
            return blocked
        room = answered[too_many] + _SECOND - now if too_many < len(answered) else _UNTIL_ANSWERED
        return max(room, blocked)

    @contextmanager
    def waiting(self, address: Address, urgency: Urgency) -> Iterator[None]:
        """A message waits here for its turn: what is less urgent lets it pass."""
        self._waiting[address.platform, urgency] += 1
        try:
            yield
        finally:
            self._waiting[address.platform, urgency] -= 1

    def note(self, address: Address, now: datetime) -> None:
        """Something is being sent there; `answered` must follow."""
        self._under_way[address.platform] += 1
        chat = (address.platform, address.chat)
        sent = self._sent.setdefault(chat, deque())
        self._sent.move_to_end(chat)
        sent.append(now)
        while sent[0] <= now - _MINUTE:
            sent.popleft()
        _drop_first(self._sent, lambda times: times[-1] <= now - _MINUTE)

    def answered(self, address: Address, now: datetime) -> None:
        """The service has taken it, refused it, or will say no more."""
        self._under_way[address.platform] -= 1
        self._answered.setdefault(address.platform, deque()).append(now)

    def blocked_for(self, address: Address, now: datetime) -> timedelta:
        """How long the service still wants this chat, or all its chats, left alone."""
        chats = ((address.platform, address.chat), (address.platform, ""))
        return max(*(self._blocked.get(chat, now) for chat in chats), now) - now

    def rests_for(self, platform: str, now: datetime) -> timedelta:
        """How long the service still wants all its chats left alone."""
        return self.blocked_for(Address(platform, ""), now)

    def block(self, address: Address, until: datetime, now: datetime, *, everywhere: bool = False) -> None:
        """The service asked to leave this chat, or all its chats, alone until then."""
        chat = (address.platform, "" if everywhere else address.chat)
        self._blocked[chat] = until
        heappush(self._ends, (until, chat))
        while self._ends and self._ends[0][0] <= now:
            end, chat = heappop(self._ends)
            if self._blocked.get(chat) == end:  # not blocked anew since
                del self._blocked[chat]

    def slow(self, address: Address, until: datetime, now: datetime, *, everywhere: bool = False) -> None:
        """We were too fast, and shall be slower from `until` on: a step less with every minute without a refusal.

        Where the service does not say for which limit, it is the chat's own if the chat had much; else everybody's.
        """
        chat = (address.platform, address.chat)
        whole = everywhere or len(self._sent.get(chat, ())) < 3  # in the trailing minute
        slowed = (address.platform, "") if whole else chat
        steps = min(self._steps(slowed, now) + 1, _MOST_STEPS)
        self._slowed[slowed] = (steps, until)
        self._slowed.move_to_end(slowed)
        _drop_first(self._slowed, lambda told: told[1] <= now - _MOST_STEPS * _MINUTE)

    def _factor(self, chat: Chat, now: datetime) -> float:
        return float(_SLOWER ** self._steps(chat, now))

    def _steps(self, chat: Chat, now: datetime) -> int:
        steps, since = self._slowed.get(chat, (0, now))
        return max(steps - max((now - since) // _MINUTE, 0), 0)


def _drop_first(kept: OrderedDict[Chat, _Kept], old: Callable[[_Kept], bool]) -> None:
    """Those at the front that are old: each is looked at once in its life, however many there are."""
    while kept and old(kept[first := next(iter(kept))]):
        del kept[first]


def _room(sent: deque[datetime], limit: float, now: datetime) -> datetime:
    """When one more fits the minute; a tenth of the limit is left for what the service counts differently."""
    most = max(int(limit * 0.9), 1)
    return sent[-most] + _MINUTE if len(sent) >= most else now
