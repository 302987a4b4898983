"""What units are told of earlier tasks that a published document changes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.clock import local_day
from core.evidence import DONE
from core.people import Unit
from core.texts import amendments as texts
from core.work import Kind, Obligation, TaskRef
from evidence.desk import Desk
from evidence.occasions import BEST, best_of
from knowledge.drafting import within
from knowledge.meant_for import binds
from knowledge.occurrences import repeats
from knowledge.tiers import tier_of
from noticing.amending import Target
from records import extensions, submissions


@dataclass(frozen=True, slots=True)
class Known:
    """By unit and task: what was handed in already, and the days that were moved for one unit alone."""

    done: Collection[tuple[str, TaskRef]] = ()
    own: Mapping[tuple[str, TaskRef], date] | None = None


async def known(desk: Desk, changed: Sequence[Target]) -> Known:
    """As things stand now; of what comes back it is not said, each of its days stands for itself."""
    refs = [one.ref for one in changed if not repeats(one.before)]
    if not refs:
        return Known()
    best = best_of(await submissions.for_tasks(desk.session, refs, BEST))
    own = await extensions.since(desk.session, local_day(desk.now))
    return Known([key for key, one in best.items() if one.state in DONE], own)


def concerned(desk: Desk, changed: Sequence[Target], unit: Unit) -> list[Target]:
    """What of it this unit owes, or owed."""
    mine = (one for one in changed if one.told and within(desk.index.tree, unit.code, one.volume.unit))
    return [one for one in mine if owes(one.before, desk, unit) or owes(one.after, desk, unit)]


def line(one: Target, by: str, unit: str, known: Known) -> str:
    """One task, for this unit; `by`: the paper."""
    said, key = "", (unit, one.ref)
    own = (known.own or {}).get(key)
    if key in known.done:
        said = texts.GIVEN
    elif own and one.after.until and own > one.after.until.last:
        said = texts.own_day(own)
    return texts.moved(one.title, one.before, one.after, by, said)


def owes(task: Obligation, desk: Desk, unit: Unit) -> bool:
    """What names nobody is an office's own business: nobody is written to for that."""
    mine = task.from_level in tier_of(unit.level) and task.kind is not Kind.AGENDA
    return mine and binds(task, desk.asker(unit.code))
