"""Addresses of stored files that expire: signed, so that nothing need be remembered of them."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.message import StoredFile

LIFETIME = timedelta(days=7)
LONGEST_NAME = 80  # characters; the address must stay short


@dataclass(frozen=True, slots=True)
class FileLinks:
    """Makes the addresses under `<public_url>/f/` and opens their tokens; `key` is a secret."""

    key: str = field(repr=False)
    public_url: str = ""

    def address(self, file: StoredFile, now: datetime) -> str:
        """Where the file can be fetched, again and again, for LIFETIME; empty: no PUBLIC_URL is set."""
        return f"{self.public_url}/f/{self.token(file, now + LIFETIME)}" if self.public_url else ""

    def token(self, file: StoredFile, until: datetime) -> str:
        """What stands for the file until then; without the key nobody can make one."""
        name = file.name[-LONGEST_NAME:]  # the ending matters most
        values = [file.sha256, name, file.mime, file.size, int(until.timestamp())]
        said = _encode(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode())
        return f"{said}.{_encode(self._sign(said))}"

    def open(self, token: str, now: datetime) -> StoredFile | None:
        """The file that the token stands for; None: it is expired, or not from us."""
        said, _, signature = token.partition(".")
        if not hmac.compare_digest(_encode(self._sign(said)).encode(), signature.encode()):
            return None
        sha256, name, mime, size, until = json.loads(urlsafe_b64decode(said + "=" * (-len(said) % 4)))
        return StoredFile(sha256, name, mime, size) if now.timestamp() < until else None

    def _sign(self, said: str) -> bytes:
        return hmac.digest(self.key.encode(), said.encode(), hashlib.sha256)


def _encode(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
