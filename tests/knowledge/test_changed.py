"""Answers about tasks that a later document has changed: the new day with its reason, the old one as of then."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from core.answer import Answer
from core.clock import VIETNAM
from core.people import Asker, Level, Role
from core.work import Change, Effect, Head, Part, Passage, Plan, Rule, Shelved, TaskRef
from knowledge.amending import amended
from knowledge.answer import answer
from knowledge.changed import with_changes
from knowledge.cite import cite_task
from knowledge.index import Index
from tests.knowledge.library import founding

PLAN = 2  # of Vĩnh Bảo
WORDS = (
    "1. Điều chỉnh thời hạn gửi kế hoạch giải pháp sáng tạo từ ngày 20/10/2023 sang ngày 18/10/2023.",
    "2. Không thực hiện việc đăng ký kế hoạch xây dựng trường chuẩn quốc gia.",
)
NOTE = "(hạn cũ 20/10, đổi từ ngày 28/09 theo Công văn số 600/GDĐT)"
MOVED, REVOKED = date(2023, 10, 20), date(2023, 9, 20)


@pytest.fixture(scope="module")
def index() -> Index:
    """As if a letter of 28/9/2023 had moved a day to 18/10, and taken back what was due before 20/9."""
    first = founding()
    shelf = [volume.shelved for volume in first.volumes]
    passages = tuple(Passage(n, n + 1, text, Part.ITEM, str(n + 1)) for n, text in enumerate(WORDS))
    head = Head("Công văn", "600/GDĐT", level=Level.DISTRICT, date=date(2023, 9, 28), title="V/v điều chỉnh kế hoạch")
    letter = Shelved(9, "PGD-VB", Plan("600.txt", head, passages), date(2023, 9, 28))
    tasks = list(enumerate(next(one for one in shelf if one.id == PLAN).plan.obligations))
    refs = [
        next(n for n, task in tasks if task.due == day and task.from_level is Level.SCHOOL) for day in (MOVED, REVOKED)
    ]
    to = date(2023, 10, 18)
    changes = [
        Change(TaskRef(PLAN, refs[0]), Effect.MOVED, 9, 0, WORDS[0], head.date or to, None, to, Rule.BEFORE),
        Change(TaskRef(PLAN, refs[1]), Effect.REVOKED, 9, 1, WORDS[1], head.date or to),
    ]
    return Index.of(amended([*shelf, letter], changes), first.tree)


def ask(index: Index, question: str, on: date = date(2023, 10, 2)) -> Answer:
    unit = index.tree.units["VB-HOAPHUONG"]
    now = datetime(on.year, on.month, on.day, 8, tzinfo=VIETNAM)
    return answer(index, question, Asker(unit, Role.TEACHER, Level.SCHOOL), now)


@pytest.mark.parametrize(
    ("question", "said", "not_said"),
    [
        ("hạn gửi kế hoạch giải pháp sáng tạo?", "Trước ngày 18/10/2023 (thứ Tư) → Phòng.\nViệc: ", "“Tư"),
        ("tháng này nộp gì?", f"trước ngày 18/10/2023 (thứ Tư) {NOTE}", "trước ngày 20/10"),
        ("còn mấy ngày đến hạn kế hoạch giải pháp sáng tạo", "Còn 16 ngày nữa đến 18/10", "20/10/2023 ("),
        ("hạn đăng ký kế hoạch trường chuẩn quốc gia?", "Không phải nộp nữa, theo Công văn số 600/GDĐT", "20/09"),
        ("có phải đăng ký kế hoạch trường chuẩn quốc gia không", "Không phải nộp nữa", "20/9"),
        ("hôm 24/9 hạn là ngày nào?", "Ngày 24/09/2023, theo văn bản khi đó:\n• ", "Đến nay"),
        (
            "ngày 24/9 thì hạn nộp kế hoạch giải pháp sáng tạo là bao giờ",
            "Ngày 24/09/2023, theo văn bản khi đó:\nTrước ngày 20/10/2023 (thứ Sáu)",
            "Đến nay",
        ),
        (
            "trước khi đổi, hạn nộp kế hoạch giải pháp sáng tạo là ngày nào?",
            f"Nay là trước ngày 18/10/2023 (thứ Tư) {NOTE}",
            "Đến nay",
        ),
        ("hạn cũ nộp kế hoạch giải pháp sáng tạo là ngày nào", "Trước ngày 20/10/2023 (thứ Sáu)", "Đến nay"),
        ("hôm 24/9 hạn cân đo lần 1 là ngày nào", "Đến nay hạn vẫn vậy.", "Nay là"),
        ("hôm 30/9 hạn nộp kế hoạch giải pháp sáng tạo là ngày nào?", f"{NOTE}", "theo văn bản khi đó"),
    ],
)
def test_a_question_is_answered_with_what_is_so(index: Index, question: str, said: str, not_said: str) -> None:
    found = ask(index, question)
    assert said in found.text
    assert not_said not in found.text
    texts = {volume.shelved.id: [one.text for one in volume.shelved.plan.passages] for volume in index.volumes}
    assert all(any(one.quote in text for text in texts[one.document_id]) for one in found.citations)


def test_the_words_that_changed_it_are_cited_first_and_no_item_has_the_old_day(index: Index) -> None:
    found = ask(index, "hạn gửi kế hoạch giải pháp sáng tạo?")
    assert found.citations[0].quote == WORDS[0]
    assert [one.due for one in found.items] == [date(2023, 10, 18)]
    assert found.citations[found.items[0].citation].document_id == 9


def test_a_quoted_row_that_was_overtaken_says_so_first(index: Index) -> None:
    volume = index.by_id[PLAN]
    assert volume.shelved.first
    for number, said in ((c.ref.number, c.effect) for c in volume.shelved.changes):
        citation = cite_task(index, volume, volume.shelved.first.obligations[number])
        quoting = replace(ask(index, "zzz"), text=f"“{citation.quote}”", citations=(citation,))
        told = with_changes(index, quoting).text
        expected = (
            f"Nay là trước ngày 18/10/2023 (thứ Tư) {NOTE}: " if said is Effect.MOVED else "Nay không phải nộp nữa"
        )
        assert told.startswith(expected)
        assert f"“{citation.quote}”" in told
