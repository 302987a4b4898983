"""What the tests of the program's top share."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from core.message import Address
from records import groups
from records.session import migrate, open_engine, opener
from tests.bot.cli_settings import Desk
from tests.evidence.stage import UNIT, District
from tests.fakes.clock import StillClock


@pytest.fixture
def logs_as_they_were() -> Iterator[None]:
    """Undoes what `start_logs` did to the process."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    for name in [name for name in os.environ if name.startswith("NHACVIEC_")]:  # noqa: TID251
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path, capsys)


@pytest.fixture
async def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the samples and a school's group."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NHACVIEC_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("NHACVIEC_DATABASE_URL", raising=False)
    engine = open_engine(f"sqlite:///{tmp_path / 'data' / 'nhacviec.db'}")
    await migrate(engine)
    begin = opener(engine)
    await District(begin, StillClock(), tmp_path / "data" / "files").opens()
    async with begin() as session:
        await groups.bind(session, Address("telegram", "nhom"), UNIT)
    await engine.dispose()
    return tmp_path
