"""A process of the service that wants a fresh access token of the Official Account."""

import asyncio
from datetime import datetime
from multiprocessing.synchronize import Barrier
from pathlib import Path

from bot.oa_grant import OAGrant
from bot.oa_tokens import KeptTokens
from core.errors import FetchFailed
from records.session import open_engine, opener
from tests.fakes.clock import StillClock
from tests.fakes.zalo_oa_oauth import APP, SECRET


def renew(database: str, oauth_url: str, now: datetime, stale: str, told: Path, together: Barrier | None) -> None:
    """Renew once all are ready; writes the token, or why there is none, to the file `told`."""
    told.write_text(asyncio.run(_renew(database, oauth_url, StillClock(now), stale, together)))


async def _renew(database: str, oauth_url: str, clock: StillClock, stale: str, together: Barrier | None) -> str:
    engine = open_engine(database)
    tokens = KeptTokens(OAGrant.open(opener(engine), clock, APP, SECRET, oauth_url))
    if together is not None:
        together.wait(60)
    try:
        return await tokens.renew(stale)
    except FetchFailed as failure:
        return f"{failure.act}: {failure.reason}"
    finally:
        await engine.dispose()
