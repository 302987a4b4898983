"""The database for one command: opened, brought up to date, closed; its faults in one line."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.settings import Settings
from core.errors import BadInput
from core.texts import commands as texts
from records.faults import can_be_mended
from records.session import Begin, migrate, open_engine, opener


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Begin]:
    """Raises BadInput where the database cannot be used, also in the midst of it."""
    ready = False
    try:
        engine = open_engine(settings.database)
        try:
            await migrate(engine)
            ready = True
            yield opener(engine)
        finally:
            await engine.dispose()
    except Exception as fault:
        unreachable = isinstance(fault, OSError) and not ready  # no folder, no server
        if unreachable or can_be_mended(fault):
            raise BadInput(texts.DATABASE_TROUBLE) from fault
        raise
