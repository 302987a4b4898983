"""remind: what is due in the morning, for whom, in which chat; queued only where that is asked for, and once."""

import asyncio
import json
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app import main
from core.texts.reminders import NOTHING_DUE
from records.session import open_engine, opener
from records.tables import OutboxRow
from tests.evidence.stage import UNIT

pytestmark = pytest.mark.usefixtures("logs_as_they_were")
MONDAY = "2023-12-04T09:00+07:00"


def typed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["remind", *words]) == 0
    return capsys.readouterr().out


def queued(here: Path) -> list[str]:
    async def keys() -> list[str]:
        engine = open_engine(f"sqlite:///{here / 'data' / 'nhacviec.db'}")
        async with opener(engine)() as session:
            found = [row.key for row in await session.scalars(select(OutboxRow)) if row.key.startswith("reminder:")]
        await engine.dispose()
        return sorted(found)

    return asyncio.run(keys())


def test_a_dry_run_tells_and_queues_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = typed(capsys, "--now", MONDAY, "--dry-run")
    assert f"07:30 → {UNIT} (telegram:nhom)\nNhắc việc thứ Hai 04/12, MN Hoa Phượng:" in said
    assert queued(here) == []


def test_as_json_each_message_has_its_chat_and_tasks(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(typed(capsys, "--now", MONDAY, "--dry-run", "--json"))
    [group, urgent] = [one for one in found if one["chat"]]
    assert (group["kind"], group["at"]) == ("morning", "2023-12-04T07:30:00+07:00")
    assert (urgent["kind"], urgent["at"]) == ("urgent", "2023-12-04T14:00:00+07:00")
    assert (group["units"], group["chat"]["chat"], group["person"]) == ([UNIT], "nhom", None)
    assert len(group["tasks"]) == 2


def test_a_dry_run_tells_all_of_the_day_whatever_the_hour(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = [typed(capsys, "--now", f"2023-12-04T{hour}:00+07:00", "--dry-run") for hour in ("06", "12", "19")]
    assert said[0] == said[1] == said[2]
    assert f"\n\n14:00 → {UNIT} (telegram:nhom)\nChiều nay MN Hoa Phượng còn 2 việc chưa nộp:" in said[0]


def test_run_twice_it_queues_once(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    typed(capsys, "--now", MONDAY)
    first = queued(here)
    typed(capsys, "--now", MONDAY)
    assert queued(here) == first != []


def test_a_day_off_has_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(capsys, "--now", "2023-12-09T09:00+07:00").strip() == NOTHING_DUE
