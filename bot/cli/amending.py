"""What a document that is read on the command line changes of earlier ones: shown always, taken where that is asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.amendments import Proposal
from core.clock import system_clock
from core.people import UnitTree
from core.texts import amendments as texts
from core.work import Plan
from evidence.desk import Desk
from evidence.shelf import on_shelf
from knowledge.amendments import find
from knowledge.index import Index
from knowledge.proposed import without
from noticing.amending import Target, of_plan, offered, target
from records import amendments, documents
from records.session import Session


@dataclass(frozen=True, slots=True)
class Found:
    """A task of an earlier document that is changed. `sure`: no other fits nearly as well, or it was named."""

    proposal: Proposal
    target: Target
    sure: bool

    def line(self) -> str:
        one = self.target
        return texts.ingested_line(str(one.ref), one.title, one.before, one.after)

    def values(self) -> dict[str, str | bool | None]:
        """As `--json` prints it."""
        one = self.target
        days = {"was": one.before.due, "due": one.after.due}
        told = {"task": str(one.ref), "title": one.title, "effect": one.change.effect.value, "sure": self.sure}
        return {**told, **{name: day.isoformat() if day else None for name, day in days.items()}}


async def look(
    session: Session, tree: UnitTree, plan: Plan, office: str, itself: int, named: Sequence[str]
) -> list[Found]:
    """What this plan of the office changes and has not changed yet; of what is not sure all that may be meant.

    `itself`: its id; `named`: tasks that were said to be meant ("3.12").
    """
    if not find(plan):
        return []
    index = Index.of(await on_shelf(session), tree)
    desk = Desk(session, index, system_clock())
    there = {one.ref for volume in index.volumes for one in volume.shelved.changes if one.by == itself}
    ones = [one for one in of_plan(index, plan, office, itself) if there.isdisjoint(offered(one))]
    return [found for one in ones for found in _of(desk, plan, one, named)]


def _of(desk: Desk, plan: Plan, one: Proposal, named: Sequence[str]) -> list[Found]:
    meant = [ref for ref in offered(one) if str(ref) in named]
    refs, sure = (meant[:1], True) if meant else (offered(one), one.ref is not None and not one.rivals)
    return [Found(one, its, sure) for ref in refs if (its := target(desk, plan, one, ref))]


async def take(session: Session, found: Sequence[Found], document: int, plan: Plan) -> None:
    """Those that are sure stand from now on; this published plan asks for them no second time."""
    sure = [one for one in found if one.sure]
    changes = [replace(one.target.change, by=document) for one in sure]
    if await amendments.confirm(session, changes, None, system_clock()):
        await documents.change(session, document, without(plan, [one.proposal for one in sure]))
