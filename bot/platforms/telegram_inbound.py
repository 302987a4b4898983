"""What a Telegram update means to us; pure functions over python-telegram-bot's objects."""

import unicodedata
from dataclasses import dataclass

from telegram import CallbackQuery, Chat, ChatMemberRestricted, ChatMemberUpdated, Message, MessageEntity, Update, User
from telegram.constants import ChatMemberStatus, ChatType, MessageEntityType

from core.message import Address, FileRef, Inbound, InboundKind

NAME = "telegram"
GENERAL = 1  # the topic that is addressed by naming none
_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
_GONE = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)
_AFTER_A_NAME = " \n,:;"


@dataclass(frozen=True, slots=True)
class Me:
    """The bot itself; `username` is empty until the service was asked."""

    id: int
    username: str = ""
    reads_all: bool = False  # privacy mode is off: it hears everything in the groups it joined since


def inbound(update: Update, me: Me) -> Inbound | None:
    """The update understood; None for edits, channels, other bots, and what happens without anyone speaking."""
    if update.callback_query is not None:
        return _press(update.callback_query)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    if update.message is None or update.message.chat.type == ChatType.CHANNEL:
        return None
    if update.message.migrate_to_chat_id is not None:
        return _moved(update.message, update.message.migrate_to_chat_id)
    return _message(update.message, me)


def _message(message: Message, me: Me) -> Inbound | None:
    sender = _speaker(message)
    phone = _own_phone(message)
    kind, files = (InboundKind.CONTACT, ()) if phone else _content(message)
    group = _is_group(message.chat)
    if sender is None or kind is None or (group and _for_another(message, me)):
        return None
    text, named = _words(message, me)
    return Inbound(
        address=_address(message.chat, _thread(message)),
        sender=str(sender.id),
        kind=kind,
        text=text,
        sender_name=_clean(sender.full_name or ""),
        files=files,
        group=group,
        addressed=not group or named or _answers(message, me),
        message_id=str(message.message_id),
        reply_to=_reply_to(message),
        sent_at=message.date,
        album=message.media_group_id or "",
        phone=phone,
    )


def _own_phone(message: Message) -> str:
    """The sender's own number; empty for the card of somebody else, which anybody can hand on."""
    card, sender = message.contact, message.from_user
    own = card is not None and sender is not None and card.user_id == sender.id
    return card.phone_number if card is not None and own else ""


def _speaker(message: Message) -> User | Chat | None:
    """Who wrote; an anonymous group admin speaks as the group itself. None: a bot or a channel."""
    if message.sender_chat is not None:
        return message.chat if message.sender_chat.id == message.chat.id else None
    return None if message.from_user is None or message.from_user.is_bot else message.from_user


def _content(message: Message) -> tuple[InboundKind | None, tuple[FileRef, ...]]:
    """The kind and the files. None: a service message (a title changed, somebody joined, a message was pinned)."""
    if message.text is not None:
        return InboundKind.TEXT, ()
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return InboundKind.PHOTO, (FileRef("photo", largest.file_id, size=largest.file_size or 0),)
    if message.voice is not None:
        return InboundKind.VOICE, (FileRef("voice", message.voice.file_id, size=message.voice.file_size or 0),)
    if message.sticker is not None:
        return InboundKind.STICKER, ()
    file = _file(message)
    if file is not None:
        return InboundKind.FILE, (file,)
    return (None if message.effective_attachment is None else InboundKind.OTHER), ()


def _file(message: Message) -> FileRef | None:
    """A document, film or sound; an animation comes with its document, so it is one too."""
    found = (("document", message.document), ("video", message.video), ("audio", message.audio))
    for kind, file in found:
        if file is not None:
            return FileRef(kind, file.file_id, _clean(file.file_name or ""), file.file_size or 0)
    note = message.video_note
    return None if note is None else FileRef("video", note.file_id, size=note.file_size or 0)


def _words(message: Message, me: Me) -> tuple[str, bool]:
    """Text or caption without our name, and whether we were named or given a command."""
    raw = message.text or message.caption or ""
    named = False
    for entity in sorted(_entities(message), key=lambda one: -one.offset):  # from the end: earlier offsets stay true
        start, end = _span(raw, entity)
        if _is_command(entity):
            named = True
            raw = raw[:end].partition("@")[0] + raw[end:]
        elif _is_me(entity, raw[start:end], me):
            named = True
            raw = f"{raw[:start].rstrip()} {raw[end:].lstrip(_AFTER_A_NAME)}"
    return _clean(raw), named


def _for_another(message: Message, me: Me) -> bool:
    """True for a command with the name of another bot."""
    raw = message.text or message.caption or ""
    for entity in filter(_is_command, _entities(message)):
        whose = raw[slice(*_span(raw, entity))].partition("@")[2]
        return whose != "" and whose.casefold() != me.username.casefold()
    return False


def _entities(message: Message) -> tuple[MessageEntity, ...]:
    return tuple(message.entities or message.caption_entities)


def _is_command(entity: MessageEntity) -> bool:
    return entity.type == MessageEntityType.BOT_COMMAND and entity.offset == 0


def _span(text: str, entity: MessageEntity) -> tuple[int, int]:
    """Entities count UTF-16 units; Python counts characters."""
    units = text.encode("utf-16-le", "surrogatepass")
    start = len(units[: entity.offset * 2].decode("utf-16-le", "replace"))
    return start, start + len(units[entity.offset * 2 :][: entity.length * 2].decode("utf-16-le", "replace"))


def _is_me(entity: MessageEntity, piece: str, me: Me) -> bool:
    if entity.type == MessageEntityType.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    named = entity.type == MessageEntityType.MENTION and me.username != ""
    return named and piece.casefold() == f"@{me.username}".casefold()


def _answers(message: Message, me: Me) -> bool:
    """True for a reply to one of our messages. In a topic everything replies to the topic's first message: no."""
    to = message.reply_to_message
    if to is None or to.forum_topic_created is not None:
        return False
    return to.from_user is not None and to.from_user.id == me.id


def _reply_to(message: Message) -> str:
    to = message.reply_to_message
    return "" if to is None or to.forum_topic_created is not None else str(to.message_id)


def _press(press: CallbackQuery) -> Inbound | None:
    """A tapped button is the same as writing its value. None: the button of a game or of an inline message."""
    message = press.message
    if message is None or press.data is None or message.chat.type == ChatType.CHANNEL:
        return None
    return Inbound(
        address=_address(message.chat, _thread(message) if isinstance(message, Message) else ""),
        sender=str(press.from_user.id),
        text=_clean(press.data),
        sender_name=_clean(press.from_user.full_name),
        group=_is_group(message.chat),
        message_id=str(message.message_id),
        pressed=True,
    )


def _membership(change: ChatMemberUpdated) -> Inbound | None:
    """We were added, removed, blocked or unblocked. Who presses Start as well says so, and that arrives as text."""
    before, after = _inside(change.old_chat_member), _inside(change.new_chat_member)
    if before == after or change.chat.type == ChatType.CHANNEL:
        return None
    came = InboundKind.JOINED if _is_group(change.chat) else InboundKind.BACK
    return Inbound(
        address=_address(change.chat),
        sender=str(change.from_user.id),
        kind=came if after else InboundKind.LEFT,
        sender_name=_clean(change.from_user.full_name),
        group=_is_group(change.chat),
        sent_at=change.date,
    )


def _inside(member: object) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return getattr(member, "status", ChatMemberStatus.LEFT) not in _GONE


def _moved(message: Message, new_chat: int) -> Inbound:
    """Told in the old chat; the same news in the new chat is a service message like any other."""
    return Inbound(
        address=_address(message.chat),
        sender="",
        kind=InboundKind.MOVED,
        group=True,
        message_id=str(message.message_id),
        moved_to=str(new_chat),
        sent_at=message.date,
    )


def _address(chat: Chat, thread: str = "") -> Address:
    return Address(NAME, str(chat.id), thread)


def _thread(message: Message) -> str:
    """The topic. Without `is_topic_message` the number names a chain of replies, which cannot be written to."""
    if not message.is_topic_message or message.message_thread_id in (None, GENERAL):
        return ""
    return str(message.message_thread_id)


def _is_group(chat: Chat) -> bool:
    return chat.type in _GROUPS


def _clean(text: str) -> str:
    """NFC, trimmed, without what a database refuses: half surrogate pairs and NUL."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return unicodedata.normalize("NFC", whole.replace("\0", "")).strip()
