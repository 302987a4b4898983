"""The five founding papers: what they ask for, against a list written by hand."""

import json
import time
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from core.people import Level, Ownership
from core.work import Part, Plan
from knowledge.extract import extract
from knowledge.readers import read_file
from tests.knowledge.scoring import Figures, alike, compare, read, rows

PLANS = Path("samples/plans")
GOLD = Path("tests/gold")


def plan(name: str) -> Plan:
    path = next(PLANS.glob(f"{name}*.txt"))
    return extract(read_file(path.name, path.read_bytes()))


@pytest.fixture(scope="module")
def figures() -> Figures:
    return compare(rows(GOLD / "gold-obligations.jsonl"), read(PLANS))


def test_every_dated_duty_is_found_with_its_day_rule_and_both_ends(figures: Figures) -> None:
    assert figures.dated_found == figures.dated, figures.wrong
    assert figures.dated_exact >= 0.97 * figures.dated, figures.wrong


def test_nearly_every_duty_of_a_month_is_found(figures: Figures) -> None:
    assert figures.undated_found >= 0.97 * figures.undated, figures.wrong


def test_little_is_read_that_is_not_there_and_no_date_is_invented(figures: Figures) -> None:
    assert figures.precision >= 0.95
    assert figures.invented == 0


def test_the_monthly_plan_has_ninety_rows_in_eleven_blocks() -> None:
    blocks = Counter(p.row.rpartition("/")[0] for p in plan("seed-2").passages if p.part is Part.ROW)
    assert list(blocks.items()) == [
        ("8/2023", 12), ("9/2023", 15), ("10/2023", 10), ("11/2023", 7), ("12/2023", 11), ("01/2024", 6),
        ("02/2024", 5), ("3/2024", 8), ("4/2024", 5), ("5/2024", 4), ("6+7/2024", 7),
    ]  # fmt: skip


def test_a_row_that_goes_on_after_a_page_break_belongs_to_the_row_above() -> None:
    tasks = [o.task for o in plan("seed-2").obligations if o.row == "5/2024/1"]
    assert "Tổ chức Liên hoan Bé khoẻ ngoan" in tasks
    assert tasks[-1].startswith("Đánh giá chuẩn nghề nghiệp")


def test_two_tiers_in_one_sentence_are_two_duties_each_with_its_own_clause() -> None:
    two = [o for o in plan("seed-2").obligations if o.row == "12/2023/2"]
    assert [(o.from_level, o.to_level, o.snippet) for o in two] == [
        (Level.SCHOOL, Level.DISTRICT, "Các đơn vị gửi số liệu về phòng GDĐT trước ngày 05/12"),
        (Level.DISTRICT, Level.DEPARTMENT, "phòng GDĐT gửi số liệu về phòng GDMN - Sở GDĐT trước ngày 15/12"),
    ]


def test_a_duty_of_non_public_schools_says_so() -> None:
    owed = [o for o in plan("seed-2").obligations if o.row == "12/2023/6" and o.from_level is Level.SCHOOL]
    assert [o.ownership for o in owed] == [(Ownership.PRIVATE, Ownership.INDEPENDENT)]


def test_a_year_that_contradicts_the_paper_is_doubted_and_the_likely_one_taken() -> None:
    first = plan("seed-1")
    assert [d.line for d in first.doubts if "05/2024" in d.message] == [74]
    assert [o.months for o in first.obligations if o.line == 74] == [("2025-01",), ("2025-05",)]


def test_the_way_of_sending_is_the_one_the_paper_names() -> None:
    sent = {o.deliverable: o.channel for o in plan("seed-3").obligations if o.line == 55}
    assert [channel for channel in sent.values()] == [
        "hệ thống phần mềm Văn phòng điện tử HP-eOffice",
        "email: nguyenthidung@anlao.edu.vn",
    ]
    to_department = [o for o in plan("seed-1").obligations if o.to_level is Level.DEPARTMENT]
    assert all("qlvb.hpnet.vn" in (o.channel or "") for o in to_department)


def test_the_programme_of_a_conference_has_its_hours_and_its_speakers() -> None:
    agenda = [o for o in plan("seed-3").obligations if o.kind == "agenda"]
    assert [o.time for o in agenda][:3] == ["08:00-08:10", "08:10-08:30", "08:30-08:40"]
    assert agenda[-1].task == "Tiếp thu ý kiến chỉ đạo của cấp trên và bế mạc (LĐ Phòng GD&ĐT)"


@pytest.mark.parametrize(
    "gold", json.loads((GOLD / "gold-documents.json").read_text("utf-8")), ids=lambda g: g["level"]
)
def test_the_head_says_who_wrote_what_to_whom(gold: dict[str, Any]) -> None:
    head = plan(gold["source_file"].removesuffix(".txt")).head
    exact = ("doc_type", "number", "number_blank", "level", "place", "date_precision", "school_year", "signer")
    assert {f: getattr(head, f) for f in exact} == {f: gold[f] for f in exact}
    assert (head.date.isoformat() if head.date else None) == gold["date"]
    assert alike(head.title or "", gold["title"]) > 0.95
    assert list(head.addressees) == gold["addressees"]
    assert [c.value for c in head.contacts] == [c["value"] for c in gold["contacts"]]
    assert set(gold["cites"]) <= set(head.cites)


def test_passages_and_snippets_stand_in_the_file_letter_for_letter() -> None:
    for path in PLANS.glob("*.txt"):
        text = unicodedata.normalize("NFC", path.read_text("utf-8"))
        read_plan = extract(read_file(path.name, path.read_bytes()))
        assert all(passage.text in text for passage in read_plan.passages)
        assert all(task.snippet in text for task in read_plan.obligations)


def test_sections_are_numbered_as_the_paper_numbers_them() -> None:
    sections = {p.section for p in plan("seed-1").passages} | {p.section for p in plan("seed-4").passages}
    assert {"III.B.3.4", "III.A.5", "II.4.1.b", "II.8.a"} <= sections


def test_list_items_stand_under_their_lead() -> None:
    first = plan("seed-1")
    lead = next(p for p in first.passages if p.text == "Hồ sơ đề nghị khen thưởng gồm:")
    assert [p.text[:8] for p in first.passages if p.parent == lead.place] == ["· Tờ trì", "· Biên b", "· Báo cá"]


def test_the_five_papers_are_read_in_moments() -> None:
    sources = [read_file(path.name, path.read_bytes()) for path in PLANS.glob("*.txt")]
    begun = time.process_time()
    for source in sources:
        extract(source)
    assert time.process_time() - begun < 3  # a fraction of a second on an idle machine
