"""Which wordings are limits, and for which tasks: lists of wordings, invented papers, the founding documents."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from core.people import Level, Unit, UnitTree
from core.rules import Limit, RuleKind, Thing
from core.work import Shelved, TaskRef
from knowledge.extract import extract
from knowledge.index import Index
from knowledge.limit_grammar import limits_in
from knowledge.limits import is_paper, limits_of
from knowledge.readers import read_file
from tests.knowledge.library import FOUNDING, INVENTED, ROOT, SECOND, founding, library
from tests.knowledge.scoring import Row, rows

SETS = ("limits", "limits-unseen", "limits-third", "limits-fourth")
MISSED = 3  # of all wordings; each would have to be guessed
HEAD = (
    "PHÒNG GDĐT HUYỆN X\nSố: 12/KH-PGDĐT\nX, ngày 02 tháng 10 năm 2024\nKẾ HOẠCH\nTổ chức Hội thi năm học 2024-2025\n"
)


def written(limit: Limit) -> str:
    """As the lists have it: "duration 300..600 film"."""
    if limit.kind is RuleKind.COUNTS_ONLY:
        return str(limit.kind)
    if limit.types:
        return f"{limit.kind} {','.join(limit.types)} {limit.about}"
    return f"{limit.kind} {limit.least or ''}..{limit.most or ''} {limit.about}"


@cache
def read(name: str) -> list[tuple[Row, list[str]]]:
    lines = rows(ROOT / "tests" / "gold" / f"{name}.jsonl")
    return [(line, sorted(map(written, limits_in(line["text"], 0, line.get("above", ""))))) for line in lines]


def every_line() -> list[tuple[Row, list[str]]]:
    return [one for name in SETS for one in read(name)]


class TestWordings:
    def test_no_limit_is_seen_where_there_is_none(self) -> None:
        wrong = [(line["text"], set(found) - set(line["limits"])) for line, found in every_line()]
        assert [one for one in wrong if one[1]] == []

    def test_nearly_all_are_found(self) -> None:
        missed = [(line["text"], set(line["limits"]) - set(found)) for line, found in every_line()]
        assert len([one for one in missed if one[1]]) <= MISSED

    def test_the_lists_are_worth_something(self) -> None:
        lines = [line["limits"] for line, _ in every_line()]
        assert len(lines) > 250
        assert sum(not limits for limits in lines) > 120

    @pytest.mark.parametrize("shelf", [FOUNDING, INVENTED, SECOND])
    def test_every_quote_is_a_literal_run_of_its_passage(self, shelf: tuple[Path, Path]) -> None:
        for volume in library(*shelf).volumes:
            passages = volume.shelved.plan.passages
            assert all(limit.quote and limit.quote in passages[limit.passage].text for limit in volume.limits)

    def test_nothing_is_made_of_nothing(self) -> None:
        assert limits_in("", 0) == ()
        assert limits_in("…", 0, "…") == ()


def asked(number: int, document: int = 3, unit: str = "AL-QUANGTRUNG") -> list[str]:
    return [written(limit) for limit in limits_of(founding(), TaskRef(document, number), unit)]


class TestTheFoundingDocuments:
    def test_a_reportage_takes_ten_minutes_at_most(self) -> None:
        [limit] = limits_of(founding(), TaskRef(3, 4), "AL-QUANGTRUNG")
        assert (written(limit), limit.quote) == ("duration ..600 film", "thời lượng tối đa 10 phút")

    def test_a_school_puts_forward_one_collective_and_one_person(self) -> None:
        assert asked(5) == ["nominations ..1 group", "nominations ..1 person"]

    def test_an_article_has_five_pages_at_most(self) -> None:
        assert asked(4, document=1) == ["pages ..5 article"]

    @pytest.mark.parametrize(
        ("unit", "groups", "persons"), [("PGD-VB", 2, 2), ("PGD-AL", 1, 2), ("PGD-CH", 1, 1), ("PGD-TN", 2, 2)]
    )
    def test_every_district_has_its_own_number_of_nominations(self, unit: str, groups: int, persons: int) -> None:
        assert asked(6, 1, unit) == [f"nominations ..{groups} group", f"nominations ..{persons} person"]

    def test_a_district_that_is_not_named_and_nobody_have_none(self) -> None:
        assert asked(6, 1, "PGD-DH") == []
        assert limits_of(founding(), TaskRef(1, 6)) == ()

    def test_health_data_come_without_names(self) -> None:
        health = {
            task.task.partition(":")[0]
            for volume in founding().volumes
            for number, task in enumerate(volume.shelved.plan.obligations)
            for limit in limits_of(founding(), TaskRef(volume.shelved.id, number), "PGD-VB")
            if limit.kind is RuleKind.COUNTS_ONLY and not limit.stated
        }
        assert health == {
            "Tổ chức cân - đo, theo dõi biểu đồ tăng trưởng cho trẻ lần 1",
            "Tổ chức cân - đo, theo dõi biểu đồ tăng trưởng của trẻ lần 2",
            "Tổ chức cân-đo, theo dõi biểu đồ tăng trưởng của trẻ lần 3",
            "Tổ chức khám sức khỏe cho trẻ",
            "Tổ chức khám sức khỏe CBGVNV",
        }

    def test_all_else_is_free(self) -> None:
        bound = {
            (volume.shelved.id, number)
            for volume in founding().volumes
            for number in range(len(volume.shelved.plan.obligations))
            if any(limit.stated for limit in limits_of(founding(), TaskRef(volume.shelved.id, number), "PGD-VB"))
        }
        assert bound == {(1, 4), (1, 5), (1, 6), (3, 3), (3, 4), (3, 5)}

    def test_a_task_that_is_gone_asks_nothing(self) -> None:
        assert limits_of(founding(), TaskRef(99, 0)) == limits_of(founding(), TaskRef(3, 99)) == ()


def tasks_of(body: str) -> list[list[str]]:
    """The limits of every task of an invented paper."""
    plan = extract(read_file("hoi-thi.txt", (HEAD + body).encode()))
    index = Index.of([Shelved(1, "X", plan, date(2024, 10, 2))], UnitTree.of([Unit("X", "Phòng X", Level.DISTRICT)]))
    tasks = (TaskRef(1, number) for number in range(len(plan.obligations)))
    return [sorted(map(written, limits_of(index, task, "X"))) for task in tasks]


class TestForWhichTask:
    def test_rules_in_another_section_hold_for_what_they_name(self) -> None:
        found = tasks_of(
            "I. THỂ LỆ\n1. Bài dự thi dài không quá 05 trang.\n2. Mỗi video không quá 3 phút.\n"
            "II. TỔ CHỨC THỰC HIỆN\n1. Các trường gửi bài dự thi về Phòng trước ngày 15/3/2025.\n"
            "2. Các trường gửi báo cáo tổng kết về Phòng trước ngày 20/5/2025.\n"
        )
        assert found == [["pages ..5 article"], []]

    def test_a_rule_of_another_task_is_not_this_ones(self) -> None:
        found = tasks_of(
            "I. NỘI DUNG\n1. Các trường gửi bài viết (không quá 03 trang) về Phòng trước ngày 15/3/2025.\n"
            "2. Các trường gửi bài viết về gương điển hình về Phòng trước ngày 20/5/2025.\n"
        )
        assert found == [["pages ..3 article"], []]

    def test_where_two_rules_far_away_do_not_agree_none_holds(self) -> None:
        found = tasks_of(
            "I. THỂ LỆ\n1. Bài viết không quá 05 trang.\n2. Bài viết tự luận không quá 02 trang.\n"
            "II. TỔ CHỨC THỰC HIỆN\n1. Các trường gửi bài viết về Phòng trước ngày 15/3/2025.\n"
        )
        assert found == [[]]

    def test_the_parts_of_a_dossier_count_where_they_are_called_so(self) -> None:
        index = library(*INVENTED)
        volume = next(v for v in index.volumes if v.shelved.plan.source_file.startswith("j-hue"))
        found = limits_of(index, TaskRef(volume.shelved.id, 3), volume.unit)
        assert [(written(limit), limit.part) for limit in found] == [
            ("duration ..300 film", True),
            ("pages ..10 initiative", True),
        ]

    def test_a_rule_for_the_second_round_is_not_for_the_first(self) -> None:
        index = library(*SECOND)
        volume = next(v for v in index.volumes if v.shelved.plan.source_file.startswith("q-cao"))
        found = {n: limits_of(index, TaskRef(volume.shelved.id, n), volume.unit) for n in (2, 3)}
        assert [len(limits) for limits in found.values()] == [0, 1]


def test_papers_are_told_from_pictures_and_films() -> None:
    tasks = founding().by_id[3].shelved.plan.obligations
    assert [is_paper(tasks[number]) for number in (3, 4, 15)] == [True, False, True]


def test_what_is_counted_is_a_thing() -> None:
    [limit] = limits_in("Mỗi đơn vị gửi 02 bài dự thi.", 7)
    assert (limit.about, limit.most, limit.passage) == (Thing.ARTICLE, 2, 7)
