"""The board of notices, with everybody on one service."""

from pathlib import Path

import pytest

from records.session import Begin
from tests.fakes.clock import StillClock
from tests.noticing.stage import Board


@pytest.fixture
async def board(begin: Begin, clock: StillClock, tmp_path: Path) -> Board:
    here = Board(begin, clock, tmp_path / "files")
    await here.opens()
    return here
