"""The poster for the staff room says whose code it is, in two halves, and how to use it where."""

from datetime import UTC, datetime

import pytest

from web.poster import Poster, draw


@pytest.mark.parametrize("telegram", [True, False])
def test_a_poster_shows_the_unit_the_code_and_the_ways_that_there_are(telegram: bool) -> None:
    until = datetime(2026, 12, 9, tzinfo=UTC)
    page = draw(Poster("MN <Hoa> Sen", "K7QM-2XAB", "<svg></svg>", telegram=telegram, until=until))
    assert "MN &lt;Hoa&gt; Sen" in page
    assert "<span>K7QM</span><span>2XAB</span>" in page
    assert "tham gia K7QM-2XAB" in page
    assert "<svg></svg>" in page
    assert ("<h2>Telegram</h2>" in page) is telegram
    assert "09/12/2026" in page
