"""The acceptance lines of the founding documents that a question can test."""

import pytest

from tests.knowledge.library import ask, founding, holds
from tests.knowledge.mission_table import LINES, Line


@pytest.mark.parametrize("line", LINES, ids=[f"{unit} {question}" for unit, _, question, _, _ in LINES])
def test_the_documents_are_answered_from(line: Line) -> None:
    unit, now, question, facts, wrong = line
    text = ask(founding(), unit, now, question).text
    assert [fact for fact in facts if not holds(text, fact)] == []
    assert [fact for fact in wrong if holds(text, fact)] == []
