"""Questions as people type them, on the founding documents and on invented ones of other offices."""

import unicodedata
from pathlib import Path

import pytest

from knowledge.index import Index
from tests.knowledge.library import FOUNDING, INVENTED, ROOT, Case, ask, cases, faults, library

SETS = {
    "founding": (FOUNDING, ROOT / "tests" / "gold" / "questions.jsonl"),
    "founding, asked anew": (FOUNDING, ROOT / "tests" / "corpus" / "questions-founding.jsonl"),
    "invented": (INVENTED, ROOT / "tests" / "corpus" / "questions.jsonl"),
}
ENOUGH = 0.93  # share of questions right


@pytest.fixture(params=SETS, scope="module")
def asked(request: pytest.FixtureRequest) -> tuple[Index, list[Case]]:
    (documents, units), questions = SETS[request.param]
    return library(documents, units), cases(questions)


def test_nearly_every_question_is_answered_right(asked: tuple[Index, list[Case]]) -> None:
    index, questions = asked
    wrong = {c.id: found for c in questions if (found := faults(c, ask(index, c.unit, c.now, c.question)))}
    assert len(wrong) <= (1 - ENOUGH) * len(questions), wrong


def test_what_the_documents_do_not_hold_is_not_answered(asked: tuple[Index, list[Case]]) -> None:
    index, questions = asked
    unknown = [c for c in questions if c.expect == "abstain"]
    wrong = [c.id for c in unknown if faults(c, ask(index, c.unit, c.now, c.question))]
    assert unknown
    assert len(wrong) <= 1, wrong


def test_every_quote_is_a_literal_run_of_its_document(asked: tuple[Index, list[Case]]) -> None:
    index, questions = asked
    texts = {v.shelved.plan.source_file: [p.text for p in v.shelved.plan.passages] for v in index.volumes}
    quotes = 0
    for case in questions:
        for citation in ask(index, case.unit, case.now, case.question).citations:
            quotes += 1
            assert any(citation.quote in text for text in texts[citation.source_file]), (case.id, citation.quote)
    assert quotes > 100


def test_passages_are_literal_runs_of_the_files(asked: tuple[Index, list[Case]]) -> None:
    index, _ = asked
    folder = FOUNDING[0] if (FOUNDING[0] / index.volumes[0].shelved.plan.source_file).exists() else INVENTED[0]
    for volume in index.volumes:
        text = _literal(folder / volume.shelved.plan.source_file)
        assert all(passage.text in text for passage in volume.shelved.plan.passages)


def _literal(path: Path) -> str:
    return unicodedata.normalize("NFC", path.read_text("utf-8"))
