"""What an office hands on to the tier above it: how far its schools are with what it is made of; its turn is told."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.clock import local_day
from core.evidence import Submission
from core.message import Choice
from core.people import Unit
from core.texts import progress as texts
from core.work import TaskRef
from evidence.desk import Desk, title_of
from evidence.progress import of_tasks, of_unit
from evidence.standing import Standing
from knowledge.chains import fed_by, feeds, goes_up
from knowledge.meant_for import is_history
from knowledge.occurrences import repeats
from records import outbox, units
from records.notify import tell

HAND_IN, SEE = "/nop", "/tiendo"


@dataclass(frozen=True, slots=True)
class Onward:
    """An office's own task, and how each unit stands that owes what it is made of; none: the document names nothing."""

    own: Standing
    below: Sequence[Standing]

    @property
    def units(self) -> int:
        return len({one.unit for one in self.below})

    @property
    def there(self) -> int:
        """The units that have handed in all of it."""
        return self.units - len({one.unit for one in self.below if not one.is_in})


async def onward(desk: Desk, office: str) -> Sequence[Onward]:
    """What the office owes the tier above it about now, by date."""
    own = [one for one in await of_unit(desk, office) if (task := desk.task(one.ref)) and goes_up(task)]
    return [await _with_units(desk, office, one) for one in own]


async def tell_when_all_in(desk: Desk, submission: Submission) -> None:
    """With this one all may have handed in: the officers of the office above are told that it is its turn, once."""
    unit, ref = submission.giver.unit, submission.task
    office, made_of_it = desk.above(unit) if unit else None, feeds(desk.index, ref) if ref else ()
    if office is None or not made_of_it:
        return
    await units.hold(desk.session, office.code)  # of two schools that come at once, the later sees the earlier
    for upper in made_of_it:
        for own in await of_tasks(desk, [office.code], [upper]):
            if not own.is_in and not _is_history(desk, upper):
                await _tell_if_complete(desk, office, await _with_units(desk, office.code, own))


async def _tell_if_complete(desk: Desk, office: Unit, one: Onward) -> None:
    ref = one.own.ref
    task = desk.task(ref)
    if task is None or not one.below or one.there < one.units:
        return
    first = one.below[0]
    about, _, _ = first.title.partition(": ")  # without the clause that says who sends it
    text = texts.all_in(one.units, about, office.level, task, one.own.due)
    picks = (
        Choice(texts.hand_in(title_of(task), one.own.due), f"{HAND_IN} {ref}"),
        Choice(texts.SEE_WHO, f"{SEE} {first.ref}"),
    )
    for person in await desk.principals(office.code):
        day = f":{one.own.day}" if repeats(task) else ""  # each time that it comes round
        key = f"{outbox.EVIDENCE}all-in:{ref}{day}:{office.code}:{person}"
        await tell(desk.session, person, text, picks, key, desk.now, (ref,))


async def _with_units(desk: Desk, office: str, own: Standing) -> Onward:
    return Onward(own, await of_tasks(desk, desk.owing(office), fed_by(desk.index, own.ref)))


def _is_history(desk: Desk, ref: TaskRef) -> bool:
    volume, task = desk.index.by_id[ref.document], desk.task(ref)
    return task is not None and is_history(volume, task, local_day(desk.now))
