"""The five founding papers and the invented ones as Word documents: what they ask for is what it is in the text."""

from collections import Counter
from pathlib import Path

import pytest

from core.work import Obligation, Plan
from knowledge.extract import extract
from knowledge.readers import read_file
from tests.knowledge.scoring import plain
from tests.made_documents.word import word_of

PAPERS = sorted(Path("samples/plans").glob("*.txt"))
INVENTED = sorted(Path("tests/corpus").rglob("documents/*.txt"))


def asks(plan: Plan) -> Counter[tuple[object, ...]]:
    return Counter(map(_told, plan.obligations))


def _told(task: Obligation) -> tuple[object, ...]:
    when = (task.due, task.start, task.rule, task.time, task.months)
    return (plain(task.task), *when, task.from_level, task.to_level, plain(task.snippet))


@pytest.mark.parametrize("path", PAPERS + INVENTED, ids=lambda path: path.stem[:12])
def test_a_paper_in_word_asks_for_the_same_as_in_text(path: Path) -> None:
    text = path.read_text("utf-8")
    in_text = extract(read_file(path.name, text.encode()))
    in_word = extract(read_file("plan.docx", word_of(text)))
    one, other = asks(in_text), asks(in_word)
    lost, added = one - other, other - one
    assert max(lost.total(), added.total()) <= 0.02 * one.total(), "\n".join(map(str, lost + added))
    head, other_head = in_text.head, in_word.head
    for field in ("doc_type", "number", "number_blank", "level", "place", "date", "date_precision", "school_year"):
        assert getattr(other_head, field) == getattr(head, field)
    assert other_head.addressees == head.addressees
    assert other_head.signer == head.signer
    assert [doubt.message for doubt in in_word.doubts] == [doubt.message for doubt in in_text.doubts]
