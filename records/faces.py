"""Copies of pictures with the faces blurred: what is shown of them, and which are still to be made."""

from collections.abc import Collection, Sequence

from sqlalchemy import Row, and_, or_, select, update

from core.dossier import Exhibit, Why, Withheld
from core.message import StoredFile
from core.scan import Scan
from records import facts
from records.file_tables import FactRow, FileRow, ReceivedRow
from records.session import Session

_PICTURE = and_(FactRow.clean.is_not(None), FactRow.mime.startswith("image/"))  # films have clean copies too


async def shown(session: Session, submissions: Sequence[int]) -> list[tuple[int, Exhibit | Withheld]]:
    """Of these submissions the blurred copies of pictures, and the names of all other files; in the order they came."""
    columns = ReceivedRow.submission_id, ReceivedRow.id, ReceivedRow.name, FactRow.faces, _PICTURE.label("picture")
    copy = FileRow.sha256, FileRow.mime, FileRow.size
    rows = await session.execute(
        select(*columns, *copy)
        .outerjoin(FactRow, FactRow.sha256 == ReceivedRow.sha256)
        .outerjoin(FileRow, FileRow.sha256 == FactRow.blurred)
        .where(ReceivedRow.submission_id.in_(submissions), ReceivedRow.sha256.is_not(None))
        .where(or_(FactRow.scan.is_(None), FactRow.scan != Scan.FOUND))
        .order_by(ReceivedRow.id)
    )
    return [(row.submission_id, _shown(row)) for row in rows]


async def to_blur(session: Session, received: Collection[int]) -> Sequence[str]:
    """The clean copies of these files in which nobody has looked for faces, each once."""
    clean = select(FactRow.clean).join(ReceivedRow, ReceivedRow.sha256 == FactRow.sha256).order_by(ReceivedRow.id)
    mine = ReceivedRow.id.in_(received), FactRow.faces.is_(None), _PICTURE
    return list(dict.fromkeys(filter(None, await session.scalars(clean.where(*mine)))))


async def is_wanted(session: Session, clean: str) -> bool:
    """Whether somebody still has the file of which this is the clean copy, and nobody has looked for faces."""
    mine = select(FactRow.sha256).where(FactRow.clean == clean, FactRow.faces.is_(None))
    return await session.scalar(mine.limit(1)) is not None


async def note(session: Session, clean: str, blurred: str | None, faces: int) -> None:
    """`blurred`: the SHA-256 of the copy, kept and noted in table files; None: none could be made."""
    mine = FactRow.clean == clean, FactRow.faces.is_(None)
    await session.execute(update(FactRow).where(*mine).values(blurred=blurred, faces=faces))


def _shown(row: Row[int | None, int, str, int | None, bool, str, str, int]) -> Exhibit | Withheld:
    if row.sha256:
        return Exhibit(row.id, StoredFile(row.sha256, facts.named(row.name, row.mime), row.mime, row.size))
    why = Why.OTHER if not row.picture else Why.WAITING if row.faces is None else Why.FAILED
    return Withheld(row.id, row.name, why)
