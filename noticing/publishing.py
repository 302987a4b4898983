"""A draft is published: the units that owe something in it hear once, each of its own dates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.clock import local_day
from core.drafts import Act, Draft, Stage
from core.message import MAX_TEXT, Outbound, Urgency
from core.message import units as length
from core.notices import Audience
from core.people import Unit
from core.texts import drafts as texts
from core.work import Kind, Obligation, Plan, TaskRef
from evidence.desk import Desk, title_of
from knowledge.drafting import final, shelf_unit
from knowledge.meant_for import binds
from knowledge.tiers import tier_of
from noticing.places import Reach, reach
from records import documents, drafts, outbox
from records.outbox import Put

LISTED = 8  # tasks of a digest
LAG = timedelta(seconds=10)  # until every process answers from what is published: twice what `keep_fresh` takes


@dataclass(frozen=True, slots=True)
class Telling:
    """Who hears of a plan: the units that owe something in it, by code, and where they are written to."""

    units: tuple[Unit, ...]
    reach: Reach


async def telling(desk: Desk, draft: Draft) -> Telling:
    """As things stand now."""
    plan, office = final(draft), shelf_unit(desk.index.tree, draft)
    found = tuple(
        unit for unit in _below(desk, office, draft.unit) if any(_owes(task, desk, unit) for task in plan.obligations)
    )
    if not found:
        return Telling((), Reach((), ()))
    return Telling(found, await reach(desk, office, Audience(units=tuple(unit.code for unit in found))))


async def publish(desk: Desk, draft: Draft, by: int | None, at: datetime) -> tuple[Draft, int] | None:
    """It is published, and those concerned hear of it from `at` on: the draft, and to how many places one is written.

    None: it is in the knowledge base already.
    """
    plan, session = final(draft), desk.session
    document = await documents.publish_checked(
        session, plan, shelf_unit(desk.index.tree, draft), draft.digest, desk.now
    )
    if document is None:
        return None
    told = await telling(desk, draft)
    units = {unit.code: unit for unit in told.units}
    messages = [
        Put(
            Outbound(
                place.address,
                digest(desk, draft, plan, units[place.unit]),
                group=place.group,
                tasks=tuple(TaskRef(document, number) for number, _ in _dated(desk, plan, units[place.unit])[:LISTED]),
                urgency=Urgency.BULK,
            ),
            f"published:{document}:{place.unit}:{place.address.platform}:{place.address.chat}",
            person=place.person,
        )
        for place in told.reach.ways
        if place.address
    ]
    await outbox.put_all(session, messages, at + LAG)
    changed = await drafts.change(session, draft, desk.now, stage=Stage.PUBLISHED, document_id=document)
    await drafts.note(session, draft.id, Act.PUBLISHED, by, desk.now)
    return changed, len(messages)


def digest(desk: Desk, draft: Draft, plan: Plan, unit: Unit) -> str:
    """What this unit is told, in one message."""
    dated = [task for _, task in _dated(desk, plan, unit)]
    owed = sum(_owes(task, desk, unit) for task in plan.obligations)
    issuer, name = desk.short_name(draft.issuer or draft.unit), desk.short_name(unit.code)
    title = plan.head.title or plan.source_file
    for most in range(min(len(dated), LISTED), -1, -1):
        listed = dated[:most]
        text = texts.digest(issuer, title, name, listed, [title_of(one) for one in listed], owed - most)
        if length(text) <= MAX_TEXT:
            break
    return text


def _dated(desk: Desk, plan: Plan, unit: Unit) -> list[tuple[int, Obligation]]:
    """The unit's tasks with a day that is not over, the nearest first, with their numbers."""
    today = local_day(desk.now)
    found = [
        (number, task)
        for number, task in enumerate(plan.obligations)
        if task.until and task.until.last >= today and _owes(task, desk, unit)
    ]
    return sorted(found, key=lambda one: (one[1].due or today, one[0]))


def _owes(task: Obligation, desk: Desk, unit: Unit) -> bool:
    """What names nobody is an office's own business: nobody is written to for that."""
    mine = task.from_level in tier_of(unit.level) and task.kind is not Kind.AGENDA
    return mine and binds(task, desk.asker(unit.code))


def _below(desk: Desk, office: str, sender: str) -> Iterator[Unit]:
    """Those of the office's own and below it that there are today; not the sender's."""
    tree, today = desk.index.tree, local_day(desk.now)
    codes = sorted({office, *(unit.code for unit in tree.below(office))} - {sender})
    return (tree.units[code] for code in codes if tree.units[code].exists_on(today))
