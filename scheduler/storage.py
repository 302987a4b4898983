"""Looks after the home of the files: tells the operator when it cannot be used, and keeps what is at hand small."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import structlog

from core.clock import Clock
from core.texts import storage as texts
from records.alerts import clear_alert, raise_alert
from records.cache import trim
from records.files import FileStore
from records.home import Unreachable
from records.session import Begin

_log = structlog.get_logger()

ALERT = "storage"  # the key
AT_HAND = 5 << 30  # bytes of the disk for what lies in the bucket too
IN_USE = timedelta(hours=1)  # what was used since stays, however much it is


@dataclass(frozen=True, slots=True)
class Storage:
    """Nothing is to be done where the folder itself is the home."""

    begin: Begin
    store: FileStore
    clock: Clock

    async def tend(self) -> None:
        """Every few minutes."""
        if self.store.home is None:
            return
        try:
            await asyncio.to_thread(self.store.home.try_out)
            trimmed = await asyncio.to_thread(trim, self.store, AT_HAND, self.clock() - IN_USE)
        except Unreachable as error:
            _log.warning("storage.unreachable", reason=error.reason, code=error.code)
            async with self.begin() as session:
                await raise_alert(session, ALERT, texts.alert(error.reason, error.code), self.clock())
            return
        if trimmed.only_here:
            _log.warning("storage.only_here", files=trimmed.only_here)
        async with self.begin() as session:
            await clear_alert(session, ALERT, self.clock())
