"""The reports of notices as files, made beside the chat for who asked for them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from core.clock import Clock
from core.message import StoredFile
from core.notices import Fate
from core.texts import notice_reports as texts
from core.texts import notices as write_texts
from evidence.desk import Desk
from knowledge.index import Index
from media.card import Bar, card
from noticing.reporting import Known, as_xlsx, known_of
from noticing.sheet import MIME
from noticing.telling import EXCEL, name_of
from records import files, notices
from records.files import FileStore
from records.notify import tell
from records.session import Begin

_log = structlog.get_logger()

_PNG = "image/png"


@dataclass(frozen=True, slots=True)
class NoticeReports:
    """`told` is called when one is queued. It may run at any time, twice, and on several machines."""

    begin: Begin
    store: FileStore
    current_index: Callable[[], Index]
    clock: Clock
    told: Callable[[], None]

    async def work(self) -> int:
        """What was asked for and is not made yet; how many."""
        async with self.begin() as session:
            wanted = await notices.wanted_reports(session)
        for id, what in wanted:
            try:
                await self._make_or_say(id, what)
            except Exception:  # a bug of ours holds up no other
                _log.exception("notice_reports.broken", notice=id)
        if wanted:
            self.told()
        return len(wanted)

    async def _make_or_say(self, id: int, what: str) -> None:
        """Who asked for it is not left waiting."""
        try:
            await self._make(id, what)
        except Exception:
            _log.exception("notice_reports.broken", notice=id)
            await self._hand_over(id, what, texts.NO_REPORT, ())

    async def _make(self, id: int, what: str) -> None:
        now, kind = self.clock(), what.partition(":")[0]
        async with self.begin() as session:
            known = await known_of(Desk(session, self.current_index(), now), await notices.get(session, id))
        data, mime, ending = await asyncio.to_thread(_made, known, kind)
        kept = await asyncio.to_thread(self.store.keep_bytes, data)
        file = StoredFile(kept.sha256, texts.file_name(known.notice.code, ending), mime, kept.size)
        async with self.begin() as session:
            await files.note(session, kept, now)
        await self._hand_over(id, what, texts.report_caption(known.notice.code, now), (file,))

    async def _hand_over(self, id: int, what: str, text: str, made: tuple[StoredFile, ...]) -> None:
        """To who asked for it, once."""
        now, person = self.clock(), int(what.partition(":")[2])
        async with self.begin() as session:
            if await notices.made_report(session, id, what):
                key = f"notice-file:{id}:{what}:{now.timestamp():.0f}"
                await tell(session, person, text, (), key, now, stored=made)


def _made(known: Known, kind: str) -> tuple[bytes, str, str]:
    """The bytes, their type and the ending of their name."""
    if kind == EXCEL:
        return as_xlsx(known), MIME, "xlsx"
    return _picture(known), _PNG, "png"


def _picture(known: Known) -> bytes:
    notice, counted, answered = known.notice, known.counted, known.answered
    bars = [Bar(texts.FATES[Fate.SENT], counted.fates[Fate.SENT], counted.all)]
    bars += [Bar(texts.ACKED, answered.acked, answered.asked)] if answered.asked else []
    bad = [
        (name_of(known.desk, one), texts.why(one))
        for one in known.found
        if one.reason or one.fate not in (Fate.SENT, Fate.WAITING)
    ]
    silent = list(dict.fromkeys(name_of(known.desk, one) for one in known.silent))
    head = f"{texts.report_caption(notice.code, known.desk.now)} {write_texts.beginning(notice.text)}"
    return card(head, bars, [*texts.not_sent(bad), *texts.not_acked(silent)])
