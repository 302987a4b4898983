"""broadcast: a notice from the command line, shown and frozen once; what is not understood sends nothing."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.app import main
from core.texts import broadcast as say
from core.texts import notices as texts
from records.notice_tables import NoticeRow, RecipientRow
from records.session import open_engine, opener

pytestmark = pytest.mark.usefixtures("logs_as_they_were")
WORDS = "Họp giao ban 8h thứ Năm."


def rows(here: Path, table: type[NoticeRow] | type[RecipientRow]) -> int:
    async def count() -> int:
        engine = open_engine(f"sqlite:///{here / 'data' / 'nhacviec.db'}")
        async with opener(engine)() as session:
            found = await session.scalar(select(func.count()).select_from(table)) or 0
        await engine.dispose()
        return found

    return asyncio.run(count())


def call(*words: str, unit: str = "PGD-VB", to: str = "các trường") -> int:
    return main(["broadcast", "--unit", unit, "--to", to, "--text", WORDS, *words])


def test_a_dry_run_shows_and_keeps_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--dry-run") == 0
    said = capsys.readouterr().out
    assert "Nơi nhận: 2 (1 nhóm, 1 người, nhắn riêng)\n• Telegram: 2 nơi, 2 tin" in said
    assert (rows(here, NoticeRow), rows(here, RecipientRow)) == (0, 0)


def test_it_is_confirmed_with_its_recipients_and_files(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "mau.pdf").write_bytes(b"%PDF-1.4 mau")
    assert call("--file", str(here / "mau.pdf"), "--at", "2999-12-05T07:30") == 0
    said = capsys.readouterr().out
    assert "Kèm: mau.pdf" in said
    assert "gửi tới 2 nơi lúc 07:30" in said
    assert (rows(here, NoticeRow), rows(here, RecipientRow)) == (1, 2)


def test_what_is_not_understood_sends_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(to="Hoa Mặt Trời") == 2
    assert texts.unclear(["Hoa Mặt Trời"]) in capsys.readouterr().err
    assert call(to="các trường, trừ Hoa Phượng, Ánh Dương") == 1
    assert say.nobody("các trường, trừ Hoa Phượng, Ánh Dương") in capsys.readouterr().err
    assert call("--at", "2020-01-01") == 2
    assert call("--file", "khong-co.pdf") == 1
    assert rows(here, NoticeRow) == 0
