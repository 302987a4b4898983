"""The table of working days: what it declares, which lines are passed over and why."""

from datetime import date

import pytest

from core.errors import BadInput
from knowledge.workday_table import read_table
from knowledge.workdays import Workdays


def test_a_swapped_saturday_works_and_the_monday_is_free() -> None:
    """As was decreed for 2024: 29 April off, 4 May worked instead."""
    table = read_table("day,kind,note\n29/04/2024,off,nghỉ hoán đổi\n2024-05-04,work,làm bù\n")
    assert table.faults == ()
    calendar = Workdays(table.moved)
    assert not calendar.works(date(2024, 4, 29))
    assert calendar.works(date(2024, 5, 4))
    assert calendar.last(date(2024, 5, 5)) == date(2024, 5, 4)
    assert Workdays().last(date(2024, 5, 5)) == date(2024, 5, 3)


@pytest.mark.parametrize("kind", ["work", "WORK", "làm bù", "Lam bu", "đi làm", "làm việc"])
def test_kinds_are_said_in_two_languages(kind: str) -> None:
    assert read_table(f"kind;day\n{kind};04/05/2024\n").moved == {date(2024, 5, 4): True}


def test_what_is_wrong_is_passed_over_with_its_line_and_the_rest_counts() -> None:
    table = read_table(
        "day,kind,note\n"
        "31/02/2026,off,\n"
        "14/02/2026,off,Tết\n"
        "\n"
        "15/02/2026,maybe,\n"
        "14/02/2026,work,lại là ngày ấy\n"
        "14/02/2026,off,như trên\n"
        "mai,work,\n"
        "2026-02-21,work,bù,thừa\n"
    )
    assert table.moved == {date(2026, 2, 14): False}
    assert table.faults == (
        (2, "“31/02/2026” không phải một ngày, hãy ghi như 14/02/2026 hoặc 2026-02-14"),
        (5, "cột kind ghi “maybe”, phải là work (làm bù) hoặc off (nghỉ)"),
        (6, "ngày 14/02/2026 đã ghi khác ở dòng trên"),
        (8, "“mai” không phải một ngày, hãy ghi như 14/02/2026 hoặc 2026-02-14"),
        (9, "có 4 ô, chỉ có 3 cột"),
    )


@pytest.mark.parametrize("text", ["", "ngay,loai\n1/1/2026,off\n", 'day,kind\n"1/1/2026,off\n'])
def test_without_a_form_there_is_nothing_to_read(text: str) -> None:
    with pytest.raises(BadInput):
        read_table(text)
