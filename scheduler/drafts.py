"""Reads the documents that officers sent, beside the chat, and tells them once what was read."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog

from core.clock import Clock
from core.drafts import Act, Draft, Stage
from core.errors import BadInput
from core.texts import drafts as texts
from core.texts import files as files_texts
from core.work import Plan
from evidence.desk import Desk
from knowledge.blocks import Source
from knowledge.digest import copy_digest, digest
from knowledge.drafting import within
from knowledge.extract import extract
from knowledge.index import Index
from knowledge.issuer import find_issuer
from noticing.amending import proposals
from noticing.checking import line_of, steps
from records import documents, drafts, files, scans
from records.files import FileStore
from records.notify import tell
from records.session import Begin, Session
from scheduler.fetch import LookAt, not_at_all
from scheduler.reading import read_document

_log = structlog.get_logger()

LEASE = timedelta(minutes=3)  # reading takes two at the most
ATTEMPTS = 3
REST = 30.0  # seconds; every reply wakes it

Read = Callable[[Path, str], Awaitable[Source]]


@dataclass(frozen=True)
class Drafts:
    """`told` is called when a result is queued. It may run at any time, twice, and on several machines.

    `look`: at a file, before it is read, where nobody has (a form of the staff site brought it).
    """

    begin: Begin
    store: FileStore
    current_index: Callable[[], Index]
    clock: Clock
    told: Callable[[], None]
    read: Read = read_document
    look: LookAt = not_at_all
    _work: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    def wake(self) -> None:
        """Something may have been sent."""
        self._work.set()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self._work.clear()
            try:
                await self.work()
            except Exception:
                _log.exception("drafts.broken")
            with suppress(TimeoutError):
                async with asyncio.timeout(REST):
                    await self._work.wait()

    async def work(self) -> int:
        """Read what waits; how many. What fails through a fault of ours is tried again after the lease."""
        done = 0
        while draft := await self._claim():
            try:
                await self._read(draft)
            except Exception:
                _log.exception("drafts.trouble", draft=draft.id)
            done += 1
            self.told()
        return done

    async def _claim(self) -> Draft | None:
        async with self.begin() as session:
            return await drafts.claim(session, self.clock(), LEASE)

    async def _read(self, draft: Draft) -> None:
        if draft.attempts > ATTEMPTS:
            await self._fail(draft, texts.TROUBLE)
            return
        if malware := await self._malware(draft):
            await self._fail(draft, files_texts.infected([draft.name], malware, ""))
            return
        try:
            path = await asyncio.to_thread(self.store.at_hand, draft.sha256)
            source = await self.read(path, draft.name)
        except FileNotFoundError:
            await self._fail(draft, texts.GONE)
        except BadInput as bad:
            await self._fail(draft, bad.text)
        else:
            plan = await asyncio.to_thread(extract, source)
            await self._keep(draft, plan, digest(source))

    async def _malware(self, draft: Draft) -> str:
        """What is found in the file; empty: nothing."""
        async with self.begin() as session:
            kept = await files.find(session, draft.sha256)
        if kept:
            await self.look(kept)
        async with self.begin() as session:
            return await scans.malware(session, draft.sha256)

    async def _keep(self, draft: Draft, plan: Plan, sum_: str) -> None:
        """The result, and the word of it, in one transaction: nobody hears of it twice."""
        now = self.clock()
        async with self.begin() as session:
            desk = Desk(session, self.current_index(), now)
            issuer = find_issuer(plan.head, desk.index.tree)
            if issuer and issuer.code not in {unit.code for unit in line_of(desk, draft.unit)}:
                await self._refuse(session, draft, texts.not_yours(desk.short_name(issuer.code)))
                return
            if issuer and not within(desk.index.tree, issuer.code, draft.unit):
                sum_ = copy_digest(sum_, draft.unit)
            if await _is_known(desk, draft, sum_):
                await self._refuse(session, draft, texts.known(draft.name))
                return
            values: dict[str, Any] = {"digest": sum_}
            if issuer:
                known = replace(draft, plan=plan, issuer=issuer.code)
                values |= {"issuer": issuer.code, "proposals": await asyncio.to_thread(proposals, desk, known)}
            if not await drafts.finish(session, draft, Stage.READ, now, plan, **values):
                return
            await drafts.note(session, draft.id, Act.READ, None, now)
            read = await drafts.by_code(session, draft.code)
            assert read is not None
            text, picks = steps(desk, read)
            await tell(session, draft.person, text, picks, _key(draft), now)

    async def _fail(self, draft: Draft, why: str) -> None:
        async with self.begin() as session:
            await self._refuse(session, draft, texts.failed(draft.name, why))

    async def _refuse(self, session: Session, draft: Draft, text: str) -> None:
        now = self.clock()
        if await drafts.finish(session, draft, Stage.FAILED, now):
            await drafts.note(session, draft.id, Act.READ, None, now, after=text)
            await tell(session, draft.person, text, (), _key(draft), now)


async def _is_known(desk: Desk, draft: Draft, sum_: str) -> bool:
    known = await documents.find_by_digest(desk.session, sum_)
    return known is not None and known.state == documents.PUBLISHED


def _key(draft: Draft) -> str:
    return f"draft:{draft.id}:read"
