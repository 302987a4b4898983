"""Who stands above whom, also when offices are dissolved and hand over."""

from datetime import date

import pytest

from core.errors import Refused
from core.people import Level, Person, Role, Unit, UnitTree, require

LAST_DAY = date(2025, 6, 30)
TREE = UnitTree.of(
    [
        Unit("BO", "Bộ", Level.MINISTRY),
        Unit("SO", "Sở", Level.DEPARTMENT, "BO"),
        Unit("SO2", "Sở khác", Level.DEPARTMENT, "BO"),
        Unit("PGD", "Phòng", Level.DISTRICT, "SO", valid_to=LAST_DAY, successor="XA"),
        Unit("XA", "UBND xã", Level.COMMUNE, "SO", valid_from=date(2025, 7, 1)),
        Unit("MN", "Trường", Level.SCHOOL, "PGD"),
        Unit("MN2", "Trường mới", Level.SCHOOL, "XA"),
        Unit("PGD2", "Phòng khác", Level.DISTRICT, "SO2"),
        Unit("MN3", "Trường bên", Level.SCHOOL, "PGD2"),
    ]
)


def test_a_school_sees_its_office_the_successor_and_everything_above_but_nobody_beside() -> None:
    assert _codes(TREE.above("MN")) == {"MN", "PGD", "XA", "SO", "BO"}
    assert _codes(TREE.above("MN3")) == {"MN3", "PGD2", "SO2", "BO"}


def test_a_school_under_the_commune_still_sees_what_the_dissolved_office_issued() -> None:
    assert "PGD" in _codes(TREE.above("MN2"))


def test_above_begins_with_the_unit_itself_and_goes_up() -> None:
    assert [unit.code for unit in TREE.above("MN3")] == ["MN3", "PGD2", "SO2", "BO"]


def test_what_is_below_is_told_from_below_as_from_above() -> None:
    pairs = [(one, other) for one in TREE.units for other in TREE.units]
    found = [pair for pair in pairs if TREE.is_below(*pair)]
    assert found == [(one, other) for one, other in pairs if one in {unit.code for unit in TREE.below(other)}]
    assert found
    assert not TREE.is_below("nowhere", next(iter(TREE.units)))


def test_a_commune_sees_below_the_schools_of_the_office_it_took_over() -> None:
    assert _codes(TREE.below("XA")) == {"PGD", "MN", "MN2"}
    assert _codes(TREE.below("SO")) == {"PGD", "XA", "MN", "MN2"}
    assert _codes(TREE.below("MN")) == set()


@pytest.mark.parametrize(("day", "parent"), [(LAST_DAY, "PGD"), (date(2025, 7, 1), "XA")])
def test_the_parent_on_a_day_is_who_was_in_charge_then(day: date, parent: str) -> None:
    found = TREE.parent_on("MN", day)
    assert found is not None
    assert found.code == parent


def test_an_office_without_a_successor_hands_over_to_who_is_above_it() -> None:
    gone = Unit("PGD", "Phòng", Level.DISTRICT, "SO", valid_to=LAST_DAY)
    tree = UnitTree.of([Unit("SO", "Sở", Level.DEPARTMENT), gone, Unit("MN", "MN", Level.SCHOOL, "PGD")])
    found = [tree.parent_on("MN", day) for day in (LAST_DAY, date(2025, 7, 1))]
    assert [unit.code for unit in found if unit] == ["PGD", "SO"]


def test_an_unknown_code_has_no_place() -> None:
    assert TREE.get("?") is None
    assert TREE.above("?") == ()
    assert TREE.parent_on("?", LAST_DAY) is None


def test_a_circle_of_successors_ends() -> None:
    old = date(2020, 1, 1)
    tree = UnitTree.of(
        [
            Unit("A", "a", Level.DISTRICT, valid_to=old, successor="B"),
            Unit("B", "b", Level.DISTRICT, valid_to=old, successor="A"),
            Unit("C", "c", Level.SCHOOL, "A"),
        ]
    )
    assert _codes(tree.above("C")) == {"A", "B", "C"}
    assert tree.parent_on("C", LAST_DAY) is not None


def test_a_role_that_is_not_allowed_is_refused_with_the_sentence_given() -> None:
    lan = Person(1, "Lan", "MN", Role.TEACHER)
    assert require(lan, Role.TEACHER, text="không") is lan
    for person in (lan, None):
        with pytest.raises(Refused) as refused:
            require(person, Role.PRINCIPAL, text="chỉ hiệu trưởng")
        assert refused.value.text == "chỉ hiệu trưởng"


def _codes(units: tuple[Unit, ...]) -> set[str]:
    return {unit.code for unit in units}
