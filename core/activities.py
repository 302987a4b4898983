"""Activities with parents and the community that a school registers with its office."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.work import TaskRef


class Scale(StrEnum):
    """At which level an activity is held."""

    SCHOOL = "school"
    DISTRICT = "district"
    CITY = "city"


@dataclass(frozen=True, slots=True)
class Activity:
    """What is registered, as far as it was said; empty, None: not said yet. `when` in the school's words."""

    title: str = ""
    scale: Scale | None = None
    when: str = ""

    @property
    def whole(self) -> bool:
        return bool(self.title and self.scale and self.when)


@dataclass(frozen=True, slots=True)
class Registered:
    """An activity in the list of its unit, under a number that it keeps. `submission`: that was handed in with it."""

    id: int
    number: int
    unit: str
    activity: Activity
    by: str  # a name
    at: datetime
    task: TaskRef | None = None
    submission: int | None = None
