"""A file of questions -> a file of answers, a line each, in the same order."""

import json
from argparse import ArgumentTypeError
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from bot.cli.arguments import LEVELS, ROLES, asker_of, instant, unit_of
from bot.cli.files import named, read_bytes
from bot.cli.parser import WrongUse
from core.answer import Answer
from core.errors import BadInput
from core.people import Asker, Unit, UnitTree
from core.texts import commands as texts


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of the batch."""

    id: str | int
    question: str
    asker: Asker
    now: datetime


class _Bad(Exception):
    """What is wrong with one line."""


def read_batch(path: Path, tree: UnitTree, now: datetime) -> list[Asked]:
    """The questions; `now` is for lines without one. Raises WrongUse that names every bad line."""
    asked: list[Asked] = []
    faults: list[tuple[int, str]] = []

    @cache
    def unit(words: str) -> Unit:
        return unit_of(tree, words)

    for number, line in _lines(path):
        try:
            values = _object(line)
            words = _text(values, "unit")
            asker = asker_of(unit(words) if words else None, _role(values))
            asked.append(Asked(_id(values), _text(values, "question"), asker, _instant(values, now)))
        except (_Bad, BadInput) as bad:
            faults.append((number, str(bad)))
    if faults:
        raise WrongUse(texts.in_file(str(path), texts.bad_lines(faults)))
    return asked


def line_out(id: str | int, answer: Answer) -> str:
    """One line of the output, as the outer contract draws it."""
    citations = [
        {"document": c.document, "source_file": c.source_file, "section": c.section, "row": c.row, "quote": c.quote}
        for c in answer.citations
    ]
    items = [
        {
            "task": item.task,
            "due": item.due.isoformat() if item.due else None,
            "rule": item.rule,
            "months": list(item.months),
            "from_unit_level": item.from_level,
            "to_unit_level": item.to_level,
        }
        for item in answer.items
    ]
    values = {"id": id, "answer": answer.text, "kind": answer.kind, "found": answer.found}
    return json.dumps(values | {"citations": citations, "items": items}, ensure_ascii=False)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Every line that is not blank, with its number. Raises WrongUse where the file is not UTF-8."""
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongUse(texts.in_file(str(path), texts.NOT_UTF8)) from None
    return ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def _object(line: str) -> dict[str, Any]:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        raise _Bad(texts.NOT_JSON) from None
    if not isinstance(values, dict):
        raise _Bad(texts.NOT_JSON)
    return values


def _id(values: dict[str, Any]) -> str | int:
    found = values.get("id")
    if isinstance(found, bool) or not isinstance(found, str | int):
        raise _Bad(texts.bad_field("id", texts.MUST_BE_ID))
    return found


def _text(values: dict[str, Any], name: str) -> str:
    """Empty where a unit or role is left out; a question must be there, though it may be empty."""
    found = values.get(name, None if name == "question" else "")
    if found is None and name != "question":
        return ""
    if not isinstance(found, str):
        raise _Bad(texts.bad_field(name, texts.MUST_BE_TEXT))
    return found


def _role(values: dict[str, Any]) -> str:
    role = _text(values, "role")
    if role and role not in (*ROLES, *LEVELS):
        raise _Bad(texts.bad_field("role", texts.MUST_BE_ROLE))
    return role


def _instant(values: dict[str, Any], now: datetime) -> datetime:
    text = _text(values, "now")
    try:
        return instant(text) if text else now
    except ArgumentTypeError:
        raise _Bad(texts.bad_field("now", texts.NOT_AN_INSTANT)) from None


def write_lines(path: Path, lines: list[str]) -> None:
    """Raises BadInput where the file cannot be written."""
    with named(path):
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
