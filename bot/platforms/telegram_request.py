"""python-telegram-bot's requests on aiohttp's client, which keeps pace where its own httpx pool does not."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import Any, BinaryIO

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

UPLOAD_TIMEOUT = 30.0  # seconds
PIECE = 64 * 1024  # bytes


class NotSent(NetworkError):
    """No connection came about, so the service has seen nothing of the request."""


class Throttled(TelegramError):
    """429. Stands for `RetryAfter`, whose constructor warns unless an environment variable is set."""

    def __init__(self, retry_in: timedelta) -> None:
        super().__init__("Too Many Requests")
        self.retry_in = retry_in


class AiohttpRequest(BaseRequest):
    """A `BaseRequest`; timeouts in seconds. Open between `initialize` and `shutdown`, and may be opened again.

    `from_environment`: proxies as HTTPS_PROXY and NO_PROXY say.
    """

    def __init__(
        self,
        connections: int = 32,
        read_timeout: float = 10.0,
        connect_timeout: float = 5.0,
        from_environment: bool = False,
    ) -> None:
        self._connections = connections
        self._read_timeout = read_timeout
        self._connect_timeout = connect_timeout
        self._from_environment = from_environment
        self._client: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the connection pool; nothing where it is open."""
        if self._client is None:
            self._client = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                trust_env=self._from_environment,
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close all connections; nothing where they are closed."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As PTB's, which would write the whole answer to the log where it is no JSON."""
        try:
            found: dict[str, Any] = json.loads(payload)
        except ValueError as error:
            raise TelegramError("Invalid server response") from error
        return found

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body. Raises NotSent, Throttled, TimedOut, NetworkError; the last two: outcome unknown."""
        wait = aiohttp.ClientTimeout(
            total=None,
            connect=_seconds(connect_timeout, self._connect_timeout),
            sock_read=_seconds(read_timeout, _default_wait(request_data, self._read_timeout)),
        )
        status, body = await self._exchange(url, method, request_data, wait)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise Throttled(_retry_after(body))
        return status, body

    async def download(self, url: str, into: BinaryIO) -> None:
        """The file's bytes, piece by piece. Raises NotSent, TimedOut, NetworkError; then a part may be written."""
        wait = aiohttp.ClientTimeout(total=None, connect=self._connect_timeout, sock_read=self._read_timeout)
        async with self._answer("GET", url, None, wait) as answer:
            if answer.status != HTTPStatus.OK:
                raise NetworkError(f"file: {answer.status}")
            async for piece in answer.content.iter_chunked(PIECE):
                into.write(piece)

    async def _exchange(
        self, url: str, method: str, data: RequestData | None, wait: aiohttp.ClientTimeout
    ) -> tuple[int, bytes]:
        async with self._answer(method, url, None if data is None else _form(data), wait) as answer:
            return answer.status, await answer.read()

    @asynccontextmanager
    async def _answer(
        self, method: str, url: str, form: aiohttp.JsonPayload | aiohttp.FormData | None, wait: aiohttp.ClientTimeout
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """One request. The url holds the token: no error names it, and their causes, which may, are dropped."""
        if self._client is None:
            raise NotSent("not started")
        try:
            async with self._client.request(method, url, data=form, timeout=wait, allow_redirects=False) as answer:
                yield answer
        except (aiohttp.InvalidURL, aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(type(error).__name__) from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, ConnectionError) as error:
            raise NetworkError(type(error).__name__) from None


def _seconds(given: ODVInput[float], default: float) -> float | None:
    """What PTB passed on, or our default where it passed nothing on."""
    return default if isinstance(given, DefaultValue) else given


def _default_wait(data: RequestData | None, usual: float) -> float:
    return UPLOAD_TIMEOUT if data is not None and data.contains_files else usual


def _form(data: RequestData) -> aiohttp.JsonPayload | aiohttp.FormData:
    """Fields as PTB encodes them: as JSON, quicker than quoting a form; multipart only where there are files."""
    if not data.contains_files:
        return aiohttp.JsonPayload(data.json_parameters, dumps=_dumps)
    form = aiohttp.FormData(data.json_parameters, quote_fields=False)  # else people see file names full of %
    for name, (file_name, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=mime)
    return form


_dumps = partial(json.dumps, ensure_ascii=False)


def _retry_after(body: bytes) -> timedelta:
    """How long a 429 asks to wait; one second where it does not say."""
    try:
        return timedelta(seconds=max(1, int(json.loads(body)["parameters"]["retry_after"])))
    except (ValueError, KeyError, TypeError):
        return timedelta(seconds=1)
