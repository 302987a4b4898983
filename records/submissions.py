"""What was handed in together: opened with its first file, placed with a task, and how it stands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select, update

from core.evidence import Giver, Handed, State, Submission
from core.message import Address, StoredFile
from core.work import Due, TaskRef
from records import history, received
from records.codes import unused
from records.evidence_tables import SubmissionRow
from records.file_tables import FileRow, ReceivedRow
from records.session import Session
from records.tables import PersonRow

LATE_PARTS = timedelta(hours=1)  # so long after it was opened, a part of the same album is still one of it
_STAYS = (State.COMING, State.UNPLACED)


@dataclass(frozen=True, slots=True)
class Part:
    """What a message says of the files that it brings. `quiet`: how long to wait for further ones."""

    caption: str = ""
    album: str = ""
    task: TaskRef | None = None
    among: tuple[TaskRef, ...] = ()
    message_id: str = ""
    quiet: timedelta = timedelta(0)


async def join(session: Session, giver: Giver, part: Part, now: datetime) -> int:
    """The submission to which these files belong: the one whose files still come, else a new one. Its id."""
    row = await _of_album(session, giver, part, now) if part.album else await _coming(session, giver, part, now)
    if row is None:
        return await open_new(session, giver, part, now)
    row.quiet_at = max(row.quiet_at, now + part.quiet)
    row.message_id = part.message_id or row.message_id
    row.caption = row.caption or part.caption
    if row.state in _STAYS and row.document_id is None and part.task:
        row.document_id, row.number = part.task.document, part.task.number
    row.among = row.among or [*map(str, part.among)]
    await session.flush()
    return row.id


async def open_new(session: Session, giver: Giver, part: Part, now: datetime) -> int:
    """A submission of its own; its id."""
    row = SubmissionRow(
        code=await unused(session, SubmissionRow.code),
        platform=giver.address.platform,
        chat=giver.address.chat,
        thread=giver.address.thread,
        group=giver.group,
        sender=giver.sender,
        person_id=giver.person,
        unit=giver.unit,
        state=State.COMING,
        caption=part.caption,
        album=part.album,
        document_id=part.task.document if part.task else None,
        number=part.task.number if part.task else None,
        among=[*map(str, part.among)],
        message_id=part.message_id,
        opened_at=now,
        quiet_at=now + part.quiet,
    )
    session.add(row)
    await session.flush()
    return row.id


async def share(session: Session, submission: Submission, now: datetime) -> Submission:
    """A new one of the same giver with the same files, for another task."""
    id = await open_new(session, submission.giver, Part(submission.caption, message_id=submission.message_id), now)
    await _change(session, id, shared_from=submission.shared_from or submission.code)
    await note_arrival(session, id, now)
    copy = await hold(session, id)
    await received.share(session, submission.id, copy.id, copy.code, now)
    return copy


async def sharing(session: Session, submission: Submission) -> Sequence[Submission]:
    """All that have the files of this one, with it, in the order they came."""
    first = submission.shared_from or submission.code
    same = or_(SubmissionRow.code == first, SubmissionRow.shared_from == first)
    rows = await session.scalars(select(SubmissionRow).where(same).order_by(SubmissionRow.id))
    return [as_submission(row) for row in rows]


async def unit_of(session: Session, id: int) -> str | None:
    """Whose it is; nothing is held."""
    return await session.scalar(select(SubmissionRow.unit).where(SubmissionRow.id == id))


async def hold(session: Session, id: int) -> Submission:
    """The submission; until this transaction ends nobody else changes it."""
    held = select(SubmissionRow).where(SubmissionRow.id == id).with_for_update()
    return as_submission((await session.scalars(held.execution_options(populate_existing=True))).one())


async def hold_all(session: Session, ids: Collection[int]) -> Sequence[Submission]:
    """These, always held in the same order, so that no two wait for each other."""
    held = select(SubmissionRow).where(SubmissionRow.id.in_(ids)).order_by(SubmissionRow.id).with_for_update()
    return [as_submission(row) for row in await session.scalars(held.execution_options(populate_existing=True))]


async def find(session: Session, code: str) -> Submission | None:
    """The submission of this code, not held; None: there is none."""
    row = await session.scalar(select(SubmissionRow).where(SubmissionRow.code == code.strip().upper()))
    return as_submission(row) if row else None


async def by_code(session: Session, code: str) -> Submission | None:
    """The submission of this code, held; None: there is none."""
    id = await session.scalar(select(SubmissionRow.id).where(SubmissionRow.code == code.strip().upper()))
    return None if id is None else await hold(session, id)


async def quiet(session: Session, now: datetime) -> Sequence[int]:
    """Those with something to tell of, and nothing more to wait for: the ids, oldest first."""
    ids = select(SubmissionRow.id).where(_untold(), ~_on_its_way(), SubmissionRow.quiet_at <= now)
    return (await session.scalars(ids.order_by(SubmissionRow.id))).all()


async def next_quiet(session: Session) -> datetime | None:
    """When the next one will be quiet, maybe in the past; None: none has anything to tell of."""
    first = select(func.min(SubmissionRow.quiet_at, type_=SubmissionRow.quiet_at.type))
    return await session.scalar(first.where(_untold(), ~_on_its_way()))


async def wait(session: Session, id: int, until: datetime) -> None:
    """Nothing is told of it before `until`."""
    await _change(session, id, quiet_at=until)


async def note_arrival(session: Session, id: int, now: datetime) -> None:
    """The first of its files is safe."""
    first = update(SubmissionRow).where(SubmissionRow.id == id, SubmissionRow.handed_in_at.is_(None))
    await session.execute(first.values(handed_in_at=now, kept_since=now))


async def place(session: Session, id: int, ref: TaskRef, title: str, due: Due | None, *, again: bool) -> None:
    """It is for this task."""
    day, before = (due.day, due.before) if due else (None, False)
    values: dict[str, Any] = {"document_id": ref.document, "number": ref.number, "title": title}
    await _change(session, id, **values, due=day, before=before, again=again)


async def turn(session: Session, id: int, state: State, by: int | None, now: datetime, note: str = "") -> None:
    """From now on it stands so, and the log says who said it."""
    await _change(session, id, state=state)
    await history.note(session, id, state, by, now, note)


async def placed(session: Session, units: Collection[str], states: Collection[State]) -> Sequence[Submission]:
    """The submissions of these units for any task that stand so, oldest first."""
    found = select(SubmissionRow).where(SubmissionRow.unit.in_(units), SubmissionRow.state.in_(states))
    rows = await session.scalars(found.where(SubmissionRow.document_id.is_not(None)).order_by(SubmissionRow.id))
    return [as_submission(row) for row in rows]


async def owed(
    session: Session, units: Collection[str], documents: Collection[int], states: Collection[State]
) -> Sequence[Submission]:
    """The submissions of these units for any task of these documents that stand so, oldest first."""
    found = select(SubmissionRow).where(SubmissionRow.unit.in_(units), SubmissionRow.document_id.in_(documents))
    rows = await session.scalars(found.where(SubmissionRow.state.in_(states)))
    return sorted((as_submission(row) for row in rows), key=lambda one: one.id)


async def for_tasks(session: Session, tasks: Collection[TaskRef], states: Collection[State]) -> Sequence[Submission]:
    """Those of all units for any of these tasks that stand so; in order of each task's, oldest first."""
    numbers: dict[int, list[int]] = {}
    for ref in sorted(tasks):
        numbers.setdefault(ref.document, []).append(ref.number)
    found: list[Submission] = []
    for document, its in numbers.items():
        here = SubmissionRow.document_id == document, SubmissionRow.number.in_(its), SubmissionRow.state.in_(states)
        rows = await session.scalars(select(SubmissionRow).where(*here).order_by(SubmissionRow.id))
        found += [as_submission(row) for row in rows]
    return found


async def handed(session: Session, units: Collection[str], states: Collection[State]) -> Sequence[Handed]:
    """The submissions of these units that stand so, with their files: by due day, then the oldest first."""
    found = select(SubmissionRow, PersonRow.name).outerjoin(PersonRow, PersonRow.id == SubmissionRow.person_id)
    found = found.where(SubmissionRow.unit.in_(units), SubmissionRow.state.in_(states))
    by_due = SubmissionRow.due.is_(None), SubmissionRow.due, SubmissionRow.id
    return await as_handed(session, [(row, name or "") for row, name in await session.execute(found.order_by(*by_due))])


async def as_handed(session: Session, rows: Sequence[tuple[SubmissionRow, str]]) -> Sequence[Handed]:
    """These rows, each with who gave it, as values with their files; as many questions however many they are."""
    ids = [row.id for row, _ in rows]
    files, talks = await _files(session, ids), await history.talks(session, ids)
    since, parts = await history.waiting_since(session, ids), await received.parts(session, ids)
    return [
        Handed(
            as_submission(one),
            (*files.get(one.id, ()),),
            name,
            (*talks.get(one.id, ()),),
            since.get(one.id),
            parts.get(one.id, {}),
        )
        for one, name in rows
    ]


async def with_files(session: Session, submission: Submission) -> Handed:
    """The submission with its files and who gave it."""
    name = await session.scalar(select(PersonRow.name).where(PersonRow.id == submission.giver.person))
    id = submission.id
    files, talks = await _files(session, [id]), await history.talks(session, [id])
    parts = (await received.parts(session, [id])).get(id, {})
    return Handed(submission, tuple(files.get(id, ())), name or "", tuple(talks.get(id, ())), parts=parts)


async def _files(session: Session, ids: Sequence[int]) -> dict[int, list[StoredFile]]:
    joined = select(ReceivedRow.submission_id, ReceivedRow.name, FileRow.sha256, FileRow.mime, FileRow.size)
    joined = joined.join(FileRow, FileRow.sha256 == ReceivedRow.sha256)
    found: dict[int, list[StoredFile]] = {}
    for row in await session.execute(joined.where(ReceivedRow.submission_id.in_(ids)).order_by(ReceivedRow.id)):
        found.setdefault(row.submission_id, []).append(StoredFile(row.sha256, row.name, row.mime, row.size))
    return found


async def _coming(session: Session, giver: Giver, part: Part, now: datetime) -> SubmissionRow | None:
    """The person's newest that is still coming, unless this one is for something else."""
    mine = select(SubmissionRow).where(*of_giver(giver), SubmissionRow.album == "", SubmissionRow.state == State.COMING)
    mine = mine.where(SubmissionRow.quiet_at >= now)
    if part.task:
        same = SubmissionRow.document_id == part.task.document, SubmissionRow.number == part.task.number
        mine = mine.where(or_(SubmissionRow.document_id.is_(None), (same[0] & same[1])))
    return (await session.scalars(mine.order_by(SubmissionRow.id.desc()).limit(1).with_for_update())).first()


async def _of_album(session: Session, giver: Giver, part: Part, now: datetime) -> SubmissionRow | None:
    """That of the same album, also once it was told of."""
    same = select(SubmissionRow).where(*of_giver(giver), SubmissionRow.album == part.album)
    same = same.where(SubmissionRow.opened_at >= now - LATE_PARTS)
    return (await session.scalars(same.order_by(SubmissionRow.id.desc()).limit(1).with_for_update())).first()


def _untold() -> ColumnElement[bool]:
    """Found from the few files that nobody was told of, not from all that was ever handed in."""
    settled = select(ReceivedRow.submission_id).where(ReceivedRow.code == "", ReceivedRow.state != "wanted")
    return SubmissionRow.id.in_(settled)


def _on_its_way() -> ColumnElement[bool]:
    """One that has failed before holds nobody up."""
    waiting = ReceivedRow.submission_id == SubmissionRow.id, ReceivedRow.state == "wanted", ReceivedRow.reason == ""
    return exists().where(*waiting)


async def _change(session: Session, id: int, **values: Any) -> None:
    await session.execute(update(SubmissionRow).where(SubmissionRow.id == id).values(**values))


def of_giver(giver: Giver) -> tuple[ColumnElement[bool], ...]:
    """What came from this account in this chat."""
    chat = giver.address
    return (
        SubmissionRow.platform == chat.platform,
        SubmissionRow.chat == chat.chat,
        SubmissionRow.thread == chat.thread,
        SubmissionRow.sender == giver.sender,
    )


def as_submission(row: SubmissionRow) -> Submission:
    """The row as a value."""
    chat = Address(row.platform, row.chat, row.thread)
    return Submission(
        id=row.id,
        code=row.code,
        giver=Giver(chat, row.sender, row.group, row.person_id, row.unit),
        state=State(row.state),
        opened_at=row.opened_at,
        caption=row.caption,
        task=None if row.document_id is None or row.number is None else TaskRef(row.document_id, row.number),
        among=tuple(ref for words in row.among if (ref := TaskRef.parse(words))),
        title=row.title,
        due=Due(row.due, row.before) if row.due else None,
        again=row.again,
        shared_from=row.shared_from,
        message_id=row.message_id,
        handed_in_at=row.handed_in_at,
        deleted_at=row.deleted_at,
    )
