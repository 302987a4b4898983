"""What was handed in, as a list of the staff site shows it: what waits for the reader's word, and what came of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from core.clock import VIETNAM, local_day
from core.errors import Refused
from core.evidence import AT_OFFICE, Handed, State, days_late
from core.people import Person, Role
from core.texts import evidence as texts
from core.work import TaskRef
from evidence import review
from evidence.desk import Desk
from knowledge.periods import Period, whole_month
from records import facts, proofs
from records.proofs import Counted, Order, Sought

_DAY = timedelta(days=1)
_OWN = (*AT_OFFICE, State.HELD, State.QUESTIONED)


class Stand(StrEnum):
    """Which of them; the value stands in addresses."""

    WAITING = "cho"  # for the reader's word
    ACCEPTED = "nhan"
    RETURNED = "tra"
    ALL = "het"  # of a month


@dataclass(frozen=True, slots=True)
class Wanted:
    """`own`: of an officer's own unit. `days`: waits so many, or more. `stand` None: the first that fits the reader."""

    stand: Stand | None = None
    own: bool = False
    month: Period | None = None
    task: TaskRef | None = None
    unit: str = ""
    days: int = 0
    order: Order = Order.DUE


@dataclass(frozen=True, slots=True)
class Line:
    """One submission. `late` and `waits` in days. `sees`: the reader may see its files; else `handed` has none.

    `pictures`: numbers of received files that have a small picture.
    """

    handed: Handed
    unit: str
    late: int
    waits: int
    sees: bool
    pictures: Sequence[int]


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list; `total`: on all pages. `tasks`, `units`: what it can be cut by, whatever it is cut by now."""

    lines: Sequence[Line]
    total: int
    tasks: Sequence[Counted]
    units: Sequence[Counted]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a reader may see a list of."""

    office: bool  # of the units below; else of her own unit
    heads: bool
    stand: Stand
    units: tuple[str, ...]
    states: tuple[State, ...]
    month: Period | None

    def sees(self, state: State) -> bool:
        """Whether she may see the files of what stands so."""
        return self.office or (self.heads and state is State.HELD)

    @property
    def accepts(self) -> bool:
        return self.office and self.stand is Stand.WAITING


async def scope(desk: Desk, me: Person, wanted: Wanted) -> Scope:
    """As chat has it: the office what was handed in to it, the school its own; nobody else anything."""
    heads, office = await desk.heads(me), me.role is Role.STAFF and not wanted.own
    stand = wanted.stand or (Stand.WAITING if heads or office else Stand.ALL)
    states: dict[Stand, tuple[State, ...]] = {
        Stand.WAITING: (State.SUBMITTED,) if office else (State.HELD,) if heads else (),
        Stand.ACCEPTED: (State.ACCEPTED,),
        Stand.RETURNED: (State.RETURNED,),
        Stand.ALL: AT_OFFICE if office else _OWN,
    }
    today = local_day(desk.now)
    month = wanted.month or (whole_month(today.year, today.month) if stand is Stand.ALL else None)
    return Scope(office, heads, stand, desk.below(me.unit) if office else (me.unit,), states[stand], month)


async def listed(desk: Desk, its: Scope, wanted: Wanted, page: int, size: int) -> Listed:
    """Pages count from 1; one that is not there is empty."""
    base = _base(desk, its, wanted)
    narrow = narrowed(desk, its, wanted)
    found = await proofs.page(desk.session, narrow, (page - 1) * size, size)
    seen = [one.submission.id for one in found if its.sees(one.submission.state)]
    pictures: dict[int, list[int]] = {}
    for submission, number, file in await facts.shown(desk.session, seen):
        if file.mime.startswith("image/"):
            pictures.setdefault(submission, []).append(number)
    units = [replace(one, title=desk.short_name(one.key)) for one in await proofs.by_unit(desk.session, base)]
    return Listed(
        [_line(desk, its, one, pictures.get(one.submission.id, ())) for one in found],
        await proofs.count(desk.session, narrow),
        await proofs.by_task(desk.session, base),
        sorted(units, key=lambda one: one.title),
    )


async def accept(desk: Desk, me: Person, codes: Collection[str]) -> int:
    """How many of these were accepted; what does not wait for this person's word stays. Raises Refused for nobody's."""
    if me.role is not Role.STAFF:
        raise Refused(texts.ONLY_OFFICES)
    ids = await proofs.ids(desk.session, Sought(desk.below(me.unit), (State.SUBMITTED,)), codes)
    return await review.accept_all(desk, ids, me)


def narrowed(desk: Desk, its: Scope, wanted: Wanted) -> Sought:
    """All that is wanted; a unit that is not hers has nothing."""
    units = its.units if not wanted.unit else tuple(one for one in its.units if one == wanted.unit)
    return replace(_base(desk, its, wanted), units=units, task=wanted.task)


def _base(desk: Desk, its: Scope, wanted: Wanted) -> Sought:
    month = its.month
    due = (month.first, month.last, _begins(month.first), _begins(month.last + _DAY)) if month else None
    waits = _begins(local_day(desk.now) - (wanted.days - 1) * _DAY) if wanted.days else None
    return Sought(its.units, its.states, due, waits, order=wanted.order)


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)


def _line(desk: Desk, its: Scope, one: Handed, pictures: Sequence[int]) -> Line:
    submission, sees = one.submission, its.sees(one.submission.state)
    given = submission.handed_in_at or submission.opened_at
    waits = (local_day(desk.now) - local_day(one.waits_from)).days
    shown = one if sees else replace(one, files=(), talk=())
    unit = desk.short_name(submission.giver.unit)
    return Line(shown, unit, days_late(submission.due, given), waits, sees, pictures)
