"""The chats of a local Bot API server: who is in them, what was written, and what of it the bot is told."""

import itertools
import re
from dataclasses import dataclass, field
from datetime import datetime

from core.clock import Clock
from core.message import units
from tests.fakes.telegram_params import Json
from tests.fakes.telegram_updates import Updates

COMMAND = re.compile(r"(?<![\w/@])/[A-Za-z0-9_]{1,32}(?:@\w{3,32})?(?!\w)", re.ASCII)
MENTION = re.compile(r"(?<![\w/@])@[A-Za-z]\w{3,31}", re.ASCII)
SERVICE = frozenset(
    {"new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id", "forum_topic_created"}
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
    messages: dict[int, Json] = field(default_factory=dict)
    keyboards: dict[int, Json] = field(default_factory=dict)  # reply keyboards, by the message that brought them
    actions: list[str] = field(default_factory=list)  # "typing", as shown

    @property
    def is_group(self) -> bool:
        return self.type != "private"

    def public(self) -> Json:
        """The chat as updates show it."""
        named = {"title": self.title} if self.is_group else {"first_name": self.title}
        return {"id": self.id, "type": self.type} | named | ({"is_forum": True} if self.forum else {})


@dataclass(slots=True)
class Press:
    """A pressed button that waits for an answer."""

    at: datetime
    answer: str | None = None


class World:
    """Everything the server knows; ids are the same in every run."""

    def __init__(self, clock: Clock, bot: Json, privacy: bool) -> None:
        self.clock = clock
        self.bot = bot
        self.privacy = privacy
        self.updates = Updates(clock)
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}  # by scope (its JSON, sorted) and language
        self._message_ids = itertools.count(1)  # of private chats and basic groups together
        self._user_ids = itertools.count(100_001)
        self._group_ids = itertools.count(4_001)
        self._press_ids = itertools.count(9_000_001)

    def new_user(self, name: str, language: str) -> Json:
        return {"id": next(self._user_ids), "is_bot": False, "first_name": name, "language_code": language}

    def new_group(self, title: str, kind: str, forum: bool = False) -> Chat:
        number = next(self._group_ids)
        chat = Chat(-number if kind == "group" else -1_000_000_000_000 - number, kind, title, "unknown", forum)
        self.chats[chat.id] = chat
        return chat

    def post(self, chat: Chat, sender: Json, content: Json) -> Json:
        """Write a message into the chat; the bot is not told yet."""
        counter = itertools.count(len(chat.messages) + 1) if chat.type == "supergroup" else self._message_ids
        message = {
            "message_id": next(counter),
            "from": sender,
            "chat": chat.public(),
            "date": self.now(),
            **content,
        }
        chat.messages[message["message_id"]] = message
        chat.bot_wrote_last = sender["is_bot"]
        return message

    def tell(self, chat: Chat, message: Json, bot_wrote_last: bool = False) -> int:
        """Let the bot know of a message where it may; the update's id, or 0."""
        if chat.bot not in ("member", "administrator") or not self._may_see(chat, message, bot_wrote_last):
            return 0
        return self.updates.add("message", message, f"chat:{chat.id}")

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
    known = status if status in ("member", "administrator", "kicked") else "left"
    found: Json = {"user": user, "status": known}
    if known == "kicked":
        found["until_date"] = 0
    if known == "administrator":
        may = ("manage_chat", "delete_messages", "manage_video_chats", "restrict_members", "promote_members")
        also = ("change_info", "invite_users", "post_stories", "edit_stories", "delete_stories", "pin_messages")
        found |= {f"can_{right}": False for right in (*may, *also)}
        found |= {"can_be_edited": False, "is_anonymous": False}
    return found


def entities(text: str) -> list[Json]:
    """Commands and mentions in plain text, with offsets in UTF-16 units."""
    found = [("bot_command", match) for match in COMMAND.finditer(text)]
    found += [("mention", match) for match in MENTION.finditer(text)]
    return [
        {"type": kind, "offset": units(text[: match.start()]), "length": units(match.group())}
        for kind, match in sorted(found, key=lambda one: one[1].start())
    ]


def with_entities(name: str, text: str) -> Json:
    """A text or a caption as a message carries it."""
    field_name = "entities" if name == "text" else "caption_entities"
    marks = entities(text)
    return {name: text} | ({field_name: marks} if marks else {})
