"""Where bytes are kept for good, when that is not this machine's own disk."""

from pathlib import Path
from typing import BinaryIO, Literal, Protocol

Reason = Literal["denied", "no bucket", "damaged", "trouble"]


class Unreachable(OSError):
    """The home of the bytes cannot be used now; what waits for it is tried again. `code`: the service's own word."""

    def __init__(self, reason: Reason, code: str = "") -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.code = code


class Home(Protocol):
    """Keeps bytes by their SHA-256. Every method waits for the network, and may raise Unreachable."""

    def take(self, sha256: str, source: Path) -> None:
        """Once this returns they are there, and were checked there; what is there already is not sent again."""

    def bring(self, sha256: str, into: BinaryIO) -> None:
        """Raises FileNotFoundError where it has none. What comes is not checked."""

    def size(self, sha256: str) -> int | None:
        """In bytes; None: it has none."""

    def remove(self, sha256: str) -> None:
        """Nothing happens where it has none."""

    def try_out(self) -> None:
        """Write a few bytes, read them and remove them again."""
