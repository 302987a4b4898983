"""How people say that somebody speaks in the principal's stead, and until when; what is a question instead."""

from datetime import date

import pytest

from handlers.deputy_words import in_words, who_and_until

TODAY = date(2023, 12, 4)


@pytest.mark.parametrize(
    ("text", "command", "rest"),
    [
        ("uỷ quyền cho cô Lan đến 10/12", "uyquyen", "cô Lan đến 10/12"),
        ("ủy quyền cho Lan", "uyquyen", "Lan"),
        ("UY QUYEN CHO LAN DEN 10/12!", "uyquyen", "LAN DEN 10/12"),
        ("tôi muốn uỷ quyền cho cô Lan", "uyquyen", "cô Lan"),
        ("uỷ quyền cho cô Mây đến 10/12", "uyquyen", "cô Mây đến 10/12"),
        ("uỷ quyền", "uyquyen", ""),
        ("ai đang được uỷ quyền?", "uyquyen", ""),
        ("ai duoc uy quyen", "uyquyen", ""),
        ("thôi uỷ quyền", "thoiuyquyen", ""),
        ("Thôi uỷ quyền cho Lan.", "thoiuyquyen", "Lan"),
        ("huy uy quyen cua co Lan", "thoiuyquyen", "co Lan"),
    ],
)
def test_plain_words_are_the_command(text: str, command: str, rest: str) -> None:
    assert in_words(text) == (command, rest)


@pytest.mark.parametrize(
    "text",
    [
        "uỷ quyền cho ai?",
        "uỷ quyền cho phó hiệu trưởng ký theo văn bản nào",
        "hiệu trưởng uỷ quyền khi nào",
        "uỷ quyền là gì?",
        "giấy uỷ quyền nộp đâu",
    ],
)
def test_what_asks_something_is_a_question(text: str) -> None:
    assert in_words(text) is None


@pytest.mark.parametrize(
    ("said", "who", "until"),
    [
        ("cô Lan đến 10/12", "Lan", date(2023, 12, 10)),
        ("cho cô giáo Lan đến hết ngày 10/12/2023 nhé", "Lan", date(2023, 12, 10)),
        ("thầy Tới đến 10/12", "Tới", date(2023, 12, 10)),
        ("co lan toi 10.12", "lan", date(2023, 12, 10)),
        ("Nguyễn Thị Lan 10-12", "Nguyễn Thị Lan", date(2023, 12, 10)),
        ("cô Lan từ 5/12 đến 10/12", "Lan", date(2023, 12, 10)),
        ("cô Lan từ nay đến hết tuần sau", "Lan", date(2023, 12, 17)),
        ("cô Lan đến cuối tháng", "Lan", date(2023, 12, 31)),
        ("57 10/1", "57", date(2024, 1, 10)),
        ("cô Lan đến 31/2", "Lan", None),
        ("cô Lan đến 1/12/2023", "Lan", None),
    ],
)
def test_whom_and_the_last_day(said: str, who: str, until: date | None) -> None:
    assert who_and_until(said, TODAY) == (who, until, True)


def test_without_a_day_none_is_named() -> None:
    assert who_and_until("cô Lan", TODAY) == ("Lan", None, False)
