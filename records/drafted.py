"""Drafts that the bot has made from a published plan; from then on they are drafts as any other (records/drafts.py)."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from core.drafts import Act, Draft, Stage
from core.work import Plan
from records import drafts
from records.draft_tables import DraftRow
from records.session import Session


async def open_drafted(
    session: Session, plan: Plan, unit: str, person: int, sha256: str, digest: str, now: datetime
) -> Draft:
    """To be checked from now on; `unit` issues it; `sha256` of its Word file, `digest` of what it was made from."""
    made: dict[str, Any] = {"stage": Stage.READ, "issuer": unit, "plan": plan, "digest": digest}
    return await drafts.open_new(session, unit, person, plan.source_file, sha256, now, act=Act.DRAFTED, **made)


async def being_checked(session: Session, unit: str, person: int, digest: str) -> Draft | None:
    """The person's open draft of this, held; None: she has none."""
    mine = select(DraftRow.code).filter_by(unit=unit, person_id=person, digest=digest, stage=Stage.READ)
    code = await session.scalar(mine.order_by(DraftRow.id).limit(1))
    return await drafts.by_code(session, code) if code else None
