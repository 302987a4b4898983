"""What a scan for malware has shown of the files that were handed in, and which are still to be looked at."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, or_, select, update

from core.scan import Scan, Verdict
from records import deleting, unwanted
from records.file_tables import FactRow, FileRow, ReceivedRow
from records.files import Kept
from records.session import Session


async def verdict(session: Session, sha256: str) -> Verdict | None:
    """What is known of these bytes; None: nobody has looked at them."""
    row = await session.get(FactRow, sha256)
    return None if row is None else Verdict(Scan(row.scan), row.malware)


async def malware(session: Session, sha256: str) -> str:
    """What was found in these bytes; empty: nothing, or nobody has looked."""
    known = await verdict(session, sha256)
    return known.malware if known else ""


async def note(session: Session, sha256: str, verdict: Verdict, now: datetime) -> None:
    """Of bytes that were looked at; what was found before stays found."""
    row = update(FactRow).where(FactRow.sha256 == sha256, FactRow.scan != Scan.FOUND)
    await session.execute(row.values(scan=verdict.scan, malware=verdict.malware))
    if verdict.malware:
        await unwanted.add(session, [sha256], now)


async def to_look_at(session: Session, limit: int, but: Collection[str], *, scanner: bool) -> list[Kept]:
    """Files that were handed in and not looked at, oldest first, `but` these; `scanner`: those not scanned too."""
    found = select(FileRow).outerjoin(FactRow, FactRow.sha256 == FileRow.sha256)
    missing = or_(FactRow.sha256.is_(None), FactRow.scan == Scan.NONE) if scanner else FactRow.sha256.is_(None)
    handed_in = select(ReceivedRow.sha256).where(ReceivedRow.sha256.is_not(None))
    found = found.where(FileRow.sha256.in_(handed_in), FileRow.sha256.not_in(but), missing)
    rows = await session.scalars(found.order_by(FileRow.stored_at, FileRow.sha256).limit(limit))
    return [Kept(row.sha256, row.size, row.mime) for row in rows]


async def take_out(session: Session) -> bool:
    """Files in which malware was found after they were received are refused, and not told of; False: there are none."""
    found = and_(FactRow.sha256 == ReceivedRow.sha256, FactRow.scan == Scan.FOUND)
    name = select(FactRow.malware).where(FactRow.sha256 == ReceivedRow.sha256).scalar_subquery()
    rows = update(ReceivedRow).where(ReceivedRow.state == "stored", select(FactRow.sha256).where(found).exists())
    values = {"state": "refused", "reason": name, "sha256": None, "code": ""}
    taken = rows.values(values).returning(ReceivedRow.id).execution_options(synchronize_session=False)
    return bool((await session.scalars(taken)).all())


async def drop_copies(session: Session, sha256: str, now: datetime) -> set[str]:
    """Copies of what has malware in it are shown to nobody and unwanted, but those that are somebody's own files too.

    The SHA-256 of those to be removed.
    """
    row = await session.get(FactRow, sha256, populate_existing=True)
    going = {copy for copy in (row.clean, row.thumb, row.blurred) if copy} if row else set()
    if row:
        row.clean = row.thumb = row.blurred = row.inside = None
        await session.flush()
    return await deleting.drop(session, going, now)


async def too_large(session: Session, submission: int) -> list[str]:
    """Names of its files that the scanner did not take and that are shown, in the order they came."""
    found = select(ReceivedRow.name).join(FactRow, FactRow.sha256 == ReceivedRow.sha256)
    mine = ReceivedRow.submission_id == submission, FactRow.scan == Scan.TOO_LARGE
    return list(await session.scalars(found.where(*mine).order_by(ReceivedRow.id)))
