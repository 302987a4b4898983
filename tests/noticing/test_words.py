"""Whom words mean, and when: nothing is guessed, what is left over is asked about."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.clock import VIETNAM
from core.csv_lines import decode
from core.notices import Audience
from core.people import Level, Ownership, Role, UnitTree
from core.registers import read_units
from knowledge.name_book import NameBook
from noticing.audience import meant, units_of
from noticing.when import moment_in
from tests.knowledge.library import ROOT

TREE = UnitTree.of(read_units(decode((ROOT / "samples" / "units.csv").read_bytes())))
BOOK = NameBook(TREE)
NOW = datetime(2023, 12, 4, 8, 0, tzinfo=VIETNAM)  # a Monday
ALL = ["AL-QUANGTRUNG", "AL-TRUONGSON", "LC-SAOBIEN", "TN-MINHDUC", "VB-ANHDUONG", "VB-HOAPHUONG"]


def units(words: str, own: str = "SO-HP") -> list[str]:
    found = meant(BOOK, own, words)
    assert not found.unclear, found.unclear
    return [unit.code for unit in units_of(found.audience, TREE, own, NOW.date())]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("tất cả các trường", ALL),
        ("cac truong", ALL),
        ("gửi cho toàn bộ trường mầm non", ALL),
        ("các trường công lập", [code for code in ALL if code != "VB-ANHDUONG"]),
        ("trường ngoài công lập", ["VB-ANHDUONG"]),
        ("các lớp độc lập", ["VB-ANHDUONG"]),
        ("các trường huyện An Lão", ["AL-QUANGTRUNG", "AL-TRUONGSON"]),
        ("cac truong huyen an lao", ["AL-QUANGTRUNG", "AL-TRUONGSON"]),
        ("các trường thuộc Phòng GDĐT An Lão", ["AL-QUANGTRUNG", "AL-TRUONGSON"]),
        ("các trường, trừ Hoa Phượng, Sao Biển và Minh Đức", ["AL-QUANGTRUNG", "AL-TRUONGSON", "VB-ANHDUONG"]),
        ("các trường trừ huyện An Lão", ["LC-SAOBIEN", "TN-MINHDUC", "VB-ANHDUONG", "VB-HOAPHUONG"]),
        ("Hoa Phượng, Sao Biển", ["LC-SAOBIEN", "VB-HOAPHUONG"]),
        ("trường mầm non Hoa Phượng", ["VB-HOAPHUONG"]),
        ("các phòng", ["PGD-AL", "PGD-CH", "PGD-LC", "PGD-TN", "PGD-VB"]),
        ("Phòng GDĐT Vĩnh Bảo", ["PGD-VB"]),
        ("hiệu trưởng huyện An Lão", ["AL-QUANGTRUNG", "AL-TRUONGSON"]),
        ("cán bộ các phòng", ["PGD-AL", "PGD-CH", "PGD-LC", "PGD-TN", "PGD-VB"]),
        ("giáo viên", ALL),
        ("hiệu trưởng các trường công lập huyện Vĩnh Bảo", ["VB-HOAPHUONG"]),
    ],
)
def test_the_units_that_words_name(words: str, codes: list[str]) -> None:
    assert units(words) == codes


def test_everybody_is_every_unit_below() -> None:
    assert len(units("tất cả đơn vị")) == len(TREE.below("SO-HP"))


@pytest.mark.parametrize(
    ("words", "unclear"),
    [
        ("Hoa Mặt Trời", ("Hoa Mặt Trời",)),
        ("các trường trừ Hoa Mặt Trời", ("Hoa Mặt Trời",)),
        ("MN Hoa Sim", ("MN Hoa Sim",)),  # of another province
        ("tháng này nộp gì", ("tháng này nộp gì",)),
    ],
)
def test_what_names_nobody_below_is_said_to_be_unclear(words: str, unclear: tuple[str, ...]) -> None:
    assert meant(BOOK, "SO-HP", words).unclear == unclear


def test_roles_ownership_and_what_was_not_handed_in_are_understood_together() -> None:
    found = meant(BOOK, "SO-HP", "hiệu trưởng các trường ngoài công lập chưa nộp số liệu học kỳ 1, trừ Ánh Dương")
    assert found.audience == Audience(
        levels=(Level.SCHOOL,),
        ownership=(Ownership.PRIVATE, Ownership.INDEPENDENT),
        roles=(Role.PRINCIPAL,),
        without=("VB-ANHDUONG",),
    )
    assert found.task == "số liệu học kỳ 1"


def test_of_a_school_its_own_group_and_teachers_are_meant() -> None:
    assert meant(BOOK, "VB-HOAPHUONG", "giáo viên").audience == Audience(("VB-HOAPHUONG",), roles=(Role.TEACHER,))
    assert meant(BOOK, "VB-HOAPHUONG", "nhóm trường").audience == Audience(("VB-HOAPHUONG",))


def test_a_list_is_named_alone() -> None:
    assert meant(BOOK, "SO-HP", "danh sách trường điểm").kept == "trường điểm"


def test_a_dissolved_unit_gets_nothing() -> None:
    gone = {**TREE.units}
    gone["TN-MINHDUC"] = replace(gone["TN-MINHDUC"], valid_to=NOW.date() - timedelta(days=1))
    found = units_of(Audience(levels=(Level.SCHOOL,)), UnitTree(gone), "SO-HP", NOW.date())
    assert "TN-MINHDUC" not in [unit.code for unit in found]


@pytest.mark.parametrize(
    ("words", "then"),
    [
        ("7h30 sáng mai", "2023-12-05T07:30"),
        ("14h chiều nay", "2023-12-04T14:00"),
        ("2h chiều", "2023-12-04T14:00"),
        ("8 giờ rưỡi tối mai", "2023-12-05T20:30"),
        ("14h ngày 5/12", "2023-12-05T14:00"),
        ("16:00 05/12/2023", "2023-12-05T16:00"),
        ("7h30", "2023-12-05T07:30"),  # of today it is past
        ("9h", "2023-12-04T09:00"),
        ("8h thứ năm", "2023-12-07T08:00"),
        ("8h chủ nhật", "2023-12-10T08:00"),
        ("9h ngày 3/1", "2024-01-03T09:00"),
    ],
)
def test_the_moment_that_words_name(words: str, then: str) -> None:
    assert moment_in(words, NOW) == datetime.fromisoformat(then).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize("words", ["", "ngay mai", "mai", "25h", "7h hôm nay", "14h ngày 31/2", "9h 1/12/2023"])
def test_what_is_no_hour_to_come_is_none(words: str) -> None:
    assert moment_in(words, NOW) is None
