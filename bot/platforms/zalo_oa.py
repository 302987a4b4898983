"""A Zalo Official Account: 1-1 chats with buttons, the groups that it owns (GMF), and template messages."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from bot.platforms import zalo_oa_templates as templates
from bot.platforms.download import download
from bot.platforms.zalo_oa_account import Account
from bot.platforms.zalo_oa_client import Json, Tokens, ZaloOAClient
from bot.platforms.zalo_oa_inbound import NAME, Ours, alert_of, event_of, inbound, is_noise, key_of, lane_of, name_of
from bot.platforms.zalo_oa_send import Sending
from bot.platforms.zalo_oa_signature import is_genuine
from bot.platforms.zalo_oa_uploads import Uploads
from core.capabilities import ZALO_OA, ZALO_OA_GROUP
from core.clock import Clock, system_clock
from core.errors import Forged, Unreadable
from core.message import Address, FileRef, Inbound, Outbound
from core.platform import Delivery, Limits

_PROBES = (b"", b"{}")

# A sample event, as `accept` stores it; ids and the timestamp (ms) are text:
# {"app_id": "3608465249409000000", "event_name": "user_send_text", "timestamp": "1701388800000",
#  "sender": {"id": "2468458835291970000"}, "recipient": {"id": "3886132808788080000"},
#  "message": {"msg_id": "96d3cdf3af15046090", "text": "tháng này đến hạn gì?"}}


@dataclass(frozen=True, slots=True)
class ZaloOA:
    """A `Connected` platform. https://developers.zalo.me/docs/official-account"""

    app_id: str
    secret_key: str = field(repr=False)  # the "OA Secret Key" of the webhook page
    oa_id: str
    client: ZaloOAClient = field(repr=False)
    account: Account = field(repr=False)
    sending: Sending = field(repr=False)
    name: str = NAME
    limits: Limits = ZALO_OA
    group_limits: Limits = ZALO_OA_GROUP

    @classmethod
    def open(
        cls,
        app_id: str,
        secret_key: str,
        tokens: Tokens,
        api_url: str = "https://openapi.zalo.me",
        business_url: str = "https://business.openapi.zalo.me",
        oa_id: str = "",
        clock: Clock = system_clock,
    ) -> "ZaloOA":
        """No network yet. Without a secret key no webhook call is accepted; `oa_id` empty: learned by `connect`."""
        client = ZaloOAClient(tokens, api_url, business_url)
        return cls(app_id, secret_key, oa_id, client, Account(client), Sending(client, Uploads(client, clock)))

    async def connect(self) -> None:
        """Learn which account this is. Raises FetchFailed."""
        await self.account.learn()

    async def close(self) -> None:
        """Close all connections."""
        await self.client.close()

    def accept(self, headers: Mapping[str, str], body: bytes) -> list[Delivery]:
        """One event, as it came; nothing for a probe, which is unsigned, and for echoes. Raises Forged.

        What is genuine is never turned away, readable or not: after six refusals Zalo delivers nothing any more.
        """
        if b"".join(body[:16].split()) in _PROBES and len(body) <= 16:
            return []
        event = _event_or_nothing(body)
        lower = {key.lower(): value for key, value in headers.items()}
        if not is_genuine(lower, body, event, self.app_id, self.secret_key):
            raise Forged(NAME)
        try:
            return [] if is_noise(name_of(event)) else [Delivery(NAME, key_of(event), body, lane_of(event))]
        except Unreadable:
            return [Delivery(NAME, f"unreadable:{hashlib.sha256(body).hexdigest()}", body)]

    def read(self, raw: bytes) -> Inbound | None:
        """See `zalo_oa_inbound.inbound`. Raises Unreadable."""
        return inbound(event_of(raw), Ours(self.oa_id or self.account.about.id, self.sending.to_groups))

    def alert_of(self, raw: bytes) -> str | None:
        """What the operator must be told of this delivery: the grant was taken back, a quota changed. No I/O."""
        return alert_of(raw)

    async def send(self, message: Outbound) -> str:
        """The id of the last message sent for it. Raises SendFailed."""
        return await self.sending.send(message, self.group_limits if message.group else self.limits)

    async def fetch(self, file: FileRef, into: BinaryIO) -> None:
        """From where the service says it lies, soon: such addresses do not last. Raises FetchFailed."""
        await download(file.url, into, self.limits.files_in, local=self.client.local)

    async def send_template(
        self, template_id: str, params: Mapping[str, str], *, user_id: str = "", phone: str = "", tracking_id: str = ""
    ) -> str:
        """A template message to a person known by id or by phone; its id. Raises SendFailed."""
        if user_id:
            return await templates.to_user(self.client, user_id, template_id, params)
        return await templates.to_phone(self.client, phone, template_id, params, tracking_id)

    async def typing(self, address: Address) -> None:
        """The service has no such sign."""

    async def acknowledge(self, raw: bytes) -> None:
        """A tap is an ordinary message; nobody waits for a sign."""


def _event_or_nothing(body: bytes) -> Json:
    """The event, before anybody knows whether it is genuine."""
    try:
        return event_of(body)
    except Unreadable:
        return {}
