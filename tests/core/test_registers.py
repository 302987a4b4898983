"""A list of units or people is read whole or not at all, and every bad line is named."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.csv_lines import decode
from core.errors import BadInput
from core.people import Level, Ownership, Role, Unit, UnitTree
from core.registers import Staff, read_people, read_units

SAMPLES = Path(__file__).parents[2] / "samples"
HEAD = "code,name,level,parent,ownership,aliases,valid_from,valid_to,successor\n"


def test_the_sample_lists_are_read() -> None:
    units = read_units(decode((SAMPLES / "units.csv").read_bytes()))
    tree = UnitTree.of(units)
    people = read_people(decode((SAMPLES / "people.csv").read_bytes()), lambda code: tree.units[code].code)
    assert len(units) == len(tree.units)
    assert [unit.code for unit in tree.above("VB-ANHDUONG")] == ["VB-ANHDUONG", "PGD-VB", "SO-HP", "BO"]
    assert tree.units["VB-ANHDUONG"].ownership is Ownership.INDEPENDENT
    assert Staff("Nguyễn Thị Lan", "VB-HOAPHUONG", Role.TEACHER) in people


@pytest.mark.parametrize(
    "text", ["\ufeffcode;name;level\nA;Sở A;department\n", "Level\tCODE\tname\ndepartment\tA\tSở A"]
)
def test_a_mark_at_the_front_other_separators_and_another_order_are_understood(text: str) -> None:
    assert read_units(text) == (Unit("A", "Sở A", Level.DEPARTMENT),)


def test_a_file_that_excel_saved_as_unicode_text_is_understood() -> None:
    data = "code\tname\tlevel\r\nA\tSở A\tdepartment\r\n".encode("utf-16")
    assert read_units(decode(data)) == (Unit("A", "Sở A", Level.DEPARTMENT),)


def test_text_is_composed_and_spaces_are_single() -> None:
    assert read_units("code,name,level\n A , So\u031b\u0309   A ,Department\n") == (
        Unit("A", "Sở A", Level.DEPARTMENT),
    )


def test_days_are_understood_as_iso_and_as_excel_writes_them_in_vietnam() -> None:
    (unit,) = read_units(f"{HEAD}A,Phòng A,district,,,,2020-01-02,30/06/2025,\n")
    assert (str(unit.valid_from), str(unit.valid_to)) == ("2020-01-02", "2025-06-30")


def test_a_parent_may_be_known_already() -> None:
    known = (Unit("A", "Sở A", Level.DEPARTMENT),)
    assert read_units("code,name,level,parent\nB,MN B,school,A\n", known)[0].parent == "A"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("A,MN A,school,Q,,,,,", "parent “Q” không có"),
        ("A,MN A,school,,,,,,Q", "successor “Q” không có"),
        ("A,MN A,school,A,,,,,", "parent của A là chính nó"),
        ("A,MN A,planet,,,,,,", "level “planet”"),
        ("A,MN A,teacher,,,,,,", "level “teacher”"),
        ("A,MN A,school,,state,,,,", "ownership “state”"),
        ("A,Sở A,department,,public,,,,", "chỉ ghi cho trường"),
        ("A,MN A,school,,,,2025-06-31,,", "không phải ngày có thật"),
        ("A,MN A,school,,,,29/2/2025,,", "không phải ngày có thật"),
        ("A,MN A,school,,,,2025-07-01,2025-06-30,", "đứng trước"),
        (",MN A,school,,,,,,", "thiếu mã"),
        ("A A,MN A,school,,,,,,", "khoảng trắng"),
        ("A,,school,,,,,,", "thiếu tên"),
        ("A,MN\x00A,school,,,,,,", "ký tự điều khiển"),
        ("A,MN A,school,,,,,,,thừa", "có 10 ô"),
        ('A,"MN A,school,,,,,,', "dấu ngoặc kép"),
    ],
)
def test_a_bad_unit_is_refused_with_its_line(line: str, fault: str) -> None:
    said = _refusal(f"{HEAD}{line}\n")
    assert "dòng 2: " in said
    assert fault in said


def test_every_bad_line_is_named_and_good_ones_are_not() -> None:
    said = _refusal(
        f"{HEAD}A,Sở A,department,,,,,,\nB,,school,A,,,,,\n\nA,Sở B,department,,,,,,\nC,MN C,school,X,,,,,\n"
    )
    assert "3 lỗi" in said
    assert "dòng 3: thiếu tên" in said
    assert "dòng 5: mã A đã có ở dòng 2" in said
    assert "dòng 6: parent “X”" in said
    assert "dòng 2:" not in said
    assert "\n" not in said


def test_a_circle_is_named_on_each_of_its_lines_and_on_no_other() -> None:
    said = _refusal(
        "code,name,level,parent\nA,a,district,C\nB,b,district,A\nC,c,district,B\nD,d,school,A\n",
    )
    assert [f"dòng {line}:" in said for line in (2, 3, 4, 5)] == [True, True, True, False]
    assert "A → C → B → A" in said


def test_a_circle_through_units_that_are_known_is_found() -> None:
    known = (Unit("A", "a", Level.DISTRICT, "B"), Unit("B", "b", Level.DISTRICT))
    assert "B → A → B" in _refusal("code,name,level,parent\nB,b,district,A\n", known)


def test_a_child_of_a_bad_line_is_not_blamed() -> None:
    said = _refusal("code,name,level,parent\nA,,district,\nB,MN B,school,A\n")
    assert "1 lỗi" in said


def test_a_parent_below_its_child_is_refused() -> None:
    said = _refusal("code,name,level,parent\nA,MN A,school,\nB,Phòng B,district,A\n")
    assert "dòng 3: đơn vị cấp trên A lại ở cấp thấp hơn" in said


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "không có dòng nào"),
        ("\n\n", "không có dòng nào"),
        ("code,name\nA,a\n", "thiếu cột level"),
        ("code,name,level,parnet\n", "không hiểu cột parnet"),
        ("code,name,level,code\n", "cột code có hai lần"),
    ],
)
def test_a_first_line_that_does_not_name_the_columns_is_refused(text: str, fault: str) -> None:
    assert fault in _refusal(text)


def test_a_file_that_is_not_unicode_is_refused() -> None:
    with pytest.raises(BadInput, match="UTF-8"):
        decode("code,name,level\nA,Sở A,x".encode("utf-16-le")[1:])


def test_people_name_their_unit_a_known_role_and_stand_there_once() -> None:
    text = "name,unit,role,phone\nLan,A,teacher,\nLan,A,teacher,1\nMai,Z,teacher,\n,A,teacher,\nHoa,A,king,\n"
    with pytest.raises(BadInput) as refused:
        read_people(text, _only_a)
    said = refused.value.text
    assert "4 lỗi" in said
    for fault in ("dòng 3: người này đã có ở dòng 2", "dòng 4: không có Z", "dòng 5: thiếu tên", "dòng 6: role “king”"):
        assert fault in said


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    for whole in (text, HEAD + text, HEAD + text.replace(" ", ",")):
        with suppress(BadInput):
            units = read_units(whole)
            assert len({unit.code for unit in units}) == len(units)


@given(st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from(["", *"ABCD"])), max_size=6))
def test_what_is_accepted_is_a_tree(pairs: list[tuple[str, str]]) -> None:
    lines = "".join(f"{code},{code},district,{parent}\n" for code, parent in pairs)
    try:
        units = {unit.code: unit for unit in read_units(f"code,name,level,parent\n{lines}")}
    except BadInput:
        return
    for unit in units.values():
        steps = 0
        while unit.parent:
            unit, steps = units[unit.parent], steps + 1
            assert steps <= len(units)


def _refusal(text: str, known: tuple[Unit, ...] = ()) -> str:
    with pytest.raises(BadInput) as refused:
        read_units(text, known)
    return refused.value.text


def _only_a(words: str) -> str:
    if words != "A":
        raise BadInput(f"không có {words}")
    return words
