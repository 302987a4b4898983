"""Invented plans of other provinces, years and layouts: the same code, the same quality."""

from pathlib import Path

import pytest

from tests.knowledge.scoring import compare, read, rows

FOLDERS = [path.parent for path in sorted(Path("tests/corpus").rglob("gold-obligations.jsonl"))]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_plans_nobody_tuned_for_are_read_as_well(folder: Path) -> None:
    gold = rows(folder / "gold-obligations.jsonl")
    figures = compare(gold, read(folder / "documents"))
    assert figures.dated_exact >= 0.95 * figures.dated, figures.wrong
    assert figures.undated_found >= 0.95 * figures.undated, figures.wrong
    assert figures.precision >= 0.95, figures.wrong
    assert figures.invented == 0, figures.wrong
