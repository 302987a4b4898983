"""Doubts about a document: those that the founding ones deserve and no others, and one paper for each kind."""

from pathlib import Path

import pytest

from core.texts import doubts as texts
from core.work import DoubtKind, Plan, Spot
from knowledge.blocks import Paragraph, Source
from knowledge.extract import extract
from knowledge.readers import read_file

PLANS = Path("samples/plans")
DESERVED = {  # mission.md D1-01, D1-13, D1-18; D2-08, D2-09, D2-11, D2-47; D3-14
    "seed-1-haiphong-chuyende-2024.txt": [(DoubtKind.DATE, 74), (DoubtKind.CLOSED, 129), (DoubtKind.SOON, 151)],
    "seed-2-vinhbao-trongtam-thang-2023.txt": [
        (DoubtKind.RECEIVER, 71),
        (DoubtKind.JOINED, 106),
        (DoubtKind.CLOSED, 103),
        (DoubtKind.CLOSED, 113),
    ],
    "seed-3-anlao-dean-2024.txt": [(DoubtKind.ORDER, 55)],
    "seed-4-haiphong-nhiemvu-2022.txt": [],
    "seed-5-damha-chuyende-2025.txt": [],
}
HEAD = """PHÒNG GD&ĐT HUYỆN AN LÃO
Số: 12/PGDĐT-GDMN
An Lão, ngày 03 tháng 11 năm 2025
V/v báo cáo học kỳ I năm học 2025-2026
Kính gửi: Hiệu trưởng các trường mầm non trong huyện
"""


def about(body: str, head: str = HEAD) -> Plan:
    return extract(read_file("cong-van.txt", (head + body).encode()))


def seen(body: str) -> Plan:
    """The same, read from a picture."""
    source = read_file("cong-van.txt", (HEAD + body).encode())
    spot = Spot(page=1, scanned=True)
    return extract(Source("anh.jpg", tuple(Paragraph(block.line, block.text, spot) for block in source.blocks)))


def kinds(plan: Plan) -> list[DoubtKind]:
    return [doubt.kind for doubt in plan.doubts]


@pytest.mark.parametrize("name", DESERVED)
def test_the_founding_documents_are_doubted_where_they_deserve_it_and_nowhere_else(name: str) -> None:
    plan = extract(read_file(name, (PLANS / name).read_bytes()))
    assert [(doubt.kind, doubt.line) for doubt in plan.doubts] == DESERVED[name]
    assert all(doubt.question for doubt in plan.doubts)
    text = (PLANS / name).read_text("utf-8")
    assert all(doubt.words in text for doubt in plan.doubts)


BAD = [
    ("Các trường gửi báo cáo về Phòng GD&ĐT trước ngày 31/11/2025.", DoubtKind.DATE, texts.WHICH_DAY),
    ("Các trường gửi báo cáo về Phòng GD&ĐT trước thứ Hai ngày 05/12/2025.", DoubtKind.DATE, texts.WHICH_DAY),
    (
        "Các trường gửi báo cáo về Phòng GD&ĐT trước ngày 15/12/2025, Phòng GD&ĐT gửi Sở GD&ĐT trước ngày 05/12/2025.",
        DoubtKind.TIERS,
        texts.WHICH_DAY,
    ),
    ("Các trường gửi báo cáo về Phòng GD&ĐT trước ngày 04/11/2025.", DoubtKind.SOON, texts.KEEP),
    ("Các trường gửi báo cáo về Phòng GD&ĐT chậm nhất ngày 07/12/2025.", DoubtKind.CLOSED, texts.KEEP),
    ("Các trường gửi báo cáo về Phòng GD&ĐT chậm nhất ngày 01/01/2026.", DoubtKind.CLOSED, texts.KEEP),
    ("Các trường gửi báo cáo về GDĐT trước ngày 05/12/2025.", DoubtKind.RECEIVER, texts.WHO_GETS),
    (
        "Các trường cử 05 (bốn) giáo viên, gửi danh sách về Phòng GD&ĐT trước ngày 05/12/2025.",
        DoubtKind.FIGURES,
        texts.KEEP,
    ),
]
GOOD = [
    "Các trường gửi báo cáo về Phòng GD&ĐT trước ngày 05/12/2025.",
    "Các trường gửi báo cáo về Phòng GD&ĐT trước thứ Sáu ngày 05/12/2025.",
    "Các trường gửi báo cáo về Phòng GD&ĐT chậm nhất ngày 06/12/2025.",  # a Saturday
    "Các trường gửi báo cáo về Phòng GD&ĐT trước ngày 05/12/2025, Phòng GD&ĐT gửi Sở GD&ĐT trước ngày 15/12/2025.",
    "Các trường cử 05 (năm) giáo viên, gửi danh sách về Phòng GD&ĐT trước ngày 05/12/2025.",
    "Các trường hoàn thành cân đo lần 2 trước ngày 05/12/2025.",
]


@pytest.mark.parametrize(("body", "kind", "question"), BAD)
def test_what_is_wrong_is_asked_about_with_its_words(body: str, kind: DoubtKind, question: str) -> None:
    plan = about(body)
    (doubt,) = [doubt for doubt in plan.doubts if doubt.kind is kind]
    assert doubt.question == question
    assert doubt.words in body
    if kind is not DoubtKind.FIGURES:
        assert doubt.task is not None
        assert plan.obligations[doubt.task].line == doubt.line


@pytest.mark.parametrize("body", GOOD)
def test_what_is_right_is_not_asked_about(body: str) -> None:
    plan = about(body)
    assert plan.obligations
    assert kinds(plan) == []


def test_a_deadline_before_the_paper_itself_is_asked_about() -> None:
    plan = about("Các trường gửi báo cáo về Phòng GD&ĐT trước ngày 20/10/2025.")
    assert {DoubtKind.PAST, DoubtKind.DATE} & set(kinds(plan))


def test_a_list_that_is_shorter_than_it_says_is_asked_about() -> None:
    plan = about("1. Hồ sơ gồm 3 phần sau:\n- Tờ trình\n- Danh sách\n2. Việc khác.")
    assert kinds(plan) == [DoubtKind.FIGURES]
    assert kinds(about("1. Hồ sơ gồm 2 phần sau:\n- Tờ trình\n- Danh sách\n2. Việc khác.")) == []


def test_every_date_that_was_read_from_a_picture_is_asked_about_and_first() -> None:
    plan = seen("Các trường gửi báo cáo về Phòng GD&ĐT chậm nhất ngày 07/12/2025.")
    assert kinds(plan) == [DoubtKind.SCANNED, DoubtKind.CLOSED]
    assert plan.passages[plan.obligations[0].passage].spot == Spot(page=1, scanned=True)


def test_no_doubt_says_a_word_twice() -> None:
    [closed] = about("Các trường gửi báo cáo về Phòng GD&ĐT chậm nhất ngày 30/11/2025.").doubts
    assert closed.message.startswith("Hạn 30/11/2025 rơi vào Chủ nhật")


def test_two_tasks_of_one_scanned_line_are_asked_about_one_by_one() -> None:
    """Whoever puts one of them right has not looked at the other."""
    plan = seen("Các trường gửi báo cáo về Phòng trước 05/12/2025; Phòng gửi báo cáo về Sở trước 05/12/2025.")
    asked = [doubt.task for doubt in plan.doubts if doubt.kind is DoubtKind.SCANNED]
    assert asked == [number for number, task in enumerate(plan.obligations) if task.due]
    assert len(asked) == 2
