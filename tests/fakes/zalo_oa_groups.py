"""The groups of a local Official Account: made, filled, written to, and taken apart by the account alone."""

from tests.fakes.telegram_params import ApiError, Json
from tests.fakes.zalo_oa_methods import Method
from tests.fakes.zalo_oa_shapes import bad, checked
from tests.fakes.zalo_oa_world import OA_ID, WINDOW, OwnedGroup, World

MOST_MEMBERS = 99


class Groups:
    """By path; each gives `data` or raises ApiError."""

    def __init__(self, world: World, failures: list[str]) -> None:
        self._world = world
        self._failures = failures

    def by_path(self) -> dict[str, Method]:
        paths = {
            "message": self.message,
            "creategroupwithoa": self.create,
            "getgroupsofoa": self.list_all,
            "getgroup": self.one,
            "listmember": self.members,
            "listpendinginvite": self.pending,
            "invite": self.invite,
            "acceptpendinginvite": self.accept,
            "rejectpendinginvite": self.reject,
            "addadmins": self.add_admins,
            "removeadmins": self.remove_admins,
            "removemembers": self.remove,
            "updateinfo": self.update,
            "delete": self.delete,
        }
        return {f"/v3.0/oa/group/{name}": call for name, call in paths.items()} | {"/v3.0/oa/quota/group": self.quota}

    async def message(self, params: Json) -> Json:
        """At any time, without a window; `[@id]` names a member, or everybody with the group's own id."""
        recipient = params.get("recipient")
        group = self._world.group(recipient.get("group_id") if isinstance(recipient, dict) else None)
        shown = await checked(self._world, params.get("message"), group.messages, True, self._failures)
        msg_id = self._world.new_id()
        group.messages[msg_id] = {"from": "", "msg_id": msg_id} | shown
        if self._world.switches.echoes:
            message = {"msg_id": msg_id, "text": shown["text"]}
            sides = {"sender": {"id": OA_ID}, "recipient": {"id": group.id}}
            self._world.tell(f"oa_send_group_{shown['kind']}", oa_id=OA_ID, message=message, **sides)
        return {"message_id": msg_id, "group_id": group.id}

    async def create(self, params: Json) -> Json:
        world, members = self._world, _ids(params)
        asset = str(params.get("asset_id"))
        if not params.get("group_name"):
            raise bad("group_name")
        if asset not in world.assets:
            raise ApiError(-238, "Asset is unusable")
        if world.assets[asset]:
            raise ApiError(-241, "Asset is in use")
        if not any(world.users[member].admin for member in members if member in world.users):
            raise bad("member_user_ids")
        for member in members:
            self._may_be_invited(member)
        group = OwnedGroup(world.new_id(), str(params["group_name"]), asset, str(params.get("group_description", "")))
        group.members = members
        world.groups[group.id], world.assets[asset] = group, group.id
        world.tell("create_group", oa_id=OA_ID, group_id=group.id, users=_users(members))
        return _told(group)

    async def list_all(self, params: Json) -> Json:
        groups, offset = list(self._world.groups.values()), int(params.get("offset", 0))
        page = groups[offset : offset + int(params.get("count", 5))]
        return {"total": len(groups), "groups": [_told(group) for group in page]}

    async def one(self, params: Json) -> Json:
        group = self._known(params)
        setting = {"lock_send_msg": False, "join_appr": True, "enable_msg_history": True, "enable_link_join": True}
        asset = {"asset_id": group.asset, "asset_type": "gmf100", "valid_through": "01/06/2027"}
        return {"group_info": _told(group), "asset_info": asset, "group_setting": setting}

    async def members(self, params: Json) -> Json:
        return self._listed(params, self._known(params).members)

    async def pending(self, params: Json) -> Json:
        return self._listed(params, self._known(params).pending)

    async def invite(self, params: Json) -> None:
        """Those who may be invited are in at once."""
        group, members = self._known(params), _ids(params)
        for member in members:
            self._may_be_invited(member)
        group.members += [member for member in members if member not in group.members]
        self._tell("user_join_group", group, members)

    async def accept(self, params: Json) -> None:
        group, members = self._known(params), self._waiting(params)
        group.members += members
        self._tell("accept_request_join_group", group, members)
        self._tell("user_join_group", group, members)

    async def reject(self, params: Json) -> None:
        self._tell("reject_request_join_group", self._known(params), self._waiting(params))

    async def add_admins(self, params: Json) -> None:
        group, members = self._known(params), _ids(params)
        group.admins += members
        self._tell("add_group_admin", group, members)

    async def remove_admins(self, params: Json) -> None:
        group, members = self._known(params), _ids(params)
        group.admins = [member for member in group.admins if member not in members]
        self._tell("remove_group_admin", group, members)

    async def remove(self, params: Json) -> None:
        group, members = self._known(params), _ids(params)
        group.members = [member for member in group.members if member not in members]
        self._tell(self._world.switches.left_name, group, members)

    async def update(self, params: Json) -> None:
        group = self._known(params)
        group.name = str(params.get("group_name", group.name))
        self._tell("update_group_info", group, [])

    async def delete(self, params: Json) -> None:
        """The plan's place is free again."""
        group = self._known(params)
        group.oa_inside = False
        self._world.assets[group.asset] = ""
        self._tell("delete_group", group, [])

    async def quota(self, _: Json) -> list[Json]:
        told = {"product_type": "gmf100", "quota_type": "sub_quota", "valid_through": "01/06/2027", "auto_renew": True}
        return [
            told | {"asset_id": asset, "status": "used" if used else "available", "used_id": used}
            for asset, used in self._world.assets.items()
        ]

    def _tell(self, name: str, group: OwnedGroup, members: list[str]) -> None:
        self._world.tell(name, oa_id=OA_ID, group_id=group.id, users=_users(members))

    def _known(self, params: Json) -> OwnedGroup:
        group = self._world.groups.get(str(params.get("group_id")))
        if group is None or not group.oa_inside:
            raise ApiError(-403, "OA is not a member of the group")
        return group

    def _waiting(self, params: Json) -> list[str]:
        group, members = self._known(params), _ids(params)
        if not set(members) <= set(group.pending):
            raise bad("member_user_ids")
        group.pending = [member for member in group.pending if member not in members]
        return members

    def _may_be_invited(self, member: str) -> None:
        user = self._world.user(member)
        if user.refuses_groups:
            raise ApiError(-217, "User has blocked invitations")
        recent = user.last is not None and self._world.clock() - user.last <= WINDOW
        if not (user.follower or recent):
            raise ApiError(-232, "User has not interacted with the OA in the past 7 days")

    def _listed(self, params: Json, ids: list[str]) -> Json:
        offset = int(params.get("offset", 0))
        page = ids[offset : offset + int(params.get("count", 5))]
        named = [{"user_id": id, "name": self._world.users[id].name} for id in page]
        return {"total": len(ids), "members": named}


def _ids(params: Json) -> list[str]:
    ids = params.get("member_user_ids")
    if not isinstance(ids, list) or not 1 <= len(ids) <= MOST_MEMBERS or not all(isinstance(id, str) for id in ids):
        raise bad("member_user_ids")
    return list(ids)


def _users(ids: list[str]) -> list[Json]:
    return [{"id": id} for id in ids]


def _told(group: OwnedGroup) -> Json:
    told: Json = {
        "group_id": group.id,
        "group_link": group.link,
        "name": group.name,
        "group_description": group.about,
        "status": "enabled" if group.enabled else "disabled",
        "total_member": len(group.members),
        "max_member": "100",
    }
    return told | ({"auto_delete_date": group.auto_delete} if group.auto_delete else {})
