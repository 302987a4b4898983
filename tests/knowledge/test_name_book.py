"""Names are looked up, not compared one by one: what is asked costs the same however many units there are."""

from collections import Counter
from collections.abc import Callable

import pytest

from core.notices import Audience
from core.people import Level, Ownership, Unit, UnitTree
from knowledge import name_book
from knowledge.name_book import NameBook
from noticing.audience import meant, resembling

FIRST = (
    "Hoa",
    "Sao",
    "Ánh",
    "Minh",
    "Tân",
    "Vĩnh",
    "An",
    "Hồng",
    "Bình",
    "Thanh",
    "Quang",
    "Đông",
    "Nam",
    "Tây",
    "Kim",
)
LAST = ("Phượng", "Mai", "Dương", "Đức", "Lập", "Bảo", "Lão", "Hà", "Tâm", "Sơn", "Trung", "Hải", "Tiến", "Thái", "Cúc")
MANY = 15_000


def province(schools: int) -> UnitTree:
    units = [Unit("SO", "Sở Giáo dục và Đào tạo Hải Phòng", Level.DEPARTMENT)]
    units += [Unit(f"P{n}", f"Phòng GD&ĐT huyện {LAST[n]}, Hải Phòng", Level.DISTRICT, "SO") for n in range(15)]
    for n in range(schools):
        name = f"{FIRST[n % 15]} {LAST[n // 15 % 15]} {n // 225}"
        aliases = (f"MN {name}",)
        units.append(
            Unit(f"T{n}", f"Trường Mầm non {name}, huyện X", Level.SCHOOL, f"P{n % 15}", Ownership.PUBLIC, aliases)
        )
    return UnitTree.of(units)


@pytest.fixture
def folds(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often a name is folded, by the way."""
    counted: Counter[str] = Counter()

    def counting(name: str) -> Callable[[str], str]:
        real: Callable[[str], str] = getattr(name_book, name)

        def count(text: str) -> str:
            counted[name] += 1
            return real(text)

        return count

    for name in ("folded", "canonical", "proper_name"):
        monkeypatch.setattr(name_book, name, counting(name))
    return counted


def test_a_name_that_nobody_bears_is_folded_once_and_not_compared_with_fifteen_thousand(folds: Counter[str]) -> None:
    book = NameBook(province(MANY))
    assert book.prepare() > MANY
    assert folds["canonical"] > MANY  # each once, in the thread that makes the index
    folds.clear()
    found = meant(book, "SO", "các trường công lập, trừ Mặt Trời Bé, Hoa Pượng 12")
    assert found.unclear == ("Mặt Trời Bé", "Hoa Pượng 12")
    assert [unit.code for unit in resembling(book, "SO", found.unclear)][:1] == ["T2700"]
    assert sum(folds.values()) <= 6 * len(found.unclear)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("T77", "T77"),
        ("t77", "T77"),
        ("Hoa Phượng 12", "T2700"),
        ("mn hoa phuong 12", "T2700"),
        ("Trường MN Hoa Phượng 12", "T2700"),
        ("PGDĐT Bảo", "P5"),
        ("Phòng Giáo dục và Đào tạo huyện Bảo", "P5"),
    ],
)
def test_whoever_is_called_so_is_found(said: str, code: str) -> None:
    book = NameBook(province(3_000))
    assert meant(book, "SO", said).audience == Audience((code,))


def test_only_those_who_may_be_named_are_offered() -> None:
    book = NameBook(province(450))
    assert [unit.code for unit in book.near("Hoa Mia 1", {"P0", "T0"})] == []
    assert [unit.code for unit in book.near("Hoa Mia 1", set(book.tree.units))][:1] == ["T240"]
    assert meant(book, "P1", "Hoa Mai 1").unclear == ("Hoa Mai 1",)  # of another district
