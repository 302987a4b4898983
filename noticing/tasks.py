"""The task that somebody means who writes to those that have not handed it in."""

from core.people import Level
from core.work import TaskRef
from evidence.desk import Desk
from knowledge.meant_for import Likely, likely_tasks

_OFFICES = 5  # of whose schools one each is asked what it owes
_OFFERED = 4


def tasks_named(desk: Desk, office: str, words: str) -> list[Likely]:
    """What these words may name of what is owed below, the likeliest first; one alone where that is certain."""
    schools: dict[str, str] = {}
    for unit in desk.index.tree.below(office):
        if unit.level is Level.SCHOOL and (above := desk.above(unit.code)):
            schools.setdefault(above.code, unit.code)
    found: dict[TaskRef, Likely] = {}
    for code in [*schools.values()][:_OFFICES] or [office]:
        for one in likely_tasks(desk.index, words, desk.asker(code), desk.now):
            if one.ref not in found or one.score > found[one.ref].score:
                found[one.ref] = one
    ordered = sorted(found.values(), key=lambda one: -one.score)
    return [one for one in ordered if one.certain][:1] or ordered[:_OFFERED]
