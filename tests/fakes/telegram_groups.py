"""Groups and channels, as their members see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.fakes.telegram_params import Json
from tests.fakes.telegram_world import Chat, World, with_entities

if TYPE_CHECKING:
    from tests.fakes.telegram_people import Person


@dataclass(frozen=True, slots=True)
class Group:
    """A group, a supergroup or a channel."""

    world: World
    chat: Chat

    @property
    def id(self) -> str:
        return str(self.chat.id)

    def adds_bot(self, by: Person, status: str = "member") -> None:
        """The bot comes in; `administrator` and privacy mode off let it see everything."""
        self.chat.members.setdefault(by.user["id"], (by.user, "creator"))
        self.world.bot_becomes(self.chat, status, by.user)
        if self.chat.type != "channel":
            self._service(by, {"new_chat_member": self.world.bot, "new_chat_members": [self.world.bot]})

    def adds_bot_by_link(self, by: Person, payload: str = "") -> Json:
        """Behind `?startgroup=`: the bot comes in, and the app writes the payload for the person."""
        self.adds_bot(by)
        return by.says(f"/start@{self.world.bot['username']} {payload}".rstrip(), to=self)

    def removes_bot(self, by: Person) -> None:
        """The bot is thrown out."""
        self.world.bot_becomes(self.chat, "kicked", by.user)

    def promotes_bot(self, by: Person) -> None:
        self.world.bot_becomes(self.chat, "administrator", by.user)

    def silences_bot(self, by: Person) -> None:
        """It stays, and may not write."""
        self.world.bot_becomes(self.chat, "restricted", by.user)

    def is_deleted(self) -> None:
        """By its owner; nobody is told."""
        self.chat.bot = "deleted"

    def joined_by(self, person: Person) -> None:
        self.world.member_becomes(self.chat, person.user, "member")
        self._service(person, {"new_chat_member": person.user, "new_chat_members": [person.user]})

    def left_by(self, person: Person) -> None:
        self.world.member_becomes(self.chat, person.user, "left")
        self._service(person, {"left_chat_member": person.user})

    def promotes(self, person: Person) -> None:
        self.world.member_becomes(self.chat, person.user, "administrator")

    def opens_topic(self, name: str, by: Person) -> int:
        """A forum topic; its number."""
        created = {"forum_topic_created": {"name": name, "icon_color": 7322096}, "is_topic_message": True}
        message = self.world.post(self.chat, by.user, created)
        message["message_thread_id"] = message["message_id"]
        self.world.tell(self.chat, message)
        return int(message["message_id"])

    def deletes_topic(self, topic: int) -> None:
        """With all that was written in it; the bot is not told."""
        gone = [number for number, message in self.chat.messages.items() if message.get("message_thread_id") == topic]
        for number in gone:
            del self.chat.messages[number]

    def becomes_supergroup(self, by: Person) -> Group:
        """The group gets a new id; the bot is told in both, and the old id refuses what is sent to it."""
        new = self.world.new_group(self.chat.title, "supergroup")
        new.bot, new.sees_all = self.chat.bot, self.chat.sees_all
        new.members.update(self.chat.members)
        self._service(by, {"migrate_to_chat_id": new.id})
        self.chat.moved_to = new.id
        after = Group(self.world, new)
        after._service(by, {"migrate_from_chat_id": self.chat.id})
        return after

    def posts(self, text: str) -> Json:
        """Something new in a channel."""
        message = self.world.post(self.chat, {"id": self.chat.id, "is_bot": False}, with_entities("text", text))
        self.world.tell(self.chat, message)
        return message

    def _service(self, by: Person, content: Json) -> None:
        self.world.tell(self.chat, self.world.post(self.chat, by.user, content))
