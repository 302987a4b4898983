"""Drafts that the bot has made from a published plan; from then on they are drafts as any other (records/drafts.py)."""

from datetime import datetime

from sqlalchemy import select

from core.drafts import Act, Draft, Stage
from core.work import Plan
from records import drafts
from records.codes import new_code
from records.draft_tables import DraftRow
from records.plan_codec import encode_plan
from records.session import Session


async def open_drafted(
    session: Session, plan: Plan, unit: str, person: int, sha256: str, digest: str, now: datetime
) -> Draft:
    """To be checked from now on; `unit` issues it; `sha256` of its Word file, `digest` of what it was made from."""
    row = DraftRow(
        code=new_code(),
        unit=unit,
        person_id=person,
        name=plan.source_file,
        sha256=sha256,
        stage=Stage.READ,
        issuer=unit,
        plan=encode_plan(plan),
        digest=digest,
        settled={},
        dropped=[],
        ready_at=now,
        made_at=now,
        touched_at=now,
    )
    session.add(row)
    await session.flush()
    await drafts.note(session, row.id, Act.DRAFTED, person, now, after=plan.source_file)
    opened = await drafts.by_code(session, row.code)
    assert opened is not None
    return opened


async def being_checked(session: Session, unit: str, person: int, digest: str) -> Draft | None:
    """The person's open draft of this, held; None: she has none."""
    mine = select(DraftRow.code).filter_by(unit=unit, person_id=person, digest=digest, stage=Stage.READ)
    code = await session.scalar(mine.order_by(DraftRow.id).limit(1))
    return await drafts.by_code(session, code) if code else None
