"""People and groups on Zalo that a test lets act, as they would with their phones."""

import re
from dataclasses import dataclass

from tests.fakes.telegram_params import Json
from tests.fakes.zalo_bot_world import Chat, World
from tests.fakes.zalo_cdn import AAC, JPEG


@dataclass(frozen=True, slots=True)
class Group:
    """A group, as its members see it."""

    world: World
    chat: Chat

    @property
    def id(self) -> str:
        return self.chat.id

    def adds_bot(self) -> None:
        """The owner opens the bot's link and confirms."""
        self.world.joins(self.chat)

    def removes_bot(self) -> None:
        self.chat.bot = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with Zalo; `chat` is the private chat with the bot.

    `protected`: Zalo passes nothing on of what such people write.
    """

    world: World
    chat: Chat
    protected: bool = False

    @property
    def id(self) -> str:
        return self.chat.id

    def says(self, text: str, to: Group | None = None, mention: bool = False, reply_to: Json | None = None) -> Json:
        """Writes to the bot, or into a group; `mention` picks the bot from the list of members."""
        return self._posts("text", {"text": self._named(text, mention)}, to, mention, reply_to)

    def sends_photo(
        self,
        caption: str = "",
        to: Group | None = None,
        mention: bool = False,
        reply_to: Json | None = None,
        content: bytes = JPEG,
    ) -> Json:
        words = {"caption": shown} if (shown := self._named(caption, mention)) else {}
        url = self.world.cdn.put(content, ".jpg")
        picture = {"message_type": "CHAT_PHOTO", self.world.switches.image_field: url}
        return self._posts("image", picture | words, to, mention, reply_to)

    def sends_voice(self, to: Group | None = None, reply_to: Json | None = None) -> Json:
        content = {"message_type": "CHAT_VOICE", "voice_url": self.world.cdn.put(AAC, ".aac")}
        return self._posts("voice", content, to, False, reply_to)

    def sends_sticker(self, to: Group | None = None, reply_to: Json | None = None) -> Json:
        content = {"sticker": "0e078a2fb66a5f34", "url": self.world.cdn.put(JPEG, ".jpg")}
        return self._posts("sticker", content, to, False, reply_to)

    def sends_file(self, name: str, to: Group | None = None, reply_to: Json | None = None) -> Json:
        """A document, film or contact card: the bot learns only that there was something."""
        return self._posts("unsupported", {"shown": name}, to, False, reply_to)

    def blocks(self) -> None:
        self.chat.bot = False

    def unblocks(self) -> None:
        self.chat.bot = True

    def _named(self, text: str, mention: bool) -> str:
        return f"@{self.world.name} {text}".rstrip() if mention else text

    def _posts(self, kind: str, content: Json, to: Group | None, mention: bool, reply_to: Json | None) -> Json:
        """The bot is told in private always, in a group only where it is named in the message or answered."""
        chat = self.chat if to is None else to.chat
        sender = {"id": self.id, "display_name": self.chat.title, "is_bot": False}
        message = self.world.post(chat, sender, content)
        answers = reply_to is not None and reply_to["from"]["is_bot"] is True
        if to is None:
            self.world.chats[chat.id].bot = True
        if to is None or mention or answers:
            withheld = kind == "unsupported" or self.protected
            told = {key: message[key] for key in ("message_id", "date", "from", "chat")} if withheld else message
            self.world.tell(chat, "unsupported" if withheld else kind, told)
        return message


def transcript(chat: Chat) -> list[str]:
    """What a person sees in the chat, line by line."""
    return [f"{message['from']['display_name']}: {_shown(message)}" for message in chat.messages.values()]


def _shown(message: Json) -> str:
    mode = str(message.get("parse_mode", ""))
    words = seen(str(message.get("text") or message.get("caption") or message.get("shown") or ""), mode)
    kinds = {"photo_url": "photo", "photo": "photo", "voice_url": "voice", "sticker": "sticker", "shown": "file"}
    kind = next((f"({name})" for key, name in kinds.items() if key in message), "")
    return f"{kind} {words}".strip()


def seen(text: str, parse_mode: str) -> str:
    """Markdown as it looks on the phone."""
    if parse_mode != "markdown":
        return text
    text = re.sub(r"^(?:#{1,4}|>) ", "", text, flags=re.MULTILINE)
    text = re.sub(r"(?<!\\)(\*\*|__|~~|`)(.+?)(?<!\\)\1", r"\2", text)
    text = re.sub(r"(?<!\\)([*_])(.+?)(?<!\\)\1", r"\2", text)
    return re.sub(r"\\([*_])", r"\1", text)
