"""Errors, named by who must act."""

from datetime import timedelta


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


class SendFailed(Exception):
    """A message was not accepted.

    `retry_in` None: given up. `moved_to`: the chat's new id, where the service named one.
    `unknown` is True where nobody can know whether the message arrived.
    """

    def __init__(
        self,
        reason: str,
        retry_in: timedelta | None = None,
        *,
        moved_to: str = "",
        unknown: bool = False,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_in = retry_in
        self.moved_to = moved_to
        self.unknown = unknown


class FetchFailed(Exception):
    """A file or a batch of updates could not be had; it is tried again in the next round."""
