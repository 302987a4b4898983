"""What can go wrong between the bot and the service, on demand."""

import asyncio
from dataclasses import dataclass, field
from typing import Literal

from tests.fakes.telegram_params import ApiError, Params
from tests.fakes.telegram_rates import throttled

When = Literal["", "before", "after"]


@dataclass(slots=True)
class Fault:
    """What happens to the next `times` calls that fit; empty `method`, `chat` and `text` fit every call.

    `status`: refused with this code. `cut`: the connection drops, `silent`: no answer ever comes, before or after
    the call took effect. `gate`: the answer comes only once this is set. `body`: a 200 with these bytes instead of
    the answer, after the effect.
    """

    method: str = ""
    chat: str = ""
    text: str = ""  # part of the call's text or caption
    times: int = 1
    status: int = 0
    retry_after: int = 0
    description: str = ""
    cut: When = ""
    silent: When = ""
    gate: asyncio.Event | None = None
    body: bytes | None = None

    def fits(self, method: str, params: Params) -> bool:
        said = f"{params.get('text', '')}{params.get('caption', '')}"
        return (
            self.times > 0
            and self.method.lower() in ("", method.lower())
            and self.chat in ("", str(params.get("chat_id", "")))
            and self.text in said
        )

    def refusal(self) -> ApiError | None:
        """The answer that takes the place of the call."""
        if self.status == 429:
            return throttled(self.retry_after)
        return ApiError(self.status, self.description or "Internal Server Error") if self.status else None


@dataclass(slots=True)
class Faults:
    """Those that are still to happen, in order."""

    waiting: list[Fault] = field(default_factory=list)

    def take(self, method: str, params: Params) -> Fault | None:
        """The first that fits, used up by one."""
        for fault in self.waiting:
            if fault.fits(method, params):
                fault.times -= 1
                return fault
        return None
