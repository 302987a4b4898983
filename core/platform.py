"""One small Protocol for every chat service."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from core.message import Address, Inbound, Outbound


@dataclass(frozen=True, slots=True)
class Limits:
    """What a service can do; differences between services are these values, never its name."""

    text: int  # UTF-16 units of one message
    pushes: bool = True  # may write first to a chat it knows
    buttons: bool = False  # shows choices as buttons; otherwise they become a numbered list
    typing: bool = False
    per_second: float = 1.0  # messages to one chat
    per_minute_group: int = 20  # messages to one group


@dataclass(frozen=True, slots=True)
class Delivery:
    """One raw update as it came, not yet understood; `id` is unique with the service, `lane` keeps order."""

    platform: str
    id: str
    raw: bytes
    lane: str = ""  # deliveries of one lane (one chat) are handled one after the other


class Platform(Protocol):
    """A chat service."""

    @property
    def name(self) -> str: ...

    @property
    def limits(self) -> Limits: ...

    def accept(self, headers: Mapping[str, str], body: bytes) -> list[Delivery]:
        """The raw updates of one webhook call, secret checked. No I/O. Raises Forged, Unreadable."""
        ...

    def read(self, raw: bytes) -> Inbound | None:
        """The update understood; None: nothing that concerns us. No I/O. Raises Unreadable."""
        ...

    async def send(self, message: Outbound) -> str:
        """The service's id of the sent message. Raises SendFailed."""
        ...

    async def acknowledge(self, raw: bytes) -> None:
        """Tell the service that a press of a button was seen; nothing for other updates, failures are ignored."""
        ...

    async def typing(self, address: Address) -> None:
        """Show that an answer is coming; a failure is ignored."""
        ...


class Polled(Protocol):
    """A service that can be asked for updates instead of calling a webhook."""

    async def poll(self, offset: str) -> tuple[list[Delivery], str]:
        """What is new since `offset` ("" at first) and the next offset. Raises FetchFailed."""
        ...
