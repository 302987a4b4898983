"""What files are for and how long they are kept is said where people hand them in, and where others look at them."""

import pytest

from core.texts.privacy import kept_for, purpose


@pytest.mark.parametrize(
    ("days", "said"),
    [(1827, "5 năm"), (1826, "5 năm"), (365, "1 năm"), (366, "1 năm"), (730, "2 năm"), (3653, "10 năm")]
    + [(30, "30 ngày"), (400, "400 ngày"), (1800, "1800 ngày"), (1, "1 ngày")],
)
def test_how_long_is_said_in_years_where_they_are_whole(days: int, said: str) -> None:
    assert kept_for(days) == said


def test_the_purpose_says_who_sees_it_and_how_long_it_is_kept() -> None:
    assert purpose(1827) == (
        "Ảnh, tệp gửi cho tôi chỉ dùng làm minh chứng công việc của trường; trường và cấp trên trực tiếp xem được. "
        "Cấp trên chọn vào kho học liệu dùng chung thì các đơn vị bên dưới cũng xem được; trường được báo, rút được. "
        "Tôi giữ 5 năm rồi xoá, có báo trước và có biên bản."
    )
    assert purpose(0).endswith("Tôi giữ đến khi trường yêu cầu xoá.")
