"""Word documents in ten layouts, communes of after 2025 among them: what they ask for, against a checked list."""

from datetime import date
from pathlib import Path

import pytest

from core.work import Plan
from knowledge.extract import extract
from knowledge.plan_json import contract_json
from knowledge.readers import read_file
from tests.knowledge.scoring import compare, rows
from tests.made_documents.layouts import LAYOUTS


@pytest.fixture(scope="module")
def plans() -> dict[str, Plan]:
    return {name: extract(read_file(name, made())) for name, made in LAYOUTS.items()}


def test_what_is_asked_for_is_read_and_no_day_is_invented(plans: dict[str, Plan]) -> None:
    figures = compare(rows(Path("tests/gold/word-layouts.jsonl")), map(contract_json, plans.values()))
    assert figures.dated_exact >= 0.95 * figures.dated, figures.wrong
    assert figures.undated_found >= 0.95 * figures.undated, figures.wrong
    assert figures.precision >= 0.95, figures.wrong
    assert figures.invented == 0


@pytest.mark.parametrize(
    ("name", "number", "day", "signer"),
    [
        ("tuan.docx", "88/LCT-PGDĐT", date(2024, 11, 28), "Lê Văn Bình"),
        ("thang.docx", "61/KH-PGDĐT", date(2025, 8, 25), "Phạm Thị Hạnh"),
        ("ma-tran.docx", "12/KH-MNHS", date(2025, 9, 3), "Trần Thị Mai"),
        ("danh-muc.docx", "1520/SGDĐT-GDMN", date(2025, 10, 10), "Nguyễn Văn Hòa"),
        ("xa.docx", "45/KH-VHXH", date(2025, 11, 3), "Đỗ Thị Lan"),
        ("dieu-chinh.docx", "52/VHXH", date(2025, 11, 24), "Đỗ Thị Lan"),
        ("cot-thang.docx", "77/KH-PGDĐT", date(2024, 8, 20), "Vũ Thị Hà"),
        ("thong-bao.docx", "17/TB-VHXH", date(2026, 1, 12), "Hồ Thị Ngọc"),
    ],
)
def test_a_head_and_signatures_set_in_tables_are_read(
    plans: dict[str, Plan], name: str, number: str, day: date, signer: str
) -> None:
    head = plans[name].head
    assert (head.number, head.date, head.signer) == (number, day, signer)


def test_the_matter_of_a_letter_goes_on_in_the_next_line_of_its_cell(plans: dict[str, Plan]) -> None:
    assert plans["danh-muc.docx"].head.title == "V/v tổ chức Ngày hội Bé khỏe năm học 2025-2026"
    assert plans["dieu-chinh.docx"].head.title == "V/v điều chỉnh thời hạn nộp báo cáo"


def test_an_obligation_says_in_which_table_and_row_it_stands(plans: dict[str, Plan]) -> None:
    plan = plans["xa.docx"]
    (task,) = [task for task in plan.obligations if task.due == date(2025, 12, 10)]
    spot = plan.passages[task.passage].spot
    assert spot is not None
    assert (spot.table, spot.row) == (1, 4)


def test_a_day_written_once_for_two_rows_holds_for_both(plans: dict[str, Plan]) -> None:
    due = [task.task for task in plans["thang.docx"].obligations if task.due == date(2025, 11, 25)]
    assert due == ["Nộp hồ sơ đăng ký thi đua về Phòng GD&ĐT", "Nộp danh sách trẻ 5 tuổi về Phòng GD&ĐT"]
