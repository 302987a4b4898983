"""The access token of the Official Account: kept, and renewed by one at a time before it ends."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from bot.oa_grant import ALERT, OAGrant
from bot.platforms.zalo_oa_client import Declined, Lost, NotSent
from bot.platforms.zalo_oa_inbound import NAME
from bot.platforms.zalo_oauth import APP_INACTIVE, WRONG_SECRET
from core.errors import Act, FetchFailed
from core.texts import consent as texts
from core.tokens import TokenPair
from records import grants
from records.alerts import clear_alert, clear_news, raise_alert
from records.grants import Grant
from scheduler.failures import note_mended

AHEAD = timedelta(hours=7)  # of 25: there is time to consent anew should renewing fail
TOO_LATE = timedelta(minutes=1)  # a token this near to its end is not begun with
JUST_NOW = timedelta(minutes=1)  # a token refused so soon is not what is wrong
LOOK_AGAIN = 0.5  # seconds, while another renews

_MENDABLE = {APP_INACTIVE: texts.APP_OFF, WRONG_SECRET: texts.WRONG_SECRET}  # the refresh token is not used up

log = structlog.get_logger(__name__)


class KeptTokens:
    """Fits `Tokens` of the account's client. All of it raises FetchFailed; Act.OPERATOR: somebody must consent anew.

    A renewal that has begun goes on when whoever asked for it is cancelled: its answer comes once. `close` waits.
    """

    def __init__(self, grant: OAGrant, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._grant = grant
        self._sleep = sleep
        self._known = Grant()
        self._renewing: asyncio.Task[str] | None = None

    async def seed(self, refresh_token: str) -> None:
        """Begin with the token of the settings, where it is a new one; before anything else."""
        grant, now = self._grant, self._grant.clock()
        async with grant.begin() as session:
            if await grants.seed(session, grant.sealer, grant.app, refresh_token, now):
                await clear_alert(session, ALERT, now)
                await clear_news(session, NAME, now)
                await note_mended(session, NAME, now)

    async def access(self) -> str:
        """A token that should be good."""
        if not self._is_good(self._known):
            self._known = await self._grant.now_kept()
        return self._known.access if self._is_good(self._known) else await self._after(self._known.generation)

    async def renew(self, stale: str) -> str:
        """Another one, after `stale` was refused; whoever comes second gets what the first one fetched."""
        self._known = await self._grant.now_kept()
        if self._known.access != stale and self._is_good(self._known):
            return self._known.access
        if self._known.access == stale and self._is_newborn(self._known):
            raise FetchFailed(texts.STALE)
        return await self._after(self._known.generation)

    async def renew_if_due(self) -> None:
        """Ahead of time; what goes wrong is logged, and told to the operator where somebody can act."""
        kept = await self._grant.now_kept()
        due = kept.expires_at is not None and self._grant.clock() >= kept.expires_at - AHEAD
        if due and not kept.lost:
            try:
                await self._after(kept.generation)
            except FetchFailed as failure:
                log.warning("oa_grant.not_renewed", reason=failure.reason)

    async def close(self) -> None:
        """Wait for a renewal that has begun."""
        if self._renewing is not None:
            await asyncio.wait([self._renewing])

    async def _after(self, generation: int) -> str:
        """The token of a later pair; one renewal at a time in this process, for all who wait for it."""
        if self._renewing is None or self._renewing.done():
            self._renewing = asyncio.create_task(self._next_access(generation))
            self._renewing.add_done_callback(_heard)
        return await asyncio.shield(self._renewing)

    async def _next_access(self, generation: int) -> str:
        """By our own renewal, or by another process's."""
        grant = self._grant
        held = await grant.now_kept()
        while not held.lost and (held.generation <= generation or not held.access):
            async with grant.begin() as session:
                until = await grants.lease(session, grant.app, held.generation, grant.clock())
            if until is None:
                await self._sleep(LOOK_AGAIN)
                held = await grant.now_kept()
            else:
                held = await self._renew_as_holder(held, until)
        if held.lost:
            await self._tell_lost(held)
            raise FetchFailed(texts.NO_GRANT, act=Act.OPERATOR)
        self._known = held
        return held.access

    async def _renew_as_holder(self, held: Grant, until: datetime) -> Grant:
        """The grant after it; the new pair is stored before anybody uses it."""
        try:
            pair = await self._ask(held.refresh)
        except (NotSent, Lost) as error:
            await self._give_back(held, until)
            raise FetchFailed(texts.OFFLINE) from error
        except Declined as no:
            await self._take_no(held, until, no)
        else:
            await self._store(held, pair)
        return await self._grant.now_kept()

    async def _ask(self, refresh_token: str) -> TokenPair:
        """Where the answer got lost: once more with the same token, which works if the service never heard of it."""
        try:
            return await self._grant.oauth.refresh(refresh_token)
        except Lost as error:
            log.warning("oa_grant.answer_lost", reason=str(error))
            return await self._grant.oauth.refresh(refresh_token)

    async def _store(self, held: Grant, pair: TokenPair) -> None:
        grant, now = self._grant, self._grant.clock()
        async with grant.begin() as session:
            if await grants.save(session, grant.sealer, grant.app, held.generation, pair, now):
                await clear_alert(session, ALERT, now)
        log.info("oa_grant.renewed", generation=held.generation + 1)

    async def _take_no(self, held: Grant, until: datetime, no: Declined) -> None:
        """A wrong setting can be mended and the token tried again; any other refusal ends the grant."""
        log.error("oa_grant.refused", code=no.code, error_name=no.message)
        grant = self._grant
        if no.code not in _MENDABLE:
            async with grant.begin() as session:
                await grants.lose(session, grant.app, held.generation, str(no))
            return
        async with grant.begin() as session:
            await grants.release(session, grant.app, held.generation, until)
            await raise_alert(session, ALERT, _MENDABLE[no.code], grant.clock())
        raise FetchFailed(_MENDABLE[no.code], act=Act.OPERATOR) from None

    async def _give_back(self, held: Grant, until: datetime) -> None:
        async with self._grant.begin() as session:
            await grants.release(session, self._grant.app, held.generation, until)

    async def _tell_lost(self, held: Grant) -> None:
        """The same words each time, so that the alert is one."""
        grant = self._grant
        async with grant.begin() as session:
            link = await grant.link(session, held.generation)
            await raise_alert(session, ALERT, texts.lost(link), grant.clock())

    def _is_good(self, kept: Grant) -> bool:
        ends = kept.expires_at
        return bool(kept.access) and ends is not None and self._grant.clock() < ends - TOO_LATE

    def _is_newborn(self, kept: Grant) -> bool:
        born = kept.renewed_at
        return not kept.lost and born is not None and self._grant.clock() < born + JUST_NOW


def _heard(renewing: asyncio.Task[str]) -> None:
    """Its error has been told to whoever waited; nobody may have."""
    if not renewing.cancelled():
        renewing.exception()
