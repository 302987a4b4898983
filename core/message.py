"""What comes in and what goes out, the same for every chat service."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from pathlib import Path

from core.work import TaskRef


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message came from or goes to; ids are the service's own, as strings."""

    platform: str
    chat: str
    thread: str = ""  # a forum topic; empty: none


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file that lies with the service; `size` in bytes, 0 where unknown."""

    kind: str  # photo, document, voice, video, audio
    id: str  # the service's own; empty where `url` is all there is
    name: str = ""
    size: int = 0
    url: str = ""  # where it lies for everybody, with services that give an address
    md5: str = ""  # as the service says, to check what was fetched


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that we keep, named by the SHA-256 of its bytes; `size` in bytes, `mime` by its content."""

    sha256: str
    name: str
    mime: str
    size: int


@dataclass(frozen=True, slots=True)
class FileOut:
    """A file on its way out: where its bytes lie here, and the public address for services that fetch it."""

    name: str
    mime: str
    size: int
    path: Path
    url: str = ""  # empty: no PUBLIC_URL is set

    @property
    def is_picture(self) -> bool:
        return self.mime.startswith("image/")


class InboundKind(StrEnum):
    """What the sender did."""

    TEXT = "text"
    PHOTO = "photo"
    FILE = "file"
    VOICE = "voice"
    STICKER = "sticker"
    LINK = "link"
    CONTACT = "contact"  # the sender's own phone number: `phone`
    WITHHELD = "withheld"  # something was sent that the service does not pass on to bots
    ERASE = "erase"  # the person asks that what is kept of them be deleted
    JOINED = "joined"  # the bot was added to a group, or the person opened the chat
    LEFT = "left"  # the bot was removed or blocked
    BACK = "back"  # the person blocks the bot no longer, and has said nothing
    MOVED = "moved"  # the group has a new id: `moved_to`
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Inbound:
    """One delivery, understood. `text` is NFC, without the mention of the bot."""

    address: Address
    sender: str  # the person's id with the service; empty for events without a person
    kind: InboundKind = InboundKind.TEXT
    text: str = ""
    sender_name: str = ""
    files: tuple[FileRef, ...] = ()
    group: bool = False  # several people read the answer
    addressed: bool = True  # in a group: the bot was named, replied to or given a command
    message_id: str = ""
    reply_to: str = ""
    moved_to: str = ""
    sent_at: datetime | None = None
    album: str = ""  # messages with the same one were sent together; empty: alone, or the service does not say
    phone: str = ""  # with CONTACT, as the service writes it
    pressed: bool = False  # `text` is the value of a button


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to tap; tapping it is the same as writing `value`.

    In an `Outbound` the value is the short mark of a kept menu (`core.choices`), which any button can carry.
    """

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class SourceRef:
    """What an answer rests on, for platforms that can unfold it; the text names it too."""

    document_id: int
    passage: int  # Passage.place
    label: str
    quote: str


@dataclass(frozen=True, slots=True)
class Talk:
    """What the last answer to a person in a chat left open; `more`: parts not yet shown."""

    question: str = ""
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What a handler answers; how a choice looks is the platform's matter. `talk` None: keep what is open.

    `private`: personal; in a group it goes to the sender alone, and the group is told so. `ask_phone`: with a button
    that shares the sender's phone number, where the service has one.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    sources: tuple[SourceRef, ...] = ()
    talk: Talk | None = None
    files: tuple[StoredFile, ...] = ()
    private: bool = False
    ask_phone: bool = False
    tasks: tuple[TaskRef, ...] = ()


class Urgency(IntEnum):
    """Who waits for a message: what is more urgent overtakes the rest, also in its own chat."""

    ANSWER = 0  # somebody has just written, or must act
    REMINDER = 1  # it is good for today
    BULK = 2  # the same to many


@dataclass(frozen=True, slots=True)
class Outbound:
    """One message on its way out; `text` fits the smallest limit of all platforms.

    `edits`: the service's id of an earlier message whose place it takes; only where the service can edit.
    `mention`: the member of a group it is for, named where the service can (`Limits.mentions`).
    """

    address: Address
    text: str
    choices: tuple[Choice, ...] = ()
    sources: tuple[SourceRef, ...] = ()
    reply_to: str = ""
    group: bool = False
    files: tuple[FileOut, ...] = ()
    ask_phone: bool = False
    edits: str = ""
    mention: str = ""
    tasks: tuple[TaskRef, ...] = ()
    urgency: Urgency = Urgency.ANSWER


MAX_TEXT = 1900  # characters; the smallest limit of all platforms (Zalo: 2000), with a margin

_BREAKS = ("\n\n", "\n", ". ", "; ", ", ", " ")


def split(text: str, limit: int = MAX_TEXT) -> list[str]:
    """The text in parts of at most `limit` UTF-16 units, cut at the latest paragraph, line, sentence or word end."""
    parts: list[str] = []
    rest = text.strip()
    while units(rest) > limit:
        cut = _cut(rest, limit)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*parts, rest] if rest or not parts else parts


def may_go_on(part: str) -> bool:
    """Whether others may follow this part: all but the last are cut in the second half of what fits."""
    return units(part) >= MAX_TEXT // 2 - len(max(_BREAKS, key=len))


def units(text: str) -> int:
    """Length in UTF-16 units, as Telegram and Zalo count."""
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str, limit: int) -> int:
    """The place to cut: after the last break in the second half of what fits, else what fits."""
    fits = len(text.encode("utf-16-le")[: limit * 2].decode("utf-16-le", "ignore"))
    for mark in _BREAKS:
        at = text.rfind(mark, fits // 2, fits)
        if at > 0:
            return at + len(mark)
    return fits
