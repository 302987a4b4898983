"""What somebody writes of a notice in a form: whom it is for, and what there is to say to schools that are late."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from core.clock import local_day
from core.notices import Audience, Kind, Notice, Stage
from core.people import Person, Unit
from core.texts import notices as texts
from core.texts import site_notices as site_texts
from core.work import TaskRef
from evidence.desk import Desk, title_of
from evidence.progress import of_tasks
from knowledge.meant_for import owes
from noticing.audience import meant, resembling
from noticing.places import Reach
from noticing.preview import described
from noticing.tasks import tasks_named
from records import notice_kept, notices


class Way(StrEnum):
    """How somebody says whom it is for."""

    WORDS = "loi"
    UNITS = "chon"  # ticked
    LIST = "ds"  # that the unit keeps by name
    SAME = "giu"  # as the draft has it


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the form says; of what belongs to another way nothing counts. `missing`: a TaskRef, or empty."""

    way: Way = Way.WORDS
    words: str = ""
    units: tuple[str, ...] = ()  # codes
    kept: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Whom it is for. `trouble`: what is not clear yet; `tasks`: those one of which is to be picked, with their titles.

    `audience` None: nothing is clear.
    """

    audience: Audience | None = None
    trouble: str = ""
    tasks: Sequence[tuple[TaskRef, str]] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """An office and the units right below it, by name."""

    office: Unit
    units: Sequence[Unit]


@dataclass(frozen=True, slots=True)
class Late:
    """What to say to those that have not handed in a task, and to whom, in words."""

    words: str
    text: str


async def audience_in(desk: Desk, unit: str, words: str) -> Found:
    """What these words say to somebody of this unit."""
    understood = meant(desk.index.called, unit, words)
    if understood.kept:
        return await _kept(desk, unit, understood.kept)
    if understood.unclear:
        return Found(trouble=unclear(desk, unit, understood.unclear))
    if not understood.task:
        return Found(understood.audience)
    tasks = tasks_named(desk, unit, understood.task)
    if not tasks:
        return Found(understood.audience, texts.no_task(understood.task))
    if len(tasks) == 1 or tasks[0].certain:
        return Found(replace(understood.audience, missing=tasks[0].ref))
    return Found(understood.audience, texts.WHICH_TASK, [(one.ref, title_of(one.task)) for one in tasks])


def unclear(desk: Desk, unit: str, names: Sequence[str]) -> str:
    """What names nobody, with who is called almost so."""
    near = resembling(desk.index.called, unit, names)
    return texts.unclear(names, [one.name for one in near])


async def audience_of(desk: Desk, unit: str, wanted: Wanted, before: Audience) -> Found:
    """What the form says to somebody of this unit; `before`: as the draft has it."""
    found = await _said(desk, unit, wanted, before)
    if found.audience is None or not wanted.missing:
        return _not_everybody(found)
    ref = TaskRef.parse(wanted.missing)
    if ref is None or not concerns(desk, unit, ref):
        return Found(found.audience, site_texts.NO_SUCH_TASK)
    return Found(replace(found.audience, missing=ref))


def branches(desk: Desk, office: str) -> Sequence[Branch]:
    """The units below that there are today, by the office right above them, this one first."""
    today = local_day(desk.now)
    found: dict[str, list[Unit]] = {}
    for unit in desk.index.tree.below(office):
        above = desk.above(unit.code)
        if unit.exists_on(today) and above:
            found.setdefault(above.code, []).append(unit)
    tree = desk.index.tree
    made = [Branch(tree.units[code], sorted(units, key=lambda one: one.name)) for code, units in found.items()]
    return sorted(made, key=lambda one: (one.office.code != office, one.office.name))


async def late(desk: Desk, office: str, ref: TaskRef) -> Late | None:
    """Of the units right below that owe it; None: none does."""
    owing = [unit for unit in desk.owing(office) if owes(desk.index, desk.asker(unit), ref)]
    task = desk.task(ref)
    if not owing or task is None:
        return None
    levels = dict.fromkeys(desk.asker(unit).level for unit in owing)
    stands = await of_tasks(desk, owing, [ref])
    due = next((one.due for one in stands if not one.is_in and one.due and one.due.day == one.day), None)
    due = due or next((one.due for one in stands if not one.is_in), task.until)
    is_past = due is not None and due.last < local_day(desk.now)
    text = site_texts.please_hand_in(title_of(task), due, is_past=is_past)
    return Late(described(desk, Audience(levels=tuple(levels))), text)


def unsaved(unit: str, by: Person, code: str, text: str, audience: Audience, now: datetime, *, asks: bool) -> Notice:
    """A draft that stands in a form alone."""
    return Notice(0, code, unit, by.id, Kind.FIRST, text, audience, Stage.DRAFT, 0, now, asks=asks)


def mark(reach: Reach) -> str:
    """Short, and another one for other places: by it a form says which ones were shown."""
    places = sorted(f"{one.unit} {one.address}" for one in reach.ways)
    return f"{len(places)}-{hashlib.sha256(chr(10).join(places).encode()).hexdigest()[:16]}"


def concerns(desk: Desk, unit: str, ref: TaskRef) -> bool:
    """Whether anybody of the unit, or below it, owes this."""
    here = (unit, *(one.code for one in desk.index.tree.below(unit)))
    return any(owes(desk.index, desk.asker(code), ref) for code in here)


async def _said(desk: Desk, unit: str, wanted: Wanted, before: Audience) -> Found:
    if wanted.way is Way.SAME:
        return Found(before)
    if wanted.way is Way.LIST:
        return await _kept(desk, unit, wanted.kept) if wanted.kept else Found(trouble=texts.WHOM)
    if wanted.way is Way.WORDS:
        return await audience_in(desk, unit, wanted.words) if wanted.words else Found(trouble=texts.WHOM)
    known = {unit, *(one.code for one in desk.index.tree.below(unit))}
    if strange := [code for code in wanted.units if code not in known]:
        return Found(trouble=texts.unclear(strange))
    return Found(Audience(units=wanted.units))


def _not_everybody(found: Found) -> Found:
    """Nobody writes to all units by saying nothing."""
    return Found(trouble=texts.WHOM) if found.audience == Audience() else found


async def _kept(desk: Desk, unit: str, name: str) -> Found:
    kept = await notice_kept.find(desk.session, unit, notice_kept.LIST, name)
    return Found(notices.from_json(kept)) if kept is not None else Found(trouble=texts.no_list(name))
