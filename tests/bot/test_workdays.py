"""The operator's table of working days: what is wrong is said in one line and passed over; all count by the rest."""

import asyncio
from datetime import date
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.app import main
from bot.settings import read_settings
from bot.workdays import Watched, read_workdays
from core.texts import workdays as texts
from core.texts.reminders import NOTHING_DUE
from knowledge.shelf import Shelf
from records.session import Begin, migrate, open_engine, opener
from scheduler.reindex import keep_fresh, reindex
from tests.evidence.stage import UNIT, District
from tests.fakes.clock import StillClock

pytestmark = pytest.mark.usefixtures("logs_as_they_were")


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the operator keeps it, in the folder in which she types."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NHACVIEC_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("NHACVIEC_DATABASE_URL", raising=False)
    monkeypatch.setenv("NHACVIEC_WORKDAYS_FILE", "ngay.csv")
    return tmp_path / "ngay.csv"


def declare(table: Path, lines: str) -> None:
    table.write_text(f"day,kind\n{lines}", encoding="utf-8")


def doctor(capsys: pytest.CaptureFixture[str]) -> str:
    main(["doctor"])
    [line] = [line for line in capsys.readouterr().out.splitlines() if f" {texts.SUBJECT}: " in line]
    return line


def test_without_the_setting_nothing_is_said(
    table: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("NHACVIEC_WORKDAYS_FILE")
    main(["doctor"])
    assert texts.SUBJECT not in capsys.readouterr().out


def test_a_good_table_is_counted(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table.write_text("day,kind\n04/05/2024,work\n29/04/2024,off\n", encoding="utf-8")
    assert doctor(capsys).endswith("Ngày làm việc: đã đọc 2 ngày đổi từ bảng.")


def test_a_faulty_line_is_told_in_one_line_and_the_rest_counts(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table.write_text("day,kind\n04/05/2024,work\n30/02/2024,off\n", encoding="utf-8")
    assert doctor(capsys).endswith(
        "Ngày làm việc: tệp ngay.csv có 1 dòng bị bỏ qua – dòng 3: “30/02/2024” không phải một ngày, "
        "hãy ghi như 14/02/2026 hoặc 2026-02-14. Sửa tệp là đủ, không cần khởi động lại."
    )
    assert read_workdays(read_settings(None)).workdays.works(date(2024, 5, 4))


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00\xd8\x00", b"sai,cot\n", b""])
def test_whatever_is_wrong_the_public_holidays_are_left(
    table: Path, capsys: pytest.CaptureFixture[str], content: bytes | None
) -> None:
    if content is not None:
        table.write_bytes(content)
    read = read_workdays(read_settings(None))
    assert read.workdays.moved == {}
    assert read.fault.startswith(("không có tệp ngay.csv", "tệp ngay.csv chưa dùng được: "))
    assert "\n" not in read.fault
    assert doctor(capsys).endswith(read.fault)


def test_a_folder_in_its_place_is_no_table(table: Path) -> None:
    table.mkdir()
    assert read_workdays(read_settings(None)).fault == texts.unreadable("ngay.csv")


def test_it_is_read_anew_once_it_has_changed_and_while_it_is_wrong_the_old_one_stays(table: Path) -> None:
    table.write_text("day,kind\n04/05/2024,work\n", encoding="utf-8")
    watched = Watched(read_settings(None))
    assert (watched.first.workdays.moved, watched.look()) == ({date(2024, 5, 4): True}, None)
    for wrong in (b"sai,cot\n", b"\xff\xfe\x00\xd8\x00", None):
        table.unlink()
        if wrong is not None:
            table.write_bytes(wrong)
        with capture_logs() as logs:
            assert watched.look() is None
            assert watched.look() is None
        assert [entry["event"] for entry in logs] == ["workdays.faulty"]
    table.write_text("day,kind\n11/05/2024,work\n30/02/2024,off\n", encoding="utf-8")
    with capture_logs() as logs:
        found = watched.look()
    assert found is not None
    assert found.moved == {date(2024, 5, 11): True}
    assert [entry["event"] for entry in logs] == ["workdays.faulty", "workdays.read"]


async def test_a_running_service_counts_by_the_new_table(begin: Begin, table: Path) -> None:
    declare(table, "")
    watched, saturday, looks = Watched(read_settings(None)), date(2024, 5, 4), 0
    shelf = Shelf(watched.first.workdays)
    await reindex(begin, shelf)
    before = shelf.current()

    async def sleep(seconds: float) -> None:
        nonlocal looks
        looks += 1
        if looks == 2:
            assert shelf.current() is before
            declare(table, "04/05/2024,work\n")
        elif looks == 3:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await keep_fresh(begin, shelf, watched.look, sleep)
    assert not before.workdays.works(saturday)
    assert shelf.current().workdays.works(saturday)


@pytest.fixture
async def samples(table: Path) -> None:
    """The sample units, people and plans are in the database."""
    engine = open_engine(f"sqlite:///{table.parent / 'data' / 'nhacviec.db'}")
    await migrate(engine)
    await District(opener(engine), StillClock(), table.parent / "data" / "files").opens()
    await engine.dispose()


@pytest.mark.usefixtures("samples")
@pytest.mark.parametrize(("line", "day"), [("04/05/2024,work\n", "04"), ("", "03")])
def test_reminders_answers_and_calendar_count_by_it(
    table: Path, capsys: pytest.CaptureFixture[str], line: str, day: str
) -> None:
    """What is due before Sunday the 5th is best done on that Saturday where it is worked, else on the Friday."""
    table.write_text(f"day,kind\n{line}", encoding="utf-8")
    assert main(["remind", "--now", f"2024-05-{day}T08:00", "--dry-run"]) == 0
    assert "Hôm nay nên xong:" in capsys.readouterr().out
    assert main(["remind", "--now", "2024-05-04T08:00", "--dry-run"]) == 0
    assert (NOTHING_DUE in capsys.readouterr().out) == (not line)
    assert main(["ask", "hạn cân đo lần 3?", "--now", "2024-05-02", "--unit", UNIT]) == 0
    assert f" {day}/05" in capsys.readouterr().out.partition("nên xong chậm nhất")[2][:20]
    assert main(["export", "calendar", "--unit", UNIT, "--month", "2024-05", "--out", "lich.ics"]) == 0
    assert f"DTSTART;VALUE=DATE:202405{day}\r\n" in (table.parent / "lich.ics").read_bytes().decode()
