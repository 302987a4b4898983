"""What is kept of one person, and the links by which she alone gets it."""

import hashlib
import secrets as random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, case, delete, or_, select

from core.file_names import portable
from core.notices import Kind
from core.own_data import Channel, Given, InStead, Noticed, OwnData, OwnFile, Place, Request, Step, Told
from core.texts import privacy as texts
from records import own_notes
from records.evidence_tables import DeputyRow, SubmissionEventRow, SubmissionRow
from records.file_tables import FileRow, ReceivedRow
from records.notice_tables import NoticeRow, RecipientRow
from records.privacy_tables import DataRequestRow, OwnDataLinkRow
from records.session import Session
from records.tables import AddressRow, MembershipRow, OutboxRow, PersonRow

LIFETIME = timedelta(hours=24)
LONGEST_NAME = 80  # UTF-16 units, so that the path fits into what Windows takes


@dataclass(frozen=True, slots=True)
class OwnLink:
    """Whose data it opens, as they were when it was made."""

    person: int
    made_at: datetime
    expires_at: datetime


async def make_link(session: Session, person: int, now: datetime) -> str:
    """A new link's token: the only time that anybody can know it. What is expired is forgotten."""
    await session.execute(delete(OwnDataLinkRow).where(OwnDataLinkRow.expires_at <= now))
    token = random.token_urlsafe(32)
    row = OwnDataLinkRow(token_hash=_hash(token), person_id=person, made_at=now, expires_at=now + LIFETIME)
    session.add(row)
    await session.flush()
    return token


async def find_link(session: Session, token: str, now: datetime) -> OwnLink | None:
    """The link of this token; None: there is none, or it is expired."""
    row = await session.get(OwnDataLinkRow, _hash(token))
    return OwnLink(row.person_id, row.made_at, row.expires_at) if row and row.expires_at > now else None


async def gather(session: Session, person: int, until: datetime) -> OwnData:
    """All that is kept of this person, of what there was at `until`; oldest first."""
    row = await session.get_one(PersonRow, person)
    return OwnData(
        until,
        row.name,
        row.phone,
        await _places(session, person),
        await _channels(session, person),
        await _given(session, person, until),
        await _told(session, person, until),
        await _in_stead(session, person, until),
        await _requests(session, person, until),
        await _noticed(session, person, until),
        await own_notes.of(session, person, until),
    )


async def _places(session: Session, person: int) -> tuple[Place, ...]:
    rows = select(MembershipRow).where(MembershipRow.person_id == person).order_by(MembershipRow.id)
    return tuple(Place(one.unit, one.role, one.state, one.since, one.until) for one in await session.scalars(rows))


async def _channels(session: Session, person: int) -> tuple[Channel, ...]:
    rows = select(AddressRow).where(AddressRow.person_id == person).order_by(AddressRow.linked_at)
    return tuple(Channel(one.platform, one.sender, one.linked_at) for one in await session.scalars(rows))


async def _given(session: Session, person: int, until: datetime) -> tuple[Given, ...]:
    hers = select(SubmissionRow).where(SubmissionRow.person_id == person, SubmissionRow.opened_at <= until)
    rows = (await session.scalars(hers.order_by(SubmissionRow.id))).all()
    logs = await _logs(session, [row.id for row in rows], until)
    files = await _files(session, rows)
    return tuple(
        Given(
            row.code,
            row.unit or "",
            row.title,
            row.due,
            row.state,
            row.caption,
            row.opened_at,
            row.handed_in_at,
            row.deleted_at,
            tuple(logs.get(row.id, ())),
            tuple(files.get(row.id, ())),
        )
        for row in rows
    )


async def _logs(session: Session, ids: Sequence[int], until: datetime) -> dict[int, list[Step]]:
    rows = select(SubmissionEventRow, PersonRow.name).outerjoin(PersonRow, PersonRow.id == SubmissionEventRow.person_id)
    rows = rows.where(SubmissionEventRow.submission_id.in_(ids), SubmissionEventRow.at <= until)
    found: dict[int, list[Step]] = {}
    for row, name in await session.execute(rows.order_by(SubmissionEventRow.id)):
        found.setdefault(row.submission_id, []).append(Step(row.at, row.state, name or "", row.note))
    return found


async def _files(session: Session, of: Sequence[SubmissionRow]) -> dict[int, list[OwnFile]]:
    """With a path for each that is kept: "tệp/H7K2QM/01 anh.jpg"."""
    codes = {row.id: row.code for row in of}
    rows = select(ReceivedRow, SubmissionRow.id, FileRow.size).outerjoin(FileRow, FileRow.sha256 == ReceivedRow.sha256)
    rows = rows.join(SubmissionRow, SubmissionRow.id == ReceivedRow.submission_id)
    rows = rows.where(SubmissionRow.id.in_(codes)).order_by(ReceivedRow.id)
    found: dict[int, list[OwnFile]] = {}
    for row, submission, size in await session.execute(rows):
        here = found.setdefault(submission, [])
        here.append(_file(row, size, codes[submission], len(here) + 1))
    return found


def _file(row: ReceivedRow, size: int | None, code: str, number: int) -> OwnFile:
    name = portable(f"{number:02d} {row.name}", LONGEST_NAME, texts.FILE)
    path = f"{texts.FILES}/{code}/{name}" if size is not None else ""
    return OwnFile(row.name, row.state, row.sha256 or "", size or 0, row.received_at, path)


async def _told(session: Session, person: int, until: datetime) -> tuple[Told, ...]:
    """What was written to her, and to her accounts since they are hers; without the link itself."""
    hers = and_(OutboxRow.platform == AddressRow.platform, OutboxRow.chat == AddressRow.sender)
    hers = and_(hers, OutboxRow.queued_at >= AddressRow.linked_at)
    account = select(AddressRow.sender).where(hers, AddressRow.person_id == person).exists()
    rows = select(OutboxRow).where(or_(account, OutboxRow.person_id == person), OutboxRow.group.is_(False))
    found = await session.scalars(rows.where(OutboxRow.queued_at < until).order_by(OutboxRow.id))
    return tuple(Told(one.queued_at, one.platform, one.text, one.state) for one in found)


async def _in_stead(session: Session, person: int, until: datetime) -> tuple[InStead, ...]:
    other = case((DeputyRow.person_id == person, DeputyRow.by_person), else_=DeputyRow.person_id)
    rows = select(DeputyRow, PersonRow.name).join(PersonRow, PersonRow.id == other)
    rows = rows.where(or_(DeputyRow.person_id == person, DeputyRow.by_person == person), DeputyRow.since <= until)
    return tuple(
        InStead(row.unit, row.person_id == person, name, row.since, row.until, row.ended_at)
        for row, name in await session.execute(rows.order_by(DeputyRow.id))
    )


async def _requests(session: Session, person: int, until: datetime) -> tuple[Request, ...]:
    hers = select(DataRequestRow).where(DataRequestRow.made_by == person, DataRequestRow.made_at <= until)
    return tuple(
        Request(row.code, row.unit, row.kind, row.words, row.made_at, row.answered_at, row.done_at, row.outcome)
        for row in await session.scalars(hers.order_by(DataRequestRow.id))
    )


async def _noticed(session: Session, person: int, until: datetime) -> tuple[Noticed, ...]:
    """Notices that she wrote, agreed to, or acknowledged."""
    hers = or_(NoticeRow.author == person, NoticeRow.approver == person)
    found: list[Noticed] = []
    for one in await session.scalars(select(NoticeRow).where(hers, NoticeRow.made_at <= until)):
        what = "written" if one.author == person else "approved"
        found.append(Noticed(one.made_at, what, one.code, one.text, await _attached(session, one, person)))
    acked = select(RecipientRow.acked_at, NoticeRow.code, NoticeRow.text)
    acked = acked.join(NoticeRow, NoticeRow.id == RecipientRow.notice_id).where(RecipientRow.acked_by == person)
    for row in await session.execute(acked.where(RecipientRow.acked_at <= until)):
        found.append(Noticed(row.acked_at, "acknowledged", row.code, row.text))
    return tuple(sorted(found, key=lambda one: (one.at, one.code)))


async def _attached(session: Session, notice: NoticeRow, person: int) -> tuple[OwnFile, ...]:
    """The files that she sent for it; a reminder goes with those of the first."""
    if not notice.files or notice.kind == Kind.REMINDER:
        return ()
    rows = select(ReceivedRow, FileRow.size).outerjoin(FileRow, FileRow.sha256 == ReceivedRow.sha256)
    rows = rows.where(ReceivedRow.id.in_(notice.files), ReceivedRow.person_id == person).order_by(ReceivedRow.id)
    found = (await session.execute(rows)).all()
    return tuple(_file(row, size, notice.code, number) for number, (row, size) in enumerate(found, 1))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
