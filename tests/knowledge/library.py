"""The founding documents and the invented ones on a shelf; and the judge of an answer."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from core.answer import Answer
from core.clock import VIETNAM
from core.people import Asker, Level, Ownership, Role, Unit, UnitTree
from core.work import Shelved
from knowledge.answer import answer
from knowledge.extract import extract
from knowledge.fold import fold
from knowledge.index import Index
from knowledge.issuer import find_issuer
from knowledge.readers import read_file

ROOT = Path(__file__).parents[2]
FOUNDING = (ROOT / "samples" / "plans", ROOT / "samples" / "units.csv")
INVENTED = (ROOT / "tests" / "corpus" / "documents", ROOT / "tests" / "corpus" / "units.csv")
SECOND = (ROOT / "tests" / "corpus" / "second" / "documents", ROOT / "tests" / "corpus" / "second" / "units.csv")


@cache
def library(documents: Path, units: Path) -> Index:
    """The index of these documents."""
    tree = UnitTree.of(_units(units))
    shelf = []
    for number, path in enumerate(sorted(documents.glob("*.txt")), 1):
        plan = extract(read_file(path.name, path.read_bytes()))
        issuer = find_issuer(plan.head, tree)
        assert issuer is not None, path.name
        shelf.append(Shelved(number, issuer.code, plan, date(2026, 11, 1)))
    return Index.of(shelf, tree)


def founding() -> Index:
    return library(*FOUNDING)


def ask(index: Index, unit: str, now: str, question: str) -> Answer:
    """The answer for the unit with this code or name; a time without a zone is Vietnam's, a bare day 8 o'clock."""
    asker = unit_called(index.tree, unit)
    return answer(index, question, Asker(asker, Role.TEACHER, asker.level), moment(now))


def moment(now: str) -> datetime:
    instant = datetime.fromisoformat(now if "T" in now else f"{now}T08:00")
    return instant if instant.tzinfo else instant.replace(tzinfo=VIETNAM)


def unit_called(tree: UnitTree, name: str) -> Unit:
    wanted = fold(name)
    return next(u for u in tree.units.values() if wanted in (fold(u.code), fold(u.name), *map(fold, u.aliases)))


def _units(path: Path) -> Iterator[Unit]:
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            yield Unit(
                row["code"],
                row["name"],
                Level(row["level"]),
                row["parent"],
                Ownership(row["ownership"]) if row["ownership"] else None,
                tuple(filter(None, row["aliases"].split("|"))),
                _day(row["valid_from"]),
                _day(row["valid_to"]),
                row["successor"],
            )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True)
class Case:
    """One question of a file, with what its answer must and must not hold."""

    id: str
    unit: str
    now: str
    question: str
    kind: str
    expect: str
    facts: tuple[str, ...]
    forbidden: tuple[str, ...]
    files: frozenset[str]


def cases(path: Path) -> list[Case]:
    found = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        files = frozenset(source["file"] for source in row["source"])
        facts, forbidden = tuple(row["gold_facts"]), tuple(row["forbidden"])
        found.append(
            Case(
                row["id"], row["unit"], row["now"], row["question"], row["kind"], row["expect"], facts, forbidden, files
            )
        )
    return found


def faults(case: Case, found: Answer) -> list[str]:
    """What is wrong with the answer; empty: nothing."""
    wrong = [f"says {fact}" for fact in case.forbidden if holds(found.text, fact)]
    if case.expect == "abstain":
        return wrong + (["claims to know"] if found.found else [])
    if case.expect == "none_due":
        return wrong + (["lists what is not due"] if found.items else [])
    wrong += [f"lacks {fact}" for fact in case.facts if not holds(found.text, fact)]
    cited = {citation.source_file for citation in found.citations}
    return (
        wrong
        + ([] if found.found else ["says that it is not known"])
        + ([] if cited & case.files else ["cites another"])
    )


def holds(text: str, fact: str) -> bool:
    """Whether the text states the fact: words, or a day or month in any usual form; `a||b`: either."""
    if "||" in fact:
        return any(holds(text, part) for part in fact.split("||"))
    plain = " ".join(fold(text).replace("*", "").split())
    if re.fullmatch(r"\d{4}-\d\d-\d\d", fact):
        return bool(re.search(_day_forms(date.fromisoformat(fact)), plain))
    if re.fullmatch(r"\d{4}-\d\d", fact):
        year, month = fact.split("-")
        return bool(
            re.search(rf"(?<!\d)(?:thang\s*0?{int(month)}|0?{int(month)}\s*[/.-]\s*{year}|{fact})(?!\d)", plain)
        )
    return " ".join(fold(fact).split()) in plain


def _day_forms(day: date) -> str:
    d, m = f"0?{day.day}", f"0?{day.month}"
    return (
        rf"(?<!\d)(?:{d}\s*[/.-]\s*{m}(?:\s*[/.-]\s*(?:{day.year}|{day.year % 100:02d}))?|{d}\s+thang\s+{m})"
        r"(?![\d])(?!\s*[/.-]\s*\d)"
    )
