"""Which units or tasks of the queue somebody means by a name."""

import re
from collections.abc import Collection, Sequence

from core.clock import local_day
from core.evidence import Handed
from core.people import UnitTree
from core.work import TaskRef
from evidence.desk import Desk
from knowledge.captions import read_caption
from knowledge.fold import fold
from knowledge.meant_for import APART, likely_tasks
from knowledge.unit_names import proper_name, units_named

_KIND = re.compile(r"^(?:truong|don vi|co so) ")
_ASKED = 5  # units, of which it is told what they owe
_SPEAKS_OF = 0.5  # the share of the words that a task has to speak of
_FAR = 0.4  # so much behind the task that fits best, one is not meant


def units_called(desk: Desk, codes: Collection[str], words: str) -> Sequence[str]:
    """Of these units those that are called so: by code, name or alias, else by their proper name or a part of it."""
    here = [desk.index.tree.units[code] for code in sorted(codes) if code in desk.index.tree.units]
    if found := units_named(UnitTree.of(here), words):
        return [unit.code for unit in found]
    said = f" {fold(words)} "
    names = {unit.code: proper_name(unit.name.partition(",")[0]) for unit in here}
    within = {code: name for code, name in names.items() if name and f" {name} " in said}
    if within:
        longest = max(map(len, within.values()))
        return [code for code, name in within.items() if len(name) == longest]
    part = _KIND.sub("", proper_name(words))
    return [code for code, name in names.items() if part and f" {part} " in f" {name} "]


def tasks_called(desk: Desk, waiting: Sequence[Handed], words: str) -> Sequence[TaskRef]:
    """Of the tasks for which something waits those that these words name; how near their days are is no matter."""
    refs = {one.submission.task for one in waiting if one.submission.task}
    scores = _scores(desk, waiting, words)
    near = max(scores.values(), default=0.0) - _FAR
    spoken = {ref: _share(desk, words, ref) for ref in refs if scores.get(ref, 0.0) > near}
    least = max(_SPEAKS_OF, max(spoken.values(), default=0.0) - APART)
    if found := [ref for ref, share in spoken.items() if share >= least]:
        return sorted(found, key=lambda ref: (-scores[ref], ref))
    said = fold(words)
    titled = {one.submission.task for one in waiting if one.submission.task and said in fold(one.submission.title)}
    return sorted(titled)


def _scores(desk: Desk, waiting: Sequence[Handed], words: str) -> dict[TaskRef, float]:
    """How well each task fits that is owed, also where nothing waits for it."""
    units = [*dict.fromkeys(one.submission.giver.unit for one in waiting if one.submission.giver.unit)][:_ASKED]
    scores: dict[TaskRef, float] = {}
    for unit in units:
        for one in likely_tasks(desk.index, words, desk.asker(unit), desk.now, limit=1000):
            scores[one.ref] = max(one.score, scores.get(one.ref, one.score))
    return scores


def _share(desk: Desk, words: str, ref: TaskRef) -> float:
    """How much of the words the task speaks of."""
    volume = desk.index.by_id.get(ref.document)
    if volume is None:
        return 0.0
    said = read_caption(words, local_day(desk.now), desk.index.words).question
    return desk.index.cover(said, volume.tasks.entries[ref.number])
