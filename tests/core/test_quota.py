"""What a plan still lets us send, and what the operator hears of it."""

from datetime import UTC, datetime

import pytest

from core.platform import Limits
from core.quota import Usage, can_finish, left, month_of, next_month, warnings

PLAN = Limits(text=2000, per_month=3000, users=50, groups=3)
FREE = Limits(text=4096)


@pytest.mark.parametrize(
    ("used", "messages", "fits"),
    [(0, 3000, True), (0, 3001, False), (2999, 1, True), (3000, 1, False), (9000, 0, True)],
)
def test_only_what_can_be_finished_is_begun(used: int, messages: int, fits: bool) -> None:
    assert can_finish(PLAN, Usage(messages=used), messages) is fits
    assert left(PLAN, Usage(messages=used)) == max(3000 - used, 0)


def test_where_nothing_is_counted_everything_can_be_finished() -> None:
    assert can_finish(FREE, Usage(messages=10**6), 10**6)
    assert not any(warnings("telegram", FREE, Usage(10**6, 10**6, 10**6)).values())


@pytest.mark.parametrize(
    ("usage", "warned"),
    [
        (Usage(), set()),
        (Usage(2399, 49, 2), set()),
        (Usage(2400), {"nearly"}),
        (Usage(2999), {"nearly"}),
        (Usage(3000), {"full"}),
        (Usage(0, 50), {"people"}),
        (Usage(0, 0, 4), {"groups"}),
        (Usage(3001, 51, 3), {"full", "people", "groups"}),
    ],
)
def test_the_operator_hears_at_four_fifths_and_at_the_end(usage: Usage, warned: set[str]) -> None:
    told = {key.rpartition(":")[2] for key, text in warnings("zalo_bot", PLAN, usage).items() if text}
    assert told == warned


@pytest.mark.parametrize(
    ("now", "month", "following"),
    [
        (datetime(2023, 12, 4, 1, tzinfo=UTC), "2023-12", datetime(2023, 12, 31, 17, tzinfo=UTC)),
        (datetime(2023, 12, 31, 17, tzinfo=UTC), "2024-01", datetime(2024, 1, 31, 17, tzinfo=UTC)),
        (datetime(2023, 11, 30, 16, 59, tzinfo=UTC), "2023-11", datetime(2023, 11, 30, 17, tzinfo=UTC)),
    ],
)
def test_months_begin_in_vietnam(now: datetime, month: str, following: datetime) -> None:
    assert (month_of(now), next_month(now)) == (month, following)
