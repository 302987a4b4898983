"""Criteria sets: lists by which a unit looks at its own work, what serves each criterion, and its own points."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

MET, NOT_MET = Decimal(1), Decimal(0)  # where a set has no points


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a set. `most`: points that it may get; None: it is met or not. `id` 0: not kept yet."""

    number: str  # as people say it: "1.2"
    title: str
    heading: str = ""  # of the group that it stands in
    most: Decimal | None = None
    hints: str = ""  # what would serve as evidence
    id: int = 0


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    """A list that binds the unit which gave it and everybody below. All of its criteria have points, or none."""

    name: str
    unit: str  # a code
    criteria: tuple[Criterion, ...]
    id: int = 0

    @property
    def scored(self) -> bool:
        """Whether points are given, not only met or not met."""
        return any(one.most is not None for one in self.criteria)

    @property
    def most(self) -> Decimal:
        """Points in all; how many criteria, where none are given."""
        return sum((one.most or MET for one in self.criteria), Decimal(0))

    def by_number(self, number: str) -> Criterion | None:
        return next((one for one in self.criteria if one.number == number), None)

    def by_id(self, id: int) -> Criterion | None:
        return next((one for one in self.criteria if one.id == id), None)


@dataclass(frozen=True, slots=True)
class Replaced:
    """What a new version of a set did to what hung on the old one."""

    set: CriteriaSet
    fresh: bool  # there was none of this name
    gone: tuple[Criterion, ...] = ()  # criteria that nothing fits any more
    pieces: int = 0  # of evidence that hung on those
    scores: int = 0  # that no longer fit: of criteria that are gone, or above the new most


@dataclass(frozen=True, slots=True)
class Assessment:
    """How a unit stands with a set: by criterion's id, its own points, and how many pieces of evidence serve it."""

    set: CriteriaSet
    unit: str
    scores: Mapping[int, Decimal] = field(default_factory=dict)
    served: Mapping[int, int] = field(default_factory=dict)

    @property
    def with_evidence(self) -> int:
        """Criteria that something serves."""
        return sum(bool(self.served.get(one.id)) for one in self.set.criteria)

    @property
    def unscored(self) -> tuple[Criterion, ...]:
        return tuple(one for one in self.set.criteria if one.id not in self.scores)

    @property
    def total(self) -> Decimal:
        """Points given so far; how many criteria are met, where there are no points."""
        return sum((self.scores.get(one.id, Decimal(0)) for one in self.set.criteria), Decimal(0))

    @property
    def share(self) -> int:
        """Percent of all points, rounded down: only the whole is 100."""
        return int(self.total * 100 // self.set.most)
