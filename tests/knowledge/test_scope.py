"""Who is answered from what: the own unit's documents and those from above, never from beside."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from core.answer import Answer
from core.people import Asker, Level, Ownership, Role, Unit, UnitTree
from core.work import Plan, Shelved
from knowledge.answer import answer
from knowledge.index import Index
from tests.knowledge.library import ask, founding, holds, moment

DAM_HA = "seed-5-damha-chuyende-2025.txt"
MONTHLY = "seed-2-vinhbao-trongtam-thang-2023.txt"

# on the day in front; most of them are answered by a document of Hải Phòng
ASKED_IN_DAM_HA = [
    *(("2023-12-04", q) for q in (
        "thang nay nop gi", "tháng này có việc gì?", "tuần này phải nộp gì", "còn hạn nào sắp tới?", "t12 nop j",
        "cân đo mấy lần, hạn nào?", "công khai thông tin hạn nào", "báo cáo học kỳ 1 nộp khi nào", "HK1 nộp gì",
        "quá hạn việc gì rồi?", "hội thi giáo viên dạy giỏi khi nào", "kế hoạch trọng tâm tháng căn cứ văn bản nào?",
        "tháng 5/2024 nộp gì", "năm học này nộp gì", "Vĩnh Bảo tháng này nộp gì?", "phòng gửi Sở gì?",
        "giao ban tháng mấy", "khám sức khỏe giáo viên hạn nào?", "vận động tài trợ theo thông tư nào?",
    )),
    *(("2024-09-24", q) for q in (
        "kế hoạch chuyên đề hạn nào?", "tháng 10 nộp gì", "thi vẽ tranh khi nào", "chuyên đề CNTT khi nào?",
        "kiểm tra hồ sơ chuyên đề bằng cách nào?", "tự rà soát theo mấy bộ tiêu chí?", "An Lão được khen mấy?",
    )),
    *(("2025-02-17", q) for q in (
        "tháng này nộp gì?", "thang 5 nop gi", "báo cáo tổng kết chuyên đề hạn nào?", "còn mấy ngày nữa hết hạn",
        "hồ sơ đề nghị khen thưởng gồm gì", "hồ sơ chuyên đề gửi qua đâu?", "email nộp hồ sơ là gì",
        "bài viết tham luận tối đa mấy trang", "phóng sự dài tối đa bao nhiêu phút", "khen thưởng Đề án nộp khi nào",
        "nhân viên nuôi dưỡng giỏi thi tháng mấy", "Hải Phòng nộp chuyên đề khi nào?", "trước Tết kiểm tra gì?",
        "ai ký kế hoạch 1168", "kế hoạch 1168/KH-SGDĐT nói gì", "tỷ lệ huy động trẻ nhà trẻ bao nhiêu",
    )),
]  # fmt: skip

QUESTIONS = (
    *("thang nay nop gi", "tháng này có việc gì?", "năm học này nộp gì", "cân đo mấy lần, hạn nào?"),
    *("hội thi giáo viên dạy giỏi khi nào", "vận động tài trợ theo thông tư nào?"),
    *("còn mấy ngày nữa hết hạn công khai", "kế hoạch trọng tâm tháng của phòng nào ban hành"),
)


def cited(found: Answer) -> set[str]:
    return {citation.source_file for citation in (*found.citations, *found.later)}


class TestTwoProvinces:
    def test_dam_ha_sees_no_date_and_no_document_of_hai_phong(self) -> None:
        assert len(ASKED_IN_DAM_HA) >= 40
        dates = _dates_of_hai_phong_alone()
        assert len(dates) > 15
        for unit in ("DH-HOASIM", "PGD-DH"):
            for now, question in ASKED_IN_DAM_HA:
                found = ask(founding(), unit, now, question)
                told = "\n".join((found.text, *found.more))
                assert cited(found) <= {DAM_HA}, (unit, question)
                assert [day for day in dates if holds(told, day)] == [], (unit, question)
                assert not re.search("Hải Phòng|Vĩnh Bảo|An Lão|haiphong", told), (unit, question)

    def test_the_same_questions_are_answered_in_hai_phong(self) -> None:
        """Else the test above would show nothing."""
        units = ("VB-HOAPHUONG", "AL-QUANGTRUNG", "PGD-VB", "PGD-AL")
        answered = [q for now, q in ASKED_IN_DAM_HA if any(_is_known(u, now, q) for u in units)]
        assert len(answered) > 0.8 * len(ASKED_IN_DAM_HA)

    def test_hai_phong_does_not_see_dam_ha(self) -> None:
        for now, question in ASKED_IN_DAM_HA:
            for unit in ("VB-HOAPHUONG", "SO-HP", "PGD-AL"):
                assert DAM_HA not in cited(ask(founding(), unit, now, question)), (unit, question)


def _is_known(unit: str, now: str, question: str) -> bool:
    found = ask(founding(), unit, now, question)
    return found.found and bool(cited(found))


def _dates_of_hai_phong_alone() -> list[str]:
    """Deadlines that no document of Đầm Hà has; days that merely end a month or year are left out."""
    plans = {volume.shelved.plan.source_file: volume.shelved.plan for volume in founding().volumes}
    own = {task.due for task in plans[DAM_HA].obligations}
    other = {task.due for name, plan in plans.items() if name != DAM_HA for task in plan.obligations}
    return sorted(day.isoformat() for day in other - own if day and day.day not in (28, 29, 30, 31))


@cache
def one_each() -> Index:
    """Every unit of the samples has issued the same monthly plan, in a file of its own name."""
    tree = founding().tree
    return Index.of(_shelf(_monthly(), tree.units), tree)


def _shelf(plan: Plan, issuers: Iterable[str]) -> list[Shelved]:
    """A copy of the plan for each issuer, in a file of its name."""
    copies = enumerate(issuers, 1)
    return [Shelved(number, code, replace(plan, source_file=code), date(2023, 9, 1)) for number, code in copies]


def _monthly() -> Plan:
    return next(v.shelved.plan for v in founding().volumes if v.shelved.plan.source_file == MONTHLY)


@pytest.mark.parametrize("code", sorted(founding().tree.units))
def test_a_unit_is_answered_from_its_own_line_and_offices_also_from_below(code: str) -> None:
    index = one_each()
    unit = index.tree.units[code]
    line = {code, *(c for c in index.tree.units if _under(index.tree, unit, c))}
    below = {c for c, u in index.tree.units.items() if _under(index.tree, u, code)}
    may_see = line if unit.level is Level.SCHOOL else line | below
    seen = {volume.unit for volume in index.scope(Asker(unit, Role.TEACHER, unit.level))}
    assert seen == may_see
    for question in QUESTIONS:
        assert cited(ask(index, code, "2023-12-04", question)) <= may_see, question
    assert cited(ask(index, code, "2023-12-04", QUESTIONS[-1]))


def _under(tree: UnitTree, unit: Unit, code: str) -> bool:
    while unit.parent:
        if unit.parent == code:
            return True
        unit = tree.units[unit.parent]
    return False


@cache
def after_july() -> Index:
    """In July 2025 the Phòng end: Vĩnh Bảo's hands its schools to xã Vĩnh Bảo, An Lão's to xã An Lão."""
    units = dict(founding().tree.units)
    for name in ("VB", "AL"):
        commune = Unit(f"XA-{name}", f"UBND xã {name}", Level.COMMUNE, "SO-HP", valid_from=date(2025, 7, 1))
        office = replace(units[f"PGD-{name}"], valid_to=date(2025, 6, 30), successor=commune.code)
        units |= {commune.code: commune, office.code: office}
    units["VB-MOI"] = Unit("VB-MOI", "MN Mới Mở", Level.SCHOOL, "XA-VB", Ownership.PUBLIC)
    issuers = ("SO-HP", "PGD-VB", "PGD-AL", "XA-VB", "XA-AL", "AL-QUANGTRUNG", "VB-ANHDUONG", "SO-QN")
    return Index.of(_shelf(_monthly(), issuers), UnitTree.of(units.values()))


class TestSuccession:
    @pytest.mark.parametrize("school", ["VB-HOAPHUONG", "VB-MOI"])
    @pytest.mark.parametrize("now", ["2023-12-04", "2025-08-15"])
    def test_a_school_keeps_the_old_phongs_documents_and_gets_the_communes(self, school: str, now: str) -> None:
        told = set().union(*(cited(ask(after_july(), school, now, question)) for question in QUESTIONS))
        assert told <= {"SO-HP", "PGD-VB", "XA-VB"}
        assert {"PGD-VB", "XA-VB"} <= told

    def test_the_commune_sees_the_old_phong_and_the_schools_it_took_over(self) -> None:
        commune = after_july().tree.units["XA-VB"]
        seen = {volume.unit for volume in after_july().scope(Asker(commune, Role.STAFF, Level.COMMUNE))}
        assert seen == {"SO-HP", "PGD-VB", "XA-VB", "VB-ANHDUONG"}

    def test_a_neighbouring_communes_school_sees_neither(self) -> None:
        school = after_july().tree.units["AL-TRUONGSON"]
        assert {v.unit for v in after_july().scope(Asker(school))} == {"SO-HP", "PGD-AL", "XA-AL"}


class TestOwnership:
    DUTY = "Công khai thông tin về cơ sở GDMN ngoài công lập"
    OTHERS = "Chỉ dành cho cơ sở ngoài công lập"

    @pytest.mark.parametrize("ownership", list(Ownership))
    def test_a_duty_of_schools_that_are_not_public_counts_for_those_alone(self, ownership: Ownership) -> None:
        index = founding()
        school = replace(index.tree.units["VB-HOAPHUONG"], ownership=ownership)
        found = answer(index, "tháng này nộp gì?", Asker(school), moment("2023-12-04"))
        binds = ownership is not Ownership.PUBLIC
        assert any(self.DUTY in item.task for item in found.items) == binds
        assert (self.OTHERS in found.text) != binds
        assert f"có {3 if binds else 2} việc" in found.text

    def test_an_office_sees_the_schools_tier_and_all_ownerships_on_request(self) -> None:
        found = ask(founding(), "PGD-VB", "2023-12-04", "tháng này các trường nộp phòng gì?")
        assert {item.due for item in found.items} == {date(2023, 12, 5)}
        assert any(self.DUTY in item.task for item in found.items)

    def test_an_office_gets_its_own_deadlines_first(self) -> None:
        found = ask(founding(), "PGD-VB", "2023-12-04", "tháng này nộp gì?")
        assert {item.due for item in found.items} == {date(2023, 12, 15)}
