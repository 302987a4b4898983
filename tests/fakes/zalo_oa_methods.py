"""What an Official Account can ask for: messages to people, uploads, who they are, what is left of the plan."""

from collections.abc import Awaitable, Callable

from tests.fakes.telegram_params import ApiError, Json
from tests.fakes.telegram_params import Upload as Part
from tests.fakes.zalo_oa_shapes import bad, checked
from tests.fakes.zalo_oa_world import APP_ID, OA_ID, Upload, User, World

Method = Callable[[Json], Awaitable[object]]
MB = 1024 * 1024
PICTURES = {b"\xff\xd8\xff": "image", b"\x89PNG": "image", b"GIF8": "gif"}
ENDINGS = ("pdf", "doc", "docx", "csv")


class Methods:
    """By path; each gives `data` or raises ApiError. `failures`: pictures whose addresses did not last."""

    def __init__(self, world: World, failures: list[str]) -> None:
        self._world = world
        self._failures = failures

    def by_path(self) -> dict[str, Method]:
        return {
            "/v3.0/oa/message/cs": self.consult,
            "/v3.0/oa/message/transaction": self.shut_down,
            "/v3.0/oa/message/promotion": self.shut_down,
            "/v2.0/oa/message": self.old_message,
            "/v3.0/oa/quota/message": self.message_quota,
            "/v3.0/oa/user/detail": self.detail,
            "/v2.0/oa/getoa": self.about,
            "/v2.0/oa/upload/image": self.upload_image,
            "/v2.0/oa/upload/gif": self.upload_gif,
            "/v2.0/oa/upload/file": self.upload_file,
        }

    async def consult(self, params: Json) -> Json:
        """A message to somebody within the window."""
        world = self._world
        user = world.user(_recipient(params, "user_id"))
        shown = await checked(world, params.get("message"), user.messages, False, self._failures)
        world.charge(user)
        msg_id = world.new_id()
        user.messages[msg_id] = {"from": "", "msg_id": msg_id} | shown
        self._echo(user, msg_id, shown)
        return {"message_id": msg_id, "user_id": user.id, "quota": {"remain": world.free_left(user)}}

    def _echo(self, user: User, msg_id: str, shown: Json) -> None:
        """The account is told of its own message, and that it arrived."""
        world, sides = self._world, {"sender": {"id": OA_ID}, "recipient": {"id": user.id}}
        kind = shown["kind"] if shown["kind"] in ("text", "image", "gif", "file", "sticker") else "text"
        if world.switches.echoes:
            message = {"msg_id": msg_id, "text": shown["text"]}
            world.tell(f"oa_send_{kind}", user_id_by_app=user.by_app, message=message, **sides)
        if world.switches.receipts:
            world.tell("user_received_message", user_id_by_app=user.by_app, message={"msg_id": msg_id}, **sides)

    async def shut_down(self, _: Json) -> object:
        raise ApiError(-240, "This API has been shut down, please use the v3 message API")

    async def old_message(self, params: Json) -> Json:
        """Of the old address only reactions still work."""
        action = params.get("sender_action")
        if not isinstance(action, dict):
            return {"never": await self.shut_down(params)}
        user = self._world.user(_recipient(params, "user_id"))
        message = user.messages.get(str(action.get("react_message_id")))
        if message is None:
            raise bad("react_message_id")
        message.setdefault("reactions", []).append(action.get("react_icon"))
        return {"message_id": message["msg_id"]}

    async def message_quota(self, params: Json) -> object:
        """What is left, for one person or of the plan."""
        world = self._world
        if "user_id" in params:
            user = world.user(params["user_id"])
            last = str(int(user.last.timestamp() * 1000)) if user.last else ""
            remain = world.free_left(user)
            return {"last_interaction": last, "cs_reply": {"remain": remain, "total": world.switches.free}}
        remain = world.switches.billed - world.used["cs", world.month]
        told = {"asset_id": "cs-asset-1", "product_type": "cs", "quota_type": "sub_quota"}
        return [told | {"valid_through": "01/06/2027", "total": world.switches.billed, "remain": remain}]

    async def detail(self, params: Json) -> Json:
        user = self._world.user(params.get("user_id"))
        last = user.last or self._world.clock()
        return {
            "user_id": user.id,
            "user_id_by_app": user.by_app,
            "display_name": user.name,
            "user_alias": user.name,
            "is_sensitive": False,
            "user_last_interaction_date": f"{last:%d/%m/%Y}",
            "user_is_follower": user.follower,
        }

    async def about(self, _: Json) -> Json:
        switches = self._world.switches
        return {
            "oa_id": OA_ID,
            "oaid": OA_ID,
            "name": "Nhắc Việc",
            "is_verified": switches.verified,
            "oa_type": 2,
            "num_follower": sum(user.follower for user in self._world.users.values()),
            "package_name": switches.package,
            "package_valid_through_date": "01/06/2027",
            "linked_ZCA": APP_ID if switches.cloud_account else "",
        }

    async def upload_image(self, params: Json) -> Json:
        return {"attachment_id": self._keep(params, "image", MB)}

    async def upload_gif(self, params: Json) -> Json:
        return {"attachment_id": self._keep(params, "gif", 5 * MB)}

    async def upload_file(self, params: Json) -> Json:
        return {"token": self._keep(params, "file", 5 * MB)}

    def _keep(self, params: Json, kind: str, most: int) -> str:
        world, part = self._world, params.get("file")
        if not isinstance(part, Part):
            raise bad("file")
        if _kind(part) != kind:
            raise ApiError(-201, "File type is not supported")
        if len(part.content) > most:
            raise ApiError(-210, "File size is over the limit")
        world.use("upload", world.month, world.switches.uploads, ApiError(-211, "Out of upload quota"))
        upload_id = world.new_id()
        world.uploads[upload_id] = Upload(kind, part.name, part.content, world.clock())
        return upload_id


def _recipient(params: Json, key: str) -> object:
    recipient = params.get("recipient")
    if not isinstance(recipient, dict) or not isinstance(recipient.get(key), str):
        raise bad(f"recipient.{key}")
    return recipient[key]


def _kind(part: Part) -> str:
    """Pictures by their first bytes, documents by their ending."""
    for start, kind in PICTURES.items():
        if part.content.startswith(start):
            return kind
    return "file" if part.name.rpartition(".")[2].lower() in ENDINGS else "?"
