"""When "nhắc lại …" means: the hours and days that people name, and what is none."""

from datetime import datetime

import pytest

from core.clock import VIETNAM
from core.hours import Hours
from handlers.later import in_words
from handlers.later_words import meant
from knowledge.fold import fold
from knowledge.workdays import Workdays
from reminding.again import allowed

MORNING = datetime(2023, 12, 4, 9, 3, tzinfo=VIETNAM)  # a Monday
EVENING = datetime(2023, 12, 4, 19, 30, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("chiều nay", "04 14:00"),
        ("chiều", "04 14:00"),
        ("tối nay", "04 19:00"),
        ("ngày mai", "05 08:00"),
        ("sáng mai", "05 08:00"),
        ("mai", "05 08:00"),
        ("chiều mai", "05 14:00"),
        ("ngày kia", "06 08:00"),
        ("15h", "04 15:00"),
        ("lúc 15h30", "04 15:30"),
        ("15:30", "04 15:30"),
        ("15 giờ", "04 15:00"),
        ("15 giờ rưỡi", "04 15:30"),
        ("3h chiều", "04 15:00"),
        ("3 giờ 15 chiều nay", "04 15:15"),
        ("8h", "05 08:00"),  # past today
        ("8h sáng mai", "05 08:00"),
        ("2h chiều mai", "05 14:00"),
        ("9h sáng", "05 09:00"),
        ("14h ngày 6/12", "06 14:00"),
        ("9h30 thứ năm", "07 09:30"),
        ("sau 2 tiếng", "04 11:03"),
        ("2 giờ nữa", "04 11:03"),
        ("30 phút nữa", "04 09:33"),
        ("2 ngày nữa", "06 08:00"),
        ("12/12", "12 08:00"),
        ("ngày 12/12/2023", "12 08:00"),
        ("thứ năm", "07 08:00"),
        ("thứ 2", "11 08:00"),
        ("thứ tư tuần sau", "13 08:00"),
        ("tuần sau", "11 08:00"),
        ("đầu tuần sau", "11 08:00"),
    ],
)
def test_an_hour_or_day_is_understood(said: str, when: str) -> None:
    found = meant(fold(said), MORNING)
    assert found is not None
    assert f"{found:%d %H:%M}" == when


@pytest.mark.parametrize("said", ["", "sau này", "25h", "15h75", "31/02", "hôm qua", "12/12/2025", "1/12/2023"])
def test_what_names_no_time_to_come_soon_is_none(said: str) -> None:
    assert meant(fold(said), MORNING) is None


@pytest.mark.parametrize(("said", "when"), [("chiều nay", "04 20:30"), ("tối nay", "04 20:30"), ("15h", "05 15:00")])
def test_in_the_evening_the_same_words_mean_later(said: str, when: str) -> None:
    found = meant(fold(said), EVENING)
    assert found
    assert f"{found:%d %H:%M}" == when


@pytest.mark.parametrize(
    ("wanted", "comes"),
    [
        ("2023-12-04T14:00", "2023-12-04T14:00"),
        ("2023-12-04T12:00", "2023-12-04T13:00"),  # lunch
        ("2023-12-04T21:30", "2023-12-05T06:30"),
        ("2023-12-08T22:00", "2023-12-11T08:00"),  # the night before a Saturday
        ("2023-12-09T09:00", "2023-12-11T08:00"),
        ("2024-02-09T15:00", "2024-02-15T08:00"),  # Tết
    ],
)
def test_quiet_time_and_days_off_are_passed_over(wanted: str, comes: str) -> None:
    at = allowed(datetime.fromisoformat(wanted).replace(tzinfo=VIETNAM), Hours(), Workdays())
    assert f"{at.astimezone(VIETNAM):%Y-%m-%dT%H:%M}" == comes


@pytest.mark.parametrize(
    ("said", "meant_by"),
    [
        ("nhắc lại chiều nay", "chieu nay"),
        ("Nhắc lại chiều nay nhé", "chieu nay"),
        ("nhắc lại tôi lúc 15h ạ", "luc 15h"),
        ("nho bot nhac lai viec nay ngay mai", "ngay mai"),
        ("nhắc lại", ""),
        ("Nhắc lại giúp em vào thứ năm", "thu nam"),
    ],
)
def test_plain_words_mean_the_command(said: str, meant_by: str) -> None:
    assert in_words(said) == ("nhaclai", meant_by)


@pytest.mark.parametrize(
    "said", ["nhắc lại việc gì?", "có nhắc lại không", "khi nào nhắc lại", "nhắc trước 5 ngày", "bao giờ nhắc lại ai"]
)
def test_questions_are_left_alone(said: str) -> None:
    assert in_words(said) is None
