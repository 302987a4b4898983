"""Where evidence is handed in: what every step needs, and who has a say in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.clock import local_day
from core.people import Asker, Level, Person, Role, Unit
from core.privacy import RETENTION_DAYS
from core.work import Obligation, Rule, TaskRef
from knowledge.cite import task_words
from knowledge.index import Index
from knowledge.meant_for import Likely, coming_round, named_task
from knowledge.occurrences import repeats
from knowledge.sentences import shortened
from records import deputies, extensions, heads
from records.session import Session

TITLE = 80  # characters


@dataclass(frozen=True, slots=True)
class Desk:
    """What every step needs. `confirm`: what a teacher hands in waits for the principal's word.

    `retention_days`: how long evidence is kept; 0: for good.
    """

    session: Session
    index: Index
    now: datetime
    confirm: bool = True
    retention_days: int = RETENTION_DAYS

    def task(self, ref: TaskRef) -> Obligation | None:
        """The obligation; None: its document is not published any more."""
        found = named_task(self.index, ref)
        return found.task if found else None

    async def moved(self, unit: str, found: Sequence[Likely]) -> list[Likely]:
        """These tasks as this unit owes them: with the days to which its office has moved them."""
        days = await extensions.of_units(self.session, [unit])
        return [_as_owed(one, days.get((unit, one.ref)), local_day(self.now)) for one in found]

    async def owed(self, unit: str, ref: TaskRef) -> Obligation | None:
        """The obligation as this unit owes it; None: its document is not published any more."""
        found = named_task(self.index, ref)
        return (await self.moved(unit, [found]))[0].task if found else None

    def asker(self, unit: str) -> Asker:
        """Somebody of this unit."""
        known = self.index.tree.get(unit)
        return Asker(known, Role.TEACHER, known.level if known else Level.SCHOOL)

    def unit_name(self, code: str | None) -> str:
        unit = self.index.tree.get(code or "")
        return unit.name if unit else (code or "")

    def short_name(self, code: str | None) -> str:
        """Without the district and province, which all who read it share."""
        return self.unit_name(code).partition(",")[0]

    def above(self, unit: str) -> Unit | None:
        """The office that looks at what the unit hands in."""
        return self.index.tree.parent_on(unit, local_day(self.now))

    def below(self, office: str) -> tuple[str, ...]:
        """The units whose evidence this office looks at."""
        units = (unit.code for unit in self.index.tree.below(office) if unit.code != office)
        return tuple(code for code in units if (above := self.above(code)) and above.code == office)

    def owing(self, office: str) -> tuple[str, ...]:
        """Those of them that exist today: nobody waits for a school that was closed or merged."""
        today = local_day(self.now)
        return tuple(code for code in self.below(office) if self.index.tree.units[code].exists_on(today))

    async def principals(self, unit: str) -> tuple[int, ...]:
        """Who gives the unit's word, with those who stand in for a school's principal: ids of people."""
        return (await self.principals_of([unit]))[unit]

    async def principals_of(self, units: Iterable[str]) -> dict[str, tuple[int, ...]]:
        """The same of each of these units."""
        levels = {unit: self.asker(unit).level for unit in units}
        return await heads.of_units(self.session, levels, local_day(self.now))

    async def heads_of(self, unit: str) -> tuple[int, ...]:
        """The school's principals, or the office's officers, who have an account; nobody in their stead."""
        return await heads.own_heads(self.session, unit, self.asker(unit).level)

    async def stands_in(self, person: int | None, unit: str | None) -> bool:
        """Whether the person speaks today in the stead of this school's principal."""
        return unit is not None and person in await self._deputies(unit)

    async def stood_in(self, person: int, unit: str | None) -> bool:
        """Whether the person spoke once in the stead of this school's principal, and does so no more."""
        ever = unit is not None and await deputies.ever(self.session, unit, person)
        return ever and not await self.stands_in(person, unit)

    async def heads(self, person: Person) -> bool:
        """Whether the person gives the word of her school."""
        return person.role is Role.PRINCIPAL or await self.stands_in(person.id, person.unit)

    async def speaks_alone(self, person: Person | None, unit: str | None) -> bool:
        """Whether what this person hands in for the unit needs nobody's word."""
        if person is None or person.unit != unit:
            return False
        return person.role is not Role.TEACHER or await self.stands_in(person.id, unit)

    async def _deputies(self, unit: str) -> tuple[int, ...]:
        return await heads.deputies_of(self.session, unit, local_day(self.now))


def _as_owed(one: Likely, moved: date | None, today: date) -> Likely:
    """With the unit's own day; of what comes back, with the day that is nearest."""
    if repeats(one.task):
        return replace(one, task=coming_round(one.task, today, moved))
    return replace(one, task=replace(one.task, due=moved, rule=Rule.BY)) if moved else one


def title_of(task: Obligation) -> str:
    """The task in a few words, for a phone; without the clause that says who sends it, where the whole does not fit."""
    words = task_words(task)
    return words if len(words) <= TITLE else shortened(words.partition(": ")[0], TITLE)
