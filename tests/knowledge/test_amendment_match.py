"""Which obligations of real plans a later paper is about."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from core.amendments import Proposal
from core.clock import VIETNAM
from core.drafts import Draft, Stage
from core.people import Level, UnitTree
from core.work import DoubtKind, Effect, Obligation, Plan, Shelved, TaskRef
from knowledge.amending import amended, change_of
from knowledge.amendment_match import propose
from knowledge.amendments import find
from knowledge.drafting import open_doubts
from knowledge.extract import extract
from knowledge.index import Index
from knowledge.readers import read_file
from tests.knowledge.library import FOUNDING, INVENTED, ROOT, SECOND, library
from tests.knowledge.scoring import Row, rows

PLAN = "g-vyda-kehoach-2025.txt"
REPLACED = (
    ("Số: 12/KH-VHXH", "Số: 25/KH-VHXH"),
    ("ngày 10 tháng 9 năm 2025", "ngày 20 tháng 10 năm 2025"),
    ("chậm nhất 17h00 ngày 05/12/2025", "chậm nhất 16h00 ngày 10/12/2025"),
    ("10. Tháng 5/2026", "10. Tháng 6/2026"),
    ("8. Tuần 2 tháng 3/2026, các trường tổ chức ngày hội “Bé với di sản Huế”.", "8. Các trường nộp báo cáo chuyển đổi "
     "số về Phòng Văn hóa - Xã hội trước ngày 15/11/2025."),
    ("được giải quyết./.", "được giải quyết. Kế hoạch này thay thế Kế hoạch số 12/KH-VHXH ngày 10/9/2025./."),
)  # fmt: skip


def shelves() -> Iterator[Index]:
    return (library(*shelf) for shelf in (FOUNDING, INVENTED, SECOND))


def shelf_with(document: str) -> tuple[Index, Shelved]:
    found = [(index, v.shelved) for index in shelves() for v in index.volumes if v.shelved.plan.source_file == document]
    return found[0]


def proposed(text: str, index: Index) -> tuple[Plan, tuple[Proposal, ...]]:
    plan = extract(read_file("công văn.txt", text.encode()))
    return plan, propose(plan, find(plan), index.volumes)


def is_meant(wanted: str | None, proposal: Proposal, shelved: Shelved) -> bool:
    """ "words of it|its section or row"; None: nothing that is published."""
    if wanted is None or proposal.ref is None:
        return wanted is None and proposal.ref is None
    task, (words, _, at) = shelved.plan.obligations[proposal.ref.number], wanted.partition("|")
    return (
        proposal.ref.document == shelved.id
        and words in f"{task.snippet} {task.task}"
        and at
        in (
            task.section,
            task.row,
        )
    )


def test_the_obligation_that_is_meant_is_found_and_no_other() -> None:
    wrong: list[tuple[str, tuple[Proposal, ...]]] = []
    lines: list[Row] = rows(ROOT / "tests" / "gold" / "amendments-meant.jsonl")
    for line in lines:
        index, shelved = shelf_with(line["document"])
        _, found = proposed(line["paper"], index)
        fits = len(found) == len(line["meant"])
        if not fits or not all(is_meant(w, p, shelved) for w, p in zip(line["meant"], found, strict=True)):
            wrong.append((line["paper"], found))
    assert wrong == []
    assert len(lines) >= 23


def test_the_office_that_moves_a_day_is_not_taken_for_who_owes_the_task() -> None:
    """ "Phòng GDĐT lùi thời hạn nộp …" is about what the schools hand in, not about what the office does."""
    head = "UBND HUYỆN VĨNH BẢO\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: {}\nVĩnh Bảo, ngày 30 tháng 11 năm 2023\n{}\n"
    earlier = head.format("77/KH-GDĐT", "KẾ HOẠCH\nKiểm tra bếp ăn bán trú") + (
        "1. Các trường nộp bảng tự đánh giá bếp ăn bán trú trước ngày 11/12/2023.\n"
        "2. Phòng GDĐT kiểm tra bếp ăn các trường từ ngày 18/12 đến ngày 22/12/2023.\n"
    )
    letter = head.format("81/GDĐT-MN", "V/v lùi thời hạn") + (
        "Phòng GDĐT lùi thời hạn nộp bảng tự đánh giá bếp ăn bán trú tại Kế hoạch số 77/KH-GDĐT ngày 30/11/2023 "
        "đến trước ngày 14/12/2023.\n"
    )
    first = extract(read_file("kế hoạch.txt", earlier.encode()))
    index = Index.of([Shelved(1, "vb", first, date(2023, 12, 1))], UnitTree.of(()))
    plan, found = proposed(letter, index)
    assert [one.ref for one in found] == [TaskRef(1, 0)]
    assert [one.kind for one in plan.doubts] == [DoubtKind.RECEIVER]
    draft = Draft(1, "MÃ", "vb", 1, "công văn.txt", "", Stage.READ, datetime(2023, 12, 1, tzinfo=VIETNAM), plan)
    assert open_doubts(draft) == (0,)
    assert open_doubts(replace(draft, proposals=found)) == ()  # asked about as a change, not as a task of its own


def test_plans_of_the_corpus_change_only_what_they_say() -> None:
    told = {
        volume.shelved.plan.source_file: [
            (str(p.amending.effect), p.amending.numbers[0], p.ref and task_of(index, p).section)
            for p in propose(volume.shelved.plan, find(volume.shelved.plan), index.volumes)
        ]
        for index in shelves()
        for volume in index.volumes
    }
    assert {name: found for name, found in told.items() if found} == {
        "b-yenthanh-phancong-2023.txt": [("restated", "96/KH-PGDĐT", None)],
        "h-vyda-dieuchinh-2025.txt": [
            ("moved", "12/KH-VHXH", "II.4"),
            ("revoked", "12/KH-VHXH", "II.8"),
            ("restated", "71/VHXH", None),
        ],
        "j-hue-moitruong-2025.txt": [("restated", "2715/SGDĐT-GDMN", None)],
        "l-daklak-yte-2024.txt": [("restated", "1377/SGDĐT-CTTT", None)],
        "n-bienhoa-thele-2023.txt": [("restated", "377/TL-PGDĐT", None)],
    }


def task_of(index: Index, proposal: Proposal) -> Obligation:
    assert proposal.ref is not None
    return index.by_id[proposal.ref.document].shelved.plan.obligations[proposal.ref.number]


def test_a_moved_day_of_the_corpus_keeps_its_hour_and_tier() -> None:
    index, shelved = shelf_with("h-vyda-dieuchinh-2025.txt")
    moved = propose(shelved.plan, find(shelved.plan), index.volumes)[0]
    before = task_of(index, moved)
    assert moved.ref is not None
    change = change_of(moved.amending, moved.ref, before, shelved.id, shelved.plan.head.date or shelved.ingested_on)
    after = amended([index.by_id[moved.ref.document].shelved], [change])[0].plan.obligations[moved.ref.number]
    assert (before.due, before.time, before.rule) != (after.due, after.time, after.rule)
    assert (str(after.due), after.time, str(after.rule), after.from_level) == (
        "2025-12-10",
        "17:00",
        "by",
        Level.SCHOOL,
    )


def test_a_plan_that_replaces_another_says_each_of_its_tasks_again_or_no_more() -> None:
    index, earlier = shelf_with(PLAN)
    text = Path(INVENTED[0] / PLAN).read_text("utf-8")
    for old, new in REPLACED:
        assert old in text
        text = text.replace(old, new)
    plan, found = proposed(text, index)
    tasks = earlier.plan.obligations
    assert [p.ref.number for p in found if p.ref] == list(range(len(tasks)))  # each once, those said again past or not
    gone = [tasks[p.ref.number].section for p in found if p.ref and p.amending.effect is Effect.REVOKED]
    assert gone == ["II.8"]
    again = {p.ref.number: p.amending for p in found if p.ref and p.amending.effect is Effect.RESTATED}
    changed = {
        tasks[number].section: (str(said.due or said.start), said.time)
        for number, said in again.items()
        if (said.due, said.time) != (tasks[number].due, tasks[number].time) or "Tháng" in tasks[number].snippet
    }
    assert changed == {"II.4": ("2025-12-10", "16:00"), "II.10": ("2026-06-01", None)}
    own = [number for said in again.values() for number in said.own]
    assert len(own) == len(set(own))
    assert [task.section for number, task in enumerate(plan.obligations) if number not in own] == ["II.8"]


def test_a_second_change_is_matched_by_the_day_as_it_stands_and_as_it_was_and_by_the_paper_between() -> None:
    index, plan = shelf_with(PLAN)
    moved = propose(h := shelf_with("h-vyda-dieuchinh-2025.txt")[1].plan, find(h), index.volumes)[0]
    assert moved.ref is not None
    change = change_of(moved.amending, moved.ref, task_of(index, moved), 8, h.head.date or plan.ingested_on)
    later = Index.of(amended([v.shelved for v in index.volumes], [change]), index.tree)
    head = "UBND PHƯỜNG VỸ DẠ\nPHÒNG VĂN HÓA - XÃ HỘI\nSố: 101/VHXH\nVỹ Dạ, ngày 08 tháng 12 năm 2025\n\n"
    words = "thời hạn các trường gửi báo cáo tự đánh giá phổ cập giáo dục mầm non"
    for said in (
        f"Lùi {words} từ ngày 10/12/2025 sang ngày 15/12/2025.",
        f"Lùi {words} từ ngày 05/12/2025 sang ngày 15/12/2025.",
        f"Lùi {words} tại Công văn số 96/VHXH đến ngày 15/12/2025.",
    ):
        _, found = proposed(head + said, later)
        assert [proposal.ref for proposal in found] == [moved.ref], said
