"""Template messages of a local Official Account, to people and to phones, each with its own rules."""

import re

from tests.fakes.telegram_params import ApiError, Json
from tests.fakes.zalo_oa_methods import Method
from tests.fakes.zalo_oa_world import OA_ID, Template, User, World

LONGEST_TRACKING = 48


class Templates:
    """By path; those to phones lie under another base. Each gives `data` or raises ApiError."""

    def __init__(self, world: World) -> None:
        self._world = world

    def by_path(self) -> dict[str, Method]:
        return {
            "/v3.0/oa/message/template": self.to_user,
            "/business/message/template": self.to_phone,
            "/business/message/quota": self.quota,
        }

    async def to_user(self, params: Json) -> Json:
        """Outside the window too, but only to people who have to do with the account."""
        world, user = self._world, self._world.user(params.get("user_id"))
        template = self._filled(params)
        if not template.by_uid:
            raise ApiError(-249, "Template can not be sent by UID")
        if template.tag == 3 and world.is_night:
            raise ApiError(-234, "Promotion messages are not sent between 22:00 and 06:00")
        if not world.switches.cloud_account:
            raise ApiError(-320, "OA is not linked to a ZCA")
        if not world.switches.money:
            raise ApiError(-321, "ZCA is out of money")
        msg_id = self._arrives(user, template, params)
        return {"message_id": msg_id, "user_id": user.id, "sent_time": world.now(), "quota": self._left()}

    async def to_phone(self, params: Json) -> Json:
        world, phone = self._world, str(params.get("phone", ""))
        tracking_id = str(params.get("tracking_id", ""))
        if not re.fullmatch(r"\+?84\d{8,10}", phone):
            raise ApiError(-108, "Phone number is invalid")
        template = self._filled(params)
        if template.tag == 3 and world.is_night:
            raise ApiError(-133, "This template can not be sent at night")
        if not 1 <= len(tracking_id) <= LONGEST_TRACKING:
            raise ApiError(-1122, "tracking_id is missing or too long")
        if not world.switches.money:
            raise ApiError(-115, "Out of quota")
        user = next((user for user in world.users.values() if user.phone == phone.lstrip("+")), None)
        development = params.get("mode") == "development"
        if user is None or (development and not user.admin):
            raise ApiError(-118 if user is None else -119, "Zalo account does not exist or can not receive")
        msg_id = self._arrives(user, template, params)
        message = {"delivery_time": world.now(), "msg_id": msg_id, "tracking_id": tracking_id}
        world.tell("user_received_message", sender={"id": OA_ID}, recipient={"id": phone}, message=message)
        mode = {"sending_mode": "development"} if development else {}
        return {"msg_id": msg_id, "sent_time": world.now(), "quota": self._left()} | mode

    async def quota(self, _: Json) -> Json:
        return self._left()

    def _filled(self, params: Json) -> Template:
        """The template with all its values. Raises ApiError."""
        template, data = self._world.templates.get(str(params.get("template_id"))), params.get("template_data")
        if template is None:
            raise ApiError(-109, "Template is invalid")
        if template.status != "ENABLE":
            raise ApiError(-131, "Template is not approved")
        if not isinstance(data, dict) or data.keys() != template.params.keys():
            raise ApiError(-1122, "Template data is missing a parameter")
        if any(len(str(data[name])) > longest for name, longest in template.params.items()):
            raise ApiError(-1121, "Template parameter is too long")
        return template

    def _arrives(self, user: User, template: Template, params: Json) -> str:
        world = self._world
        world.use("templates", world.day, world.switches.templates, ApiError(-144, "OA is out of its daily quota"))
        world.use(f"template {template.id}", world.day, template.cap, ApiError(-147, "Template is out of quota"))
        msg_id = world.new_id()
        values = ", ".join(f"{name}={value}" for name, value in sorted(params["template_data"].items()))
        user.messages[msg_id] = {"from": "", "msg_id": msg_id, "kind": "template", "text": f"{template.id}: {values}"}
        return msg_id

    def _left(self) -> Json:
        total = self._world.switches.templates
        return {"dailyQuota": str(total), "remainingQuota": str(total - self._world.used["templates", self._world.day])}
