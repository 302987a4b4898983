"""Zalo's OAuth v4 for Official Accounts: a consent's code, or a refresh token, becomes a pair of tokens."""

import json
import re
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit

import aiohttp

from bot.platforms.zalo_oa_client import LOOPBACK, Declined, Lost, NotSent
from core.tokens import TokenPair

CALL = timedelta(seconds=15)
CONNECT = 5.0  # seconds
UNSAID = timedelta(hours=1)  # how long a token lives whose answer does not say; they do: 25 h

APP_INACTIVE, REDIRECT_MISMATCH, WRONG_SECRET = -14002, -14003, -14004


@dataclass(frozen=True, slots=True)
class ZaloOAuth:
    """https://developers.zalo.me/docs/official-account/bat-dau/xac-thuc-va-uy-quyen-cho-ung-dung-new

    Errors name no token. An answer looks like {"access_token": "…", "refresh_token": "…", "expires_in": "90000"},
    a refusal like {"error": -14004, "error_name": "…"}; both come with HTTP 200.
    """

    app_id: str
    app_secret: str = field(repr=False)
    base_url: str = "https://oauth.zaloapp.com"

    def consent_url(self, callback: str, challenge: str, state: str) -> str:
        """Where the account's administrator says yes; callback and challenge must be those saved in the console."""
        asked = {"app_id": self.app_id, "redirect_uri": callback, "code_challenge": challenge, "state": state}
        return f"{self.base_url}/v4/oa/permission?{urlencode(asked)}"

    async def exchange(self, code: str, verifier: str) -> TokenPair:
        """The first pair of a consent. Raises NotSent, Lost, Declined."""
        return await self._ask({"code": code, "code_verifier": verifier, "grant_type": "authorization_code"})

    async def refresh(self, token: str) -> TokenPair:
        """The next pair; `token` is dead then. Raises NotSent, Lost: `token` may be dead or not, Declined."""
        return await self._ask({"refresh_token": token, "grant_type": "refresh_token"})

    async def _ask(self, form: dict[str, str]) -> TokenPair:
        """The cause of an error is dropped: it may name what the request held."""
        wait = aiohttp.ClientTimeout(total=CALL.total_seconds(), connect=CONNECT)
        local = urlsplit(self.base_url).hostname in LOOPBACK
        try:
            async with (
                aiohttp.ClientSession(trust_env=not local, timeout=wait) as http,
                http.post(
                    f"{self.base_url}/v4/oa/access_token",
                    data={"app_id": self.app_id, **form},
                    headers={"secret_key": self.app_secret},
                    allow_redirects=False,
                ) as answer,
            ):
                return _pair(answer.status, await answer.read())
        except (aiohttp.InvalidURL, aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Lost(type(error).__name__) from None


def _pair(status: int, body: bytes) -> TokenPair:
    """Raises Declined for any answer of theirs without a token, Lost for what is no answer of theirs."""
    try:
        said: Any = json.loads(body)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Lost(f"HTTP {status}")
    access, refresh = said.get("access_token"), said.get("refresh_token")
    if isinstance(access, str) and isinstance(refresh, str) and access and refresh:
        return TokenPair(access, refresh, _seconds(said.get("expires_in")))
    code, name = str(said.get("error", 0)), str(said.get("error_name", ""))
    raise Declined(int(code) if re.fullmatch(r"-?\d{1,9}", code) else 0, name if len(name) < 60 else "")


def _seconds(said: object) -> timedelta:
    """A number, as text."""
    return timedelta(seconds=int(str(said))) if re.fullmatch(r"[1-9]\d{0,8}", str(said)) else UNSAID
