"""Of which parts a dossier consists, as its document lists them; where there is no list, of none."""

from datetime import date

import pytest

from core.people import Level, Unit, UnitTree
from core.rules import Limit
from core.work import Shelved, TaskRef
from knowledge.dossier_parts import parts_of
from knowledge.extract import extract
from knowledge.index import Index
from knowledge.readers import read_file
from tests.knowledge.library import FOUNDING, INVENTED, SECOND, founding, library

HEAD = "PHÒNG GDĐT HUYỆN X\nSố: 12/KH-PGDĐT\nX, ngày 02 tháng 10 năm 2024\nKẾ HOẠCH\nTổ chức xét thi đua\n"
REPORT = "Các trường gửi báo cáo trước ngày 15/3/2025."
SEND = "Các trường nộp hồ sơ về Phòng trước ngày 15/3/2025."


def read(body: str) -> list[Limit | None]:
    plan = extract(read_file("hoi-thi.txt", (HEAD + body).encode()))
    index = Index.of([Shelved(1, "X", plan, date(2024, 10, 2))], UnitTree.of([Unit("X", "Phòng X", Level.DISTRICT)]))
    return [parts_of(index, TaskRef(1, number)) for number in range(len(plan.obligations))]


def names(body: str) -> list[tuple[str, ...]]:
    return [limit.parts for limit in read(body) if limit]


def test_of_the_first_document_the_award_takes_three() -> None:
    limit = parts_of(founding(), TaskRef(1, 6))
    assert limit is not None
    assert limit.quote == "Hồ sơ đề nghị khen thưởng gồm"
    assert limit.parts == (
        "Tờ trình kèm danh sách tập thể, cá nhân được đề nghị khen thưởng",
        "Biên bản họp Hội đồng thi đua khen thưởng",
        "Báo cáo thành tích của tập thể, cá nhân",
    )


def test_no_other_task_of_the_founding_documents_has_parts() -> None:
    refs = [TaskRef(v.shelved.id, n) for v in founding().volumes for n in range(len(v.shelved.plan.obligations))]
    assert [ref for ref in refs if parts_of(founding(), ref)] == [TaskRef(1, 6)]


@pytest.mark.parametrize("shelf", [FOUNDING, INVENTED, SECOND])
def test_every_part_is_a_run_of_the_document(shelf: tuple[object, object]) -> None:
    index = library(*shelf)
    for volume in index.volumes:
        passages = volume.shelved.plan.passages
        for number in range(len(volume.shelved.plan.obligations)):
            limit = parts_of(index, TaskRef(volume.shelved.id, number))
            text = "\n".join(one.text for one in passages)
            assert limit is None or all(name in text for name in (limit.quote, *limit.parts))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            f"I. HỒ SƠ\n1. Hồ sơ gồm: tờ trình (02 bản); biên bản họp; báo cáo thành tích.\n2. {SEND}",
            [("tờ trình", "biên bản họp", "báo cáo thành tích")],
        ),
        (
            f"I. HỒ SƠ\n1. Hồ sơ gồm 03 thành phần: tờ trình, biên bản (có chữ ký, đóng dấu) và video.\n2. {SEND}",
            [("tờ trình", "biên bản", "video")],
        ),
        (
            f"I. HỒ SƠ\nHồ sơ dự thi gồm:\n+ Tờ trình;\n+ Biên bản họp;\n+ Bằng khen (nếu có);\n{SEND}",
            [("Tờ trình", "Biên bản họp")],
        ),
        (
            f"I. HỒ SƠ\n1. Hồ sơ gồm: tờ trình, báo cáo của tập thể và cá nhân.\n2. {SEND}",
            [("tờ trình", "báo cáo của tập thể và cá nhân")],
        ),
        (f"I. HỒ SƠ\n1. Hồ sơ gồm 04 thành phần: tờ trình; biên bản; báo cáo.\n2. {SEND}", []),
        (f"I. HỒ SƠ\n1. Hồ sơ gồm: 02 bộ, đóng bìa.\n2. {SEND}", []),
        (f"I. HỒ SƠ\n1. Hồ sơ làm theo mẫu của Sở.\n2. {SEND}", []),
        (
            f"I. HỒ SƠ\n1. Hồ sơ tập thể gồm: tờ trình; biên bản.\n2. Hồ sơ cá nhân gồm: đơn; bản khai.\n3. {SEND}",
            [],
        ),  # which of the two is not sure
        (
            f"I. HỘI THI\n1. Hồ sơ gồm: tờ trình; biên bản.\nII. BÁO CÁO\n1. {REPORT}",
            [],
        ),
    ],
)
def test_lists(body: str, expected: list[tuple[str, ...]]) -> None:
    assert names(body) == expected


def test_a_task_that_is_gone_has_none() -> None:
    assert parts_of(founding(), TaskRef(1, 999)) is None
    assert parts_of(founding(), TaskRef(99, 0)) is None
