"""Brings the files that people sent from the chat services: what is wanted is fetched, kept, and confirmed."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from errno import EDQUOT, ENOSPC
from pathlib import Path

import structlog

from core.clock import Clock
from core.errors import FetchFailed
from core.message import Outbound, StoredFile
from core.mime import ending
from core.platform import Platform
from core.programs import FOUND, named_so
from core.texts import files as texts
from core.texts import storage as storage_texts
from evidence.registering import NOTE
from records import files, outbox, received, scans, submissions
from records.alerts import clear_alert, raise_alert
from records.files import FileStore, Kept, Torn
from records.home import Unreachable
from records.keeping import keep
from records.notify import write
from records.received import EMPTY, Wanted
from records.session import Begin, Session
from scheduler.receipts import Receipts

_log = structlog.get_logger()

FETCH_TIMEOUT = timedelta(minutes=2)
LEASE = timedelta(minutes=4)  # longer than a fetch and its keeping
AT_ONCE = 4  # of one service
MOST_ATTEMPTS = 12
FULL = "full"  # the key of the alert
TOLD_AFTER = timedelta(minutes=10)  # that there is nowhere to keep it
MOST_TORN = 4  # within a minute; a file that is still another than was announced is damaged where it lies
AS_IT_IS = ("link", NOTE)  # FileRef.kind of a web address, and of words of ours: `url` is all there is
SHORTEST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(hours=1)
AGAIN = timedelta(minutes=1)  # where there is nowhere to keep it
_LONGEST_REST = 30.0  # seconds
_SHORTEST_REST = 0.1  # seconds; another process may hold what seems ready


LookAt = Callable[[Kept], Awaitable[object]]  # at a file that lies in the store now


async def not_at_all(kept: Kept) -> None:
    """Nothing is looked at."""


class Fetcher:
    """Fetches what is wanted, each service apart from the others, and sees to it that receipts are given."""

    def __init__(
        self,
        begin: Begin,
        platforms: Mapping[str, Platform],
        store: FileStore,
        clock: Clock,
        receipts: Receipts,
        look: LookAt = not_at_all,
    ) -> None:
        self._begin = begin
        self._platforms = platforms
        self._store = store
        self._clock = clock
        self._receipts = receipts
        self._look = look
        self._work = asyncio.Event()
        self._shut_until = clock()  # there was nowhere to keep anything
        self._under_way: dict[str, set[asyncio.Task[None]]] = {name: set() for name in platforms}

    def wake(self) -> None:
        """Something may be wanted."""
        self._work.set()

    async def fetch_ready(self) -> int:
        """One round: what is wanted now, then the receipts that are due; how many of both."""
        wanted = await self._claim()
        await asyncio.gather(*(self._fetch(one) for one in wanted))
        return len(wanted) + await self._receipts.give_due()

    async def run(self) -> None:
        """Fetch until cancelled; what is then under way is taken up again when its lease has ended."""
        try:
            while True:
                self._work.clear()
                try:
                    for one in await self._claim():
                        self._start(one)
                    await self._receipts.give_due()
                    rest = await self._time_to_next()
                except Exception:
                    _log.exception("fetch.database")
                    rest = 1.0
                with suppress(TimeoutError):
                    async with asyncio.timeout(rest):
                        await self._work.wait()
        finally:
            tasks = [task for tasks in self._under_way.values() for task in tasks]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _claim(self) -> list[Wanted]:
        claimed: list[Wanted] = []
        if self._clock() < self._shut_until:
            return claimed
        free = {name: AT_ONCE - len(tasks) for name, tasks in self._under_way.items()}
        async with self._begin() as session:
            for name in free:
                if free[name] > 0:
                    claimed += await received.claim(session, name, self._clock(), LEASE, free[name])
        return claimed

    def _start(self, wanted: Wanted) -> None:
        task = asyncio.create_task(self._fetch(wanted))
        mine = self._under_way[wanted.giver.address.platform]
        mine.add(task)
        task.add_done_callback(mine.discard)
        task.add_done_callback(lambda _: self.wake())  # another may have its turn

    async def _time_to_next(self) -> float:
        free = [name for name, tasks in self._under_way.items() if len(tasks) < AT_ONCE]
        async with self._begin() as session:
            wanted, quiet = await received.next_ready(session, free), await submissions.next_quiet(session)
        due = [max(wanted, self._shut_until)] if wanted else []
        due += [quiet] if quiet else []
        if not due:
            return _LONGEST_REST
        ready_at = min(due)
        return min(max((ready_at - self._clock()).total_seconds(), _SHORTEST_REST), _LONGEST_REST)

    async def _fetch(self, wanted: Wanted) -> None:
        """Fetch one file and note what came of it; where that fails too, the lease ends and it is tried again."""
        try:
            try:
                if wanted.source.kind not in AS_IT_IS and named_so(wanted.name):
                    return await self._refuse(wanted)
                kept = await self._bring(wanted)
                await self._look(kept)
                await self._keep(wanted, kept)
            except FetchFailed as failure:
                if _is_full(failure):
                    return await self._put_back(wanted, "full", full=True)
                _log.warning("fetch.failed", received=wanted.id, reason=failure.reason, attempts=wanted.attempts)
                await self._note_failure(wanted, failure)
            except Unreachable as trouble:
                await self._put_back(wanted, f"{trouble.reason} {trouble.code}".strip())
        except Exception:
            _log.exception("fetch.broken", received=wanted.id)

    async def _put_back(self, wanted: Wanted, reason: str, *, full: bool = False) -> None:
        """There is nowhere to keep it, be it for hours; who sent it is told once that it waits. `full`: the disk is."""
        _log.warning("fetch.nowhere_to_keep", received=wanted.id, reason=reason)
        now = self._clock()
        self._shut_until = now + AGAIN
        async with self._begin() as session:
            await received.put_back(session, wanted, "storage", self._shut_until)
            if full:
                await raise_alert(session, FULL, storage_texts.FULL, now)
            if now - wanted.received_at >= TOLD_AFTER and wanted.giver.address.chat:
                await _tell_it_waits(session, wanted, now)
        self._receipts.told()

    async def _refuse(self, wanted: Wanted) -> None:
        """By its name alone: nothing of it is brought here."""
        async with self._begin() as session:
            await received.mark_refused(session, wanted, wanted.name, FOUND)

    async def _bring(self, wanted: Wanted) -> Kept:
        """The file's bytes, safe where they are kept. Raises FetchFailed, Unreachable."""
        before, coming = (self._coming(wanted, attempt) for attempt in (wanted.attempts - 1, wanted.attempts))
        before.unlink(missing_ok=True)  # what an attempt that was killed has left
        try:
            async with asyncio.timeout(FETCH_TIMEOUT.total_seconds()):
                with coming.open("wb") as file:
                    if wanted.source.kind in AS_IT_IS:
                        file.write(wanted.source.url.encode())
                    else:
                        await self._platforms[wanted.giver.address.platform].fetch(wanted.source, file)
            if not coming.stat().st_size:
                raise FetchFailed(EMPTY, gone=wanted.attempts >= MOST_TORN)
            return await keep(
                self._begin, self._store, self._clock, coming, size=wanted.source.size, md5=wanted.source.md5
            )
        except (FetchFailed, Unreachable):
            raise
        except TimeoutError as error:
            raise FetchFailed("timeout") from error
        except Torn as error:
            raise FetchFailed("torn", gone=wanted.attempts >= MOST_TORN) from error
        except Exception as error:  # a bug in a platform, a full disk: the others go on
            _log.exception("fetch.bug", received=wanted.id)
            raise FetchFailed(type(error).__name__) from error
        finally:
            coming.unlink(missing_ok=True)

    def _coming(self, wanted: Wanted, attempt: int) -> Path:
        """Another place for every attempt: one that was thought dead may still write."""
        return self._store.coming(f"received-{wanted.id}-{attempt}")

    async def _keep(self, wanted: Wanted, kept: Kept) -> None:
        name = wanted.name or texts.nameless(wanted.source.kind, ending(kept.mime))
        file = StoredFile(kept.sha256, name, kept.mime, kept.size)
        async with self._begin() as session:
            now = self._clock()
            await files.note(session, kept, now)
            if malware := await scans.malware(session, kept.sha256):
                await received.mark_refused(session, wanted, name, malware)
            elif await received.mark_stored(session, wanted, file) and wanted.submission:
                await submissions.note_arrival(session, wanted.submission, now)
            await clear_alert(session, FULL, now)

    async def _note_failure(self, wanted: Wanted, failure: FetchFailed) -> None:
        async with self._begin() as session:
            if failure.gone or wanted.attempts >= MOST_ATTEMPTS:
                await received.mark_lost(session, wanted, failure.reason)
            else:
                await received.retry(session, wanted, failure.reason, self._clock() + _pause(wanted.attempts))


async def _tell_it_waits(session: Session, wanted: Wanted, now: datetime) -> None:
    """Once for all that was sent together."""
    giver, key = wanted.giver, f"{outbox.EVIDENCE}waits:{wanted.submission}"
    message = Outbound(giver.address, storage_texts.waits(wanted.received_at), group=giver.group)
    await write(session, message, giver.sender, (), key, now, person=None if giver.group else giver.person)


def _is_full(failure: BaseException) -> bool:
    """Whether it comes of a full disk, however it was wrapped."""
    cause: BaseException | None = failure
    while cause and not (isinstance(cause, OSError) and cause.errno in (ENOSPC, EDQUOT)):
        cause = cause.__cause__
    return cause is not None


def _pause(attempts: int) -> timedelta:
    """Longer with every attempt."""
    times: int = 2 ** (attempts - 1)
    return min(SHORTEST_PAUSE * times, LONGEST_PAUSE)
