"""The methods that write into chats, as the Zalo Bot Platform checks and answers them."""

import unicodedata
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from core.message import units
from tests.fakes.telegram_params import ApiError, Json, Params, bad
from tests.fakes.zalo_bot_world import Chat, World
from tests.fakes.zalo_cdn import look_at

MOST = 2000  # UTF-16 units of a text or caption, after NFC
NOT_HERE = ("reply_markup", "entities", "reply_parameters")  # of Telegram; nothing of ours may lean on it


@dataclass(slots=True)
class Methods:
    """`failures`: pictures that would have been black in the chat."""

    world: World
    failures: list[str]

    def by_name(self) -> dict[str, Callable[[Params], Awaitable[object]]]:
        """Names are case-sensitive, and there are no others."""
        return {
            "getMe": self.get_me,
            "sendMessage": self.send_message,
            "sendPhoto": self.send_photo,
            "sendSticker": self.send_sticker,
            "sendVoice": self.send_voice,
            "sendChatAction": self.send_chat_action,
        }

    async def get_me(self, _: Params) -> Json:
        return self.world.bot | {"can_join_groups": self.world.switches.can_join_groups}

    async def send_message(self, params: Params) -> Json:
        mode = str(params.get("parse_mode", ""))
        if mode not in ("", "markdown", "html"):
            raise bad("unknown parse_mode")
        return self._write(params, {"text": _words(params, "text")} | ({"parse_mode": mode} if mode else {}))

    async def send_photo(self, params: Params) -> Json:
        """The address must be one that can be fetched, and fetched again."""
        url = str(params.get("photo", ""))
        caption = {"caption": _words(params, "caption")} if "caption" in params else {}
        self._chat(params)
        if urlsplit(url).scheme not in ("http", "https"):
            raise bad("photo must be a URL")
        picture = await look_at(url)
        if not picture.found:
            raise bad("photo cannot be fetched")
        if picture.trouble:
            self.failures.append(picture.trouble)
        return self._write(params, {"photo": url} | caption)

    async def send_sticker(self, params: Params) -> Json:
        if not params.get("sticker"):
            raise bad("sticker is empty")
        return self._write(params, {"sticker": str(params["sticker"])})

    async def send_voice(self, params: Params) -> Json:
        """In a group it is accepted and never seen."""
        if not str(params.get("voice_url", "")).endswith(".aac"):
            raise bad("voice_url must end with .aac")
        chat = self._chat(params)
        sent = self._write(params, {"voice_url": str(params["voice_url"])})
        if chat.group:
            del chat.messages[sent["message_id"]]
        return sent

    async def send_chat_action(self, params: Params) -> None:
        if params.get("action") != "typing":
            raise bad("unknown action")
        self._chat(params).actions.append("typing")

    def _chat(self, params: Params) -> Chat:
        for name in NOT_HERE:
            if name in params:
                raise bad(f"unknown parameter {name}")
        return self.world.reach(str(params.get("chat_id", "")))

    def _write(self, params: Params, content: Json) -> Json:
        chat = self._chat(params)
        self.world.count_send()
        message = self.world.post(chat, self.world.bot_sender(), content)
        return {"message_id": message["message_id"], "date": message["date"]}


def _words(params: Params, name: str) -> str:
    """1 to 2000."""
    text = str(params.get(name, ""))
    if not text.strip():
        raise bad(f"{name} is empty")
    if units(unicodedata.normalize("NFC", text)) > MOST:
        raise ApiError(400, f"Bad Request: {name} is too long")
    return text
