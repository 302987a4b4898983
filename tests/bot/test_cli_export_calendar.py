"""export calendar: a unit's due days as a file; of a month alone; never over a file that is there."""

from pathlib import Path

import pytest
from ical.calendar_stream import IcsCalendarStream

from bot.app import main
from records.session import migrate, open_engine, opener
from tests.evidence.stage import District
from tests.fakes.clock import StillClock

pytestmark = pytest.mark.usefixtures("logs_as_they_were")
SCHOOL = ("calendar", "--unit", "MN Hoa Phượng, huyện Vĩnh Bảo, Hải Phòng", "--out", "lich.ics")


@pytest.fixture
async def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the samples; where the operator types."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NHACVIEC_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("NHACVIEC_DATABASE_URL", raising=False)
    engine = open_engine(f"sqlite:///{tmp_path / 'data' / 'nhacviec.db'}")
    await migrate(engine)
    await District(opener(engine), StillClock(), tmp_path / "data" / "files").opens()
    await engine.dispose()
    return tmp_path


def typed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main(["export", *words])
    said = capsys.readouterr()
    return code, (said.out + said.err).strip()


def test_a_month_is_written_once(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = typed(capsys, *SCHOOL, "--month", "2023-12")
    found = IcsCalendarStream.calendar_from_ics((here / "lich.ics").read_bytes().decode()).events
    assert (code, said) == (0, f"Đã ghi lich.ics: {len(found)} mục.")
    assert "trước 05/12: Tổ chức cân - đo" in "\n".join(one.summary or "" for one in found)
    assert {f"{one.dtstart:%Y-%m}" for one in found} == {"2023-12"}
    assert typed(capsys, *SCHOOL) == (1, "lich.ics: đã có tệp này; hãy chọn tên khác cho --out.")


def test_without_a_month_it_is_what_is_due_around_now(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(capsys, *SCHOOL)[0] == 0
    text = (here / "lich.ics").read_bytes().decode()
    assert "NAME:Hạn nộp – MN Hoa Phượng\r\n" in text
    assert "trước 05/12" not in text  # years ago


@pytest.mark.parametrize("words", [("--unit", "nowhere"), ("--month", "2023-13")])
def test_wrong_use_is_one_line(here: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, str]) -> None:
    code, said = typed(capsys, *SCHOOL, *words)
    assert (code, said.count("\n")) == (2, 0)
    assert not (here / "lich.ics").exists()
