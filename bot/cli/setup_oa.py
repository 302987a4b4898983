"""The Official Account's part of `setup`: its grant tried, and what to copy into Zalo's consoles."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.cli.database import opened
from bot.oa_consent import OAConsent
from bot.oa_grant import OAGrant
from bot.oa_tokens import KeptTokens
from bot.platforms.zalo_oa import ZaloOA
from bot.settings import Settings
from core.clock import system_clock
from core.errors import BadInput, FetchFailed
from core.texts import setup as texts
from web.app import WEBHOOKS


@dataclass(frozen=True, slots=True)
class Account:
    """What was answered so far."""

    settings: Settings  # where the services are, and the database
    app_id: str
    app_secret: str
    public_url: str

    async def try_refresh(self, token: str) -> str:
        """The account's name. The token is used up by trying: the pair that comes for it is in the database.

        Raises BadInput where no pair comes.
        """
        settings = self.settings
        async with self._grant() as grant:
            tokens = KeptTokens(grant)
            service = ZaloOA.open(self.app_id, "", tokens, settings.zalo_oa_api_url, settings.zalo_oa_business_url)
            try:
                await tokens.seed(token)
                await _access(tokens)
                return texts.is_account((await service.account.learn()).name)
            except FetchFailed as failure:  # the pair is good, the plan or the network is not
                return texts.fault(failure.reason)
            finally:
                await service.close()
                await tokens.close()

    async def to_copy(self) -> str:
        """Addresses and the challenge for the consoles; the link to consent by, where nobody has yet."""
        async with self._grant() as grant:
            consent = OAConsent(grant)
            lost = (await grant.now_kept()).lost
            hook = f"{self.public_url}{WEBHOOKS['zalo_oa']}"
            return texts.to_copy(grant.callback, await consent.challenge(), hook, await consent.link() if lost else "")

    @asynccontextmanager
    async def _grant(self) -> AsyncIterator[OAGrant]:
        async with opened(self.settings) as begin:
            yield OAGrant.open(
                begin, system_clock, self.app_id, self.app_secret, self.settings.zalo_oauth_url, self.public_url
            )


async def _access(tokens: KeptTokens) -> None:
    try:
        await tokens.access()
    except FetchFailed as failure:
        raise BadInput(failure.reason) from None
