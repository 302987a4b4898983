"""A notice as the message that its recipients read, on its way into the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.capabilities import GROUP, PRIVATE
from core.message import Choice, Outbound, StoredFile, Urgency, split
from core.notices import Kind, Notice, Place
from core.people import UnitTree
from core.texts import notices as texts
from records import menus, notices, outbox
from records.session import Session

ACK, TEST = "/danhan", "thu"


@dataclass(frozen=True, slots=True)
class Letter:
    """What everybody is sent. `code`: by which it is acknowledged, where it `asks` for that."""

    code: str
    text: str
    files: tuple[StoredFile, ...] = ()
    asks: bool = True

    @property
    def parts(self) -> int:
        """Messages that it takes, without its files."""
        return len(split(texts.please_ack(self.text, name_me=True) if self.asks else self.text))

    @property
    def pictures(self) -> int:
        return sum(file.mime.startswith("image/") for file in self.files)


async def letter(session: Session, tree: UnitTree, notice: Notice, files: Sequence[StoredFile] = ()) -> Letter:
    """The notice as it is read; one that is about another says about which."""
    unit = tree.get(notice.unit)
    issuer = unit.name.partition(",")[0] if unit else notice.unit
    first = await notices.get(session, notice.about) if notice.about else None
    if first is None:
        return Letter(notice.code, texts.notice(notice.kind, issuer, notice.text), tuple(files), notice.asks)
    about = texts.beginning(first.text)
    text = texts.notice(notice.kind, issuer, notice.text, first.confirmed_at or first.made_at, about)
    return Letter(first.code if notice.kind is Kind.REMINDER else notice.code, text, tuple(files), notice.asks)


def read_as(letter: Letter, platform: str, *, group: bool) -> tuple[str, bool]:
    """What stands in such a chat, and whether a button below it acknowledges."""
    limits = (GROUP if group else PRIVATE).get(platform)
    buttons = limits is not None and limits.buttons > 0
    if not letter.asks:
        return letter.text, False
    return texts.please_ack(letter.text, name_me=group and not buttons), buttons


async def put(
    session: Session,
    letter: Letter,
    place: Place,
    key: str,
    now: datetime,
    urgency: Urgency = Urgency.BULK,
    *,
    test: bool = False,
) -> int:
    """Queue it for this place, once; how many parts it has. `test`: it says that it is one, and counts for nobody."""
    assert place.address is not None
    text, buttons = read_as(letter, place.address.platform, group=place.group)
    text = texts.test_copy(text) if test else text
    choices: Sequence[Choice] = ()
    if letter.asks and (buttons or not test):  # numbers would stand in the way of those of the preview
        ack = [Choice(texts.ACK, f"{ACK} {TEST if test else letter.code}")]
        sender = "" if place.group else place.address.chat
        marked = await menus.offer(session, place.address, sender, ack, now)
        choices = marked if buttons else ()
    message = Outbound(place.address, text, tuple(choices), group=place.group, urgency=urgency)
    await outbox.put(session, message, key, now, stored=letter.files, person=place.person)
    return len(split(text))
