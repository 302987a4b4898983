"""Zalo's OAuth v4 for Official Accounts: consent, codes with PKCE, and a refresh token that works once."""

import asyncio
import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlencode

from aiohttp import web

from core.clock import Clock

APP, SECRET, OA = "3608465249409000000", "Zq7mB2wX9kT4nV6yR1pL", "3886132808788080000"
CODE_LIVES, ACCESS_LIVES, REFRESH_LIVES = timedelta(minutes=10), timedelta(hours=25), timedelta(days=90)
APP_INACTIVE, REDIRECT_MISMATCH, WRONG_SECRET, BAD_CODE, USED_REFRESH = -14002, -14003, -14004, -14010, -14020


@dataclass(slots=True)
class App:
    """What the developer console holds; an empty callback or challenge: not saved, so anything goes."""

    secret: str = SECRET
    callback: str = ""
    challenge: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class Code:
    app: str
    challenge: str
    until: datetime


@dataclass(slots=True)
class Granted:
    """What the account has granted to one app: tokens with their last instant; one refresh token at a time."""

    app: str
    refresh: str = ""
    refresh_until: datetime | None = None
    access: dict[str, datetime] = field(default_factory=dict)


@dataclass(slots=True)
class Fault:
    """What happens to a token call. `cut`: the connection drops, `silent`: no answer ever, before or after the effect.

    `code`: refused with this error. `body`: these bytes with this status instead of the answer, after the effect.
    """

    cut: Literal["", "before", "after"] = ""
    silent: Literal["", "before", "after"] = ""
    code: int = 0
    body: bytes | None = None
    status: int = 200


class Refusal(Exception):
    def __init__(self, code: int, name: str) -> None:
        super().__init__(name)
        self.code = code
        self.name = name


class OAuth:
    """The service; `apps` is the developer console. `faults` happen to the next token calls, one each."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.apps: dict[str, App] = {APP: App()}
        self.faults: list[Fault] = []
        self.calls = 0  # to the token address
        self.refreshes = 0  # that took effect
        self.came = asyncio.Event()  # a token call has come to its fault or its end
        self._released = asyncio.Event()
        self._codes: dict[str, Code] = {}
        self._granted = Granted("")

    def routes(self) -> list[web.RouteDef]:
        """Where it answers."""
        return [web.post("/v4/oa/access_token", self._token), web.get("/v4/oa/permission", self._permission)]

    def is_valid(self, access_token: str) -> bool:
        """Would the OpenAPI accept it now?"""
        until = self._granted.access.get(access_token)
        return until is not None and self._clock() < until

    def issue(self, app: str = APP) -> tuple[str, str]:
        """An access and a refresh token, as the console's API Explorer gives them; another app's grant ends."""
        self._granted = Granted(app)
        return self._pair()

    def code(self, app: str = APP, challenge: str = "") -> str:
        """A code, as after somebody's consent."""
        code = secrets.token_urlsafe(60)
        self._codes[code] = Code(app, challenge or self.apps[app].challenge, self._clock() + CODE_LIVES)
        return code

    def release(self) -> None:
        """End the calls that wait for an answer which never comes; to be called before the server stops."""
        self._released.set()

    async def _permission(self, request: web.Request) -> web.StreamResponse:
        """Whoever comes is the account's administrator and consents at once."""
        asked = request.query
        callback, challenge = asked.get("redirect_uri", ""), asked.get("code_challenge", "")
        app = self.apps.get(asked.get("app_id", ""))
        if app is None or not app.active:
            return _refused(APP_INACTIVE, "Invalid app id")
        if (callback, challenge) != (app.callback or callback, app.challenge or challenge):
            return _refused(REDIRECT_MISMATCH, "Invalid redirect uri")
        back = {"code": self.code(asked["app_id"], challenge), "oa_id": OA}
        if "state" in asked:
            back["state"] = asked["state"]
        raise web.HTTPFound(f"{callback}?{urlencode(back)}")

    async def _token(self, request: web.Request) -> web.StreamResponse:
        self.calls += 1
        form = {key: str(value) for key, value in (await request.post()).items()}
        fault = self.faults.pop(0) if self.faults else Fault()
        if "before" in (fault.cut, fault.silent):
            return await self._lose(request, fault)
        answer = self._answer(request.headers.get("secret_key", ""), form, fault)
        if "after" in (fault.cut, fault.silent):
            return await self._lose(request, fault)
        self.came.set()
        return answer if fault.body is None else web.Response(body=fault.body, status=fault.status)

    async def _lose(self, request: web.Request, fault: Fault) -> web.Response:
        """Drop the connection, now or when `release` is called."""
        self.came.set()
        if fault.silent:
            await self._released.wait()
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _answer(self, secret: str, form: dict[str, str], fault: Fault) -> web.Response:
        try:
            if fault.code:
                raise Refusal(fault.code, "Scripted")
            return self._granting(secret, form)
        except Refusal as no:
            return _refused(no.code, no.name)

    def _granting(self, secret: str, form: dict[str, str]) -> web.Response:
        app = self.apps.get(form.get("app_id", ""))
        if app is None or not app.active:
            raise Refusal(APP_INACTIVE, "Invalid app id")
        if secret != app.secret:
            raise Refusal(WRONG_SECRET, "Invalid secret key")
        grant = {"authorization_code": self._exchange, "refresh_token": self._refresh}.get(form.get("grant_type", ""))
        if grant is None:
            raise Refusal(-14001, "Invalid grant type")
        access, refresh = grant(form)
        return web.json_response({"access_token": access, "refresh_token": refresh, "expires_in": "90000"})

    def _exchange(self, form: dict[str, str]) -> tuple[str, str]:
        code = self._codes.pop(form.get("code", ""), None)
        if code is None or self._clock() >= code.until or code.app != form["app_id"]:
            raise Refusal(BAD_CODE, "Invalid authorization code")
        if code.challenge and code.challenge != challenge_of(form.get("code_verifier", "")):
            raise Refusal(BAD_CODE, "Invalid code verifier")
        return self.issue(code.app)

    def _refresh(self, form: dict[str, str]) -> tuple[str, str]:
        held = self._granted
        good = held.app == form["app_id"] and held.refresh and held.refresh == form.get("refresh_token")
        if not good or held.refresh_until is None or self._clock() >= held.refresh_until:
            raise Refusal(USED_REFRESH, "Invalid refresh token")
        self.refreshes += 1
        return self._pair()

    def _pair(self) -> tuple[str, str]:
        """From this instant the refresh token before it is dead; access tokens live on until their end."""
        access, refresh, now = secrets.token_urlsafe(180), secrets.token_urlsafe(180), self._clock()
        self._granted.access[access] = now + ACCESS_LIVES
        self._granted.refresh, self._granted.refresh_until = refresh, now + REFRESH_LIVES
        return access, refresh


def challenge_of(verifier: str) -> str:
    """PKCE, S256."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _refused(code: int, name: str) -> web.Response:
    """Errors come with HTTP 200."""
    said = {"error": code, "error_name": name, "error_reason": name, "error_description": name, "ref_doc": ""}
    return web.json_response(said)
