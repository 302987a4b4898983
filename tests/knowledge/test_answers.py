"""Questions as people type them, on the founding documents and on invented ones of other offices."""

import unicodedata
from pathlib import Path

import pytest

from knowledge.index import Index
from tests.knowledge.library import FOUNDING, INVENTED, ROOT, SECOND, Case, ask, cases, faults, founding, library

SETS = {
    "founding": (FOUNDING, ROOT / "tests" / "gold" / "questions.jsonl"),
    "founding, asked anew": (FOUNDING, ROOT / "tests" / "corpus" / "questions-founding.jsonl"),
    "invented": (INVENTED, ROOT / "tests" / "corpus" / "questions.jsonl"),
    "founding, in roundabout words": (FOUNDING, ROOT / "tests" / "corpus" / "second" / "questions-founding.jsonl"),
    "invented, in roundabout words": (SECOND, ROOT / "tests" / "corpus" / "second" / "questions.jsonl"),
}
ENOUGH = {"founding, in roundabout words": (0.83, 1), "invented, in roundabout words": (0.77, 4)}
PLAIN = (0.93, 1)  # share of questions right; how many that the documents do not answer may be answered all the same


Asked = tuple[Index, list[Case], tuple[float, int]]


@pytest.fixture(params=SETS, scope="module")
def asked(request: pytest.FixtureRequest) -> Asked:
    (documents, units), questions = SETS[request.param]
    return library(documents, units), cases(questions), ENOUGH.get(request.param, PLAIN)


def test_nearly_every_question_is_answered_right(asked: Asked) -> None:
    index, questions, (share, _) = asked
    wrong = {c.id: found for c in questions if (found := faults(c, ask(index, c.unit, c.now, c.question)))}
    assert len(wrong) <= (1 - share) * len(questions), wrong


def test_what_the_documents_do_not_hold_is_not_answered(asked: Asked) -> None:
    index, questions, (_, most) = asked
    unknown = [c for c in questions if c.expect == "abstain"]
    wrong = [c.id for c in unknown if faults(c, ask(index, c.unit, c.now, c.question))]
    assert unknown
    assert len(wrong) <= most, wrong


def test_every_quote_is_a_literal_run_of_its_document(asked: Asked) -> None:
    index, questions, _ = asked
    texts = {v.shelved.plan.source_file: [p.text for p in v.shelved.plan.passages] for v in index.volumes}
    quotes = 0
    for case in questions:
        for citation in ask(index, case.unit, case.now, case.question).citations:
            quotes += 1
            assert any(citation.quote in text for text in texts[citation.source_file]), (case.id, citation.quote)
    assert quotes > 100


def test_passages_are_literal_runs_of_the_files(asked: Asked) -> None:
    index, _, _ = asked
    folders = [documents for documents, _ in (FOUNDING, INVENTED, SECOND)]
    for volume in index.volumes:
        name = volume.shelved.plan.source_file
        text = _literal(next(folder / name for folder in folders if (folder / name).exists()))
        assert all(passage.text in text for passage in volume.shelved.plan.passages)


def _literal(path: Path) -> str:
    return unicodedata.normalize("NFC", path.read_text("utf-8"))


def test_a_month_without_work_of_ones_own_tells_what_takes_place() -> None:
    told = ask(founding(), "AL-QUANGTRUNG", "2025-03-03", "tháng này có việc gì?")
    assert "hội nghị tổng kết Đề án" in told.text
    assert "14/03/2025" in told.text
    handed_in = ask(founding(), "AL-QUANGTRUNG", "2025-03-03", "tháng này nộp gì?")
    assert "14/03/2025" not in handed_in.text


@pytest.mark.parametrize(
    ("day", "left"),
    [
        (1, "Còn 4 ngày nữa đến 05/12, ngày cuối còn kịp là 04/12: trước ngày 05/12/2023"),
        (4, "Còn 1 ngày nữa đến 05/12, ngày cuối còn kịp là 04/12: trước ngày 05/12/2023"),
        (5, "Hôm nay là ngày chốt: trước ngày 05/12/2023"),
    ],
)
def test_how_long_is_left_says_which_day_is_the_last(day: int, left: str) -> None:
    assert ask(founding(), "VB-HOAPHUONG", f"2023-12-0{day}", "còn mấy ngày hết hạn gửi số liệu?").text.startswith(left)
