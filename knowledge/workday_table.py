"""Days that were declared working or free, from a table that the operator keeps."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from core.csv_lines import Fault, Line, read_lines
from core.texts import workdays as texts
from knowledge.fold import fold

_KINDS = {
    **dict.fromkeys(("work", "lam", "di lam", "lam bu", "lam viec"), True),
    **dict.fromkeys(("off", "nghi", "nghi bu", "nghi le"), False),
}
_SAID = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


@dataclass(frozen=True, slots=True)
class Table:
    """What it declares, and what is wrong with it, by line; what is wrong declares nothing."""

    moved: Mapping[date, bool] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def read_table(text: str) -> Table:
    """Of the text of a CSV file. Raises BadInput where its form leaves nothing to read."""
    lines, faults = read_lines(text, ("day", "kind", "note"), ("day", "kind"))
    moved: dict[date, bool] = {}
    for line in lines:
        if fault := _take(line, moved):
            faults.append((line.number, fault))
    return Table(moved, tuple(sorted(faults)))


def _take(line: Line, moved: dict[date, bool]) -> str:
    """What is wrong with the line; empty: it is declared."""
    said, kind, _ = line.cells
    day, works = _day(said), _KINDS.get(fold(kind))
    if day is None:
        return texts.no_day(said)
    if works is None:
        return texts.no_kind(kind)
    if moved.setdefault(day, works) is not works:
        return texts.both(day)
    return ""


def _day(said: str) -> date | None:
    """ "2026-02-14", "14/02/2026" """
    found = _SAID.fullmatch(said)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(said)
    except ValueError:
        return None
