"""Consenting to the Official Account's grant: a link that only we can make, and the code that comes back."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

import structlog

from bot.oa_grant import ALERT, OAGrant, challenge_of
from bot.platforms.zalo_oa_client import Declined, Lost, NotSent
from bot.platforms.zalo_oa_inbound import NAME
from bot.platforms.zalo_oauth import APP_INACTIVE, REDIRECT_MISMATCH, WRONG_SECRET
from core.texts import consent as texts
from records import grants
from records.alerts import clear_alert, clear_news
from records.grants import Grant
from records.session import Session
from scheduler.failures import note_mended
from web.consent import Said

EXPECTED = timedelta(hours=1)  # from opening the link until coming back

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class OAConsent:
    """Fits `web.consent.Consent`; `link` and `challenge` are for whoever sets the account up."""

    grant: OAGrant

    async def link(self) -> str:
        """Where the operator consents, once; empty without a public address."""
        async with self.grant.begin() as session:
            return await self.grant.link(session, (await self._kept(session)).generation)

    async def challenge(self) -> str:
        """The PKCE code challenge to be saved in the developer console."""
        async with self.grant.begin() as session:
            return challenge_of(await self.grant.verifier(session))

    async def begun(self, link: str) -> Said:
        """The button, for whoever has the link."""
        grant, now = self.grant, self.grant.clock()
        async with grant.begin() as session:
            kept = await self._kept(session)
            if not _same(link, await grant.sign(session, "link", kept.generation)):
                return Said(texts.LINK_WRONG, status=HTTPStatus.FORBIDDEN)
            await grants.expect(session, grant.sealer, grant.app, now, now + EXPECTED)
            return Said(texts.ASK, onward=await self._onward(session, kept))

    async def returned(self, code: str, state: str) -> Said:
        """What became of the code. It is asked for once, and stored before anybody uses it."""
        grant, now = self.grant, self.grant.clock()
        async with grant.begin() as session:
            kept = await self._kept(session)
            if not _is_expected(kept, now):
                return Said(texts.NOT_EXPECTED, status=HTTPStatus.FORBIDDEN)
            if state and not _same(state, await grant.sign(session, "state", kept.generation)):
                log.warning("oa_consent.forged")
                return Said(texts.FORGED, status=HTTPStatus.FORBIDDEN)
            verifier, onward = await grant.verifier(session), await self._onward(session, kept)
        try:
            pair = await grant.oauth.exchange(code, verifier)
        except (NotSent, Lost) as error:
            log.warning("oa_consent.no_answer", reason=str(error))
            return Said(texts.NO_ANSWER, onward, status=HTTPStatus.BAD_GATEWAY)
        except Declined as no:
            log.warning("oa_consent.refused", code=no.code, error_name=no.message)
            return Said(self._why(no.code), onward, status=HTTPStatus.BAD_GATEWAY)
        async with grant.begin() as session:
            await grants.replace(session, grant.sealer, grant.app, pair, now)
            await clear_alert(session, ALERT, now)
            await clear_news(session, NAME, now)
            await note_mended(session, NAME, now)
        log.info("oa_consent.granted")
        return Said(texts.DONE, done=True)

    async def _kept(self, session: Session) -> Grant:
        return await grants.find(session, self.grant.sealer, self.grant.app)

    async def _onward(self, session: Session, kept: Grant) -> str:
        """Zalo's page."""
        grant = self.grant
        challenge = challenge_of(await grant.verifier(session))
        return grant.oauth.consent_url(grant.callback, challenge, await grant.sign(session, "state", kept.generation))

    def _why(self, code: int) -> str:
        """What a refusal means and what to do next."""
        if code == REDIRECT_MISMATCH:
            return texts.wrong_callback(self.grant.callback)
        known = {APP_INACTIVE: texts.APP_OFF, WRONG_SECRET: texts.WRONG_SECRET}
        return known.get(code) or texts.code_refused(code)


def _same(given: str, made: str) -> bool:
    return hmac.compare_digest(given.encode(), made.encode())


def _is_expected(kept: Grant, now: datetime) -> bool:
    return kept.expected_until is not None and now < kept.expected_until
