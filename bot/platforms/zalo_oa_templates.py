"""Template messages (ZBS): approved texts with values filled in, the only way to somebody long silent."""

import re
from collections.abc import Mapping

from bot.platforms.zalo_oa_client import FAULTS, ZaloOAClient
from bot.platforms.zalo_oa_send import refused, sent_id
from core.errors import SendFailed

LONGEST_TRACKING = 48  # characters
_PHONE = re.compile(r"\+?84\d{8,10}")


async def to_user(client: ZaloOAClient, user_id: str, template_id: str, params: Mapping[str, str]) -> str:
    """By the account's id of the person, the cheaper way; the message's id. Raises SendFailed."""
    body = {"user_id": user_id, "template_id": template_id, "template_data": dict(params)}
    try:
        return sent_id(await client.post("/v3.0/oa/message/template", body))
    except FAULTS as error:
        raise refused(error) from None


async def to_phone(
    client: ZaloOAClient, phone: str, template_id: str, params: Mapping[str, str], tracking_id: str
) -> str:
    """By phone; the event that tells of the delivery names `tracking_id`. Raises SendFailed."""
    body = {
        "phone": international(phone),
        "template_id": template_id,
        "template_data": dict(params),
        "tracking_id": tracking_id[:LONGEST_TRACKING],
    }
    try:
        return sent_id(await client.post_business("/message/template", body))
    except FAULTS as error:
        raise refused(error) from None


def international(phone: str) -> str:
    """ "0912 345 678" as 84912345678. Raises SendFailed for what is no Vietnamese number."""
    digits = re.sub(r"[\s.()-]", "", phone)
    found = f"84{digits[1:]}" if digits.startswith("0") else digits
    if not _PHONE.fullmatch(found):
        raise SendFailed("not a Vietnamese phone number")
    return found.lstrip("+")
