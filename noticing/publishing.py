"""A draft is published: the units that owe something in it, or in what it changes, hear once, each of its own dates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product

from core.clock import local_day
from core.drafts import Act, Draft, Stage
from core.message import MAX_TEXT, Address, Outbound, Urgency
from core.message import units as length
from core.notices import Audience
from core.people import Unit
from core.texts import drafts as texts
from core.texts.amendments import counted, paper, unasked
from core.work import Obligation, Plan, Status, TaskRef
from evidence.desk import Desk, title_of
from knowledge.drafting import final, shelf_unit, unticked
from knowledge.proposed import open_proposals
from noticing.amending import Target, counts, targets
from noticing.changed import Known, concerned, known, line, owes
from noticing.places import Reach, reach
from records import amendments, documents, drafts, outbox
from records.outbox import Put

LISTED = 8  # tasks of a digest
LAG = timedelta(seconds=10)  # until every process answers from what is published: twice what `keep_fresh` takes


@dataclass(frozen=True, slots=True)
class Telling:
    """Who hears of a plan: the units that owe something in it, by code, and where they are written to.

    `changed`: the earlier tasks that it changes.
    """

    units: tuple[Unit, ...]
    reach: Reach
    changed: tuple[Target, ...] = ()


async def telling(desk: Desk, draft: Draft) -> Telling:
    """As things stand now."""
    plan, office, changed = final(draft), shelf_unit(desk.index.tree, draft), tuple(targets(desk, draft))
    found = tuple(
        unit
        for unit in _below(desk, office, draft.unit)
        if any(owes(task, desk, unit) for task in plan.obligations) or concerned(desk, changed, unit)
    )
    if not found:
        return Telling((), Reach((), ()), changed)
    places = await reach(desk, office, Audience(units=tuple(unit.code for unit in found)))
    return Telling(found, places, changed)


def against(draft: Draft) -> str:
    """Why it cannot be published as it stands; empty: nothing is in the way but doubts that may be passed over."""
    if asked := open_proposals(draft):
        return unasked(len(asked))
    count = unticked(draft)
    return texts.unticked(count) if count else ""


async def preview(desk: Desk, draft: Draft) -> str:
    """What will happen once it is published."""
    told = await telling(desk, draft)
    groups = sum(one.group for one in told.reach.ways)
    lost = list(dict.fromkeys(desk.short_name(one.unit) for one in told.reach.lost))
    names = [desk.short_name(unit.code) for unit in told.units]
    changed = counted(*counts(told.changed))
    people = len(told.reach.ways) - groups
    return texts.preview(draft, len(final(draft).obligations), names, groups, people, lost, changed)


async def publish_once(desk: Desk, draft: Draft, at: datetime) -> tuple[Draft, int] | None:
    """`publish`, by whose draft it is; one that is in the knowledge base already is thrown away: None."""
    done = await publish(desk, draft, draft.person, at)
    if done is None:
        await drafts.change(desk.session, draft, desk.now, stage=Stage.DROPPED)
        await drafts.note(desk.session, draft.id, Act.CANCELLED, None, desk.now, after=texts.known(draft.name))
    return done


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
    await amendments.confirm(session, [replace(one.change, by=document) for one in told.changed], by, desk.now)
    writer = _Writer(desk, draft, plan, document, told.changed, await known(desk, told.changed))
    units = {unit.code: unit for unit in told.units}
    messages = [
        Put(
            writer.message(place.address, units[place.unit], group=place.group),
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


@dataclass(frozen=True, slots=True)
class _Writer:
    """What a unit is told of a document, in one message."""

    desk: Desk
    draft: Draft
    plan: Plan
    document: int
    changed: tuple[Target, ...]
    known: Known

    def message(self, to: Address, unit: Unit, *, group: bool) -> Outbound:
        mine, dated = concerned(self.desk, self.changed, unit), _dated(self.desk, self.plan, unit)
        refs = [one.ref for one in mine if one.after.status is not Status.SUPERSEDED]
        refs += [TaskRef(self.document, number) for number, _ in dated]
        text = self._text(unit, [task for _, task in dated], mine)
        return Outbound(to, text, group=group, tasks=tuple(refs[:LISTED]), urgency=Urgency.BULK)

    def _text(self, unit: Unit, dated: Sequence[Obligation], mine: Sequence[Target]) -> str:
        """As much as fits: what was changed goes before what is new."""
        head, desk = self.plan.head, self.desk
        by = paper(head, self.plan.source_file)
        changed = [line(one, by, unit.code, self.known) for one in mine]
        owed = sum(owes(task, desk, unit) for task in self.plan.obligations)
        issuer, name = desk.short_name(self.draft.issuer or self.draft.unit), desk.short_name(unit.code)
        title = head.title or self.plan.source_file
        for some, most in product(_fewer(len(changed)), _fewer(len(dated))):
            listed, left = dated[:most], len(changed) - some
            titles = [title_of(one) for one in listed]
            text = texts.digest(issuer, title, name, listed, titles, owed - most, changed[:some], left)
            if length(text) <= MAX_TEXT:
                break
        return text


def _fewer(count: int) -> range:
    return range(min(count, LISTED), -1, -1)


def _dated(desk: Desk, plan: Plan, unit: Unit) -> list[tuple[int, Obligation]]:
    """The unit's tasks with a day that is not over, the nearest first, with their numbers."""
    today = local_day(desk.now)
    found = [
        (number, task)
        for number, task in enumerate(plan.obligations)
        if task.until and task.until.last >= today and owes(task, desk, unit)
    ]
    return sorted(found, key=lambda one: (one[1].due or today, one[0]))


def _below(desk: Desk, office: str, sender: str) -> Iterator[Unit]:
    """Those of the office's own and below it that there are today; not the sender's."""
    tree, today = desk.index.tree, local_day(desk.now)
    codes = sorted({office, *(unit.code for unit in tree.below(office))} - {sender})
    return (tree.units[code] for code in codes if tree.units[code].exists_on(today))
