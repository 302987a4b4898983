"""Whether Zalo sent what was delivered: a plain SHA-256 over the bytes as they came."""

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping

from bot.platforms.zalo_oa_client import Json

SIGNATURE_HEADER = "x-zevent-signature"
TIMESTAMP_HEADER = "x-zevent-timestamp"
_MAC = re.compile(r"\s*(?:mac)?\s*=?\s*([0-9a-f]{64})\s*", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,20}")


def is_genuine(headers: Mapping[str, str], body: bytes, event: Json, app_id: str, secret_key: str) -> bool:
    """`headers` with names in lower case; `event` is the body understood, empty where it cannot be.

    The key is the "OA Secret Key" of the webhook page, not the app's secret; without one nothing is genuine.
    """
    given = _MAC.fullmatch(headers.get(SIGNATURE_HEADER, ""))
    if given is None or not secret_key or str(event.get("app_id", app_id)) != app_id:
        return False
    macs = [mac(app_id, body, timestamp, secret_key) for timestamp in _timestamps(headers, event)]
    return any([hmac.compare_digest(one, given[1].lower()) for one in macs])  # all of them, whichever fits


def mac(app_id: str, body: bytes, timestamp: str, secret_key: str) -> str:
    """SHA-256, not HMAC, in hex."""
    return hashlib.sha256(app_id.encode() + body + timestamp.encode() + secret_key.encode()).hexdigest()


def _timestamps(headers: Mapping[str, str], event: Json) -> Iterator[str]:
    """The header's first, then the body's: live receivers differ."""
    for found in (headers.get(TIMESTAMP_HEADER, ""), str(event.get("timestamp", ""))):
        if _NUMBER.fullmatch(found):
            yield found
