"""People and groups that a test lets act, as they would with their phones."""

from dataclasses import dataclass

from tests.fakes.telegram_params import Json
from tests.fakes.telegram_world import Chat, World, with_entities


@dataclass(frozen=True, slots=True)
class Group:
    """A group, as its members see it."""

    world: World
    chat: Chat

    @property
    def id(self) -> str:
        return str(self.chat.id)

    def adds_bot(self, by: "Person", status: str = "member") -> None:
        """The bot comes in; `administrator` and privacy mode off let it see everything."""
        self.world.bot_becomes(self.chat, status, by.user)
        bots = {"new_chat_member": self.world.bot, "new_chat_members": [self.world.bot]}
        self._service(by, bots)

    def removes_bot(self, by: "Person") -> None:
        """The bot is thrown out."""
        self.world.bot_becomes(self.chat, "kicked", by.user)

    def promotes_bot(self, by: "Person") -> None:
        self.world.bot_becomes(self.chat, "administrator", by.user)

    def opens_topic(self, name: str, by: "Person") -> int:
        """A forum topic; its number."""
        created = {"forum_topic_created": {"name": name, "icon_color": 7322096}, "is_topic_message": True}
        message = self.world.post(self.chat, by.user, created)
        message["message_thread_id"] = message["message_id"]
        self.world.tell(self.chat, message)
        return int(message["message_id"])

    def becomes_supergroup(self, by: "Person") -> "Group":
        """The group gets a new id; the bot is told in both, and the old id refuses what is sent to it."""
        new = self.world.new_group(self.chat.title, "supergroup")
        new.bot, new.sees_all = self.chat.bot, self.chat.sees_all
        self._service(by, {"migrate_to_chat_id": new.id})
        self.chat.moved_to = new.id
        after = Group(self.world, new)
        after._service(by, {"migrate_from_chat_id": self.chat.id})
        return after

    def _service(self, by: "Person", content: Json) -> None:
        self.world.tell(self.chat, self.world.post(self.chat, by.user, content))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with the Telegram app; `chat` is the private chat with the bot."""

    world: World
    user: Json
    chat: Chat

    @property
    def id(self) -> str:
        return str(self.user["id"])

    def starts(self, payload: str = "") -> Json:
        """Presses Start, perhaps behind a deep link."""
        if self.chat.bot == "kicked":
            self.unblocks()
        self.chat.bot = "member"
        return self.says(f"/start {payload}".rstrip())

    def says(self, text: str, to: Group | None = None, reply_to: Json | None = None, topic: int = 0) -> Json:
        """Writes to the bot, or into a group."""
        return self._posts(with_entities("text", text), to, reply_to, topic)

    def sends_photo(self, caption: str = "", to: Group | None = None, reply_to: Json | None = None) -> Json:
        """Recompressed, in two sizes, without a name."""
        sizes = [_file("photo", width=90, height=67, file_size=1_200)]
        sizes.append(_file("photo-large", width=1280, height=960, file_size=98_000))
        return self._posts({"photo": sizes} | _caption(caption), to, reply_to)

    def sends_document(self, name: str, size: int = 20_000, caption: str = "", to: Group | None = None) -> Json:
        """As it is, with its name."""
        document = _file("document", file_name=name, mime_type="application/octet-stream", file_size=size)
        return self._posts({"document": document} | _caption(caption), to)

    def sends_voice(self, to: Group | None = None) -> Json:
        voice = _file("voice", duration=3, mime_type="audio/ogg", file_size=9_000)
        return self._posts({"voice": voice}, to)

    def sends_sticker(self, to: Group | None = None) -> Json:
        look = {"width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._posts({"sticker": _file("sticker", type="regular", emoji="👍", **look)}, to)

    def shares_location(self, to: Group | None = None) -> Json:
        return self._posts({"location": {"latitude": 20.8, "longitude": 106.6}}, to)

    def taps(self, label: str, on: Json | None = None, within: Group | None = None) -> str:
        """Presses a button of the bot's newest message that has it; the query's id. LookupError: there is none."""
        chat = self.chat if within is None else within.chat
        messages = list(reversed(chat.messages.values())) if on is None else [on]
        for message in messages:
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"] == label and "callback_data" in button:
                        return self.world.press(self.user, message, button["callback_data"])
        raise LookupError(f"no button {label!r}")

    def blocks(self) -> None:
        self.world.bot_becomes(self.chat, "kicked", self.user)

    def unblocks(self) -> None:
        self.world.bot_becomes(self.chat, "member", self.user)

    def _posts(self, content: Json, to: Group | None, reply_to: Json | None = None, topic: int = 0) -> Json:
        chat = self.chat if to is None else to.chat
        if chat is self.chat and chat.bot != "member":
            raise ValueError("nobody can write to a bot before pressing Start")
        if chat.moved_to:
            raise ValueError("nobody can write into a group that has moved")
        if self.chat.bot == "unknown":
            self.chat.bot = "stranger"  # the service knows them now, the bot may still not write first
        if reply_to is None and topic:
            reply_to = chat.messages[topic]
        threads = {"message_thread_id": topic, "is_topic_message": True} if topic else {}
        answers = {} if reply_to is None else {"reply_to_message": _quoted(reply_to)}
        bot_wrote_last = chat.bot_wrote_last
        message = self.world.post(chat, self.user, content | threads | answers)
        self.world.tell(chat, message, bot_wrote_last)
        return message


def transcript(chat: Chat) -> list[str]:
    """What a person sees in the chat, line by line, buttons in brackets."""
    return [_shown(message) for message in chat.messages.values()]


def _shown(message: Json) -> str:
    text = message.get("text") or " ".join([f"({_kind(message)})", message.get("caption", "")]).strip()
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = " ".join(f"[{button['text']}]" for row in rows for button in row)
    return f"{message['from']['first_name']}: {text} {buttons}".rstrip()


def _kind(message: Json) -> str:
    usual = {"message_id", "from", "chat", "date", "caption", "caption_entities", "reply_to_message"}
    return next(iter(message.keys() - usual - {"message_thread_id", "is_topic_message", "new_chat_member"}))


def _file(name: str, **more: object) -> Json:
    return {"file_id": f"file-{name}", "file_unique_id": f"unique-{name}"} | more


def _caption(caption: str) -> Json:
    return with_entities("caption", caption) if caption else {}


def _quoted(message: Json) -> Json:
    """A reply shows what it answers, one level deep."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}
