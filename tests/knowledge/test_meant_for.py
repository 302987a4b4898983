"""For which task a photo or file is meant, by its caption: whole lists of captions, and the rules one by one."""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.people import Asker, Level, Role
from core.work import Kind, Status, TaskRef
from knowledge.index import Index
from knowledge.meant_for import Likely, likely_tasks, named_task
from tests.knowledge.library import ROOT, founding, moment, unit_called
from tests.knowledge.scoring import Row, rows

A, P, B, C = "VB-HOAPHUONG", "VB-ANHDUONG", "AL-QUANGTRUNG", "DH-HOASIM"
PVB, PAL = "PGD-VB", "PGD-AL"
MONTHLY = "seed-2-vinhbao-trongtam-thang-2023.txt"
SETS = ("captions", "captions-unseen")


def sent(unit: str, now: str, caption: str, done: tuple[TaskRef, ...] = ()) -> tuple[Likely, ...]:
    asker = unit_called(founding().tree, unit)
    return likely_tasks(founding(), caption, Asker(asker, Role.PRINCIPAL, asker.level), moment(now), done)


def row_of(found: Likely) -> str:
    return found.task.row or found.task.section


def dues(found: tuple[Likely, ...]) -> list[date | None]:
    return [likely.task.due for likely in found]


@cache
def sent_with(name: str) -> list[tuple[Row, tuple[Likely, ...]]]:
    lines = rows(ROOT / "tests" / "gold" / f"{name}.jsonl")
    return [(line, sent(line["unit"], line["now"], line["caption"])) for line in lines]


def is_meant(line: Row, found: Likely) -> bool:
    volume = founding().by_id[found.ref.document]
    return (
        line["document"] == volume.shelved.plan.source_file
        and row_of(found) == (line.get("row") or line.get("section"))
        and line["snippet"] in found.task.snippet
    )


class TestCaptionsAsTheyAreTyped:
    def test_every_line_names_a_task_that_there_is(self) -> None:
        everything = [
            Likely(TaskRef(v.shelved.id, i), v.unit, task, 0.0)
            for v in founding().volumes
            for i, task in enumerate(v.shelved.plan.obligations)
        ]
        lines = [line for name in SETS for line, _ in sent_with(name) if line["document"]]
        assert [line for line in lines if sum(is_meant(line, one) for one in everything) != 1] == []
        assert len(lines) > 190

    @pytest.mark.parametrize("name", SETS)
    def test_the_right_task_is_among_the_three_offered(self, name: str) -> None:
        tried = [(line, found) for line, found in sent_with(name) if line["document"]]
        missed = [line["caption"] for line, found in tried if not any(is_meant(line, one) for one in found)]
        assert len(missed) <= 0.05 * len(tried), missed

    @pytest.mark.parametrize("name", SETS)
    def test_what_is_taken_as_certain_is_right(self, name: str) -> None:
        certain = [(line, one) for line, found in sent_with(name) for one in found if one.certain]
        wrong = [line["caption"] for line, one in certain if not is_meant(line, one)]
        assert len(wrong) <= 0.01 * len(sent_with(name)), wrong
        assert len(certain) >= 0.33 * len(sent_with(name))

    def test_scores_fall_and_only_the_first_is_certain(self) -> None:
        for _, found in [*sent_with("captions"), *sent_with("captions-unseen")]:
            assert not any(one.certain for one in found[1:])
            assert len(found) <= 3


class TestRounds:
    @pytest.mark.parametrize(
        ("caption", "row"),
        [
            ("cân đo lần 1", "9/2023/6"),
            ("can do l2", "12/2023/1"),
            ("cân đo đợt 3", "5/2024/1"),
            ("sl hk1", "12/2023/2"),
        ],
    )
    def test_a_named_round_outweighs_the_day(self, caption: str, row: str) -> None:
        for now in ("2023-09-20", "2023-12-03", "2024-05-02"):
            assert row_of(sent(A, now, caption)[0]) == row

    def test_without_a_round_the_one_that_is_due_is_meant(self) -> None:
        assert [row_of(sent(A, day, "can do xong roi")[0]) for day in ("2023-09-20", "2023-12-03", "2024-05-02")] == [
            "9/2023/6", "12/2023/1", "5/2024/1",
        ]  # fmt: skip

    def test_between_two_rounds_nothing_is_certain(self) -> None:
        assert not sent(A, "2023-10-30", "can do xong roi")[0].certain

    def test_a_named_month_chooses_among_what_returns_every_month(self) -> None:
        assert row_of(sent(A, "2024-01-02", "shcm cum t12")[0]) == "12/2023/10"
        assert row_of(sent(A, "2024-01-02", "shcm cum thang 1")[0]) == "01/2024/3"


class TestWithoutASubject:
    @pytest.mark.parametrize(
        "caption", ["", "   ", "🙏🙏", "...", "em gửi ạ", "minh chung day chi oi", "anh chup hom nay"]
    )
    def test_what_is_due_is_offered_by_date_and_never_certain(self, caption: str) -> None:
        found = sent(A, "2023-09-22", caption)
        assert dues(found) == [date(2023, 9, 20), date(2023, 9, 25), date(2023, 9, 25)]
        assert not any(one.certain for one in found)

    def test_what_is_handed_in_is_not_offered_again(self) -> None:
        first = sent(A, "2023-09-22", "")[0]
        assert first.ref not in [one.ref for one in sent(A, "2023-09-22", "", (first.ref,))]

    def test_where_little_is_due_the_work_of_the_month_follows(self) -> None:
        found = sent(A, "2024-03-05", "")
        assert dues(found) == [None, None]
        assert all(one.task.months == ("2024-03",) for one in found)

    def test_what_was_past_when_the_document_came_is_history(self) -> None:
        index = founding()
        volumes = [replace(v.shelved, ingested_on=date(2023, 9, 21)) for v in index.volumes]
        school = unit_called(index.tree, A)
        later = Index.of(volumes, index.tree)
        found = likely_tasks(later, "", Asker(school, Role.PRINCIPAL, school.level), moment("2023-09-22"))
        assert date(2023, 9, 20) not in dues(found)

    @pytest.mark.parametrize(
        ("unit", "now", "caption"),
        [
            (A, "2023-09-20", "bc số liệu trẻ 5 tuổi vào lớp 1"),  # not the statistics of universal schooling
            (A, "2023-10-18", "kh tổ chuyên môn"),  # not "kế hoạch tổ chức hoạt động chuyên môn …"
            (A, "2023-08-25", "bc công đoàn"),
            (A, "2023-09-20", "học phí tháng 9"),
            (B, "2024-09-24", "trường học hạnh phúc"),  # stands above the task, not in it
            (B, "2025-05-08", "phóng sự ngày hội"),
            (B, "2025-05-08", "tự đánh giá trường"),
        ],
    )
    def test_a_near_miss_is_offered_and_not_taken(self, unit: str, now: str, caption: str) -> None:
        assert not any(one.certain for one in sent(unit, now, caption))

    def test_a_word_that_only_names_a_kind_of_paper_is_never_certain(self) -> None:
        for caption in ("báo cáo ạ", "kế hoạch", "so lieu", "hội nghị", "ho so chuyen mon"):
            assert not any(one.certain for one in sent(A, "2023-12-04", caption))


class TestWhoOwes:
    def test_a_school_is_not_offered_the_dates_of_its_office(self) -> None:
        for caption in ("số liệu học kỳ 1", ""):
            assert date(2023, 12, 15) not in dues(sent(A, "2023-12-13", caption))

    def test_an_office_is_offered_what_it_owes_upwards(self) -> None:
        assert sent(PVB, "2023-12-13", "số liệu học kỳ 1")[0].task.due == date(2023, 12, 15)
        assert sent(PAL, "2025-05-13", "")[0].task.due == date(2025, 5, 15)

    def test_what_binds_only_private_schools_is_not_for_a_public_one(self) -> None:
        caption = "biểu công khai thông tin"
        assert row_of(sent(P, "2023-12-04", caption)[0]) == "12/2023/6"
        assert "12/2023/6" not in map(row_of, sent(A, "2023-12-04", caption))

    def test_another_province_is_out_of_reach(self) -> None:
        found = sent(C, "2023-12-04", "cân đo lần 2")
        assert {founding().by_id[one.ref.document].unit for one in found} <= {"PGD-DH", "SO-QN"}
        assert not any(one.certain for one in found)

    def test_neither_agenda_nor_what_no_longer_stands_is_offered(self) -> None:
        found = [one for _, offers in sent_with("captions") for one in offers]
        assert not any(one.task.kind is Kind.AGENDA or one.task.status is Status.SUPERSEDED for one in found)

    def test_nobody_in_particular_is_answered_from_everything(self) -> None:
        found = likely_tasks(founding(), "cân đo lần 2", Asker(None, level=Level.SCHOOL), moment("2023-12-04"))
        assert row_of(found[0]) == "12/2023/1"


class TestDone:
    CAPTION, NOW = "can do lan 1 xong roi", "2023-09-21"

    def test_a_task_with_evidence_is_not_taken_again_unasked(self) -> None:
        (first, *_) = sent(A, self.NOW, self.CAPTION)
        assert first.certain
        assert not any(one.certain for one in sent(A, self.NOW, self.CAPTION, (first.ref,)))

    def test_but_what_adds_to_it_finds_it(self) -> None:
        first = sent(A, self.NOW, self.CAPTION)[0]
        for caption in ("bổ sung cân đo lần 1", "nộp lại cân đo lần 1 ạ"):
            again = sent(A, self.NOW, caption, (first.ref,))[0]
            assert again.ref == first.ref
            assert again.certain


class TestNamed:
    def test_a_task_is_found_by_its_place(self) -> None:
        first = sent(A, "2023-09-21", "cân đo lần 1")[0]
        found = named_task(founding(), first.ref)
        assert found is not None
        assert (found.task, found.unit) == (first.task, "PGD-VB")

    @pytest.mark.parametrize("ref", [TaskRef(99, 0), TaskRef(1, 999), TaskRef(1, -1)])
    def test_what_the_shelf_does_not_hold_is_none(self, ref: TaskRef) -> None:
        assert named_task(founding(), ref) is None


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400), st.sampled_from([A, P, B, C, PVB]), st.dates(date(2022, 8, 1), date(2026, 7, 31)))
def test_no_caption_is_too_odd(caption: str, unit: str, day: date) -> None:
    assert len(sent(unit, day.isoformat(), caption)) <= 3
