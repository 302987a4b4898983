"""Certificates of what was deleted: sealed one upon the other, so that a changed or missing one is found."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime

from sqlalchemy import select, update

from core.message import StoredFile
from core.people import Person
from core.privacy import Deletion, Gone, Reason, seal_of
from records import secrets
from records.file_tables import FileRow, ReceivedRow
from records.privacy_tables import DeletionRow
from records.session import Session

_SECRET = "deletions"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


async def hold(session: Session) -> None:
    """Until this transaction ends nobody else adds one."""
    await secrets.get_or_make(session, _SECRET)
    await secrets.hold(session, _SECRET)


async def add(
    session: Session,
    code: str,
    unit: str | None,
    reason: Reason,
    by: Person | None,
    submissions: int,
    items: Sequence[Gone],
    now: datetime,
) -> Deletion:
    """The next certificate, sealed; until this transaction ends nobody else adds one."""
    await hold(session)
    key = await secrets.get_or_make(session, _SECRET)
    newest = select(DeletionRow.number, DeletionRow.seal).order_by(DeletionRow.number.desc()).limit(1)
    row = (await session.execute(newest)).one_or_none()
    last, before = row or (0, "")
    name = by.name if by else ""
    made = Deletion(last + 1, code, unit, reason, now, name, submissions, tuple(items))
    made = replace(made, seal=seal_of(made, before, key))
    session.add(
        DeletionRow(
            number=made.number,
            code=made.code,
            unit=unit,
            reason=reason,
            at=now,
            by_person=by.id if by else None,
            by_name=name,
            submissions=submissions,
            files=len(items),
            bytes=made.bytes,
            items=[asdict(one) | {"handed_in": one.handed_in.isoformat()} for one in items],
            seal=made.seal,
        )
    )
    await session.flush()
    return made


async def untold(session: Session) -> Sequence[Deletion]:
    """Those of which nobody has been told yet, oldest first."""
    rows = select(DeletionRow).where(DeletionRow.told_at.is_(None)).order_by(DeletionRow.number)
    return [_deletion(row) for row in await session.scalars(rows)]


async def mark_told(session: Session, number: int, paper: StoredFile, now: datetime) -> bool:
    """It is being told now, with this Word file, which table files notes; False: somebody else was faster."""
    mine = update(DeletionRow).where(DeletionRow.number == number, DeletionRow.told_at.is_(None))
    done = mine.values(told_at=now, paper=paper.sha256).returning(DeletionRow.number)
    return await session.scalar(done) is not None


async def of_unit(session: Session, unit: str) -> Sequence[Deletion]:
    """The unit's, the newest first."""
    rows = select(DeletionRow).where(DeletionRow.unit == unit).order_by(DeletionRow.number.desc())
    return [_deletion(row) for row in await session.scalars(rows)]


async def paper_of(session: Session, number: int) -> StoredFile | None:
    """The certificate as a Word file, without a name; None: it is not made yet."""
    mine = select(FileRow).join(DeletionRow, DeletionRow.paper == FileRow.sha256)
    row = await session.scalar(mine.where(DeletionRow.number == number))
    return StoredFile(row.sha256, "", DOCX, row.size) if row else None


async def faults(session: Session) -> tuple[int, list[str]]:
    """How many there are, and the codes, or numbers where no code is left, of those that are changed or missing."""
    key = await secrets.get_or_make(session, _SECRET)
    before, expected, wrong = "", 1, []
    rows = (await session.scalars(select(DeletionRow).order_by(DeletionRow.number))).all()
    for row in rows:
        wrong += [f"#{missing}" for missing in range(expected, row.number)]
        made = _deletion(row)
        told = (row.files, row.bytes) == (len(made.items), made.bytes)
        if not (told and seal_of(made, before, key) == row.seal):
            wrong.append(row.code)
        before, expected = row.seal, row.number + 1
    named = select(ReceivedRow.reason).where(ReceivedRow.state == "deleted").distinct()
    codes = {row.code for row in rows}
    return len(rows), [*wrong, *sorted(set(await session.scalars(named)) - codes)]


def _deletion(row: DeletionRow) -> Deletion:
    items = tuple(Gone(**one | {"handed_in": date.fromisoformat(one["handed_in"])}) for one in row.items)
    return Deletion(
        row.number, row.code, row.unit, Reason(row.reason), row.at, row.by_name, row.submissions, items, row.seal
    )
