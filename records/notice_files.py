"""The files of a notice: fetched like all that people send, and sent on as others are shown them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select

from core.evidence import Giver
from core.file_names import tidy
from core.message import FileRef, StoredFile
from records import facts
from records.file_tables import FactRow, ReceivedRow
from records.session import Session, insert_into

COMMAND_LINE = "cli"  # in place of a service's name


@dataclass(frozen=True, slots=True)
class Attached:
    """How the files of a notice stand: `ready` in their order, `coming` still fetched or looked at, `bad` by name."""

    ready: tuple[StoredFile, ...] = ()
    coming: int = 0
    bad: tuple[str, ...] = ()
    bad_ids: tuple[int, ...] = ()


async def want(
    session: Session, giver: Giver, files: Sequence[FileRef], message_id: str, code: str, now: datetime
) -> tuple[int, ...]:
    """Fetch these files of a message for the notice of this code; their ids, none for a message that comes again."""
    ids: list[int] = []
    for number, source in enumerate(files):
        row = insert_into(session, ReceivedRow).values(
            key=f"{giver.address.platform}:{giver.address.chat}:{message_id or source.id}:{number}",
            code=code,
            platform=giver.address.platform,
            chat=giver.address.chat,
            sender=giver.sender,
            person_id=giver.person,
            unit=giver.unit,
            name=tidy(source.name),
            source=asdict(source),
            message_id=message_id,
            state="wanted",
            received_at=now,
            ready_at=now,
        )
        id = await session.scalar(row.on_conflict_do_nothing().returning(ReceivedRow.id))
        ids += [id] if id is not None else []
    return tuple(ids)


async def add(session: Session, unit: str, file: StoredFile, code: str, now: datetime) -> int:
    """A file from the command line, which table files notes; its id."""
    row = ReceivedRow(
        key=f"{COMMAND_LINE}:{uuid4().hex}",
        code=code,
        platform=COMMAND_LINE,
        chat="",
        sender="",
        unit=unit,
        name=file.name,
        sha256=file.sha256,
        state="stored",
        received_at=now,
        ready_at=now,
    )
    session.add(row)
    await session.flush()
    return row.id


async def attached(session: Session, files: Sequence[int]) -> Attached:
    """How these stand now."""
    if not files:
        return Attached()
    shown = await facts.shown_files(session, files)
    columns = select(ReceivedRow.id, ReceivedRow.name, ReceivedRow.state, FactRow.sha256)
    looked = columns.outerjoin(FactRow, FactRow.sha256 == ReceivedRow.sha256).where(ReceivedRow.id.in_(files))
    coming, bad = 0, dict[int, str]()
    for row in await session.execute(looked.order_by(ReceivedRow.id)):
        if row.id in shown:
            continue
        if row.state == "wanted" or (row.state == "stored" and row.sha256 is None):
            coming += 1
        else:
            bad[row.id] = row.name
    return Attached(tuple(shown[id] for id in files if id in shown), coming, tuple(bad.values()), tuple(bad))
