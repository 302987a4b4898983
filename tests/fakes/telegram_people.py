"""People that a test lets act, as they would with their phones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.fakes.telegram_groups import Group
from tests.fakes.telegram_media import shown
from tests.fakes.telegram_params import Json, Params, Upload
from tests.fakes.telegram_pictures import png
from tests.fakes.telegram_world import Chat, World, with_entities

__all__ = ["Group", "Person", "transcript"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with the Telegram app; `chat` is the private chat with the bot."""

    world: World
    user: Json
    chat: Chat
    phone: str = ""

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

    def sends_photo(
        self, caption: str = "", to: Group | None = None, reply_to: Json | None = None, content: bytes = b""
    ) -> Json:
        """In several sizes, without a name."""
        return self._posts(self._photo(content) | _caption(caption), to, reply_to)

    def sends_album(
        self,
        pictures: Sequence[bytes],
        caption: str = "",
        to: Group | None = None,
        between: Callable[[int], None] = lambda _: None,
    ) -> list[Json]:
        """Separate messages, the caption on the first alone; `between` passes time before the second, third, …

        No part says how many there are, and an empty picture is one that never arrives.
        """
        album, sent = {"media_group_id": self.world.new_album()}, []
        for place, picture in enumerate(pictures):
            if place:
                between(place)
            if picture:
                words = _caption(caption) if place == 0 else {}
                sent.append(self._posts(self._photo(picture) | words | album, to))
        return sent

    def sends_document(
        self, name: str, size: int = 20_000, caption: str = "", to: Group | None = None, content: bytes | None = None
    ) -> Json:
        """As it is, with its name; without `content` only the size is true."""
        return self._posts(self._file("document", name, content, size) | _caption(caption), to)

    def sends_voice(self, to: Group | None = None) -> Json:
        return self._posts(self._file("voice", "voice.ogg", None, 9_000, duration=3), to)

    def sends_video(self, name: str = "phim.mp4", size: int = 300_000, to: Group | None = None) -> Json:
        return self._posts(self._file("video", name, None, size, duration=9, width=640, height=360), to)

    def sends_audio(self, name: str = "hat.mp3", size: int = 200_000, to: Group | None = None) -> Json:
        return self._posts(self._file("audio", name, None, size, duration=60), to)

    def sends_sticker(self, to: Group | None = None) -> Json:
        look = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular", "emoji": "👍"}
        return self._posts({"sticker": {"file_id": "sticker", "file_unique_id": "sticker"} | look}, to)

    def shares_location(self, to: Group | None = None) -> Json:
        return self._posts({"location": {"latitude": 20.8, "longitude": 106.6}}, to)

    def sends_contact(self, of: "Person | None" = None, to: Group | None = None) -> Json:
        """The own card, or that of somebody else, handed on."""
        whose = of or self
        card = {"phone_number": whose.phone, "first_name": whose.user["first_name"], "user_id": whose.user["id"]}
        return self._posts({"contact": card}, to)

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

    def taps_keyboard(self, label: str) -> Json:
        """A button in place of the letters: shares the own number, or writes its words. LookupError: there is none."""
        for row in self.chat.keyboard.get("keyboard", []):
            for button in row:
                if button["text"] == label:
                    return self.sends_contact() if button.get("request_contact") else self.says(label)
        raise LookupError(f"no key {label!r}")

    def edits(self, message: Json, text: str) -> None:
        """Changes the words of an own message."""
        name = "text" if "text" in message else "caption"
        message |= with_entities(name, text) | {"edit_date": self.world.now()}
        self.world.tell(self.world.chats[message["chat"]["id"]], message, edited=True)

    def reacts(self, message: Json, *emoji: str) -> int:
        """The update's id, or 0: a bot hears of it where it asked to, and is an administrator in a group."""
        chat = self.world.chats[message["chat"]["id"]]
        if chat.is_group and chat.bot != "administrator":
            return 0
        new = [{"type": "emoji", "emoji": one} for one in emoji]
        about = {"chat": chat.public(), "message_id": message["message_id"], "user": self.user}
        changed = about | {"date": self.world.now(), "old_reaction": [], "new_reaction": new}
        return self.world.updates.add("message_reaction", changed, f"chat:{chat.id}")

    def blocks(self) -> None:
        self.world.bot_becomes(self.chat, "kicked", self.user)

    def unblocks(self) -> None:
        self.world.bot_becomes(self.chat, "member", self.user)

    def deletes_account(self) -> None:
        """Nobody is told."""
        self.chat.bot = "deactivated"

    def _photo(self, content: bytes) -> Json:
        upload = Upload("photo.jpg", "image/jpeg", content or png(1280, 960))
        return shown(self.world, upload, "photo", {})

    def _file(self, kind: str, name: str, content: bytes | None, size: int, **about: object) -> Json:
        known: Params = about
        upload = Upload(name, "application/octet-stream", content or b"")
        kept = self.world.files.keep(kind, upload, size if content is None else None)
        return shown(self.world, kept, kind, known)

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
    return [_shown(chat, message) for message in chat.messages.values()]


def _shown(chat: Chat, message: Json) -> str:
    text = message.get("text") or " ".join([f"({_kind(message)})", message.get("caption", "")]).strip()
    keys = chat.keyboards.get(message["message_id"], {}).get("keyboard", [])
    rows = message.get("reply_markup", {}).get("inline_keyboard", []) + keys
    buttons = " ".join(f"[{button['text']}]" for row in rows for button in row)
    who = message["from"]["first_name"] if "from" in message else message["sender_chat"]["title"]
    return f"{who}: {text} {buttons}".rstrip()


def _kind(message: Json) -> str:
    usual = {"message_id", "from", "sender_chat", "chat", "date", "edit_date", "caption", "caption_entities"}
    usual |= {"reply_to_message", "message_thread_id", "is_topic_message", "new_chat_member", "media_group_id"}
    return next(iter(message.keys() - usual - {"reply_markup"}))


def _caption(caption: str) -> Json:
    return with_entities("caption", caption) if caption else {}


def _quoted(message: Json) -> Json:
    """A reply shows what it answers, one level deep."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}
