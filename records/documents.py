"""The documents that were read, and the revision that tells every process to load them anew."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from core.clock import local_day
from core.work import Plan, Shelved
from records.plan_codec import decode_plan, encode_plan
from records.session import Session, insert_into
from records.tables import DocumentRow, RevisionRow

DRAFT, PUBLISHED = "draft", "published"


@dataclass(frozen=True, slots=True)
class Known:
    """A document that is kept already; `state` is DRAFT or PUBLISHED."""

    id: int
    unit: str
    state: str
    source_file: str


async def find_by_digest(session: Session, digest: str) -> Known | None:
    """The document with this content (SHA-256 of its text, NFC), or None."""
    columns = (DocumentRow.id, DocumentRow.unit, DocumentRow.state, DocumentRow.source_file)
    row = (await session.execute(select(*columns).where(DocumentRow.digest == digest))).one_or_none()
    return None if row is None else Known(*row)


async def add(session: Session, plan: Plan, unit: str, digest: str, state: str, now: datetime) -> int:
    """Keep a document and return its id; a copy of a known one changes nothing and returns the known id."""
    insert = insert_into(session, DocumentRow).values(
        digest=digest, unit=unit, source_file=plan.source_file, state=state, plan=encode_plan(plan), ingested_at=now
    )
    added: int | None = await session.scalar(insert.on_conflict_do_nothing().returning(DocumentRow.id))
    if added is None:
        known = await session.scalars(select(DocumentRow.id).where(DocumentRow.digest == digest))
        return known.one()
    if state == PUBLISHED:
        await raise_revision(session)
    return added


async def publish_checked(session: Session, plan: Plan, unit: str, digest: str, now: datetime) -> int | None:
    """Publish a plan that somebody has checked, in place of an unchecked draft of it; its id. None: it is published."""
    kept: dict[str, Any] = {"unit": unit, "source_file": plan.source_file, "state": PUBLISHED, "ingested_at": now}
    kept["plan"] = encode_plan(plan)
    insert = insert_into(session, DocumentRow).values(digest=digest, **kept)
    draft = DocumentRow.state != PUBLISHED
    put = insert.on_conflict_do_update(index_elements=[DocumentRow.digest], set_=kept, where=draft)
    published: int | None = await session.scalar(put.returning(DocumentRow.id))
    if published is not None:
        await raise_revision(session)
    return published


async def publish(session: Session, document: int) -> None:
    """Let questions be answered from this document."""
    await _change(session, document, state=PUBLISHED)


async def plan_of(session: Session, document: int) -> Plan:
    """The plan of a document that is kept."""
    return decode_plan((await session.scalars(select(DocumentRow.plan).where(DocumentRow.id == document))).one())


async def change(session: Session, document: int, plan: Plan) -> None:
    """Keep it as this plan from now on."""
    await session.execute(update(DocumentRow).where(DocumentRow.id == document).values(plan=encode_plan(plan)))
    await raise_revision(session)


async def assign(session: Session, document: int, unit: str) -> None:
    """Name another issuing unit."""
    await _change(session, document, unit=unit)


async def shelved(session: Session) -> list[Shelved]:
    """Every published document, oldest first."""
    rows = await session.scalars(select(DocumentRow).where(DocumentRow.state == PUBLISHED).order_by(DocumentRow.id))
    return [Shelved(row.id, row.unit, decode_plan(row.plan), local_day(row.ingested_at)) for row in rows]


async def find(session: Session, document: int) -> Shelved | None:
    """The published document with this id, as its paper has it; None: there is none."""
    row = await session.get(DocumentRow, document)
    if row is None or row.state != PUBLISHED:
        return None
    return Shelved(row.id, row.unit, decode_plan(row.plan), local_day(row.ingested_at))


async def revision(session: Session) -> int:
    """Raised with every change of units or published documents; 0 at first."""
    return await session.scalar(select(RevisionRow.number)) or 0


async def raise_revision(session: Session) -> None:
    """Tell every process that units or documents changed; takes effect with the commit."""
    insert = insert_into(session, RevisionRow).values(id=1, number=1)
    raised = {"number": RevisionRow.number + 1}
    await session.execute(insert.on_conflict_do_update(index_elements=[RevisionRow.id], set_=raised))


async def _change(session: Session, document: int, **values: str) -> None:
    await session.execute(update(DocumentRow).where(DocumentRow.id == document).values(**values))
    await raise_revision(session)
