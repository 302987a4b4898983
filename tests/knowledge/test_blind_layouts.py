"""Documents of seven layouts that were written without seeing the reader; the first figures are in their README."""

import pytest

from knowledge.extract import extract
from knowledge.plan_json import contract_json
from knowledge.readers import read_file
from tests.knowledge.blind import compared, documents

LAYOUTS, DOCUMENTS = 6, 12


def test_documents_of_other_layouts_are_read_and_nothing_is_invented() -> None:
    found = compared(contract_json(extract(read_file(path.name, path.read_bytes()))) for path in documents())
    assert len(found) >= DOCUMENTS
    assert len({one.layout for one in found}) >= LAYOUTS
    wrong = [words for one in found for words in (*one.wrong, *one.invented)]
    asked, dated = (sum(getattr(one, name) for one in found) for name in ("asked", "dated"))
    assert sum(len(one.invented) for one in found) == 0, wrong
    assert sum(one.exact for one in found) >= 0.95 * dated, wrong
    assert sum(one.found for one in found) >= 0.95 * asked, wrong
    assert sum(one.extra for one in found) <= 0.05 * asked


HEAD = "UBND XÃ TÂN HÒA\nSố: 45/KH-UBND\nTân Hòa, ngày 03 tháng 9 năm 2025\nKẾ HOẠCH\nCông tác năm học 2025-2026\n\n"
MATRIX = "TT\tNội dung\tAi làm\tTháng 10\tTháng 11\n1\tHội thi\tCác trường MN\t{}\t{}\n"
ROWS = "TT\tNội dung\tThực hiện\tThời hạn\tGhi chú\n\tTháng 11/2025\n1\tThao giảng\tCác trường MN\t{}\t{}\n"
WEEK = "Tuần\tNội dung\tĐơn vị thực hiện\tThời hạn\n{}\tBáo cáo y tế\tCác trường gửi UBND xã\t28/11\n\tnt\t{}\t05/12\n"
PROGRAMME = (
    "1. Thời gian: 8h00 ngày 26/11/2025.\n2. Duyệt chương trình: 14h00 ngày 24/11.\n3. {}\n"
    "Giờ\tNội dung\tPhụ trách\n8h00 - 8h15\tKhai mạc\tUBND xã\n10h15\tBế mạc\tUBND xã\n"
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (MATRIX.format("03-07", "trước 15"), ["2025-10-03 2025-10-07 range", "2025-11-15 before"]),
        (MATRIX.format("12, 20", "dự kiến"), ["2025-10-12 on", "2025-10-20 on", "2025-11 tentative-month"]),
        (MATRIX.format("tuần 2-3", "05-11"), ["2025-10 in-month", "2025-11-05 by"]),
        (ROWS.format("Tuần 3-4", ""), ["2025-11 in-week"]),
        (ROWS.format("3-4/2026", ""), ["2026-03,2026-04 in-month"]),
        (ROWS.format("12-16/11", "Mẫu 03/10"), ["2025-11-12 2025-11-16 range"]),
        (ROWS.format("Hết tháng 11", "UBND xã gửi Sở trước 12/12"), ["2025-11 in-month", "2025-12-12 before"]),
        (ROWS.format("", "sáng 18/11"), ["2025-11-18 on"]),
        (WEEK.format("Tuần 4 tháng 11, tuần 1 tháng 12", "UBND xã gửi Sở"), ["2025-11-28 by", "2025-12-05 by"]),
        (PROGRAMME.format("Chương trình"), ["2025-11-26 on", "2025-11-24 on", "2025-11-26 on", "2025-11-26 on"]),
        (PROGRAMME.format("Kinh phí"), ["2025-11-26 on", "2025-11-24 on"]),
    ],
)
def test_other_words_of_the_same_layouts(text: str, wanted: list[str]) -> None:
    tasks = contract_json(extract(read_file("plan.txt", (HEAD + text).encode())))["obligations"]
    days = [" ".join(filter(None, (t["start"] if t["due"] else "", t["due"] or ",".join(t["months"])))) for t in tasks]
    assert [f"{day} {t['due_rule']}" for day, t in zip(days, tasks, strict=True)] == wanted
