"""The chats of a local Zalo Bot Platform: who is in them, what was written, and what of it the bot is told."""

import hashlib
import itertools
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from core.clock import VIETNAM, Clock
from tests.fakes.telegram_params import ApiError, Json
from tests.fakes.zalo_cdn import Cdn


@dataclass(slots=True)
class Switches:
    """Where sources disagree about the live service, or a plan differs."""

    wrapped: bool = False  # events within {"ok": true, "result": …}
    image_field: str = "photo_url"  # the documentation says photo
    refuse_with_200: bool = False
    zero_on_success: bool = False  # "error_code": 0 beside a result
    code_field: str = "error_code"  # one text says errorCode
    seconds: bool = False  # dates in seconds
    join_events: bool = False  # an event without a message when the bot comes into a group
    bare_withheld: bool = False  # unsupported content comes without `message`
    loopback_webhooks: bool = False  # http to 127.0.0.1 may be a webhook
    can_join_groups: bool = True
    users: int = 50
    groups: int = 3
    per_month: int = 3000
    webhook_changes: int = 20  # a day
    webhook_tests: int = 5  # a day


@dataclass(slots=True)
class Chat:
    """A private chat or a group. `known`: the bot has been told its id."""

    id: str
    title: str
    group: bool
    bot: bool = False  # is in it, or has not been blocked
    known: bool = False
    messages: dict[str, Json] = field(default_factory=dict)
    actions: list[str] = field(default_factory=list)  # "typing", as shown


class World:
    """Everything the server knows; ids are the same in every run. `emit` takes the events the bot is told."""

    def __init__(self, clock: Clock, bot: Json, cdn: Cdn) -> None:
        self.clock = clock
        self.bot = bot
        self.cdn = cdn
        self.switches = Switches()
        self.chats: dict[str, Chat] = {}
        self.sent: Counter[str] = Counter()  # by month
        self.users: list[str] = []  # who is served, oldest first
        self.emit: Callable[[Json], None] = lambda event: None
        self._numbers = itertools.count(1)

    @property
    def name(self) -> str:
        return str(self.bot["display_name"])

    @property
    def month(self) -> str:
        return f"{self.clock().astimezone(VIETNAM):%Y-%m}"

    def new_id(self) -> str:
        """Opaque, about twenty hexadecimal digits."""
        return hashlib.sha256(f"zalo {next(self._numbers)}".encode()).hexdigest()[:20]

    def new_chat(self, title: str, group: bool, id: str = "") -> Chat:
        chat = Chat(id or self.new_id(), title, group)
        self.chats[chat.id] = chat
        return chat

    def post(self, chat: Chat, sender: Json, content: Json) -> Json:
        """Write a message into the chat; the bot is not told yet."""
        kind = "GROUP" if chat.group else "PRIVATE"
        message = {
            "message_id": self.new_id(),
            "date": self.now(),
            "from": sender,
            "chat": {"id": chat.id, "chat_type": kind},
            **content,
        }
        chat.messages[message["message_id"]] = message
        return message

    def tell(self, chat: Chat, kind: str, message: Json) -> bool:
        """Let the bot know; False: this chat is not served."""
        if not chat.bot or not self._is_served(chat):
            return False
        chat.known = True
        bare = kind == "unsupported" and self.switches.bare_withheld
        self.emit({"event_name": f"message.{kind}.received"} | ({} if bare else {"message": message}))
        return True

    def joins(self, chat: Chat) -> None:
        """The bot comes into a group and says hello, where its plan lets it."""
        inside = sum(other.group and other.bot for other in self.chats.values())
        if not self.switches.can_join_groups or inside >= self.switches.groups:
            return
        chat.bot = True
        self.post(chat, self.bot_sender(), {"text": f"{self.name} xin chào cả nhóm!"})
        if self.switches.join_events:
            self.emit({"event_name": "bot.joined.group"})

    def reach(self, chat_id: str) -> Chat:
        """The chat that the bot writes to. Raises ApiError."""
        chat = self.chats.get(chat_id)
        if chat is None or not chat.known or not chat.bot:
            raise ApiError(400, "Bad Request: chat not found")
        return chat

    def count_send(self) -> None:
        """One of the month's messages. Raises ApiError."""
        if self.sent[self.month] >= self.switches.per_month:
            raise ApiError(429, "Quota exceeded")
        self.sent[self.month] += 1

    def bot_sender(self) -> Json:
        return {"id": self.bot["id"], "display_name": self.name, "is_bot": True}

    def now(self) -> int:
        """The date of what happens now, in milliseconds."""
        seconds = self.clock().timestamp()
        return int(seconds) if self.switches.seconds else int(seconds * 1000)

    def _is_served(self, chat: Chat) -> bool:
        """The people who came first, as many as the plan has; groups are turned away at the door."""
        if chat.group or chat.id in self.users:
            return True
        if len(self.users) >= self.switches.users:
            return False
        self.users.append(chat.id)
        return True
