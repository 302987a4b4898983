"""Errors, named by who must act."""

from datetime import timedelta
from enum import StrEnum


class Forged(Exception):
    """A delivery whose signature or secret is wrong: answer 403, keep nothing."""


class Unreadable(Exception):
    """A delivery that is genuine but cannot be understood: put it aside, go on with the next."""


class Refused(Exception):
    """The sender may not, or asked for something impossible; `text` is the reply, nothing is written."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class BadInput(Exception):
    """A file, setting or argument that cannot be used; `text` says in one line what to do next."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class Act(StrEnum):
    """Who can do something about a message that was not accepted for good."""

    NOBODY = "nobody"  # a bug of ours, or something passing
    OTHER_CHANNEL = "other channel"  # the person cannot be written to here now: another of their channels
    GONE = "gone"  # blocked, removed, left: no more to this chat until it is heard of again
    OPERATOR = "operator"  # token, plan, quota, money: nothing goes out until the operator has acted


class SendFailed(Exception):
    """A message was not accepted.

    `retry_in` None: given up. `moved_to`: the chat's new id, where the service named one.
    `unknown` is True where nobody can know whether the message arrived. `act`: who can mend it. `too_fast`: it came
    too soon after others; `everywhere`: no chat of the account is to be written to before `retry_in`.
    """

    def __init__(
        self,
        reason: str,
        retry_in: timedelta | None = None,
        *,
        moved_to: str = "",
        unknown: bool = False,
        act: Act = Act.NOBODY,
        too_fast: bool = False,
        everywhere: bool = False,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_in = retry_in
        self.moved_to = moved_to
        self.unknown = unknown
        self.act = act
        self.too_fast = too_fast
        self.everywhere = everywhere


class ScanFailed(Exception):
    """The scanner for malware said nothing of use about a file: it is scanned again later."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class FetchFailed(Exception):
    """A file or a batch of updates could not be had; it is tried again in the next round.

    `gone`: trying again is of no use. `act`: who can mend it.
    """

    def __init__(self, reason: str, *, gone: bool = False, act: Act = Act.NOBODY) -> None:
        super().__init__(reason)
        self.reason = reason
        self.gone = gone
        self.act = act
