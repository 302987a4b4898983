"""One small Protocol for every chat service."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import BinaryIO, Protocol

from core.message import Address, FileRef, Inbound, Outbound


class Carries(StrEnum):
    """How a picture or a file leaves us."""

    NO = "no"
    LINK = "link"  # the service fetches it from a public address
    UPLOAD = "upload"


class Hears(StrEnum):
    """What a bot is shown of a group."""

    NOTHING = "nothing"
    NAMED = "named"  # messages that name it or answer it
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a service can do in one kind of chat; differences between services are these values, never its name."""

    text: int  # UTF-16 units of one message
    pushes: bool = True  # may write first to a chat it knows
    window: timedelta | None = None  # only so long after the person was last heard of; None: always
    buttons: int = 0  # choices shown as buttons at the most; where there are more, or 0: a numbered list
    typing: bool = False
    edits: bool = False
    markdown: bool = False
    quotes: bool = False  # an answer shows which message it is for
    mentions: bool = False  # an answer in a group can name a member
    hears: Hears = Hears.NAMED
    photos_in: bool = True
    albums: bool = False  # messages that were sent together say so
    files_in: int = 0  # bytes of a document that can be fetched; 0: documents do not arrive
    pictures_out: Carries = Carries.NO
    picture_bytes: int = 0
    files_out: Carries = Carries.NO
    file_bytes: int = 0
    file_types: tuple[str, ...] = ()  # endings; empty: any
    start_payload: bool = False  # a link can carry a joining code
    phone: bool = False  # can be asked for the person's own number, and vouches for it
    repeats: bool = True  # an answer is sent once more where nobody knows whether it arrived
    per_second: float = 1.0  # messages to one chat
    per_minute_group: int = 20  # messages to one group
    per_second_all: float = 30.0  # messages to all chats together
    per_month: int = 0  # messages; 0: no limit
    users: int = 0  # people; 0: no limit
    groups: int = 0  # groups; 0: no limit


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
    def limits(self) -> Limits:
        """In a private chat."""
        ...

    @property
    def group_limits(self) -> Limits: ...

    def accept(self, headers: Mapping[str, str], body: bytes) -> list[Delivery]:
        """The raw updates of one webhook call, secret checked. No I/O. Raises Forged, Unreadable."""
        ...

    def read(self, raw: bytes) -> Inbound | None:
        """The update understood; None: nothing that concerns us. No I/O. Raises Unreadable."""
        ...

    async def send(self, message: Outbound) -> str:
        """The service's id of the sent message. Raises SendFailed."""
        ...

    async def fetch(self, file: FileRef, into: BinaryIO) -> None:
        """Write the file's bytes into `into`, piece by piece. Raises FetchFailed."""
        ...

    async def acknowledge(self, raw: bytes) -> None:
        """Tell the service that a press of a button was seen; nothing for other updates, failures are ignored."""
        ...

    async def typing(self, address: Address) -> None:
        """Show that an answer is coming; a failure is ignored."""
        ...


class Connected(Platform, Protocol):
    """A chat service over the network."""

    async def connect(self) -> None:
        """Learn who we are there and tell the service what it must know; may be called again. Raises FetchFailed."""
        ...

    async def close(self) -> None:
        """Close all connections."""
        ...


class Polled(Protocol):
    """A service that can be asked for updates instead of calling a webhook."""

    async def poll(self, offset: str) -> tuple[list[Delivery], str]:
        """What is new since `offset` ("" at first) and the next offset. Raises FetchFailed."""
        ...
