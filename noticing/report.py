"""What a notice has come to: counted from how each recipient stands at this moment."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from core.capabilities import PRIVATE
from core.notices import Audience, Fate, Place, Recipient

_ONES = 30.0  # messages a second to all chats of a service, where it does not say


@dataclass(frozen=True, slots=True)
class Tally:
    """`asked`: who is to acknowledge, units or people; `acked`: who of them has."""

    all: int
    fates: Counter[Fate]
    asked: int
    acked: int

    @property
    def left(self) -> int:
        return self.fates[Fate.WAITING] + self.fates[Fate.HELD]


@dataclass(frozen=True, slots=True)
class Share:
    """What a service is to carry: `places` of it groups and people, `messages` of the month's, `left` of those.

    `left` None: the service does not count.
    """

    platform: str
    places: int
    messages: int
    left: int | None

    @property
    def short(self) -> int:
        """So many more than the month has room for."""
        return max(self.messages - self.left, 0) if self.left is not None else 0


def tally(recipients: Sequence[Recipient], audience: Audience, *, asks: bool = True) -> Tally:
    """The counts. `asks`: whether anybody is to acknowledge; who has without being asked counts all the same."""
    got = [one for one in recipients if one.fate is Fate.SENT and asks]
    asked = {_whose(one.place, audience) for one in got}
    acked = {_whose(one.place, audience) for one in recipients if one.acked_at}
    return Tally(len(recipients), Counter(one.fate for one in recipients), len(asked | acked), len(acked))


def without_word(recipients: Sequence[Recipient], audience: Audience) -> list[Recipient]:
    """Those who have it and have not acknowledged, neither themselves nor, where one is enough, anybody of the unit."""
    acked = {_whose(one.place, audience) for one in recipients if one.acked_at}
    return [one for one in recipients if one.fate is Fate.SENT and _whose(one.place, audience) not in acked]


def shares(ways: Sequence[Place], parts: int, pictures: int, left: dict[str, int]) -> list[Share]:
    """What each service is to carry, the most first. `left`: messages of the month, by service that counts them."""
    cost = parts - 1 + max(pictures, 1)
    places = Counter(one.address.platform for one in ways if one.address)
    return [Share(name, count, count * cost, left.get(name)) for name, count in places.most_common()]


def lasts(ways: Sequence[Place], parts: int) -> timedelta:
    """How long it takes at the pace of the services, if nothing else is sent."""
    places = Counter(one.address.platform for one in ways if one.address)
    rates = {name: PRIVATE[name].per_second_all if name in PRIVATE else _ONES for name in places}
    return timedelta(seconds=max((count * parts / rates[name] for name, count in places.items()), default=0))


def _whose(place: Place, audience: Audience) -> tuple[str, int | None]:
    """Who acknowledges: each person where people were written to as such, else the unit."""
    return place.unit, place.person if audience.each else None
