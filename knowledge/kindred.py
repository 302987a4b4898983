"""Which tasks of other documents ask for the same thing, so that one piece of evidence may serve both."""

from collections.abc import Sequence
from dataclasses import replace

from core.people import Asker
from core.work import TaskRef
from knowledge.captions import Caption, read_caption
from knowledge.cite import task_words
from knowledge.index import Index
from knowledge.meant_for import Likely, Owed, beside, owed_tasks
from knowledge.volume import Volume

SHARED = 4  # words that few tasks hold, which both say in the same company
MOST = 0.5  # of the words of the shorter that few tasks hold


def kindred(index: Index, ref: TaskRef, asker: Asker) -> Sequence[Likely]:
    """The tasks of other documents of the same school year that the asker's unit owes and that speak of the same.

    The likest first; "kế hoạch", "hội nghị" and what else many tasks hold makes none alike.
    """
    home = index.by_id.get(ref.document)
    owed = {found: (volume, task) for volume, found, task in owed_tasks(index, asker)}
    if home is None or ref not in owed:
        return ()
    task = owed[ref][1]
    found = [
        Likely(other, volume.unit, its, alike)
        for other, (volume, its) in owed.items()
        if volume is not home
        and volume.year in (None, home.year)
        and (alike := _alike(index, (home, ref, task), (volume, other, its))) >= MOST
    ]
    return sorted(found, key=lambda one: (-one.score, one.ref))


def _alike(index: Index, one: Owed, other: Owed) -> float:
    """The share of the shorter's own words that both say; 0 where those are few."""
    mine, theirs = _said(index, one), _said(index, other)
    held = min(_held(mine, *other[:2]), _held(theirs, *one[:2]))
    fewest = min(len(mine.own_words), len(theirs.own_words))
    return held / fewest if held >= SHARED else 0.0


def _said(index: Index, owed: Owed) -> Caption:
    volume, _, task = owed
    return read_caption(task_words(task), volume.shelved.ingested_on, index.words)


def _held(said: Caption, volume: Volume, ref: TaskRef) -> int:
    """How many of its own words the task says too, beside the same neighbour."""
    entry = replace(volume.tasks.entries[ref.number], context=frozenset(), context_pairs=frozenset())
    return sum(beside(said.question.tokens, i, entry) for i in said.own_words)
