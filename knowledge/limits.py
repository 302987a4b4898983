"""The limits that hold for one task: those of its own passage, and those elsewhere that speak of the same thing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.rules import PAPERS, Limit, RuleKind, Thing
from core.work import Obligation, Passage, TaskRef
from knowledge.blocks import mask
from knowledge.fold import fold
from knowledge.index import Index
from knowledge.limit_files import HEALTH
from knowledge.limit_words import named
from knowledge.unit_words import proper_names
from knowledge.volume import Volume

_NOMINATED = {"tap the": Thing.GROUP, "ca nhan": Thing.PERSON}
_TALK_OF_HEALTH = re.compile(r"\b(?:tap huan|tuyen truyen|boi duong|hoi thi|hoi thao|ke hoach|pho bien|truyen thong)\b")
_FIGURES = re.compile(r"\b(?:so lieu|thong ke|bieu mau|danh sach|to trinh|bien ban|cong van|don|giay|quyet dinh)\b")
_PLACES = re.compile(
    r"(?:quận|huyện|thị xã|thành phố|xã|phường|thị trấn|trường|đơn vị)[^:,;A-ZĐ]*\s(?=[A-ZĐÀ-Ỹ])(?P<names>[^:;()]*)"
)
_KINDS = re.compile(r"\b(?:Phòng|Sở|UBND|GDĐT|GD&ĐT|GDMN|MN)\b")
_DOSSIER = re.compile(r"\bho so\b[^.;:]{0,60}\bgom\b")
_ROUND = re.compile(r"\b(lan|dot|vong|hoc ky) (\d{1,2}|i{1,3})\b")
_PART = 3  # of a dossier that the task asks for
_NEAR = 2  # how far above a task a heading still says what it is about

Reach = tuple[int, int]  # how sure it is for the task, and how far away it stands; less is nearer


def limits_of(index: Index, ref: TaskRef, unit: str | None = None) -> tuple[Limit, ...]:
    """What the document asks of what is handed in for this task, by the unit of this code.

    Of several rules for the same the nearest holds; where the nearest do not agree, none. A rule for named places
    holds for units there alone; without a unit for nobody. Empty: nothing is asked, or the task is gone.
    """
    volume = index.by_id.get(ref.document)
    tasks = volume.shelved.plan.obligations if volume else ()
    if volume is None or not 0 <= ref.number < len(tasks):
        return ()
    task = tasks[ref.number]
    nearest: dict[tuple[RuleKind, Thing], tuple[Reach, list[Limit]]] = {}
    for limit in volume.limits:
        reach = _reach(volume, task, limit)
        if reach is None or not _is_for(index, volume, limit, unit):
            continue
        if reach[0] == _PART:
            limit = replace(limit, part=True)
        best = nearest.setdefault((limit.kind, limit.about), (reach, []))
        if reach < best[0]:
            nearest[limit.kind, limit.about] = (reach, [limit])
        elif reach == best[0]:
            best[1].append(limit)
    agreed = [limits[0] for _, limits in nearest.values() if len({_asked(one) for one in limits}) == 1]
    return (*agreed, *_of_health(task, agreed))


def is_paper(task: Obligation) -> bool:
    """Whether what is handed in for it is something to be read."""
    own = _own_words(task)
    return _FIGURES.search(own) is not None or any(one in PAPERS for one in _things(own))


def _asked(limit: Limit) -> tuple[object, ...]:
    return limit.most, limit.least, limit.types


def _of_health(task: Obligation, found: Sequence[Limit]) -> Iterator[Limit]:
    """Data on the health of people come without names, also where no sentence says so."""
    own = _own_words(task)
    said = any(one.kind is RuleKind.COUNTS_ONLY for one in found)
    if HEALTH.search(own) and not _TALK_OF_HEALTH.search(own) and not said:
        yield Limit(RuleKind.COUNTS_ONLY, task.snippet, task.passage, stated=False)


def _own_words(task: Obligation) -> str:
    return fold(mask(f"{task.task} . {task.snippet} . {task.deliverable or ''}"))


def _things(folded: str) -> set[Thing]:
    """What a text names, those that are nominated too."""
    found = {one.thing for one in named(folded) if one.thing}
    return found | {thing for words, thing in _NOMINATED.items() if words in folded}


def _reach(volume: Volume, task: Obligation, limit: Limit) -> Reach | None:
    """How near the limit is to the task; None: it is for something else."""
    passages = volume.shelved.plan.passages
    here, there = _line(passages, task.passage), _line(passages, limit.passage)
    if limit.passage == task.passage:
        return (0, 0) if _not_anothers(volume, task, limit) else None
    down = there.index(task.passage) if task.passage in there else None
    if down is not None:  # it stands below the task
        return (1, down) if not any(_tasks_at(volume, place) for place in there[:down]) else None
    up = next((number for number, place in enumerate(here) if place in there), len(here))
    below = there[: there.index(here[up])] if up < len(here) else there
    if any(_tasks_at(volume, place) for place in below) or _of_another_round(volume, task, limit):
        return None
    if _speaks_of_it(volume, task, limit, here, up):
        return (2, up + len(below))
    return (_PART, up + len(below)) if _is_part(volume, task, limit) else None


def _of_another_round(volume: Volume, task: Obligation, limit: Limit) -> bool:
    """Whether task and limit name rounds, and not the same: the one that is named first is meant."""
    ours = _ROUND.search(_own_words(task))
    theirs = _ROUND.search(fold(volume.shelved.plan.passages[limit.passage].text))
    return bool(ours and theirs and ours[1] == theirs[1] and ours[2] != theirs[2])


def _is_part(volume: Volume, task: Obligation, limit: Limit) -> bool:
    """Whether it limits a part of the dossier that the task asks for."""
    passages = volume.shelved.plan.passages
    line = _line(passages, limit.passage)[:2]
    listed = any(_DOSSIER.search(fold(passages[place].text)) for place in line)
    counted = limit.kind in (RuleKind.NOMINATIONS, RuleKind.COUNTS_ONLY)
    return listed and not counted and Thing.DOSSIER in _things(_own_words(task))


def _speaks_of_it(volume: Volume, task: Obligation, limit: Limit, here: Sequence[int], up: int) -> bool:
    """Whether a limit that stands elsewhere speaks of what this task asks for."""
    own = _own_words(task)
    if limit.kind is RuleKind.COUNTS_ONLY:
        return HEALTH.search(own) is not None
    if limit.about is Thing.ANY:
        return up == 1
    if limit.kind is RuleKind.NOMINATIONS:
        passages = volume.shelved.plan.passages
        around = " . ".join(fold(passages[place].text) for place in here[: _NEAR + 1])
        return up <= _NEAR and limit.about in _things(f"{own} . {around}")
    return limit.about in _things(own)


def _not_anothers(volume: Volume, task: Obligation, limit: Limit) -> bool:
    """Whether, in a passage of several tasks, it is not another one's thing alone; a film can be told by itself."""
    if limit.kind is RuleKind.DURATION:
        return True
    others = [one for one in _tasks_at(volume, task.passage) if one is not task]
    theirs = {thing for one in others for thing in _things(_own_words(one))}
    return limit.about not in theirs or limit.about in _things(_own_words(task))


def _tasks_at(volume: Volume, place: int) -> list[Obligation]:
    return [one for one in volume.shelved.plan.obligations if one.passage == place]


def _line(passages: Sequence[Passage], place: int) -> list[int]:
    """The passage and those it stands under, nearest first."""
    line = [place]
    while (above := passages[line[-1]].parent) is not None and above not in line:
        line.append(above)
    return line


def _is_for(index: Index, volume: Volume, limit: Limit, unit: str | None) -> bool:
    """Whether a limit for named places is for this unit's; one that names none is for all."""
    if limit.kind not in (RuleKind.NOMINATIONS, RuleKind.PIECES):
        return True
    text = volume.shelved.plan.passages[limit.passage].text
    at = text.find(limit.quote)
    before = text[: text.find(":", at)] if at >= 0 and ":" in text[at:] else ""
    found = _PLACES.search(before)
    if not found or _KINDS.search(found["names"]):
        return True
    places = {" ".join(fold(name).split()) for name in re.split(r",|\bvà\b", found["names"])}
    return unit is not None and any(name in places for one in index.tree.above(unit) for name in proper_names(one))
