"""What can go wrong between the bot and the Zalo Bot Platform, on demand."""

from dataclasses import dataclass, field
from typing import Literal

from tests.fakes.telegram_params import ApiError, Params

When = Literal["", "before", "after"]


@dataclass(slots=True)
class Fault:
    """What happens to the next `times` calls that fit; empty `method`, `chat`, `text` and `having` fit every call.

    `code`: refused with this error code, and `status` as the HTTP status where that differs. `delay`: seconds, passed
    by the server's `sleep`, before the effect. `cut`: the connection drops, `silent`: no answer ever comes, before or
    after the effect. `body`: these bytes instead of the answer, after the effect, with `status` or 200.
    """

    method: str = ""
    chat: str = ""
    text: str = ""  # part of the call's text or caption
    having: str = ""  # the name of a parameter
    times: int = 1
    code: int = 0
    status: int = 0
    description: str = "Internal Server Error"
    delay: float = 0.0
    cut: When = ""
    silent: When = ""
    body: bytes | None = None

    def fits(self, method: str, params: Params) -> bool:
        words = str(params.get("text", "")) + str(params.get("caption", ""))
        return (
            self.times > 0
            and self.method in ("", method)
            and self.chat in ("", str(params.get("chat_id", "")))
            and self.text in words
            and (not self.having or self.having in params)
        )

    def refusal(self) -> ApiError | None:
        """The answer that takes the place of the call."""
        return ApiError(self.code, self.description) if self.code else None


@dataclass(slots=True)
class Faults:
    """Those that are still to happen, in order."""

    waiting: list[Fault] = field(default_factory=list)

    def take(self, method: str, params: Params) -> Fault | None:
        """The first that fits, used up by one."""
        fault = next((one for one in self.waiting if one.fits(method, params)), None)
        if fault is not None:
            fault.times -= 1
        return fault
