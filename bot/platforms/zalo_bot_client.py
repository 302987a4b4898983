"""The Zalo Bot API over HTTP, thin and typed; no error, log or repr names the token, which is part of every address."""

import json
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import aiohttp

CALL = timedelta(seconds=15)
PICTURE = timedelta(seconds=150)  # the service fetches the picture before it answers
CONNECT = 5.0  # seconds
GRACE = timedelta(seconds=10)  # beyond the time that a poll asks the service to wait
REJECTED = "the token was rejected"  # what our errors say of a 401
LOOPBACK = ("127.0.0.1", "localhost", "::1")

Json = dict[str, Any]


class NotSent(Exception):
    """No connection came about: the service has seen nothing of the call."""


class Lost(Exception):
    """The call went out and nobody knows what became of it."""


class Declined(Exception):
    """The service answered no; `code` is its error code or the HTTP status, `description` its own words.

    `certain`: it says itself that nothing was done; else somebody on the way has answered in its place.
    """

    def __init__(self, code: int, description: str, *, certain: bool) -> None:
        super().__init__(f"{code} {description}".strip())
        self.code = code
        self.description = description
        self.certain = certain


@dataclass(frozen=True, slots=True)
class Me:
    """The bot itself."""

    id: str = ""
    display_name: str = ""
    account_name: str = ""
    can_join_groups: bool = False


@dataclass(frozen=True, slots=True)
class Verification:
    """What the service found when it called the webhook; `outcome` (webhook.ok, webhook.http.403, …) is an open set."""

    ok: bool
    url: str = ""
    outcome: str = ""
    hint: str = ""
    status_code: int = 0  # 0: our side did not answer


class ZaloBotClient:
    """The methods we use. Connections open with the first call, and again after `close`.

    Each method raises NotSent, Lost or Declined. `me` is what `get_me` found last.
    """

    def __init__(self, token: str, api_url: str) -> None:
        self._base = f"{api_url.rstrip('/')}/bot{token}/"
        self._http: aiohttp.ClientSession | None = None
        self.local = urlsplit(api_url).hostname in LOOPBACK
        self.me = Me()

    async def close(self) -> None:
        """Close all connections."""
        http, self._http = self._http, None
        if http is not None:
            await http.close()

    async def get_me(self) -> Me:
        """Who the bot is."""
        found = _object(await self._call("getMe", CALL))
        own, shown, account = (str(found.get(key) or "") for key in ("id", "display_name", "account_name"))
        self.me = Me(own, shown, account, found.get("can_join_groups") is True)
        return self.me

    async def get_updates(self, wait: timedelta) -> list[object]:
        """What is new, after waiting up to `wait` for it; Declined(408) is the usual empty answer."""
        found = await self._call("getUpdates", wait + GRACE, timeout=str(int(wait.total_seconds())))
        if isinstance(found, list):
            return found
        return [found] if found else []

    async def set_webhook(self, url: str, secret: str) -> Verification:
        """The address is kept even where the service could not call it."""
        found = _object(await self._call("setWebhook", CALL * 2, url=url, secret_token=secret))
        return _verification(found.get("verification"))

    async def test_webhook(self) -> Verification:
        """Let the service call the webhook now; a few times a day, then Declined(426)."""
        return _verification(await self._call("testWebhook", CALL * 2))

    async def delete_webhook(self) -> None:
        """Updates are to be polled again."""
        await self._call("deleteWebhook", CALL)

    async def get_webhook_info(self) -> str:
        """The address that is called; empty: none is set."""
        try:
            found = await self._call("getWebhookInfo", CALL)
        except Declined as no:
            if no.code == HTTPStatus.NOT_FOUND:
                return ""
            raise
        return str(_object(found).get("url") or "")

    async def send_message(self, chat: str, text: str, parse_mode: str = "") -> str:
        """The message's id."""
        mode = {"parse_mode": parse_mode} if parse_mode else {}
        return _message_id(await self._call("sendMessage", CALL, chat_id=chat, text=text, **mode))

    async def send_photo(self, chat: str, photo: str, caption: str = "") -> str:
        """The message's id; `photo` is a public address that the service fetches, more than once."""
        below = {"caption": caption} if caption else {}
        return _message_id(await self._call("sendPhoto", PICTURE, chat_id=chat, photo=photo, **below))

    async def send_chat_action(self, chat: str) -> None:
        """Show that the bot is typing."""
        await self._call("sendChatAction", CALL, chat_id=chat, action="typing")

    async def _call(self, method: str, within: timedelta, **params: str) -> object:
        """The `result`, None where there is none. The cause of an error that names the address is dropped."""
        wait = aiohttp.ClientTimeout(total=within.total_seconds(), connect=CONNECT)
        try:
            async with self._session().post(
                self._base + method, json=params, timeout=wait, allow_redirects=False
            ) as answer:
                return _result(answer.status, await answer.read())
        except aiohttp.InvalidURL as error:
            raise NotSent(type(error).__name__) from None
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Lost(type(error).__name__) from None

    def _session(self) -> aiohttp.ClientSession:
        """Proxies as the environment says, but not on the way to a local server.

        Each call has a connection of its own: one kept open may be closed by the other side just as we write, and
        then nobody knows whether the message arrived.
        """
        if self._http is None:
            connector = aiohttp.TCPConnector(force_close=True)
            self._http = aiohttp.ClientSession(connector=connector, trust_env=not self.local)
        return self._http


def _result(status: int, body: bytes) -> object:
    """The answer's `result`. Raises Declined for a no, whatever its HTTP status, and Lost for a yes nobody can read."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        answer = {}
    said = answer.get("ok")
    if said is True and status < HTTPStatus.BAD_REQUEST:
        return answer.get("result")
    if said is None and status < HTTPStatus.BAD_REQUEST:
        raise Lost("unreadable answer")
    raise Declined(_code(answer, status), str(answer.get("description") or "")[:200], certain=said is False)


def _code(answer: Json, status: int) -> int:
    """Spelled in two ways; the HTTP status where it is missing."""
    for key in ("error_code", "errorCode"):
        if type(answer.get(key)) is int and answer[key]:
            return int(answer[key])
    return status if status >= HTTPStatus.BAD_REQUEST else int(HTTPStatus.BAD_REQUEST)


def _object(found: object) -> Json:
    if not isinstance(found, dict):
        raise Lost("unreadable answer")
    return found


def _message_id(found: object) -> str:
    sent = _object(found).get("message_id")
    if not sent:
        raise Lost("no message id")
    return str(sent)


def _verification(found: object) -> Verification:
    """Leniently: what is missing was not said."""
    told = found if isinstance(found, dict) else {}
    status = told.get("status_code")
    return Verification(
        ok=told.get("ok") is True,
        url=str(told.get("url") or ""),
        outcome=str(told.get("outcome") or ""),
        hint=str(told.get("hint") or ""),
        status_code=status if type(status) is int else 0,
    )
