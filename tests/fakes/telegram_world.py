"""The chats of a local Bot API server: who is in them, what was written, and what of it the bot is told."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.clock import Clock
from core.message import units
from tests.fakes.telegram_files import Files
from tests.fakes.telegram_params import Json
from tests.fakes.telegram_updates import FIRST_ID, Updates

COMMAND = re.compile(r"(?<![\w/@])/[A-Za-z0-9_]{1,32}(?:@\w{3,32})?(?!\w)", re.ASCII)
MENTION = re.compile(r"(?<![\w/@])@[A-Za-z]\w{3,31}", re.ASCII)
SERVICE = frozenset({"new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id"})
SERVICE |= {"forum_topic_created", "pinned_message"}
ADMIN_RIGHTS = (
    *("manage_chat", "delete_messages", "manage_video_chats", "restrict_members", "promote_members", "change_info"),
    *("invite_users", "post_stories", "edit_stories", "delete_stories", "pin_messages", "send_welcome_messages"),
)
MEMBER_RIGHTS = (
    *("send_messages", "send_audios", "send_documents", "send_photos", "send_videos", "send_video_notes"),
    *("send_voice_notes", "send_polls", "send_other_messages", "add_web_page_previews", "change_info"),
    *("invite_users", "pin_messages", "manage_topics", "edit_tag", "react_to_messages"),
)


@dataclass(slots=True)
class Chat:
    """A chat. `bot`: where the bot stands in it: unknown, stranger, member, administrator, left, kicked, …"""

    id: int
    type: str
    title: str
    bot: str
    forum: bool = False
    sees_all: bool = True  # False in a group while privacy mode holds
    moved_to: int = 0
    bot_wrote_last: bool = False
    messages: dict[int, Json] = field(default_factory=dict)  # as they are now, without those that were deleted
    last: int = 0  # the newest number in a chat that counts its own
    own: set[int] = field(default_factory=set)  # messages of the bot
    keyboards: dict[int, Json] = field(default_factory=dict)  # reply keyboards, by the message that brought them
    keyboard: Json = field(default_factory=dict)  # the one that stands in place of the letters; empty: none
    actions: list[str] = field(default_factory=list)  # "typing", as shown
    members: dict[int, tuple[Json, str]] = field(default_factory=dict)  # people, with their status
    reactions: dict[int, str] = field(default_factory=dict)  # of the bot, by message
    pinned: list[int] = field(default_factory=list)  # the newest first
    menu_button: Json = field(default_factory=dict)  # empty: the one of all chats

    @property
    def is_group(self) -> bool:
        return self.type != "private"

    def public(self) -> Json:
        """The chat as updates show it."""
        named = {"title": self.title} if self.is_group else {"first_name": self.title}
        return {"id": self.id, "type": self.type} | named | ({"is_forum": True} if self.forum else {})

    def author(self, user: Json) -> Json:
        """Who a message is from: in a channel the channel itself."""
        return {"sender_chat": self.public()} if self.type == "channel" else {"from": user}


@dataclass(slots=True)
class Press:
    """A pressed button that waits for an answer."""

    at: datetime
    answer: str | None = None


class World:
    """Everything the server knows; ids are the same in every run."""

    def __init__(self, clock: Clock, bot: Json, privacy: bool, seed: int = 0) -> None:
        self.clock = clock
        self.bot = bot
        self.privacy = privacy
        self.updates = Updates(clock, seed * 10_000 + FIRST_ID)
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}  # by scope (its JSON, sorted) and language
        self.menu_button: Json = {"type": "default"}
        self.files = Files(clock, seed * 10_000 + 1)
        self._message_ids = itertools.count(seed * 10_000 + 1)  # of private chats and basic groups together
        self._user_ids = itertools.count(seed * 10_000 + 100_001)
        self._group_ids = itertools.count(seed * 10_000 + 4_001)
        self._press_ids = itertools.count(seed * 10_000 + 9_000_001)
        self._album_ids = itertools.count(seed * 10_000 + 13_000_001)

    def new_user(self, name: str, language: str) -> Json:
        return {"id": next(self._user_ids), "is_bot": False, "first_name": name, "language_code": language}

    def new_group(self, title: str, kind: str, forum: bool = False) -> Chat:
        number = next(self._group_ids)
        chat = Chat(-number if kind == "group" else -1_000_000_000_000 - number, kind, title, "unknown", forum)
        self.chats[chat.id] = chat
        return chat

    def new_album(self) -> str:
        return str(next(self._album_ids))

    def post(self, chat: Chat, sender: Json, content: Json) -> Json:
        """Write a message into the chat; the bot is not told yet."""
        chat.last += 1
        number = chat.last if chat.type in ("supergroup", "channel") else next(self._message_ids)
        about = {"message_id": number} | chat.author(sender) | {"chat": chat.public(), "date": self.now()}
        message: Json = {**about, **content}
        chat.messages[number] = message
        chat.bot_wrote_last = sender["is_bot"]
        if sender["is_bot"]:
            chat.own.add(number)
        elif chat.is_group:
            chat.members.setdefault(sender["id"], (sender, "member"))
        return message

    def tell(self, chat: Chat, message: Json, bot_wrote_last: bool = False, *, edited: bool = False) -> int:
        """Let the bot know of a message where it may; the update's id, or 0."""
        if chat.bot not in ("member", "administrator") or not self._may_see(chat, message, bot_wrote_last):
            return 0
        kind = "channel_post" if chat.type == "channel" else "message"
        return self.updates.add(f"edited_{kind}" if edited else kind, message, f"chat:{chat.id}")

    def press(self, user: Json, message: Json, data: str) -> str:
        """A button was tapped; the id of the query."""
        press_id = str(next(self._press_ids))
        self.presses[press_id] = Press(self.clock())
        query = {
            "id": press_id,
            "from": user,
            "message": message,
            "chat_instance": str(7_000_000_000 + message["chat"]["id"]),
            "data": data,
        }
        self.updates.add("callback_query", query, f"presses:{user['id']}")
        return press_id

    def bot_becomes(self, chat: Chat, status: str, by: Json) -> None:
        """The bot was added, removed, promoted or blocked by somebody."""
        change = {
            "chat": chat.public(),
            "from": by,
            "date": self.now(),
            "old_chat_member": member(self.bot, chat.bot),
            "new_chat_member": member(self.bot, status),
        }
        chat.bot = status
        chat.sees_all = not chat.is_group or status == "administrator" or not self.privacy
        self.updates.add("my_chat_member", change, f"chat:{chat.id}")

    def member_becomes(self, chat: Chat, user: Json, status: str) -> None:
        """Somebody joined, left or got rights; a bot that is an administrator may ask to be told."""
        before = chat.members.get(user["id"], (user, "left"))[1]
        chat.members[user["id"]] = (user, status)
        if chat.bot == "administrator":
            change = {"old_chat_member": member(user, before), "new_chat_member": member(user, status)}
            told = {"chat": chat.public(), "from": user, "date": self.now()} | change
            self.updates.add("chat_member", told, f"chat:{chat.id}")

    def now(self) -> int:
        """The date of what happens now, in seconds."""
        return int(self.clock().timestamp())

    def _may_see(self, chat: Chat, message: Json, bot_wrote_last: bool) -> bool:
        """Privacy mode: commands for it, bare commands right after it wrote, replies to it, service messages."""
        replied = message.get("reply_to_message", {}).get("from", {}).get("id") == self.bot["id"]
        if chat.sees_all or replied or SERVICE & message.keys():
            return True
        text = message.get("text") or message.get("caption") or ""
        command = COMMAND.match(text)
        if command is None:
            return False
        whose = command.group().partition("@")[2].casefold()
        return whose == self.bot["username"].casefold() or (whose == "" and bot_wrote_last)


def member(user: Json, status: str) -> Json:
    """A ChatMember with the fields its status requires."""
    known = status if status in ("creator", "member", "administrator", "kicked", "restricted") else "left"
    found: Json = {"user": user, "status": known}
    if known == "creator":
        found["is_anonymous"] = False
    if known == "kicked":
        found["until_date"] = 0
    if known == "administrator":
        found |= {f"can_{right}": False for right in ADMIN_RIGHTS} | {"can_be_edited": False, "is_anonymous": False}
    if known == "restricted":
        found |= {f"can_{right}": False for right in MEMBER_RIGHTS} | {"is_member": True, "until_date": 0}
    return found


def entities(text: str) -> list[Json]:
    """Commands and mentions in plain text, with offsets in UTF-16 units."""
    found = [("bot_command", match) for match in COMMAND.finditer(text)]
    found += [("mention", match) for match in MENTION.finditer(text)]
    return [
        {"type": kind, "offset": units(text[: match.start()]), "length": units(match.group())}
        for kind, match in sorted(found, key=lambda one: one[1].start())
    ]


def with_entities(name: str, text: str, marked: Sequence[Json] = ()) -> Json:
    """A text or a caption as a message carries it; `marked`: formatted by who wrote it."""
    field_name = "entities" if name == "text" else "caption_entities"
    marks = sorted([*marked, *entities(text)], key=lambda one: int(one["offset"]))
    return {name: text} | ({field_name: marks} if marks else {})
