"""The demo's December: more schools, a letter of their office, and what they had handed in by the 20th."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from docx import Document

from bot.demo import PLATFORM, SAMPLES, settle
from core.clock import VIETNAM, local_day
from core.csv_lines import decode, read_lines
from core.evidence import Giver, State
from core.message import Address, StoredFile
from core.registers import read_people, read_units
from core.texts import demo as texts
from core.work import TaskRef
from evidence.desk import Desk, title_of
from evidence.due_days import due_of
from evidence.turning import turn
from knowledge.fold import fold
from knowledge.index import Index
from knowledge.meant_for import due_within
from records import files, received, submissions
from records.files import FileStore, Kept
from records.session import Begin, Session
from records.submissions import Part
from records.units import import_units
from web.demo import Persona

FOLDER = SAMPLES / "december"
DAY = date(2023, 12, 20)
_FIRST, _LAST = date(2023, 12, 1), date(2023, 12, 31)
_COLUMNS = ("unit", "task", "at", "state", "reason", "pictures")


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A line of handed-in.csv: `task` are words of it, `pictures` names of files; none: a report in Word."""

    unit: str
    task: str
    at: datetime
    state: State
    reason: str
    pictures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class December:
    """`publish` reads a plan's file for all to see, `refresh` puts it on the shelf; `look`: as at every file."""

    begin: Begin
    store: FileStore
    index: Callable[[], Index]
    publish: Callable[[Path], Awaitable[None]]
    refresh: Callable[[], Awaitable[object]]
    look: Callable[[Kept], Awaitable[object]]

    async def fill(self) -> None:
        """What a school has handed in here already stays as it is; doing it again changes nothing."""
        known = self.index().tree.units
        units = read_units(decode((FOLDER / "units.csv").read_bytes()), known.values())
        if all(unit.code in known for unit in units):
            return
        staff = read_people(decode((FOLDER / "people.csv").read_bytes()), unit_code=str)
        begun = datetime.combine(_FIRST, datetime.min.time(), VIETNAM)
        async with self.begin() as session:
            await import_units(session, units)
            for one in staff:
                await settle(session, Persona(_account(one.unit), one.name, one.role, one.unit, "", ""), begun)
        await self.publish(FOLDER / "cong-van-thang-12.txt")
        await self.refresh()
        for line in handed_in():
            kept = [await self._keep(name, content, line.at) for name, content in _contents(line)]
            async with self.begin() as session:
                await self._hand_in(session, line, kept)

    async def _keep(self, name: str, content: bytes, at: datetime) -> StoredFile:
        coming = self.store.coming()
        coming.write_bytes(content)
        kept = self.store.keep(coming)
        async with self.begin() as session:
            await files.note(session, kept, at)
        await self.look(kept)
        return StoredFile(kept.sha256, name, kept.mime, kept.size)

    async def _hand_in(self, session: Session, line: HandedIn, kept: Sequence[StoredFile]) -> None:
        desk = Desk(session, self.index(), line.at)
        ref = _task(desk, line)
        if any(one.task == ref for one in await submissions.placed(session, [line.unit], [*State])):
            return
        [head, *_] = await desk.heads_of(line.unit)
        giver = Giver(Address(PLATFORM, _account(line.unit)), _account(line.unit), unit=line.unit, person=head)
        id = await submissions.open_new(session, giver, Part(caption=line.task), line.at)
        for number, file in enumerate(kept):
            await received.hand_in(session, giver, f"{id}-{number}", file, id, line.at)
        await submissions.note_arrival(session, id, line.at)
        its = await submissions.hold(session, id)
        task = desk.index.by_id[ref.document].shelved.plan.obligations[ref.number]
        due = await due_of(desk, its, ref, task)
        await submissions.place(session, id, ref, title_of(task), due, again=False)
        for row in await received.to_tell(session, id):
            await received.mark_told(session, [row.id], its.code)
        await turn(desk, await submissions.hold(session, id), State.SUBMITTED, head)
        office = desk.above(line.unit)
        if office and line.state is not State.SUBMITTED:
            [officer, *_] = await desk.heads_of(office.code)
            await turn(desk, await submissions.hold(session, id), line.state, officer, line.reason)


def handed_in() -> Sequence[HandedIn]:
    """The lines, by time."""
    lines, _ = read_lines(decode((FOLDER / "handed-in.csv").read_bytes()), _COLUMNS, _COLUMNS)
    return [
        HandedIn(
            unit,
            task,
            datetime.fromisoformat(at).replace(tzinfo=VIETNAM),
            State(state),
            reason,
            tuple(filter(None, names.split("|"))),
        )
        for unit, task, at, state, reason, names in (line.cells for line in lines)
    ]


def _account(unit: str) -> str:
    return f"{unit}-principal".lower()


def _task(desk: Desk, line: HandedIn) -> TaskRef:
    """The one of the month's tasks that has these words."""
    asker = desk.asker(line.unit)
    owed = due_within(desk.index, asker, _FIRST, _LAST, local_day(desk.now))
    [found] = [one.ref for one in owed if fold(line.task) in fold(title_of(one.task))]
    return found


def _contents(line: HandedIn) -> Sequence[tuple[str, bytes]]:
    """Names and bytes of the files."""
    if line.pictures:
        return [(name, (FOLDER / "pictures" / name).read_bytes()) for name in line.pictures]
    out, paper = BytesIO(), Document()
    paper.add_heading(texts.REPORT)
    paper.add_paragraph(texts.report(line.unit, line.task, line.at))
    paper.save(out)
    return [(texts.REPORT_FILE, out.getvalue())]
