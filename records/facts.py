"""What a look at a file has shown, and which copy of it others are shown."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import PurePosixPath

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from core.evidence import DONE, State
from core.media import Hidden, Looked, bands, inside_of, near, near_bands
from core.message import StoredFile
from core.mime import OFFICE, ZIP, ending
from core.scan import Scan
from records.evidence_tables import SubmissionRow
from records.file_tables import FactRow, FileRow, ReceivedRow
from records.session import Session, in_pieces, insert_into

_Mine = Row[str, str | None, str]
_Other = Row[str, str | None, str, int, str, str | None, str, datetime | None]
_Shown = Row[int | None, int, str, str, str, int, str | None]

_FILE = ReceivedRow.name, ReceivedRow.sha256, FactRow.phash
_BANDS = FactRow.band1, FactRow.band2, FactRow.band3, FactRow.band4, FactRow.band5
_AT_ONCE = 5  # pictures that one statement looks up; each by 14 values of each band


@dataclass(frozen=True, slots=True)
class Repeat:
    """A file of one submission that was handed in before in another; `exact`: to the last byte."""

    name: str
    code: str
    unit: str
    title: str
    at: datetime
    exact: bool


async def note(session: Session, sha256: str, looked: Looked, clean: str | None, thumb: str | None) -> None:
    """`clean`, `thumb`: the SHA-256 of copies that are kept, and noted in table files."""
    values = {
        name: getattr(looked, name)
        for name in ("mime", "width", "height", "pages", "seconds", "phash", "located", "taken_at", "trouble")
    }
    values["inside"] = asdict(looked.inside) if looked.inside else None
    values |= {band.key: value for band, value in zip(_BANDS, bands(looked.phash) or (), strict=False)}
    row = insert_into(session, FactRow).values(sha256=sha256, clean=clean, thumb=thumb, **values)
    await session.execute(row.on_conflict_do_nothing())


async def known(session: Session, files: Sequence[str]) -> Mapping[str, Looked]:
    """By SHA-256, what is known of these files."""
    rows = await session.scalars(select(FactRow).where(FactRow.sha256.in_(files)))
    return {row.sha256: _looked(row) for row in rows}


async def shown(session: Session, submissions: Sequence[int]) -> list[tuple[int, int, StoredFile]]:
    """What others are shown of these: submission, number of the received file, file; in the order they came.

    Of pictures, films and sound the copy without place and device. Without one, a picture is not shown, and films and
    sound only where a look found nothing to leave out. Of what was not looked at, nothing.
    """
    rows = await session.execute(_shown().where(ReceivedRow.submission_id.in_(submissions)).order_by(ReceivedRow.id))
    return [(row.submission_id, row.id, _file(row)) for row in rows]


async def shown_files(session: Session, received: Sequence[int]) -> dict[int, StoredFile]:
    """The same of these received files, by their ids; without those that nobody is shown."""
    rows = await session.execute(_shown().where(ReceivedRow.id.in_(received), ReceivedRow.state == "stored"))
    return {row.id: _file(row) for row in rows}


async def thumb(session: Session, received: int) -> str | None:
    """The SHA-256 of the small copy of this received picture; None: there is none."""
    small = select(FactRow.thumb).join(ReceivedRow, ReceivedRow.sha256 == FactRow.sha256)
    return await session.scalar(small.where(ReceivedRow.id == received))


async def hidden(session: Session, submission: int) -> list[Hidden]:
    """What others are not shown of it, in the order it came."""
    columns = ReceivedRow.name, FileRow.mime, FileRow.sha256, FactRow.trouble
    found = select(*columns).join(FileRow, FileRow.sha256 == ReceivedRow.sha256)
    found = found.outerjoin(FactRow, FactRow.sha256 == ReceivedRow.sha256)
    mine = found.where(ReceivedRow.submission_id == submission, _not_shown()).order_by(ReceivedRow.id)
    return [Hidden(row.name, row.mime, row.sha256, row.trouble) for row in await session.execute(mine)]


async def repeats(session: Session, submission: int, units: Sequence[str], within: str | None) -> list[Repeat]:
    """The files of this submission that one of these units handed in before, in another: the same, or nearly.

    `within`: the unit of which also counts what waits for its principal; None: none.
    """
    seen = select(*_FILE).outerjoin(FactRow, FactRow.sha256 == ReceivedRow.sha256)
    mine = (await session.execute(seen.where(ReceivedRow.submission_id == submission).order_by(ReceivedRow.id))).all()
    like_mine = {row.sha256 for row in mine if row.sha256}
    like_mine |= await _alike(session, sorted({row.phash for row in mine if row.phash}))
    family = select(SubmissionRow.code, SubmissionRow.shared_from).where(SubmissionRow.id == submission)
    code, first = (await session.execute(family)).one()
    kin = or_(SubmissionRow.code == first, SubmissionRow.shared_from == (first or code))  # of one piece of evidence
    others = _before(submission, units, within).where(~kin)
    found: list[_Other] = []
    for some in in_pieces(sorted(like_mine)):
        found += (await session.execute(others.where(ReceivedRow.sha256.in_(some)))).all()
    return _matched(mine, sorted(found, key=lambda one: -one.id))


async def _alike(session: Session, phashes: Sequence[str]) -> set[str]:
    """The SHA-256 of all pictures that look like one of these: found by bands, then compared."""
    found: set[str] = set()
    for start in range(0, len(phashes), _AT_ONCE):
        some = phashes[start : start + _AT_ONCE]
        values = [set[int]().union(*ones) for ones in zip(*map(near_bands, some), strict=True)]
        picture = select(FactRow.sha256, FactRow.phash)
        by_band = (picture.where(band.in_(sorted(ones))) for band, ones in zip(_BANDS, values, strict=True))
        rows = await session.execute(union_all(*by_band))
        found |= {row.sha256 for row in rows if any(near(row.phash, one) for one in some)}
    return found


def _before(
    submission: int, units: Sequence[str], within: str | None
) -> Select[str, str | None, str, int, str, str | None, str, datetime | None]:
    """What these units handed in before this one, and did not take back."""
    row = SubmissionRow
    joined = select(*_FILE, row.id, row.code, row.unit, row.title, row.handed_in_at)
    joined = joined.join(SubmissionRow, SubmissionRow.id == ReceivedRow.submission_id)
    joined = joined.outerjoin(FactRow, FactRow.sha256 == ReceivedRow.sha256)
    waits = and_(SubmissionRow.unit == within, SubmissionRow.state == State.HELD)
    stands = or_(SubmissionRow.state.in_(DONE), waits)
    return joined.where(SubmissionRow.id < submission, SubmissionRow.unit.in_(units), stands)


def _matched(mine: Sequence[_Mine], others: Sequence[_Other]) -> list[Repeat]:
    """For each of mine the newest of the others that is the same, else the newest that is nearly so."""
    repeats = []
    for file in mine:
        same = next((one for one in others if one.sha256 == file.sha256), None)
        alike = same or next((one for one in others if near(one.phash or "", file.phash or "")), None)
        if alike is not None:
            at = alike.handed_in_at
            repeats.append(Repeat(file.name, alike.code, alike.unit, alike.title, at, same is not None))
    return repeats


def is_shown(received: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Whether others are shown the received file of this id."""
    return _shown().where(ReceivedRow.id == received).exists()


def _shown() -> Select[int | None, int, str, str, str, int, str | None]:
    """The clean copy in place of the original."""
    bytes_of = func.coalesce(FactRow.clean, ReceivedRow.sha256)
    columns = ReceivedRow.submission_id, ReceivedRow.id, ReceivedRow.name, FileRow.sha256, FileRow.mime, FileRow.size
    joined = select(*columns, FactRow.clean).outerjoin(FactRow, FactRow.sha256 == ReceivedRow.sha256)
    return joined.join(FileRow, FileRow.sha256 == bytes_of).where(~_not_shown())


def _not_shown() -> ColumnElement[bool]:
    """What nobody has looked at yet; what has malware in it; what is packed to fill a disk; and without a clean copy a
    picture, and a film or sound that was not read to its end, or tells a place.
    """
    unread = or_(FactRow.trouble != "", FactRow.located)
    lasting = or_(FileRow.mime.startswith("video/"), FileRow.mime.startswith("audio/"))
    told = and_(FactRow.clean.is_(None), or_(FileRow.mime.startswith("image/"), and_(lasting, unread)))
    packed = or_(FileRow.mime == ZIP, FileRow.mime.startswith(OFFICE))
    bomb = and_(packed, FactRow.trouble == "bomb")
    return or_(FactRow.sha256.is_(None), FactRow.scan == Scan.FOUND, told, bomb)


def _file(row: _Shown) -> StoredFile:
    """Under its name, with the ending of the copy."""
    return StoredFile(row.sha256, named(row.name, row.mime) if row.clean else row.name, row.mime, row.size)


def named(name: str, mime: str) -> str:
    """The name of a copy of this type."""
    suffix = ending(mime)
    return str(PurePosixPath(name).with_suffix(f".{suffix}")) if suffix else name


def _looked(row: FactRow) -> Looked:
    return Looked(
        row.mime,
        row.width,
        row.height,
        row.pages,
        row.seconds,
        row.phash,
        row.located,
        row.taken_at,
        row.trouble,  # type: ignore[arg-type]
        row.clean is not None,
        row.thumb is not None,
        inside_of(row.inside) if row.inside else None,
    )
