"""The real site with its consent page, the local OAuth service behind it, and an operator who follows links."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html import unescape

from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from yarl import URL

from bot.oa_consent import OAConsent
from bot.oa_grant import OAGrant
from bot.oa_tokens import KeptTokens
from records.session import Begin
from tests.bot.oa_service import served
from tests.fakes.clock import StillClock
from tests.fakes.zalo_oa_oauth import APP, SECRET, OAuth
from web.app import build
from web.consent import Said


async def _nothing(*_: object) -> Mapping[str, bool]:
    return {}


async def _store(*_: object) -> None:
    pass


@dataclass
class Operator:
    """Follows links as a browser does; `secret` is the one in the settings."""

    begin: Begin
    clock: StillClock
    oauth: OAuth
    http: ClientSession
    consent: OAConsent
    tokens: KeptTokens

    async def opens(self, address: str) -> tuple[int, str]:
        async with self.http.get(URL(address, encoded=True)) as answer:
            return answer.status, unescape(await answer.text())

    async def begins(self) -> str:
        """Opens the link; where the button leads."""
        async with self.http.get(await self.consent.link()) as answer:
            assert answer.status == 200
            return button_of(await answer.text())

    async def consents(self, button: str) -> str:
        """On Zalo's page; where that leads back to, not opened yet."""
        async with self.http.get(URL(button, encoded=True), allow_redirects=False) as answer:
            assert answer.status == 302
            return answer.headers["Location"]


def button_of(html: str) -> str:
    return unescape(html.split('class="button" href="')[1].split('"')[0])


@asynccontextmanager
async def operating(begin: Begin, clock: StillClock, secret: str = SECRET) -> AsyncIterator[Operator]:
    """An operator before the site with its consent page, and Zalo behind it."""
    oauth = OAuth(clock)
    async with served(oauth) as url, ClientSession() as http:
        late = Late()
        site = TestServer(build(platforms={}, store=_store, ready=_nothing, demo=None, consent=late))
        await site.start_server()
        grant = OAGrant.open(begin, clock, APP, secret, url, str(site.make_url("")).rstrip("/"))
        late.consent = OAConsent(grant)
        oauth.apps[APP].callback = grant.callback
        oauth.apps[APP].challenge = await late.consent.challenge()
        yield Operator(begin, clock, oauth, http, late.consent, KeptTokens(grant))
        await site.close()


@dataclass
class Late:
    """The page's address is known only once it is served."""

    consent: OAConsent | None = None

    async def begun(self, link: str) -> Said:
        assert self.consent
        return await self.consent.begun(link)

    async def returned(self, code: str, state: str) -> Said:
        assert self.consent
        return await self.consent.returned(code, state)
