"""People and groups that a test lets act, as they would with the Zalo app."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from tests.fakes.telegram_params import Json
from tests.fakes.zalo_cdn import AAC, JPEG
from tests.fakes.zalo_oa_world import OA_ID, OwnedGroup, User, World

PDF = b"%PDF-1.4\n%%EOF\n"


@dataclass(frozen=True, slots=True)
class Group:
    """A group that the account owns, as its members see it."""

    world: World
    group: OwnedGroup

    @property
    def id(self) -> str:
        return self.group.id

    def asks_in(self, person: "Person") -> None:
        """Somebody has opened the group's link and waits to be let in."""
        self.group.pending.append(person.id)
        self._tell("user_request_join_group", [person.id])

    def leaves(self, person: "Person") -> None:
        self.group.members.remove(person.id)
        self._tell(self.world.switches.left_name, [person.id])

    def throws_oa_out(self) -> None:
        self.group.oa_inside = False
        self._tell(self.world.switches.left_name, [OA_ID])

    def lapses(self, on: str = "10/01/2024") -> None:
        """The plan's place was not paid for: the group is switched off, and goes 45 days later."""
        self.group.enabled, self.group.auto_delete = False, on

    def _tell(self, name: str, ids: Sequence[str]) -> None:
        users = [{"id": id} for id in ids]
        self.world.tell(name, oa_id=OA_ID, group_id=self.group.id, users=users)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with the Zalo app."""

    world: World
    user: User

    @property
    def id(self) -> str:
        return self.user.id

    def follows(self) -> None:
        self.user.follower = True
        self.world.interacts(self.user)
        self._happens("follow", source="oa_profile", follower={"id": self.id})

    def unfollows(self) -> None:
        self.user.follower = False
        self._happens("unfollow", source="oa_profile", follower={"id": self.id})

    def clicks_chat(self) -> None:
        """Opens the chat for the first time."""
        self.world.interacts(self.user)
        self._happens("user_click_chatnow", user_id=self.id)

    def withdraws(self) -> None:
        """Wants everything deleted that is kept of them."""
        self._happens("user_withdraw", user_id=self.id)

    def says(self, text: str, to: Group | None = None, quote: str = "") -> str:
        """Writes to the account, or into a group; the message's id."""
        return self._posts("text", {"text": text} | ({"quote_msg_id": quote} if quote else {}), to)

    def sends_image(self, text: str = "", to: Group | None = None, content: bytes = JPEG) -> str:
        url = self.world.cdn.put(content, ".jpg")
        kind = "photo" if self.world.switches.photo_type else "image"
        return self._attaches("image", kind, {"url": url, "thumbnail": url}, text, to)

    def sends_file(self, name: str, to: Group | None = None, content: bytes = PDF, text: str = "") -> str:
        size: object = len(content) if self.world.switches.size_as_number else str(len(content))
        md5 = hashlib.md5(content, usedforsecurity=False).hexdigest()
        payload = {"url": self.world.cdn.put(content, ".bin"), "name": name, "size": size, "checksum": md5}
        return self._attaches("file", "file", payload | {"type": name.rpartition(".")[2]}, text, to)

    def sends_audio(self, to: Group | None = None) -> str:
        return self._attaches("audio", "audio", {"url": self.world.cdn.put(AAC, ".amr")}, "", to)

    def sends_video(self, to: Group | None = None) -> str:
        url = self.world.cdn.put(b"film", ".mp4")
        return self._attaches("video", "video", {"url": url, "thumbnail": url, "description": ""}, "", to)

    def sends_gif(self, to: Group | None = None) -> str:
        url = self.world.cdn.put(b"GIF89a", ".gif")
        return self._attaches("gif", "gif", {"url": url, "thumbnail": url}, "", to)

    def sends_sticker(self, to: Group | None = None) -> str:
        return self._attaches("sticker", "sticker", {"id": "0e078a2f", "url": "https://example.vn/s.webp"}, "", to)

    def sends_link(self, url: str, to: Group | None = None) -> str:
        payload = {"thumbnail": "https://example.vn/t.jpg", "description": "Trang trường", "url": url}
        return self._attaches("link", "link", payload, "", to)

    def sends_location(self) -> str:
        payload = {"coordinates": {"latitude": "10.76", "longitude": "106.65"}}
        return self._attaches("location", "location", payload, "", None)

    def sends_card(self, to: Group | None = None) -> str:
        payload = {"thumbnail": "https://example.vn/a.jpg", "description": '{"phone":"84900000001"}', "url": ""}
        return self._attaches("business_card", "link", payload, "", to)

    def taps(self, title: str) -> str:
        """A button of the account's newest message that has it. LookupError: there is none."""
        for message in reversed(self.user.messages.values()):
            for button in message.get("buttons", []):
                if button["title"] == title and button["type"].startswith("oa.query"):
                    hidden = button["type"] == "oa.query.hide"
                    return self._posts("text", {"text": button["payload"]}, None, hidden)
        raise LookupError(f"no button {title!r}")

    def submits(self, name: str, phone: str) -> None:
        """Answers a request for name and number; whatever is typed is taken. LookupError: nobody asked."""
        if not any(message.get("kind") == "request_user_info" for message in self.user.messages.values()):
            raise LookupError("nobody asked for it")
        self.world.interacts(self.user)
        address = {"user_city": "Hải Phòng", "user_ward": "Vĩnh Bảo", "user_address": "1"}
        info = {"name": name, "phone": phone, "user_dob": "", "gender": "", "full_address": address}
        self._happens("user_submit_info", sender={"id": self.id}, recipient={"id": OA_ID}, info=info)

    def reacts(self, msg_id: str, icon: str = "/-heart") -> None:
        message = {"msg_id": msg_id, "react_icon": icon}
        self._happens("user_reacted_message", sender={"id": self.id}, recipient={"id": OA_ID}, message=message)

    def reads(self) -> None:
        """The app tells that everything was seen: sender and recipient the other way round, ids as a list."""
        seen = [message["msg_id"] for message in self.user.messages.values() if not message["from"]]
        sides = {"sender": {"id": OA_ID}, "recipient": {"id": self.id}}
        self._happens("user_seen_message", message={"msg_ids": seen}, **sides)

    def _attaches(self, name: str, kind: str, payload: Json, text: str, to: Group | None) -> str:
        words = {"text": text} if text else {}
        return self._posts(name, words | {"attachments": [{"type": kind, "payload": payload}]}, to)

    def _posts(self, kind: str, message: Json, to: Group | None, hidden: bool = False) -> str:
        """The whole traffic of a group is delivered, and nothing of it opens a window."""
        msg_id = self.world.new_id()
        history = self.user.messages if to is None else to.group.messages
        if not hidden:
            history[msg_id] = {"from": self.user.name, "msg_id": msg_id, "kind": kind, **_seen(message)}
        message = {"msg_id": msg_id} | message
        if to is not None:
            if self.id not in to.group.members:
                raise ValueError("nobody can write into a group that they are not in")
            sides = {"sender": {"id": self.id}, "recipient": {"id": to.id}}
            self.world.tell(f"user_send_group_{kind}", oa_id=OA_ID, message=message, **sides)
            return msg_id
        self.world.interacts(self.user)
        sides = {"sender": {"id": self.id}, "recipient": {"id": OA_ID}}
        self.world.tell(f"user_send_{kind}", user_id_by_app=self.user.by_app, message=message, **sides)
        return msg_id

    def _happens(self, name: str, **parts: object) -> None:
        self.world.tell(name, oa_id=OA_ID, user_id_by_app=self.user.by_app, **parts)


def _seen(message: Json) -> Json:
    """What of a person's own message shows in the chat."""
    names = [one["payload"].get("name", "") for one in message.get("attachments", [])]
    return {"text": message.get("text", ""), "name": names[0] if names else ""}


def transcript(where: Person | Group) -> list[str]:
    """What a person sees in the chat, line by line: buttons in brackets, mentions as names."""
    history = where.user.messages if isinstance(where, Person) else where.group.messages
    return [_shown(where.world, message) for message in history.values()]


def _shown(world: World, message: Json) -> str:
    names = {user.id: user.name for user in world.users.values()} | {id: "Tất cả" for id in world.groups}
    text = re.sub(r"\[@(\w+)\]", lambda found: f"@{names.get(found[1], found[1])}", message.get("text", ""))
    kind = "" if message["kind"] == "text" else f"({message['kind']} {message.get('name', '')}".rstrip() + ")"
    buttons = " ".join(f"[{button['title']}]" for button in message.get("buttons", []))
    return " ".join(filter(None, [f"{message['from'] or 'Nhắc Việc'}:", kind, text, buttons]))
