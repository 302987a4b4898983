"""What the site must be handed to show the demo's chat page."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from core.people import Role
from core.platform import Delivery, Platform
from core.work import Plan
from web.sent_files import SentFiles

DECEMBER = date(2023, 12, 20)


class Event(Protocol):
    """One thing for the page to show; `data` is JSON, an empty `id` is not repeated after a break."""

    @property
    def id(self) -> str: ...
    @property
    def data(self) -> str: ...


class Talks(Platform, Protocol):
    """The web chat, as the site sees it."""

    def show(self, delivery: Delivery) -> None:
        """A person's own message, to everybody in its chat."""
        ...

    def announce(self, chats: Collection[str], day: date, words: str) -> None:
        """The clock was moved to `day`."""
        ...

    def subscribe(
        self, chats: Collection[str], after: str = "", idle: float = 15.0
    ) -> AsyncGenerator[Event | None, None]:
        """What these chats held since the event `after`, then what happens; None: nothing for `idle` seconds."""
        ...

    def close(self) -> None:
        """End every stream."""
        ...


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to be in the demo. `id` is the account with the web chat, `unit` a code."""

    id: str
    name: str
    role: Role
    unit: str
    unit_name: str
    area: str  # the province, by which the page groups
    questions: tuple[str, ...] = ()

    @property
    def chats(self) -> tuple[str, str]:
        """The private chat and the unit's group."""
        return self.id, f"g:{self.unit}"


@dataclass(frozen=True, slots=True)
class DemoSite:
    """Everything behind the chat page; `move_clock` takes days and only moves forward.

    `at_once`: what the new day brings, done when the clock has moved. `way_in`: a link into the staff site for an
    account, its token; `december`: fills the month up to DECEMBER, for it.
    """

    talks: Talks
    personas: tuple[Persona, ...]
    now: Callable[[], datetime]
    move_clock: Callable[[int], None]
    passages: Callable[[int], Awaitable[Plan | None]]
    sent: SentFiles
    way_in: Callable[[str], Awaitable[str]]
    december: Callable[[], Awaitable[object]]
    at_once: list[Callable[[], Awaitable[object]]] = field(default_factory=list)

    def persona(self, id: str) -> Persona | None:
        """The persona with this account, or None."""
        return next((persona for persona in self.personas if persona.id == id), None)
