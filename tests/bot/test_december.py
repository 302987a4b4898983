"""The demo's December: as its files say, in the states of the board, and only once."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from bot import demo
from bot.cli.demo import publish
from bot.december import DAY, December, handed_in
from core.clock import ShiftedClock, local_day
from core.people import Role
from evidence.board import board
from evidence.desk import Desk
from knowledge.periods import whole_month
from knowledge.shelf import Shelf
from records import people
from records.files import FileStore
from records.session import open_engine, opener
from scheduler.reindex import reindex
from tests.fakes.clock import StillClock


@pytest.fixture
async def december(sqlite_url: str, tmp_path: Path) -> AsyncIterator[December]:
    """Nothing looks at the files: the browser's test has that."""
    engine = open_engine(sqlite_url)
    begin, shelf = opener(engine), Shelf()
    clock = ShiftedClock(demo.START, StillClock(datetime(2023, 12, 1, 1, tzinfo=UTC)))
    read = partial(publish, begin, clock)
    await demo.prepare(begin, clock, read)
    await reindex(begin, shelf)

    async def unseen(_: object) -> None: ...

    yield December(begin, FileStore(tmp_path), shelf.current, read, partial(reindex, begin, shelf), unseen)
    await engine.dispose()


async def test_the_board_is_lived_in(december: December) -> None:
    assert {local_day(line.at) for line in handed_in()} <= {DAY.replace(day=day) for day in range(1, DAY.day)}
    await december.fill()
    first = await _marks(december)
    assert first["overdue"] > 3  # somebody is late
    assert first["in"] > 3  # something waits
    assert first["returned"] == sum(line.state == "returned" for line in handed_in()) > 0
    assert first["accepted"] > 40
    assert first["open"] > 3
    await december.fill()
    assert await _marks(december) == first


async def _marks(december: December) -> Counter[str]:
    """How many cells of the district's board stand how on the 20th."""
    async with december.begin() as session:
        hanh = await people.find_person(session, demo.PLATFORM, "pgd-vb-staff")
        assert hanh
        assert hanh.role is Role.STAFF
        now = datetime(DAY.year, DAY.month, DAY.day, 1, tzinfo=UTC)
        shown = await board(Desk(session, december.index(), now), hanh, whole_month(2023, 12))
    return Counter(cell.mark for row in shown.rows for cell in row.cells if cell)
