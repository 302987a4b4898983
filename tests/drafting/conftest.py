"""The district of these tests."""

from pathlib import Path

import pytest

from records.session import Begin
from tests.drafting.stage import Desks
from tests.fakes.clock import StillClock


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> Desks:
    return await Desks(begin, clock, tmp_path / "files").opens()
