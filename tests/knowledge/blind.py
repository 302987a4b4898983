"""Readings of the documents written blind (`tests/gold/blind`) beside what a careful person finds in them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from tests.knowledge.scoring import ALIKE, FIELDS, Row, alike, rows

FOLDER = Path(__file__).parent.parent / "gold" / "blind"
TOLD = ("kind", "from_unit_level", "to_unit_level", "start", "time", "status")


@dataclass(frozen=True, slots=True)
class Document:
    """Counts of one document. `right`: how many of the found agree in each field of TOLD; `wrong`: in words."""

    name: str
    layout: str
    asked: int
    found: int
    dated: int
    exact: int
    extra: int
    right: Counter[str]
    wrong: tuple[str, ...]
    invented: tuple[str, ...]


def documents() -> list[Path]:
    """The files, by layout and name."""
    layouts = {g["source_file"]: g["layout"] for g in gold()}
    return sorted((FOLDER / "documents").iterdir(), key=lambda path: (layouts[path.name], path.name))


def gold() -> list[Row]:
    """Every obligation of every document."""
    return rows(FOLDER / "gold.jsonl")


def compared(plans: Iterable[Row]) -> list[Document]:
    """One for each plan (as the outer contract prints it), against the gold of its file."""
    by_file = defaultdict(list)
    for g in gold():
        by_file[g["source_file"]].append(g)
    return [compare(by_file[plan["source_file"]], plan["obligations"]) for plan in plans]


def compare(asked: list[Row], found: list[Row]) -> Document:
    """Each gold line goes with one obligation at most, the best pairs first; no line alike with its date: invented."""
    pairs = _pairs(asked, found)
    exact, wrong, right = 0, [], Counter[str]()
    for i, g in enumerate(asked):
        if i not in pairs:
            wrong.append(f"{g['id']}: not found ({g['due'] or g['due_rule']}) {g['snippet'][:60]!r}")
            continue
        o = found[pairs[i]]
        differs = [f for f in FIELDS if o.get(f) not in _accepted(g, f)]
        exact += bool(g["due"]) and not differs
        right.update(f for f in TOLD if o.get(f) in _accepted(g, f))
        wrong += [f"{g['id']}: " + ", ".join(f"{f} {o.get(f)} for {g.get(f)}" for f in differs)] if differs else []
    left = [found[j] for j in sorted(set(range(len(found))) - set(pairs.values()))]
    invented = tuple(f"{o['due']}: {o['snippet'][:80]!r}" for o in left if _invented(o, asked))
    return Document(
        asked[0]["source_file"],
        asked[0]["layout"],
        asked=len(asked),
        found=len(pairs),
        dated=sum(bool(g["due"]) for g in asked),
        exact=exact,
        extra=len(left),
        right=right,
        wrong=tuple(wrong),
        invented=invented,
    )


def _pairs(asked: list[Row], found: list[Row]) -> dict[int, int]:
    """Which gold line goes with which obligation."""
    fit = []
    for (i, g), (j, o) in product(enumerate(asked), enumerate(found)):
        near = _near(g, o) if _same_time(g, o) else 0.0
        if near >= ALIKE:
            fit.append((sum(o.get(f) in _accepted(g, f) for f in FIELDS), near, -i, -j))
    taken: dict[int, int] = {}
    for _, _, i, j in sorted(fit, reverse=True):
        if -i not in taken and -j not in taken.values():
            taken[-i] = -j
    return taken


def _same_time(g: Row, o: Row) -> bool:
    if o["due"]:
        return o["due"] in _accepted(g, "due")
    return None in _accepted(g, "due") and set(g["months"]) <= set(o["months"])


def _invented(o: Row, asked: list[Row]) -> bool:
    return bool(o["due"]) and not any(_near(g, o) >= ALIKE and o["due"] in _accepted(g, "due") for g in asked)


def _near(g: Row, o: Row) -> float:
    return max(alike(g["snippet"], o["snippet"]), alike(g["task"], o["task"]), 0.9 * alike(g["task"], o["snippet"]))


def _accepted(g: Row, name: str) -> set[Any]:
    return {g.get(name)} | {other[name] for other in g.get("accepts") or [] if name in other}
