"""What an Official Account says of itself, its people, its groups and what is left of its plan."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.platforms.zalo_oa_client import FAULTS, Declined, Json, NoGrant, ZaloOAClient, as_list, as_object
from bot.platforms.zalo_oa_errors import not_had
from core.errors import FetchFailed

PAGE = 50  # groups of one call


@dataclass(frozen=True, slots=True)
class About:
    """The account itself; texts as the service writes them."""

    id: str = ""
    name: str = ""
    verified: bool = False
    package: str = ""
    valid_through: str = ""
    cloud_account: bool = False  # ZCA: needed for template messages


@dataclass(frozen=True, slots=True)
class Quota:
    """What is left of one part of the plan; `asset_id` is what a new group is made with."""

    asset_id: str = ""
    kind: str = ""
    total: int = 0
    remain: int = 0
    status: str = ""
    valid_through: str = ""


@dataclass(frozen=True, slots=True)
class OwnGroup:
    """A group (GMF) that the account owns."""

    id: str
    name: str
    enabled: bool
    members: int = 0
    link: str = ""
    deleted_on: str = ""  # a group whose plan has lapsed goes then


class Account:
    """Questions to the service. Each raises FetchFailed. `about` is what was last learned."""

    def __init__(self, client: ZaloOAClient) -> None:
        self._client = client
        self.about = About()

    async def learn(self) -> About:
        """Who we are; also the check that token and plan are good."""
        with asking():
            found = as_object(await self._client.get("/v2.0/oa/getoa"))
        self.about = About(
            id=str(found.get("oa_id") or found.get("oaid") or ""),
            name=str(found.get("name") or ""),
            verified=found.get("is_verified") is True,
            package=str(found.get("package_name") or ""),
            valid_through=str(found.get("package_valid_through_date") or ""),
            cloud_account=bool(found.get("linked_ZCA")),
        )
        return self.about

    async def message_quota(self) -> list[Quota]:
        """What is left of the plan's consultation messages."""
        asked = {"quota_owner": "OA", "product_type": "cs", "quota_type": "sub_quota"}
        with asking():
            return [_quota(one) for one in as_list(await self._client.post("/v3.0/oa/quota/message", asked))]

    async def group_quota(self) -> list[Quota]:
        """The groups of the plan, used and not."""
        asked = {"quota_owner": "OA", "product_type": "gmf100", "quota_type": "sub_quota"}
        with asking():
            return [_quota(one) for one in as_list(await self._client.post("/v3.0/oa/quota/group", asked))]

    async def groups(self) -> list[OwnGroup]:
        """All groups that the account owns."""
        had: list[OwnGroup] = []
        while True:
            with asking():
                found = as_object(await self._client.get("/v3.0/oa/group/getgroupsofoa", offset=len(had), count=PAGE))
                page = as_list(found.get("groups") or [])
            had += [_group(one) for one in page]
            if not page or len(had) >= _number(found.get("total")):
                return had

    async def group(self, group_id: str) -> OwnGroup:
        """One of them."""
        with asking():
            found = as_object(await self._client.get("/v3.0/oa/group/getgroup", group_id=group_id))
            return _group({"group_id": group_id} | as_object(found.get("group_info")))


@contextmanager
def asking() -> Iterator[None]:
    """Whatever went wrong, as FetchFailed."""
    try:
        yield
    except Declined as no:
        raise not_had(no.code, no.message) from None
    except NoGrant as none:
        raise FetchFailed(none.cause.reason, act=none.cause.act) from None
    except FAULTS as error:
        raise FetchFailed(f"offline: {error}") from None


def _quota(found: Json) -> Quota:
    return Quota(
        asset_id=str(found.get("asset_id") or ""),
        kind=str(found.get("product_type") or ""),
        total=_number(found.get("total")),
        remain=_number(found.get("remain")),
        status=str(found.get("status") or ""),
        valid_through=str(found.get("valid_through") or ""),
    )


def _group(found: Json) -> OwnGroup:
    return OwnGroup(
        id=str(found.get("group_id") or ""),
        name=str(found.get("name") or ""),
        enabled=found.get("status") != "disabled",
        members=_number(found.get("total_member")),
        link=str(found.get("group_link") or ""),
        deleted_on=str(found.get("auto_delete_date") or ""),
    )


def _number(found: object) -> int:
    """Counts come as numbers or as text."""
    try:
        return int(str(found))
    except ValueError:
        return 0
