"""Self-assessment forms as files, made beside the chat for who asked for them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from core.clock import Clock
from core.message import StoredFile
from core.texts import criteria as texts
from core.texts import criteria_form as form_texts
from evidence.criteria_form import MIME
from evidence.criteria_forms import form_of
from evidence.desk import Desk
from knowledge.index import Index
from records import criteria, files
from records.criteria import Form
from records.files import FileStore, Kept
from records.notify import tell
from records.session import Begin

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class CriteriaForms:
    """`told` is called when one is queued. It may run at any time, twice, and on several machines."""

    begin: Begin
    store: FileStore
    current_index: Callable[[], Index]
    clock: Clock
    told: Callable[[], None]

    async def work(self) -> int:
        """What was asked for and is not made yet; how many."""
        async with self.begin() as session:
            wanted = await criteria.wanted_forms(session)
        for one in wanted:
            try:
                await self._make(one)
            except Exception:  # a bug of ours holds up no other, and who asked is not left waiting
                _log.exception("criteria_forms.broken", form=one.id)
                await self._hand_over(one, texts.NO_FORM, ())
        if wanted:
            self.told()
        return len(wanted)

    async def _make(self, wanted: Form) -> None:
        now = self.clock()
        async with self.begin() as session:
            set = await criteria.by_id(session, wanted.set)
            made = await form_of(Desk(session, self.current_index(), now), wanted.unit, wanted.set)
        if set is None or made is None:
            await self._hand_over(wanted, texts.NO_SUCH_SET, ())
            return
        data, name = made
        kept = await asyncio.to_thread(self._keep, data)
        async with self.begin() as session:
            await files.note(session, kept, now)
        file = StoredFile(kept.sha256, name, MIME, kept.size)
        await self._hand_over(wanted, form_texts.caption(set.name), (file,))

    async def _hand_over(self, wanted: Form, text: str, made: tuple[StoredFile, ...]) -> None:
        """To who asked for it, once."""
        async with self.begin() as session:
            if await criteria.made_form(session, wanted.id):
                key = f"criteria-form:{wanted.id}"
                await tell(session, wanted.person, text, (), key, self.clock(), stored=made)

    def _keep(self, data: bytes) -> Kept:
        coming = self.store.coming()
        coming.write_bytes(data)
        return self.store.keep(coming)
