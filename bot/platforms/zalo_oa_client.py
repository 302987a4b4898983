"""The OpenAPI of an Official Account over HTTP: a token in a header, 200 for everything, `error` says what it was."""

import asyncio
import io
import json
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import urlsplit

import aiohttp

from bot.platforms.zalo_oa_errors import Do, meaning
from core.errors import FetchFailed, SendFailed
from core.message import FileOut

CALL = timedelta(seconds=15)
UPLOAD = timedelta(seconds=60)
CONNECT = 5.0  # seconds
LOOPBACK = ("127.0.0.1", "localhost", "::1")
MOST_SAID = 200  # characters kept of the service's own words

Json = dict[str, Any]


class Tokens(Protocol):
    """Who keeps the grant. Both raise FetchFailed or SendFailed where the grant is lost."""

    async def access(self) -> str:
        """A token that should be good."""
        ...

    async def renew(self, stale: str) -> str:
        """Another token, after `stale` was refused; whoever comes second gets what the first one fetched."""
        ...


class NotSent(Exception):
    """No connection came about: the service has seen nothing of the call."""


class Lost(Exception):
    """The call went out and nobody knows what became of it."""


class Declined(Exception):
    """The service answered no; `message` in its own words."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code} {message}".strip())
        self.code = code
        self.message = message


class NoGrant(Exception):
    """There is no token to call with; `cause` says why."""

    def __init__(self, cause: FetchFailed | SendFailed) -> None:
        super().__init__(cause.reason)
        self.cause = cause


FAULTS = (NotSent, Lost, Declined, NoGrant)  # what every call may raise


@dataclass(frozen=True, slots=True)
class Rate:
    """What the service said last about calls a minute; -1: nothing yet."""

    limit: int = -1
    remain: int = -1


@dataclass(frozen=True, slots=True)
class Request:
    """One call; `file` makes it an upload."""

    url: str
    body: Json | None = None  # None: a GET
    query: Json | None = None
    file: FileOut | None = None


class ZaloOAClient:
    """Calls with the access token of the moment. Connections open with the first call, and again after `close`.

    Paths are as in the documentation; every call gives `data` and raises NotSent, Lost, Declined or NoGrant.
    """

    def __init__(self, tokens: Tokens, api_url: str, business_url: str) -> None:
        self._tokens = tokens
        self._base = api_url.rstrip("/")
        self._business = business_url.rstrip("/")
        self._http: aiohttp.ClientSession | None = None
        self.local = urlsplit(api_url).hostname in LOOPBACK
        self.rate = Rate()

    async def close(self) -> None:
        """Close all connections."""
        http, self._http = self._http, None
        if http is not None:
            await http.close()

    async def post(self, path: str, body: Json) -> Any:
        """A call of the OA's own API."""
        return await self._call(Request(self._base + path, body))

    async def post_business(self, path: str, body: Json) -> Any:
        """A call of the API for template messages to phones."""
        return await self._call(Request(self._business + path, body))

    async def get(self, path: str, **query: str | int) -> Any:
        """A call that only asks."""
        return await self._call(Request(self._base + path, query=query))

    async def upload(self, path: str, file: FileOut) -> Json:
        """The file's bytes as the multipart field `file`."""
        return as_object(await self._call(Request(self._base + path, file=file)))

    async def _call(self, request: Request) -> Any:
        """With a token that is refused: once more, with another."""
        token = await self._token()
        try:
            return await self._once(request, token)
        except Declined as no:
            if meaning(no.code).do is not Do.RENEW:
                raise
        return await self._once(request, await self._token(stale=token))

    async def _token(self, stale: str = "") -> str:
        try:
            return await (self._tokens.renew(stale) if stale else self._tokens.access())
        except (FetchFailed, SendFailed) as error:
            raise NoGrant(error) from error

    async def _once(self, request: Request, token: str) -> Any:
        """The cause of an error is dropped: it may name what the request held."""
        wait = aiohttp.ClientTimeout(total=(UPLOAD if request.file else CALL).total_seconds(), connect=CONNECT)
        form = await _form(request.file) if request.file else None
        try:
            async with self._session().request(
                "GET" if request.body is None and request.file is None else "POST",
                request.url,
                params=request.query,
                json=request.body,
                data=form,
                headers={"access_token": token},
                timeout=wait,
                allow_redirects=False,
            ) as answer:
                self._note_rate(answer)
                return _data(answer.status, await answer.read())
        except (aiohttp.InvalidURL, aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Lost(type(error).__name__) from None

    def _note_rate(self, answer: aiohttp.ClientResponse) -> None:
        limit, remain = (answer.headers.get(f"X-RateLimit-{name}", "") for name in ("Limit", "Remain"))
        if limit.isdecimal() and remain.isdecimal():
            self.rate = Rate(int(limit), int(remain))

    def _session(self) -> aiohttp.ClientSession:
        """Proxies as the environment says, but not on the way to a local server."""
        if self._http is None:
            self._http = aiohttp.ClientSession(trust_env=not self.local)
        return self._http


def as_object(found: object) -> Json:
    """`data` where it must be an object. Raises Lost."""
    if not isinstance(found, dict):
        raise Lost("unreadable answer")
    return found


def as_list(found: object) -> list[Json]:
    """`data` where it must be a list; what is no object in it is left out. Raises Lost."""
    if not isinstance(found, list):
        raise Lost("unreadable answer")
    return [one for one in found if isinstance(one, dict)]


async def _form(file: FileOut) -> aiohttp.FormData:
    """Read whole: 5 MB at the most."""
    content = await asyncio.to_thread(file.path.read_bytes)
    form = aiohttp.FormData()
    form.add_field("file", io.BytesIO(content), filename=file.name, content_type=file.mime)
    return form


def _data(status: int, body: bytes) -> Any:
    """The answer's `data`. Raises Declined for a no, and Lost for an answer that nobody can read."""
    try:
        answer = json.loads(body)
        code = int(answer["error"])
    except (ValueError, TypeError, KeyError, RecursionError):
        if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Declined(status, "") from None
        raise Lost(f"unreadable answer, status {status}") from None
    if code != 0:
        raise Declined(code, str(answer.get("message") or "")[:MOST_SAID])
    return answer.get("data")
