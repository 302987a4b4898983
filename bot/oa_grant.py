"""The Official Account's grant: what renewing it and consenting to it both need."""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field

from bot.platforms.zalo_oauth import ZaloOAuth
from core.clock import Clock
from records import grants
from records.grants import Grant
from records.sealing import Sealer
from records.secrets import get_or_make
from records.session import Begin, Session
from web.consent import PATH

ALERT = "zalo-oa-grant"


@dataclass(frozen=True, slots=True)
class OAGrant:
    """Where it is kept, and who is asked for it. `public_url` empty: nobody can come to the consent page."""

    begin: Begin
    clock: Clock
    oauth: ZaloOAuth
    sealer: Sealer = field(repr=False)
    public_url: str = ""

    @classmethod
    def open(
        cls, begin: Begin, clock: Clock, app_id: str, app_secret: str, oauth_url: str, public_url: str = ""
    ) -> "OAGrant":
        """No network, and nothing read yet."""
        return cls(begin, clock, ZaloOAuth(app_id, app_secret, oauth_url), Sealer(app_secret), public_url)

    @property
    def app(self) -> str:
        """The id of the app that it is granted to."""
        return self.oauth.app_id

    @property
    def callback(self) -> str:
        """What must be saved in the developer console as callback URL."""
        return self.public_url + PATH

    async def now_kept(self) -> Grant:
        """The grant as the database has it."""
        async with self.begin() as session:
            return await grants.find(session, self.sealer, self.app)

    async def link(self, session: Session, generation: int) -> str:
        """Where the operator consents; good until a pair later than this generation's is there. Empty: no address."""
        sign = await self.sign(session, "link", generation)
        return f"{self.callback}?link={sign}" if self.public_url else ""

    async def sign(self, session: Session, purpose: str, generation: int) -> str:
        """What only this installation can have made up for this purpose and generation."""
        secret = await get_or_make(session, "zalo-oa-consent")
        words = f"{purpose}:{self.app}:{generation}".encode()
        return hmac.new(secret.encode(), words, hashlib.sha256).hexdigest()

    async def verifier(self, session: Session) -> str:
        """The one PKCE verifier of this installation, 43 characters: the console keeps its challenge."""
        return await get_or_make(session, "zalo-oa-verifier")


def challenge_of(verifier: str) -> str:
    """PKCE's S256."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
