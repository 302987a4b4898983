"""Documents of other layouts, written blind: how much of what they ask for is found, by layout and document."""

import asyncio
from itertools import groupby

from bot.cli.reading import read_plan
from knowledge.plan_json import contract_json
from tests.knowledge.blind import TOLD, Document, compared, documents

NAMES = ("asked", "found", "dated", "exact", "invent", "extra", "kind", "from", "to", "start", "time", "status")


def run() -> None:
    """Print the figures. `exact`: day, rule, from and to right; the last six: right among the found."""
    print("exact: of the dated, with day, rule, from and to right; kind to status: right among the found")
    print(f"{'':42}" + "".join(f"{name:>7}" for name in NAMES))
    found = compared(contract_json(asyncio.run(read_plan(path)).plan) for path in documents())
    for layout, group in groupby(found, key=lambda one: one.layout):
        of_layout = list(group)
        for one in of_layout:
            _line(f"  {one.name}", [one])
        _line(layout, of_layout)
    _line("all", found)
    dated = sum(one.dated for one in found)
    print(f"dated exact {sum(one.exact for one in found) / dated:.3f}", end="; ")
    print(f"invented {sum(len(one.invented) for one in found)}")
    for one in found:
        for words in (*one.wrong, *(f"invented {words}" for words in one.invented)):
            print(f"- {one.name}: {words}")


def _line(name: str, documents: list[Document]) -> None:
    counts = [
        (one.asked, one.found, one.dated, one.exact, len(one.invented), one.extra, *(one.right[f] for f in TOLD))
        for one in documents
    ]
    print(f"{name:42}" + "".join(f"{sum(column):7}" for column in zip(*counts, strict=True)))
