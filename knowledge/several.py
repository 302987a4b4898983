"""Several documents in one file, an archive or a letter with attachments: each is read as what it is."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, zip_longest

from core.work import Doubt, Head, Obligation, Passage, Plan
from knowledge.blocks import Block, Source
from knowledge.doubts import worst_first


def apart(source: Source) -> list[Source]:
    """The documents in it, in order; one where it holds no others."""
    blocks, again = ([tuple(one) for _, one in groupby(some, key=_file)] for some in (source.blocks, source.again))
    return [replace(source, blocks=a, notes=(), again=b) for a, b in zip_longest(blocks, again, fillvalue=())]


def fullest(heads: Sequence[Head]) -> Head:
    """The head that says most; of equals the first."""
    return max(heads, key=_told)


def together(source: Source, plans: Sequence[Plan]) -> Plan:
    """One plan of them all, under the head that says most; numbers of passages and tasks are counted on."""
    passages: list[Passage] = []
    obligations: list[Obligation] = []
    doubts: list[Doubt] = []
    for plan in plans:
        first, before = len(passages), len(obligations)
        doubts += [replace(d, task=None if d.task is None else d.task + before) for d in plan.doubts]
        passages += [_moved(passage, first) for passage in plan.passages]
        obligations += [replace(task, passage=task.passage + first) for task in plan.obligations]
    head = fullest([plan.head for plan in plans])
    others = tuple(_without_double(plans, head))
    return Plan(source.name, replace(head, replaces=others), tuple(passages), tuple(obligations), worst_first(doubts))


def _without_double(plans: Sequence[Plan], head: Head) -> Iterator[str]:
    """Every paper that any of them replaces, once."""
    seen = {head.number}
    for number in (number for plan in plans for number in plan.head.replaces):
        if number not in seen:
            seen.add(number)
            yield number


def _moved(passage: Passage, by: int) -> Passage:
    parent = None if passage.parent is None else passage.parent + by
    return replace(passage, place=passage.place + by, parent=parent)


def _file(block: Block) -> str:
    return block.spot.file if block.spot else ""


def _told(head: Head) -> int:
    return sum(map(bool, (head.number, head.number_as_written, head.doc_type, head.issuing_body, head.date_month)))
