"""Which wordings are limits: lists of invented ones, and the founding documents."""

from functools import cache

from core.rules import Limit, RuleKind
from knowledge.limit_grammar import limits_in
from tests.knowledge.library import ROOT
from tests.knowledge.scoring import Row, rows

SETS = ("limits", "limits-unseen")


def written(limit: Limit) -> str:
    """As the lists have it: "duration 300..600 film"."""
    if limit.kind is RuleKind.COUNTS_ONLY:
        return str(limit.kind)
    if limit.types:
        return f"{limit.kind} {','.join(limit.types)} {limit.about}"
    return f"{limit.kind} {limit.least or ''}..{limit.most or ''} {limit.about}"


@cache
def read(name: str) -> list[tuple[Row, list[str]]]:
    lines = rows(ROOT / "tests" / "gold" / f"{name}.jsonl")
    return [(line, sorted(map(written, limits_in(line["text"], 0, line.get("above", ""))))) for line in lines]
