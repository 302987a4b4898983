"""How well a reading agrees with a list of what a paper really asks for, written by hand."""

import difflib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.blocks import readable
from knowledge.extract import extract
from knowledge.fold import fold
from knowledge.plan_json import contract_json
from knowledge.readers import read_file

ALIKE = 0.6  # share of the shorter text that must stand in the longer
FIELDS = ("due", "due_rule", "from_unit_level", "to_unit_level")

Row = dict[str, Any]


@dataclass(frozen=True)
class Figures:
    """Counts; `wrong` tells each disagreement in words."""

    dated: int
    dated_found: int
    dated_exact: int
    undated: int
    undated_found: int
    predicted: int
    unmatched: int
    invented: int
    wrong: tuple[str, ...]

    @property
    def precision(self) -> float:
        return (self.predicted - self.unmatched) / max(1, self.predicted)


def rows(path: Path) -> list[Row]:
    """The lines of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read(folder: Path) -> list[Row]:
    """Every text document of a folder as the outer contract prints it."""
    paths = sorted(folder.glob("*.txt"))
    return [contract_json(extract(read_file(path.name, path.read_bytes()))) for path in paths]


def compare(gold: list[Row], plans: Iterable[Row]) -> Figures:
    """Each gold row is matched with at most one obligation of its document."""
    found: dict[str, list[Row]] = {plan["source_file"]: list(plan["obligations"]) for plan in plans}
    wrong: list[str] = []
    hits = {True: 0, False: 0}
    exact = 0
    predicted = sum(len(found[name]) for name in {g["source_file"] for g in gold})
    for g in gold:
        best = _best(g, found[g["source_file"]])
        if best is None:
            wrong.append(f"{g['id']}: not found")
            continue
        found[g["source_file"]].remove(best)
        hits[bool(g["due"])] += 1
        differs = [f"{f} {best.get(f)} for {g.get(f)}" for f in FIELDS if (best.get(f) or None) != (g.get(f) or None)]
        if g["due"]:
            exact += not differs
            wrong += [f"{g['id']}: {', '.join(differs)}"] if differs else []
    left = [(name, o) for name in {g["source_file"] for g in gold} for o in found[name]]
    real = {(g["source_file"], g["due"]) for g in gold}
    invented = sum(bool(o["due"]) and (name, o["due"]) not in real for name, o in left)
    dated = sum(bool(g["due"]) for g in gold)
    return Figures(
        dated, hits[True], exact, len(gold) - dated, hits[False], predicted, len(left), invented, tuple(wrong)
    )


def _best(g: Row, candidates: list[Row]) -> Row | None:
    fit = [(_near(g, o), o) for o in candidates if _same_time(g, o)]
    fit = [(score, o) for score, o in fit if score >= ALIKE]
    if not fit:
        return None
    return max(fit, key=lambda one: (sum(one[1].get(f) == g.get(f) for f in FIELDS) if g["due"] else 0, one[0]))[1]


def _same_time(g: Row, o: Row) -> bool:
    if g["due"]:
        return bool(o["due"] == g["due"])
    return not o["due"] and set(g["months"]) <= set(o["months"])


def _near(g: Row, o: Row) -> float:
    return max(alike(g["snippet"], o["snippet"]), alike(g["task"], o["task"]), 0.9 * alike(g["task"], o["snippet"]))


def alike(one: str, other: str) -> float:
    """0 to 1: how much of the shorter text stands in the longer."""
    short, long = sorted((plain(one), plain(other)), key=len)
    if not short or short in long:
        return float(bool(short))
    blocks = difflib.SequenceMatcher(None, short, long, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size > 2) / len(short)


def plain(text: str) -> str:
    """Words only, for comparing: no markup, no diacritics, single spaces."""
    return re.sub(r"\s+", " ", fold(readable(text))).strip()
