"""Files that somebody asked for in chat, made beside it and sent to them: tables, forms, a plan for next year."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import structlog

from core.clock import Clock, local_day
from core.message import StoredFile
from core.texts import next_year as next_year_texts
from core.texts import sheets as texts
from evidence import board_wishes, certificates, criteria_forms, plan_paper, registering
from evidence.board_files import MIMES
from evidence.board_wishes import Made, Make
from evidence.desk import Desk
from evidence.tables import MakeTable
from knowledge.index import Index
from noticing import next_year
from records import files, sheets
from records.files import FileStore
from records.notify import tell
from records.session import Begin
from records.sheets import Wish

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Sheets:
    """`told` is called when one is queued. It may run at any time, twice, and on several machines."""

    begin: Begin
    store: FileStore
    current_index: Callable[[], Index]
    clock: Clock
    told: Callable[[], None]

    async def work(self) -> int:
        """What was asked for and is not made yet; how many."""
        async with self.begin() as session:
            wanted = await sheets.wanted(session)
        for wish in wanted:
            try:
                await self._make(wish)
            except Exception:  # a bug of ours holds up no other, and who asked is not left waiting
                _log.exception("sheets.broken", wish=wish.id)
                await self._hand_over(wish, texts.BROKEN, ())
        if wanted:
            self.told()
        return len(wanted)

    async def _make(self, wish: Wish) -> None:
        if wish.kind == next_year.NEXT_YEAR:
            await self._draft(wish)
            return
        now = self.clock()
        async with self.begin() as session:
            make = await _prepare(Desk(session, self.current_index(), now), wish)
        data, name, said = await asyncio.to_thread(make)
        if not data:
            await self._hand_over(wish, said, ())
            return
        kept = await asyncio.to_thread(self.store.keep_bytes, data)
        async with self.begin() as session:
            await files.note(session, kept, now)
        mime = MIMES[name.rpartition(".")[2]]
        await self._hand_over(wish, said, (StoredFile(kept.sha256, name, mime, kept.size),))

    async def _draft(self, wish: Wish) -> None:
        """A plan for next year: its file, and the draft that she checks, in one transaction with the word of it."""
        async with self.begin() as session:
            desk = Desk(session, self.current_index(), self.clock())
        made = await asyncio.to_thread(next_year.make, desk, wish)
        if made is None:
            await self._hand_over(wish, next_year_texts.GONE, ())
            return
        kept = await asyncio.to_thread(self.store.keep_bytes, made.data)
        file = StoredFile(kept.sha256, made.plan.source_file, plan_paper.MIME, kept.size)
        async with self.begin() as session:
            if await sheets.done(session, wish.id):
                now = self.clock()
                await files.note(session, kept, now)
                text, picks = await next_year.open_draft(Desk(session, desk.index, now), wish, made, kept.sha256)
                await tell(session, wish.person, text, picks, _key(wish), now, stored=(file,))

    async def _hand_over(self, wish: Wish, text: str, made: tuple[StoredFile, ...]) -> None:
        """To who asked for it, once."""
        async with self.begin() as session:
            if await sheets.done(session, wish.id):
                await tell(session, wish.person, text, (), _key(wish), self.clock(), stored=made)


def _key(wish: Wish) -> str:
    return f"sheet:{wish.id}:{wish.at.timestamp():.3f}"  # SQLite gives a number again


async def _prepare(desk: Desk, wish: Wish) -> Make:
    """What needs the database is done; the rest may take a moment."""
    if wish.kind in board_wishes.KINDS:
        return await board_wishes.prepare(desk, wish)
    made = await _MADE[wish.kind](desk, wish)
    return lambda: made


def _table(make: MakeTable) -> Callable[[Desk, Wish], Awaitable[Made]]:
    async def made(desk: Desk, wish: Wish) -> Made:
        data, said, _ = await make(desk, wish.unit)
        return data, texts.file_name(wish.kind, local_day(desk.now)), said

    return made


async def _form(desk: Desk, wish: Wish) -> Made:
    return await criteria_forms.form_in_chat(desk, wish.unit, int(wish.about))


_MADE: Mapping[str, Callable[[Desk, Wish], Awaitable[Made]]] = {
    registering.SHEET: _table(registering.table),
    certificates.SHEET: _table(certificates.table),
    criteria_forms.FORM: _form,
}
