"""Last year's plan moved on: every day, every word, every doubt; over the founding and the invented documents."""

import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from core.work import DoubtKind, Kind, Obligation, Part, Plan, Rule, Status
from evidence.plan_paper import plan_paper
from knowledge.extract import extract
from knowledge.moving import move, nearest, years_on
from knowledge.next_year import moved
from knowledge.plan_years import begins, may_be_moved
from knowledge.readers import read_file
from knowledge.workdays import Workdays
from knowledge.year_text import cited_in, stages_in
from tests.knowledge.library import ROOT

FOUNDING = sorted((ROOT / "samples" / "plans").glob("*.txt"))
INVENTED = sorted((ROOT / "tests" / "corpus" / "documents").glob("*.txt"))
FREE = Workdays()


@cache
def plan_of(path: Path) -> Plan:
    return extract(read_file(path.name, path.read_bytes()))


@cache
def moved_plan(path: Path) -> Plan:
    return moved(plan_of(path))


def of_text(*lines: str, head: str = "Vĩnh Bảo, ngày 01 tháng 9 năm 2024") -> Plan:
    words = "\n".join(("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "Số: 12/KH-GDĐT", head, "KẾ HOẠCH", "Năm học 2024-2025", *lines))
    return extract(read_file("a.txt", words.encode()))


@pytest.mark.parametrize("path", [*FOUNDING, *INVENTED], ids=lambda path: path.stem)
def test_of_a_real_plan_every_day_word_and_doubt(path: Path) -> None:
    old = plan_of(path)
    new = moved_plan(path)
    said = " ".join(doubt.message for doubt in new.doubts)
    assert len(new.obligations) == len(old.obligations)
    for before, after in zip(old.obligations, new.obligations, strict=True):
        assert after.status is Status.TENTATIVE
        was_run = before.snippet in old.passages[before.passage].text
        assert (after.snippet in new.passages[after.passage].text) == was_run
        assert after.row == new.passages[after.passage].row or before.row != old.passages[before.passage].row
        if before.due is None:
            assert after.due is None
        elif after.due != years_on(before.due, 1):
            assert f"{before.due:%d/%m/%Y}" in said, before
            assert after.due is None or f"{after.due:%d/%m/%Y}" in said
        if before.rule in (Rule.BEFORE, Rule.BY) and before.due and after.due:
            assert after.due <= years_on(before.due, 1)
        if before.due and after.due and _names(before.snippet, before.due):
            assert _names(after.snippet, after.due), (after.due, after.snippet)
    for doubt in new.doubts:
        assert doubt.task is None or doubt.words == new.obligations[doubt.task].snippet
        assert any(doubt.words in passage.text for passage in new.passages) or doubt.task is not None
    assert _left(new, begins(old) or 0) == []
    again = extract(read_file("x.docx", plan_paper(new, "", "DỰ THẢO")))  # its words say the days that its tasks have
    assert _days(again) == _days(new)
    head = new.head
    assert (head.number, head.number_as_written, head.date, head.date_month, head.signer) == (None,) * 5
    assert str((begins(old) or 0) + 1) in (head.title or "")
    shown = "\n".join(passage.text for passage in new.passages)
    assert not old.head.signer or old.head.signer not in shown


def _days(plan: Plan) -> set[tuple[date, Rule | None]]:
    return {(task.due, task.rule) for task in plan.obligations if task.due}


def _names(words: str, day: date) -> bool:
    return bool(re.search(rf"(?<!\d)0?{day.day}\s*(?:/|\s*tháng )\s*0?{day.month}(?!\d)", words))


def _left(plan: Plan, year: int) -> list[str]:
    """Where the old year still stands: not in other papers' names, not in stages of several years."""
    found: list[str] = []
    for passage in plan.passages:
        cited = cited_in(passage.text, passage.part)
        for at in re.finditer(rf"(?<!\d){year}(?!\d)", passage.text):
            quoted = any(start <= at.start() < end for start, end in cited)
            stage = any(str(year) in map(str, one) for one in stages_in(passage.text))
            reported = re.match(r"[^.;]{0,60}ban hành", passage.text[at.end() :])
            if not (quoted or stage or reported):
                found.append(passage.text)
    labels = [one.row + one.section for one in plan.passages] + [one.row + one.section for one in plan.obligations]
    return found + [label for label in labels if str(year) in label]


def test_what_is_about_moving_is_said_in_figures() -> None:
    """How much an officer has to look at: a row in three has another day, and each says why."""
    plans = [moved_plan(path) for path in FOUNDING]
    doubts = [doubt for plan in plans for doubt in plan.doubts]
    assert sum(doubt.task is not None for doubt in doubts) <= sum(len(plan.obligations) for plan in plans) / 10
    assert all(plan.doubts == () or plan.doubts[-1].kind is not DoubtKind.DATE for plan in plans)


@pytest.mark.parametrize(
    ("line", "words", "start", "due", "why"),
    [
        ("gửi báo cáo về Phòng trước ngày 05/12/2024", "trước ngày 05/12/2025", None, "2025-12-05", ""),
        ("gửi báo cáo về Phòng chậm nhất ngày 06/9/2024", "ngày 05/9/2025", None, "2025-09-05", "thứ Bảy"),
        ("gửi về Phòng trước ngày 01 tháng 01 năm 2025", "ngày 31 tháng 12 năm 2025", None, "2025-12-31", "nghỉ"),
        ("nộp về Phòng chậm nhất thứ Sáu, ngày 06/12/2024", "thứ Sáu, ngày 05/12/2025", None, "2025-12-05", "đúng thứ"),
        ("họp giao ban lúc 14h00 ngày 06/12/2024 (thứ Sáu)", "05/12/2025 (thứ Sáu)", None, "2025-12-05", "đúng thứ"),
        ("họp giao ban lúc 14h00 ngày 20/12/2024", "ngày 19/12/2025", None, "2025-12-19", "thứ Bảy"),
        ("tổ chức hội thi vào ngày 08/12/2024", "vào ngày 08/12/2025", None, "2025-12-08", ""),
        ("tổ chức hội thi vào ngày 07/12/2024", "vào ngày 07/12/2025", None, "2025-12-07", ""),
        ("tổ chức hội thi từ ngày 09/12/2024 đến ngày 13/12/2024", "ngày 08/12/2025 đến ngày 12/12/2025", "2025-12-08",
         "2025-12-12", "vướng ngày nghỉ"),
        ("tổ chức hội thi từ ngày 02 đến ngày 06/12/2024", "từ ngày 01 đến ngày 05/12/2025", "2025-12-01", "2025-12-05",
         "vướng"),
        ("gửi báo cáo về Phòng trước ngày 05/02/2025 (trước Tết Nguyên đán)", "…/…/2026", None, None, "17/02/2026"),
        ("nộp hồ sơ tặng quà Trung thu về Phòng trước ngày 12/9/2024", "…/…/2025", None, None, "06/10/2025"),
        ("nộp hồ sơ Tết thiếu nhi về Phòng trước ngày 28/5/2025", "ngày 28/5/2026", None, "2026-05-28", ""),
        ("nộp sáng kiến về Phòng trước ngày 30/6 hằng năm", "30/6 hằng năm", None, "2026-06-30", ""),
        ("nộp theo Công văn số 31/SGDĐT ngày 03/9/2024 về Phòng trước ngày 05/12/2024", "03/9/2024 về Phòng trước ngày "
         "05/12/2025", None, "2025-12-05", ""),
    ],
)  # fmt: skip
def test_a_day_moves_by_how_it_binds(line: str, words: str, start: str | None, due: str | None, why: str) -> None:
    new = moved(of_text(f"1. Các trường mầm non {line}."))
    [task] = new.obligations
    assert words in task.snippet
    assert task.snippet in new.passages[task.passage].text
    assert (task.start and str(task.start), task.due and str(task.due)) == (start, due)
    assert [why in doubt.message for doubt in new.doubts if doubt.task is not None] == [True] * bool(why)


def test_standing_work_stays_and_months_go_with_the_year() -> None:
    old = of_text(
        "1. Các trường gửi báo cáo về Phòng GDĐT vào ngày 25 hằng tháng.",
        "2. Thứ Sáu hằng tuần, các trường tổng vệ sinh.",
        "3. Trong quý I/2025, Phòng GDĐT kiểm tra các trường.",
        "4. Tuần 2 tháng 3/2025, các trường tổ chức ngày hội đọc sách.",
        "5. Các trường hoàn thành hồ sơ trước hết tháng 5/2025.",
        "6. Tổ chức thi vẽ tranh (dự kiến tháng 11/2024).",
    )
    new = moved(old)
    assert [task.recurrence for task in new.obligations] == [task.recurrence for task in old.obligations]
    assert [task.rule for task in new.obligations] == [task.rule for task in old.obligations]
    for before, after in zip(old.obligations, new.obligations, strict=True):
        assert [int(name[:4]) - 1 for name in after.months] == [int(name[:4]) for name in before.months]
    shown = " ".join(task.snippet for task in new.obligations)
    for words in ("quý I/2026", "Tuần 2 tháng 3/2026", "tháng 5/2026", "tháng 11/2025", "ngày 25 hằng tháng"):
        assert words in shown
    week = next(task for task in new.obligations if task.rule is Rule.IN_WEEK)
    assert week.start == date(2026, 3, 9)  # the second Monday of March
    assert "09/03/2026" in (week.note or "")
    assert new.doubts == ()


def test_a_29_february_is_asked_about_and_never_later() -> None:
    task = Obligation("", "", 1, 0, Kind.DEADLINE, due=date(2024, 2, 29), rule=Rule.BY)
    assert move(task, None, 1, FREE).due == date(2025, 2, 28)
    assert "không có ngày ấy" in move(task, None, 1, FREE).said
    assert move(replace(task, rule=Rule.YEARLY), None, 1, FREE).due == date(2025, 2, 28)
    assert move(task, None, 4, FREE).said == ""
    new = moved(
        of_text("1. Các trường nộp báo cáo về Phòng GDĐT chậm nhất 29/02/2024.", head="Ngày 01 tháng 01 năm 2024")
    )
    assert "28/02/2025" in new.obligations[0].snippet


def test_declared_days_count() -> None:
    """A day that the office has declared free, or working, is so for the plan too."""
    task = Obligation("", "", 1, 0, Kind.DEADLINE, due=date(2024, 9, 12), rule=Rule.BY)
    assert move(task, None, 1, Workdays({date(2025, 9, 12): False})).due == date(2025, 9, 11)
    saturday = replace(task, due=date(2024, 9, 13))
    assert move(saturday, None, 1, Workdays({date(2025, 9, 13): True})).due == date(2025, 9, 13)


def test_the_nearest_weekday_is_at_most_three_days_away() -> None:
    for ordinal in range(date(2025, 1, 1).toordinal(), date(2025, 3, 1).toordinal()):
        day = date.fromordinal(ordinal)
        for weekday in range(7):
            assert nearest(day, weekday).weekday() == weekday
            assert abs((nearest(day, weekday) - day).days) <= 3


def test_a_number_like_a_date_is_not_moved_with_the_date() -> None:
    new = moved(of_text("1. Trường mầm non 1/6 gửi báo cáo về Phòng GDĐT trước ngày 01/6/2024.", head="Ngày 2/1/2024"))
    assert "mầm non 1/6 gửi" in new.obligations[0].snippet
    assert "trước ngày 30/5/2025" in new.obligations[0].snippet


def test_a_plan_changed_by_a_later_paper_moves_as_it_stands_and_its_words_with_it() -> None:
    first = of_text(
        "1. Các trường gửi báo cáo về Phòng GDĐT trước ngày 05/12/2024.",
        "2. Các trường gửi phiếu khảo sát về Phòng GDĐT trước ngày 10/12/2024.",
    )
    a, b = first.obligations
    now = replace(first, obligations=(replace(a, due=date(2024, 12, 11)), replace(b, status=Status.SUPERSEDED)))
    [task] = moved(now, first=first).obligations
    assert task.due == date(2025, 12, 11)
    assert "trước ngày 11/12/2025" in task.snippet


def test_what_names_no_time_is_not_offered() -> None:
    assert not may_be_moved(of_text("1. Các trường giữ sạch sân vườn."))
    assert may_be_moved(of_text("1. Các trường nộp báo cáo về Phòng GDĐT trước ngày 05/12/2024."))


def test_two_years_at_once() -> None:
    new = moved(of_text("1. Các trường nộp báo cáo về Phòng GDĐT trước ngày 05/12/2024."), 2)
    assert new.obligations[0].due == date(2026, 12, 4)
    assert new.head.school_year == "2026-2027"
    assert "năm học 2026-2027" in " ".join(p.text for p in new.passages if p.part is Part.HEAD).lower()
