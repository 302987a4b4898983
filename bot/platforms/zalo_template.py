"""Template messages as a last way to a person: an approved text of the Official Account, with ours in its one field."""

import hashlib
import textwrap
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from core.capabilities import ZALO_TEMPLATE
from core.errors import FetchFailed, Forged
from core.message import Address, FileRef, Inbound, Outbound
from core.platform import Delivery, Limits

NAME = "zalo_template"
LONGEST = 200  # characters of a template's field
BY_ID, BY_PHONE = "uid:", "tel:"  # how a chat's name begins

SendTemplate = Callable[..., Awaitable[str]]  # ZaloOA.send_template


@dataclass(frozen=True, slots=True)
class ZaloTemplate:
    """A `Platform` that only sends, to "uid:<the account's id of the person>" or "tel:<phone>"."""

    send_template: SendTemplate
    template: str
    field: str
    name: str = NAME
    limits: Limits = ZALO_TEMPLATE
    group_limits: Limits = ZALO_TEMPLATE

    def accept(self, headers: Mapping[str, str], body: bytes) -> list[Delivery]:
        """Nothing is delivered here."""
        raise Forged(NAME)

    def read(self, raw: bytes) -> Inbound | None:
        """Nothing."""
        return None

    async def send(self, message: Outbound) -> str:
        """The beginning of the text, in the template's field. Raises SendFailed."""
        params = {self.field: textwrap.shorten(message.text, LONGEST, placeholder=" …")}
        chat = message.address.chat
        if chat.startswith(BY_ID):
            return await self.send_template(self.template, params, user_id=chat.removeprefix(BY_ID))
        tracking = hashlib.sha256(f"{chat} {message.text}".encode()).hexdigest()[:32]
        return await self.send_template(self.template, params, phone=chat.removeprefix(BY_PHONE), tracking_id=tracking)

    async def fetch(self, file: FileRef, into: BinaryIO) -> None:
        """Nothing comes in here."""
        raise FetchFailed("no files", gone=True)

    async def acknowledge(self, raw: bytes) -> None:
        """Nothing to press."""

    async def typing(self, address: Address) -> None:
        """No such sign."""
